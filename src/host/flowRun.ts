// The run of a submission that was let: its recording, its start, its outcome.
// Invariant (I6): the process starts only once the log says on disk that it will.
import type { Outcome, Submission } from '../core/gate/types.ts';
import type { RunRecording } from '../node/runRecording.ts';
import { type CommandRun, exitCodeOf } from './commandRun.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import type { FlowRecord } from './flowRecord.ts';
import type { FlowState } from './flowState.ts';
import type { SubmissionObserver, SubmissionResult } from './gateTypes.ts';
import { reasonRun } from './messages.ts';
import { recordRun } from './runRecorder.ts';
import { EXIT_NOT_RUN, resultRun, type StateOf } from './submissionResult.ts';

export interface FlowRunParts {
  submission: Submission;
  run: CommandRun;
  record: FlowRecord;
  states: FlowState;
  observer: Required<SubmissionObserver>;
  deps: FlowDeps;
}

/** What is asked once the record is on disk, right before the start. */
export interface LastLook {
  isWithdrawn(): boolean;
  /** A file with code that does not hold any more what was read from it. */
  changedCode(): Promise<string | undefined>;
}

export class FlowRun {
  constructor(private readonly parts: FlowRunParts) {}

  /** Undefined where it was withdrawn while the record was written: then it has not started. Rejects where it cannot start. */
  async start({ isWithdrawn, changedCode }: LastLook): Promise<SubmissionResult | undefined> {
    const { run, record, states, observer, deps } = this.parts;
    this.lookAtFolder();
    const shell = deps.shellArgv();
    const recording = await this.recording();
    try {
      await record.starts(shell);
      refuseChanged(await changedCode());
      this.lookAtFolder();
      if (isWithdrawn()) return undefined;
      states.step({ type: 'released' });
      const { hasTty, ended } = run.start(recording);
      const state = states.current as StateOf<'running'>;
      const reason = record.redacted.about(reasonRun(state.decision, state.ruling));
      observer.onStart({ reason, hasTty, isRecorded: recording !== undefined });
      const outcome = await ended;
      await recording?.end(exitCodeOf(outcome), endText(outcome));
      return await this.finish(outcome, state);
    } finally {
      await recording?.end(EXIT_NOT_RUN, 'It did not run.');
    }
  }

  /** Looking facts up and writing the record take time, in which a link may have taken the folder's place. */
  private lookAtFolder(): void {
    const { submission, deps } = this.parts;
    if (deps.resolveFolder(submission.cwd) === submission.cwd) return;
    throw new HumanError(`${submission.cwd} is not the folder that it was when this came in.`);
  }

  private async recording(): Promise<RunRecording | undefined> {
    const { submission, run, record, states, observer, deps } = this.parts;
    const { current } = states;
    if (current.state !== 'allowed' && current.state !== 'approved') return undefined;
    const { assessment, state: how } = current;
    const onFailure = (why: string) => {
      deps.report(why);
      observer.onNotice(why);
    };
    const { redacted } = record;
    return recordRun({ submission, redacted, assessment, how, size: run.size, onFailure }, deps);
  }

  private async finish(outcome: Outcome, state: StateOf<'running'>): Promise<SubmissionResult> {
    const { run, record, states, deps } = this.parts;
    states.step({ type: 'finished', outcome });
    try {
      record.ended(outcome);
      await record.sync();
    } catch (error) {
      // It ran: the agent gets its result, a person is told that the record ends before it.
      deps.report(`A command has ended, but its outcome is not on record. ${textOf(error)}`);
    }
    return resultRun(state, outcome, run.output);
  }
}

/** So may an agent's other tools have written into a script after it was read. */
function refuseChanged(file: string | undefined): void {
  if (file === undefined) return;
  throw new HumanError(
    `${file} was changed after it was read to see what the command does. Submit the command again, so that the file is read anew.`,
  );
}

/** How it ended, for the last line of its recording. */
function endText({ exitCode, signal, durationMs }: Outcome): string {
  const how = signal === undefined ? `exit code ${exitCode ?? '?'}` : `ended by ${signal}`;
  return `[${how}, ${(durationMs / 1000).toFixed(1)} s]`;
}
