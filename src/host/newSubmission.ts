// What becomes of a request that is taken: the submission that is judged, and the run that may start for it.
// Invariant: both are made from the same text, folder and environment (I2).
import type { Submission } from '../core/gate/types.ts';
import { childEnvironment } from '../node/childEnvironment.ts';
import type { Clock } from '../node/clock.ts';
import type { ShellProcess, ShellSpec } from '../node/shellProcess.ts';
import { CommandRun } from './commandRun.ts';
import type { SubmissionRequest } from './gateTypes.ts';

interface SubmissionOptions {
  clock: Clock;
  /** The folder without links. Throws where there is none. */
  resolveFolder(folder: string): string;
}

export function newSubmission(
  id: string,
  session: string,
  request: SubmissionRequest,
  { clock, resolveFolder }: SubmissionOptions,
): Submission {
  const { command, agent, intent, via, environment, editedFrom } = request;
  const cwd = resolveFolder(request.cwd);
  const submittedAt = clock.now().toISOString();
  const edited = editedFrom === undefined ? {} : { editedFrom };
  return { id, session, command, cwd, agent, intent, via, environment, submittedAt, ...edited };
}

interface RunOptions {
  clock: Clock;
  /** What the commands inherit, read for each submission. */
  environment(): Readonly<Record<string, string | undefined>>;
  startShell(spec: ShellSpec): ShellProcess;
}

export function newRun(
  { id, command, cwd, environment }: Submission,
  { columns, rows }: SubmissionRequest,
  options: RunOptions,
  onOutput: (data: string) => void,
): CommandRun {
  const child = childEnvironment(options.environment(), environment, id);
  return new CommandRun({
    spec: { command, cwd, environment: child, columns, rows, run: id },
    startShell: (spec) => options.startShell(spec),
    clock: options.clock,
    onOutput,
  });
}
