// The life of one submission: assess, hold, answer, check again, record, run. The states are those of core/gate.
// Invariants: the record of the decision and of the run is on disk before the process starts (I6); after an approval
// the line is assessed again and held anew where what was shown is no longer so (I2); whatever fails, nothing runs.
import { transition } from '../core/gate/machine.ts';
import type { Decision, GateEvent, GateState, Outcome, Submission } from '../core/gate/types.ts';
import type { Ruling } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { assessmentChange } from '../core/session/assessmentChange.ts';
import { sha256 } from '../core/session/chain.ts';
import type { AuditBody } from '../core/session/events.ts';
import { recordAssessment } from '../core/session/recordAssessment.ts';
import { type RedactedCommand, redactCommand } from '../core/session/redact/redactCommand.ts';
import type { ShellAnalysis } from '../core/shell/types.ts';
import type { Assessed } from '../node/assessor.ts';
import type { RunRecording } from '../node/runRecording.ts';
import { cannotRun } from '../node/shellProcess.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { type CommandRun, exitCodeOf } from './commandRun.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import type {
  HoldAnswer,
  HoldProof,
  RunningSubmission,
  SubmissionObserver,
  SubmissionResult,
} from './gateTypes.ts';
import { heldItem } from './heldItem.ts';
import { reasonRun, STOPPED } from './messages.ts';
import { labelOf, recordRun } from './runRecorder.ts';
import {
  EXIT_NOT_RUN,
  resultEdited,
  resultFailed,
  resultNotRun,
  resultRun,
  type StateOf,
} from './submissionResult.ts';

export class SubmissionFlow implements RunningSubmission {
  readonly result: Promise<SubmissionResult>;
  private state: GateState;
  private assessed: Assessed | undefined;
  /** What is shown while it waits; undefined where it does not. */
  private shown: HeldItem | undefined;
  private wake: (() => void) | undefined;
  private withdrawal: Omit<Decision, 'waitedMs'> | undefined;
  private heldSince = 0;
  /** Why the record of a decision could not be written; ends the submission. */
  private broken: unknown;
  private isOver = false;
  /** What runs in its place after a person edited it. */
  private replacement: RunningSubmission | undefined;
  private isOnRecord = false;
  /** As it may be shown and recorded. */
  private redacted: RedactedCommand;

