// What the log says of one submission, from its coming in to its end.
// Invariant: its command is in the log, and in what anybody is shown, only as redaction has left it.
import type { Decision, GateState, Outcome, Submission } from '../core/gate/types.ts';
import { sha256 } from '../core/session/chain.ts';
import type { AuditBody } from '../core/session/events.ts';
import { recordAssessment } from '../core/session/recordAssessment.ts';
import { type RedactedCommand, redactCommand } from '../core/session/redact/redactCommand.ts';
import type { ShellAnalysis } from '../core/shell/types.ts';
import type { Assessed } from '../node/assessor.ts';
import { textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import { labelOf } from './runRecorder.ts';

export class FlowRecord {
  /** The command as it may be shown and recorded. */
  redacted: RedactedCommand;
  private isBegun = false;

  constructor(
    private readonly submission: Submission,
    private readonly deps: Pick<FlowDeps, 'record' | 'redactor' | 'report'>,
  ) {
    this.redacted = redactCommand(submission.command, undefined, deps.redactor);
  }

  /** Opens the session's log where this is its first submission. Rejects where that is not possible. */
  open(): Promise<void> {
    const { session, agent } = this.submission;
    return this.deps.record.begin(session, agent);
  }

  /** `shell` is the command's structure, which tells where secrets stand; undefined where it could not be read. */
  begin(shell: ShellAnalysis | undefined): void {
    const { submission, deps } = this;
    const { command } = submission;
    this.redacted = redactCommand(command, shell, deps.redactor);
    this.append({ type: 'submission', submission, commandSha256: sha256(command) });
    this.isBegun = true;
  }

  assessed({ assessment, ruling, policySha256 }: Assessed): void {
    const { id: submission } = this.submission;
    const recorded = recordAssessment(assessment);
    this.append({ type: 'assessment', submission, assessment: recorded, ruling, policySha256 });
  }

  /** It is held once this is on disk. */
  async held(): Promise<void> {
    this.append({ type: 'hold', submission: this.submission.id });
    await this.sync();
  }

  decided(decision: Decision, shownSha256: string | undefined): void {
    this.append({ type: 'decision', submission: this.submission.id, decision, shownSha256 });
  }

  /** It may start once this is on disk. */
  async starts(shell: readonly string[]): Promise<void> {
    const { id: submission, command, cwd } = this.submission;
    this.append({ type: 'run', submission, commandSha256: sha256(command), cwd, shell });
    await this.sync();
  }

  ended(outcome: Outcome): void {
    this.append({ type: 'outcome', submission: this.submission.id, outcome });
  }

  /** It never started, whatever the record said before. */
  neverStarted(failure: string): void {
    const nothing = { exitCode: undefined, signal: undefined, durationMs: 0, outputBytes: 0 };
    this.ended({ ...nothing, failure });
  }

  /** The gate failed. Never throws: the submission has ended, whether or not the log can say so. */
  failed(why: string): void {
    if (!this.isBegun) return;
    try {
      this.neverStarted(why);
    } catch (unwritten) {
      this.deps.report(`This is not in the session log: ${textOf(unwritten)}`);
    }
  }

  /** A place in the recording's jump list for what did not run. Never throws. */
  noteInRecording(state: GateState): void {
    if (state.state === 'analysing') return;
    const { assessment, state: how } = state;
    const label = labelOf({ assessment, how, redacted: this.redacted });
    try {
      this.deps.record.noteInRecording(this.submission.session, label, `Not run: ${label}`);
    } catch (error) {
      this.deps.report(`What was not run could not be noted in the recording. ${textOf(error)}`);
    }
  }

  /** Puts on disk what was added. */
  async sync(): Promise<void> {
    await this.deps.record.sync(this.submission.session);
  }

  private append(body: AuditBody): void {
    this.deps.record.append(this.submission.session, body, this.redacted);
  }
}
