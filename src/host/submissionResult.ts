// The end of a submission as the agent gets it.
import type { GateState, Outcome } from '../core/gate/types.ts';
import { exitCodeOf } from './commandRun.ts';
import type { RunningSubmission, SubmissionResult } from './gateTypes.ts';
import { reasonEdited, reasonFailed, reasonNotRun, reasonRun } from './messages.ts';

export type StateOf<S extends GateState['state']> = Extract<GateState, { state: S }>;

/** Exit code of a command that did not run, as shells use it for what they may not execute. */
export const EXIT_NOT_RUN = 126;

/** For a submission that ended without a start. */
export function resultNotRun(state: GateState): SubmissionResult {
  if (state.state !== 'denied' && state.state !== 'expired' && state.state !== 'withdrawn') {
    throw new Error(`It ended as ${state.state}`);
  }
  const reason = reasonNotRun(state);
  return { decision: state.state, exitCode: EXIT_NOT_RUN, output: '', reason };
}

/** For a submission that a person edited: what became of the text in its place. */
export function resultEdited(
  { command }: Pick<RunningSubmission, 'command'>,
  result: SubmissionResult,
): SubmissionResult {
  return { ...result, reason: reasonEdited(command, result.reason) };
}

export function resultRun(
  { decision, ruling }: StateOf<'running'>,
  outcome: Outcome,
  output: string,
): SubmissionResult {
  return {
    decision: decision === undefined ? 'allowed' : 'approved',
    exitCode: exitCodeOf(outcome),
    output,
    reason: reasonRun(decision, ruling),
  };
}

/** `why` is a sentence for a person. */
export function resultFailed(why: string): SubmissionResult {
  return { decision: 'failed', exitCode: EXIT_NOT_RUN, output: '', reason: reasonFailed(why) };
}

/** A submission that was not even taken. */
export function refused(id: string, command: string, why: string): RunningSubmission {
  const ignore = () => undefined;
  const result = Promise.resolve(resultFailed(why));
  return { id, command, result, withdraw: ignore, write: ignore, resize: ignore, pause: ignore };
}