  constructor(
    readonly submission: Submission,
    private readonly run: CommandRun,
    private readonly observer: SubmissionObserver,
    private readonly deps: FlowDeps,
  ) {
    this.state = { state: 'analysing', submission };
    this.redacted = redactCommand(submission.command, undefined, deps.redactor);
    this.result = this.live()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.isOver = true;
        this.hide();
      });
  }

  get id(): string {
    return this.submission.id;
  }

  /** Nothing will become of it any more, whatever its state says. */
  get hasEnded(): boolean {
    return this.isOver;
  }

  get command(): string {
    return this.submission.command;
  }

  get held(): HeldItem | undefined {
    return this.shown;
  }

  /** The command with its secrets; only while it is held. */
  get original(): string | undefined {
    return this.shown && this.submission.command;
  }

  /** Undefined where the answer was taken; otherwise why it was not. */
  answer(given: HoldAnswer): string | undefined {
    const message = given.message?.trim() || undefined;
    const decision = this.decision({
      kind: given.answer === 'approve' ? 'approved' : 'denied',
      by: 'person',
      where: given.where,
      message,
    });
    return this.settleAnswer(given, given.typedWord, decision);
  }

  /** Ends the hold and starts what a person put in its place. Undefined where that was done; otherwise why not. */
  edit(proof: HoldProof, start: () => RunningSubmission): string | undefined {
    const how = { kind: 'edited', by: 'person', where: 'panel', message: undefined } as const;
    const refusal = this.settleAnswer(proof, undefined, this.decision(how));
    if (refusal === undefined) this.replacement = start();
    return refusal;
  }

  /** A person stopped the agent: what waits is denied, what runs is ended, what is on its way never starts. */
  stop(): void {
    if (this.state.state !== 'held') {
      this.withdraw('person', 'Stop Agent');
      return;
    }
    const how = { kind: 'denied', by: 'person', where: 'Stop Agent', message: STOPPED } as const;
    const { token } = this.state;
    const shownSha256 = this.shown?.sha256 ?? '';
    this.settleAnswer({ token, sha256: shownSha256 }, undefined, this.decision(how));
  }

  withdraw(by: 'agent' | 'person' | 'shutdown', where: string): void {
    if (this.replacement) {
      this.replacement.withdraw(by, where);
      return;
    }
    if (this.run.isRunning) {
      this.run
        .kill()
        .catch((error: unknown) =>
          this.deps.report(`A command could not be ended: ${textOf(error)}`),
        );
      return;
    }
    this.withdrawal ??= { kind: 'withdrawn', by, where, message: undefined };
    if (this.state.state === 'held') this.takeBack();
  }

  write(data: string): void {
    (this.replacement ?? this.run).write(data);
  }

  resize(columns: number, rows: number): void {
    (this.replacement ?? this.run).resize(columns, rows);
  }

  private async live(): Promise<SubmissionResult> {
    const { submission } = this;
    await this.deps.record.begin(submission.session, submission.agent);
    const fault = cannotRun(submission.command);
    if (fault !== undefined) {
      this.putOnRecord(undefined);
      throw new HumanError(`The command cannot be run as it is: ${fault}`);
    }
    const assessed = await this.assess().catch((error: unknown) => {
      this.putOnRecord(undefined);
      throw error;
    });
    this.putOnRecord(assessed.assessment.shell);
    this.takeAssessment(assessed);
    for (;;) {
      this.takeBack();
      if (this.broken !== undefined) throw this.broken;
      switch (this.state.state) {
        case 'held':
          await this.wait(this.state);
          break;
        case 'approved':
          if (await this.isStillSo(this.state.assessment)) return this.start();
          break;
        case 'allowed':
          return this.start();
        default:
          return this.endWithoutRun();
      }
    }
  }

  /** Only what was read can be put on record: its structure tells where secrets stand. */
  private putOnRecord(shell: ShellAnalysis | undefined): void {
    const { submission, deps } = this;
    const { command } = submission;
    this.redacted = redactCommand(command, shell, deps.redactor);
    this.append({ type: 'submission', submission, commandSha256: sha256(command) });
    this.isOnRecord = true;
    this.notify((observer, text) => observer.onRead?.(text), this.redacted.text);
  }

  private async assess(): Promise<Assessed> {
    const { command, cwd, agent, environment } = this.submission;
    const lockdown = this.deps.lockdown();
    const request = { cwd, agent, environment, ...(lockdown !== undefined && { lockdown }) };
    const assessed = await this.deps.assessor.assess(command, request);
    this.deps.onAssessed();
    return assessed;
  }

  private takeAssessment(assessed: Assessed): void {
    const { assessment, ruling, policySha256 } = assessed;
    this.assessed = assessed;
    const at = this.deps.clock.now().toISOString();
    const recorded = recordAssessment(assessment);
    this.append({
      type: 'assessment',
      submission: this.id,
      assessment: recorded,
      ruling,
      policySha256,
    });
    this.step({ type: 'assessed', assessment, ruling, token: this.deps.newToken(), at });
    if (this.state.state === 'denied') this.appendDecision(this.state.decision, undefined);
  }

  /** Shows the hold and waits until an answer, the clock or a withdrawal has ended it. */
  private async wait(state: StateOf<'held'>): Promise<void> {
    this.heldSince = this.deps.clock.mono();
    this.append({ type: 'hold', submission: this.id });
    await this.deps.record.sync(this.submission.session);
    // It may have been withdrawn while the record was written.
    if (this.state !== state) return;
    const timeoutMs = this.deps.timeoutMs();
    const ended = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.shown = heldItem(state, timeoutMs, this.assessed, this.redacted, this.deps.redactor);
    const timer =
      timeoutMs === undefined ? undefined : this.deps.schedule(timeoutMs, () => this.expire());
    this.deps.onHeldChange(this.id, this.shown);
    this.notify((observer, item) => observer.onHeld?.(item), this.shown);
    await ended;
    timer?.dispose();
    this.hide();
  }

  private settleAnswer(
    { token, sha256: seen }: HoldProof,
    typedWord: string | undefined,
    decision: Decision,
  ): string | undefined {
    // What was shown stands for the command that it was made from.
    const shownSha256 = seen === this.shown?.sha256 ? this.expected.commandSha256 : seen;
    return this.settle({ type: 'answered', token, shownSha256, typedWord, decision }, seen);
  }

  private expire(): void {
    const how = { kind: 'expired', by: 'timeout', where: undefined, message: undefined } as const;
    this.settle({ type: 'expired', decision: this.decision(how) }, undefined);
  }

  /** Ends it where it was withdrawn and has not started; nothing happens otherwise. */
  private takeBack(): void {
    const { state } = this.state;
    if (this.withdrawal && (state === 'held' || state === 'allowed' || state === 'approved')) {
      this.settle({ type: 'withdrawn', decision: this.decision(this.withdrawal) }, undefined);
    }
  }

  /** Applies what ends a hold, once its record is written; a sentence where it does not count. */
  private settle(
    event: Extract<GateEvent, { decision: Decision }>,
    shownSha256: string | undefined,
  ): string | undefined {
    const moved = transition(this.state, event, this.expected);
    if (!moved.ok) return moved.why;
    try {
      this.appendDecision(event.decision, shownSha256);
      this.state = moved.next;
      return undefined;
    } catch (error) {
      this.broken = error;
      return textOf(error);
    } finally {
      this.wake?.();
    }
  }

  /** Assesses what was approved once more; false where it was held anew, denied or withdrawn instead. */
  private async isStillSo(shown: Assessment): Promise<boolean> {
    const assessed = await this.assess();
    const { assessment, ruling } = assessed;
    if (this.withdrawal) return false;
    const change = assessmentChange(recordAssessment(shown), recordAssessment(assessment));
    if (change === undefined && ruling.verdict !== 'deny') return true;
    this.step({ type: 'reassess' });
    this.takeAssessment({ ...assessed, ruling: withNote(ruling, change) });
    return false;
  }

  private async start(): Promise<SubmissionResult> {
    const { submission, deps } = this;
    if (deps.resolveFolder(submission.cwd) !== submission.cwd) {
      throw new HumanError(`${submission.cwd} is not the folder that it was when this came in.`);
    }
    const { id, cwd, command, session } = submission;
    const shell = deps.shellArgv();
    const recording = this.record();
    try {
      this.append({ type: 'run', submission: id, commandSha256: sha256(command), cwd, shell });
      await deps.record.sync(session);
      if (this.withdrawal) return await this.withdrawnLate();
      this.step({ type: 'released' });
      const { hasTty, ended } = this.run.start(recording);
      const state = this.state as StateOf<'running'>;
      const reason = this.redacted.about(reasonRun(state.decision, state.ruling));
      const isRecorded = recording !== undefined;
      this.notify((observer, start) => observer.onStart?.(start), { reason, hasTty, isRecorded });
      const outcome = await ended;
      recording?.end(exitCodeOf(outcome), endText(outcome));
      return await this.finish(outcome, state);
    } finally {
      recording?.end(EXIT_NOT_RUN, 'It did not run.');
    }
  }

  private record(): RunRecording | undefined {
    const { submission, redacted, state } = this;
    if (state.state !== 'allowed' && state.state !== 'approved') return undefined;
    const { assessment, state: how } = state;
    const onFailure = (why: string) => {
      this.deps.report(why);
      this.notify((observer, text) => observer.onNotice?.(text), why);
    };
    const { size } = this.run;
    return recordRun({ submission, redacted, assessment, how, size, onFailure }, this.deps);
  }

  /** It does not run, whether or not that can be put on disk. */
  private async endWithoutRun(): Promise<SubmissionResult> {
    this.noteInRecording();
    try {
      await this.deps.record.sync(this.submission.session);
    } catch (error) {
      this.deps.report(`A command was not run, but that may not be on record. ${textOf(error)}`);
    }
    if (!this.replacement) return resultNotRun(this.state);
    return resultEdited(this.replacement, await this.replacement.result);
  }

  /** The record says that it would run, so it also has to say that it did not. */
  private async withdrawnLate(): Promise<SubmissionResult> {
    this.takeBack();
    if (this.broken !== undefined) throw this.broken;
    this.append({ type: 'outcome', submission: this.id, outcome: notStarted('It was withdrawn.') });
    return this.endWithoutRun();
  }

  private async finish(outcome: Outcome, state: StateOf<'running'>): Promise<SubmissionResult> {
    this.step({ type: 'finished', outcome });
    try {
      this.append({ type: 'outcome', submission: this.id, outcome });
      await this.deps.record.sync(this.submission.session);
    } catch (error) {
      // It ran: the agent gets its result, a person is told that the record ends before it.
      this.deps.report(`A command has ended, but its outcome is not on record. ${textOf(error)}`);
    }
    return resultRun(state, outcome, this.run.output);
  }

  private async fail(error: unknown): Promise<SubmissionResult> {
    const why = error instanceof HumanError ? error.message : `The gate failed: ${textOf(error)}.`;
    this.deps.report(why);
    if (!this.isOnRecord) return resultFailed(why);
    try {
      this.append({ type: 'outcome', submission: this.id, outcome: notStarted(why) });
    } catch (unwritten) {
      this.deps.report(`This is not in the session log: ${textOf(unwritten)}`);
    }
    return resultFailed(why);
  }

  /** A place in the recording's jump list for what did not run. */
  private noteInRecording(): void {
    if (this.state.state === 'analysing') return;
    const { assessment, state: how } = this.state;
    const label = labelOf({ assessment, how, redacted: this.redacted });
    try {
      this.deps.record.noteInRecording(this.submission.session, label, `Not run: ${label}`);
    } catch (error) {
      this.deps.report(`What was not run could not be noted in the recording. ${textOf(error)}`);
    }
  }

  private hide(): void {
    this.wake = undefined;
    if (this.shown) {
      this.shown = undefined;
      this.deps.onHeldChange(this.id, this.shown);
    }
  }

  /** What shows a submission may fail without touching it. */
  private notify<T>(call: (observer: SubmissionObserver, value: T) => void, value: T): void {
    try {
      call(this.observer, value);
    } catch (error) {
      this.deps.report(`A command could not be shown: ${textOf(error)}`);
    }
  }

  private step(event: GateEvent): void {
    const moved = transition(this.state, event, this.expected);
    if (!moved.ok) throw new Error(moved.why);
    this.state = moved.next;
  }

  private get expected(): { commandSha256: string } {
    return { commandSha256: sha256(this.submission.command) };
  }

  private decision(how: Omit<Decision, 'waitedMs'>): Decision {
    const waitedMs =
      this.shown === undefined ? 0 : Math.round(this.deps.clock.mono() - this.heldSince);
    return { ...how, waitedMs };
  }

  private appendDecision(decision: Decision, shownSha256: string | undefined): void {
    this.append({ type: 'decision', submission: this.id, decision, shownSha256 });
  }

  private append(body: AuditBody): void {
    this.deps.record.append(this.submission.session, body, this.redacted);
  }
}

function withNote(ruling: Ruling, change: string | undefined): Ruling {
  if (change === undefined) return ruling;
  const text = `It was approved, but it is no longer what was shown. ${change}`;
  return { verdict: ruling.verdict, because: [{ code: 'changed', text }, ...ruling.because] };
}

/** How it ended, for the last line of its recording. */
function endText({ exitCode, signal, durationMs }: Outcome): string {
  const how = signal === undefined ? `exit code ${exitCode ?? '?'}` : `ended by ${signal}`;
  return `[${how}, ${(durationMs / 1000).toFixed(1)} s]`;
}

function notStarted(failure: string): Outcome {
  return { exitCode: undefined, signal: undefined, durationMs: 0, outputBytes: 0, failure };
}
