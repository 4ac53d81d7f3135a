// The life of one submission: assess, hold, answer, check again, record, run. The states are those of core/gate.
// Invariants: the record of the decision and of the run is on disk before the process starts (I6); after an approval
// the line is assessed again and held anew where what was shown is no longer so (I2); whatever fails, nothing runs.
import { STOP } from '../core/gate/machine.ts';
import type { Decision, GateState, Submission } from '../core/gate/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import type { ShellAnalysis } from '../core/shell/types.ts';
import type { Assessed } from '../node/assessor.ts';
import { cannotRun } from '../node/shellProcess.ts';
import type { HeldItem } from '../shared/protocol.ts';
import type { CommandRun } from './commandRun.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import { FlowHold } from './flowHold.ts';
import { FlowRecord } from './flowRecord.ts';
import { FlowRun } from './flowRun.ts';
import { FlowState } from './flowState.ts';
import type {
  HoldAnswer,
  HoldProof,
  RunningSubmission,
  SubmissionObserver,
  SubmissionResult,
} from './gateTypes.ts';
import { heldItem } from './heldItem.ts';
import { STOPPED } from './messages.ts';
import { rulingAnew } from './rulingAnew.ts';
import { safeObserver } from './safeObserver.ts';
import { resultEdited, resultFailed, resultNotRun, type StateOf } from './submissionResult.ts';

export class SubmissionFlow implements RunningSubmission {
  readonly result: Promise<SubmissionResult>;
  private readonly states: FlowState;
  private assessed: Assessed | undefined;
  private withdrawal: Omit<Decision, 'waitedMs'> | undefined;
  private isOver = false;
  /** What runs in its place after a person edited it. */
  private replacement: RunningSubmission | undefined;
  private readonly record: FlowRecord;
  private readonly hold: FlowHold;
  private readonly started: FlowRun;
  private readonly observer: Required<SubmissionObserver>;

  constructor(
    readonly submission: Submission,
    private readonly run: CommandRun,
    observer: SubmissionObserver,
    private readonly deps: FlowDeps,
  ) {
    this.record = new FlowRecord(submission, deps);
    this.hold = new FlowHold(submission.id, deps);
    this.states = new FlowState(submission, this.record, () => this.hold.wake());
    this.observer = safeObserver(observer, deps.report);
    const { record, states } = this;
    this.started = new FlowRun({ submission, run, record, states, observer: this.observer, deps });
    this.result = this.live()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.isOver = true;
        this.hold.hide();
      });
  }

  private get state(): GateState {
    return this.states.current;
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
    return this.hold.shown;
  }

  /** The command with its secrets; only while it is held. */
  get original(): string | undefined {
    return this.hold.shown && this.submission.command;
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
      this.withdraw('person', STOP);
      return;
    }
    const how = { kind: 'denied', by: 'person', where: STOP, message: STOPPED } as const;
    const { token } = this.state;
    const shownSha256 = this.hold.shown?.sha256 ?? '';
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
          this.deps.report(`A command was not ended as a whole: ${textOf(error)}`),
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

  pause(isPaused: boolean): void {
    (this.replacement ?? this.run).pause(isPaused);
  }

  private async live(): Promise<SubmissionResult> {
    const { submission } = this;
    await this.record.open();
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
      if (this.states.broken !== undefined) throw this.states.broken;
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

  private putOnRecord(shell: ShellAnalysis | undefined): void {
    this.record.begin(shell);
    this.observer.onRead(this.record.redacted.text);
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
    const { assessment, ruling } = assessed;
    this.assessed = assessed;
    const at = this.deps.clock.now().toISOString();
    this.record.assessed(assessed);
    this.states.step({ type: 'assessed', assessment, ruling, token: this.deps.newToken(), at });
    if (this.state.state === 'denied') this.record.decided(this.state.decision, undefined);
  }

  /** Shows the hold and waits until an answer, the clock or a withdrawal has ended it. */
  private async wait(state: StateOf<'held'>): Promise<void> {
    const { hold, record, deps } = this;
    hold.begin();
    await record.held();
    // It may have been withdrawn while the record was written.
    if (this.state !== state) return;
    const timeoutMs = deps.timeoutMs();
    const item = heldItem(state, timeoutMs, this.assessed, record.redacted, deps.redactor);
    const ended = hold.wait(item, timeoutMs, () => this.expire());
    this.observer.onHeld(item);
    await ended;
  }

  private settleAnswer(
    { token, sha256: seen }: HoldProof,
    typedWord: string | undefined,
    decision: Decision,
  ): string | undefined {
    // What was shown stands for the command that it was made from.
    const shownSha256 = seen === this.hold.shown?.sha256 ? this.states.commandSha256 : seen;
    return this.states.settle({ type: 'answered', token, shownSha256, typedWord, decision }, seen);
  }

  private expire(): void {
    const how = { kind: 'expired', by: 'timeout', where: undefined, message: undefined } as const;
    this.states.settle({ type: 'expired', decision: this.decision(how) }, undefined);
  }

  /** Ends it where it was withdrawn and has not started; nothing happens otherwise. */
  private takeBack(): void {
    const { state } = this.state;
    if (this.withdrawal && (state === 'held' || state === 'allowed' || state === 'approved')) {
      this.states.settle(
        { type: 'withdrawn', decision: this.decision(this.withdrawal) },
        undefined,
      );
    }
  }

  /** Assesses what was approved once more; false where it was held anew, denied or withdrawn instead. */
  private async isStillSo(shown: Assessment): Promise<boolean> {
    const assessed = await this.assess();
    if (this.withdrawal) return false;
    const anew = rulingAnew(shown, assessed);
    if (anew === undefined) {
      this.assessed = assessed;
      return true;
    }
    this.states.step({ type: 'reassess' });
    this.takeAssessment({ ...assessed, ruling: anew });
    return false;
  }

  private async start(): Promise<SubmissionResult> {
    const result = await this.started.start({
      isWithdrawn: () => this.withdrawal !== undefined,
      changedCode: async () => this.assessed?.changedCode(),
    });
    return result ?? this.withdrawnLate();
  }

  /** It does not run, whether or not that can be put on disk. */
  private async endWithoutRun(): Promise<SubmissionResult> {
    this.record.noteInRecording(this.state);
    try {
      await this.record.sync();
    } catch (error) {
      this.deps.report(`A command was not run, but that may not be on record. ${textOf(error)}`);
    }
    if (!this.replacement) return resultNotRun(this.state);
    return resultEdited(this.replacement, await this.replacement.result);
  }

  /** The record says that it would run, so it also has to say that it did not. */
  private async withdrawnLate(): Promise<SubmissionResult> {
    this.takeBack();
    if (this.states.broken !== undefined) throw this.states.broken;
    this.record.neverStarted('It was withdrawn.');
    return this.endWithoutRun();
  }

  private async fail(error: unknown): Promise<SubmissionResult> {
    const why = error instanceof HumanError ? error.message : `The gate failed: ${textOf(error)}.`;
    this.deps.report(why);
    this.record.failed(why);
    return resultFailed(why);
  }

  private decision(how: Omit<Decision, 'waitedMs'>): Decision {
    return { ...how, waitedMs: this.hold.waitedMs };
  }
}
