// The gate of this window: every way in submits here, every answer is taken here, and everybody who shows something listens here.
// Invariants: agents can submit and withdraw, nothing else (I9); without an open log nothing is accepted (I6).
import type { Submission } from '../core/gate/types.ts';
import type { AuditEvent } from '../core/session/events.ts';
import type { ShellProcess, ShellSpec } from '../node/shellProcess.ts';
import type { HeldItem } from '../shared/protocol.ts';
import type { CommandRun } from './commandRun.ts';
import { Emitter } from './emitter.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import { GateNotes } from './gateNotes.ts';
import type {
  HoldAnswer,
  HoldProof,
  RunningSubmission,
  SubmissionObserver,
  SubmissionRequest,
} from './gateTypes.ts';
import { lockedText, STOPPED_BY_YOU, stillThere, tooLate } from './messages.ts';
import { newRun, newSubmission } from './newSubmission.ts';
import type { Disposable } from './panelModel.ts';
import type { PolicyDesk } from './policyDesk.ts';
import { safeObserver } from './safeObserver.ts';
import type { KeeperRecord } from './sessionKeeper.ts';
import { type AuditLog, SessionRecord, type SessionRecordOptions } from './sessionRecord.ts';
import { SubmissionCap } from './submissionCap.ts';
import { SubmissionFlow } from './submissionFlow.ts';
import { refused } from './submissionResult.ts';

type Provided = 'record' | 'onHeldChange' | 'onAssessed' | 'report' | 'lockdown';

export interface GateOptions extends Omit<FlowDeps, Provided> {
  session: Omit<SessionRecordOptions, 'onEvent' | 'redactor'>;
  desk: PolicyDesk;
  newId(): string;
  /** What the commands inherit, read for each submission. */
  environment(): Readonly<Record<string, string | undefined>>;
  startShell(spec: ShellSpec): ShellProcess;
  /** Ends what these runs left behind; resolves to the ids of what is still there. */
  endRuns(runs: ReadonlySet<string>): Promise<readonly number[]>;
}

/** A submission on its way, with what a new one in its place needs. */
interface Entry {
  flow: SubmissionFlow;
  request: SubmissionRequest;
  observer: SubmissionObserver;
}

export class GateService {
  private readonly entries = new Map<string, Entry>();
  private readonly holds = new Map<string, HeldItem>();
  private readonly record: SessionRecord;
  private readonly notes: GateNotes;
  private knownDegraded: string | undefined;
  private isClosing = false;
  /** Runs of this window, for what they leave behind. */
  private readonly started = new Set<string>();
  private readonly problems = new Emitter<string>(() => undefined);
  private readonly events = this.emitter<AuditEvent>();
  private readonly newHolds = this.emitter<HeldItem>();
  private readonly changes = this.emitter<void>();
  private readonly cap = new SubmissionCap({
    tell: (problem) => this.problems.fire(problem),
    note: (body) => this.notes.soon(body),
    redact: (text) => this.redact(text),
  });

  constructor(private readonly options: GateOptions) {
    const { desk, session, redactor } = options;
    const onEvent = (event: AuditEvent) => this.recorded(event);
    this.record = new SessionRecord({ ...session, redactor, onEvent });
    this.notes = new GateNotes(
      this.record,
      () => this.isClosing,
      (problem) => this.problems.fire(problem),
    );
    desk.onNote((body) => this.notes.now(body));
    desk.onDidChange(() => this.changes.fire());
  }

  /** What waits for a person, oldest first. */
  get held(): readonly HeldItem[] {
    return [...this.holds.values()];
  }

  /** Of the current session, oldest first. */
  get recordedEvents(): readonly AuditEvent[] {
    return this.record.events;
  }

  /** Where the session is recorded; undefined before the first submission. */
  get place(): Pick<AuditLog, 'session' | 'folder' | 'file' | 'lastHash'> | undefined {
    return this.record.place;
  }

  /** Why commands cannot be read; undefined where they can, or where none has come yet. */
  get degraded(): string | undefined {
    return this.options.assessor.degraded;
  }

  /** Takes a command line; the result says what became of it. */
  submit(request: SubmissionRequest, observer: SubmissionObserver = {}): RunningSubmission {
    const id = this.options.newId();
    try {
      if (this.isClosing) throw new HumanError('The editor window is closing.');
      const tooMany = this.cap.refusal(this.entries.size, request);
      if (tooMany !== undefined) return refused(id, request.command, tooMany);
      const submission = newSubmission(id, this.record.reserve(), request, this.options);
      const flow = new SubmissionFlow(
        submission,
        this.runOf(submission, request, observer),
        observer,
        this.flowDeps(),
      );
      this.entries.set(id, { flow, request, observer });
      void flow.result.then(() => {
        this.entries.delete(id);
        this.cap.ended(this.entries.size);
      });
      return flow;
    } catch (error) {
      const why =
        error instanceof HumanError ? error.message : `The gate failed: ${textOf(error)}.`;
      this.problems.fire(why);
      return refused(id, request.command, why);
    }
  }

  /** A person's answer. Undefined where it was taken; otherwise why it was not. */
  decide(id: string, answer: HoldAnswer): string | undefined {
    const entry = this.entries.get(id);
    return entry && !entry.flow.hasEnded ? entry.flow.answer(answer) : this.gone(id);
  }

  /** A person's other text for a hold: a submission of its own, assessed like any other. */
  edit(id: string, proof: HoldProof, command: string): string | undefined {
    const entry = this.entries.get(id);
    if (!entry || entry.flow.hasEnded) return this.gone(id);
    if (command.trim() === '') return 'Write the command that shall run instead.';
    if (command === entry.flow.command) return 'The text is the same as before.';
    const { flow, request, observer } = entry;
    return flow.edit(proof, () => this.submit({ ...request, command, editedFrom: id }, observer));
  }

  /** Ends what runs, denies what waits, and refuses what comes until a person lifts it. Acts at once. */
  stopAgent(): void {
    this.options.desk.lockDown(STOPPED_BY_YOU);
    for (const { flow } of this.entries.values()) flow.stop();
    void this.endLeftBehind();
  }

  /** A server that a finished command started in the background runs on until somebody ends it. */
  private async endLeftBehind(): Promise<void> {
    try {
      const left = await this.options.endRuns(this.started);
      if (left.length > 0) this.problems.fire(stillThere(left));
    } catch (error) {
      this.problems.fire(`What commands left behind could not be looked for. ${textOf(error)}`);
    }
  }

  /** Something stands in the log. */
  onEvent(listener: (event: AuditEvent) => void): Disposable {
    return this.events.listen(listener);
  }

  /** A new hold, or one that was held anew: a person has to be asked. */
  onDidHold(listener: (item: HeldItem) => void): Disposable {
    return this.newHolds.listen(listener);
  }

  /** The list of holds or the state of the gate changed. */
  onDidChangeState(listener: () => void): Disposable {
    return this.changes.listen(listener);
  }

  /** A sentence that a person has to see. */
  onProblem(listener: (problem: string) => void): Disposable {
    return this.problems.listen(listener);
  }

  /** Notes in the log that the settings are others now. */
  notePolicy(change: { policySha256: string; loosens: boolean; text: string }): void {
    const body = { type: 'policy.change', ...change } as const;
    if (change.loosens) this.notes.now(body);
    else this.notes.soon(body);
    this.changes.fire();
  }

  /** Something that a person decided was changed behind the gate's back: on record, and told. */
  noteTampering(text: string): void {
    this.notes.now({ type: 'tamper', text });
    this.problems.fire(text);
    this.changes.fire();
  }

  /** The record of this window, for what looks after all records. */
  get records(): KeeperRecord {
    const { record } = this;
    return {
      get session() {
        return record.place?.session;
      },
      get folder() {
        return record.place?.folder;
      },
      noteSoon: (body) => record.noteSoon(body),
      noteNow: async (body) => record.noteNow(body),
    };
  }

  /** Ends the session: what waits is withdrawn, what runs is ended, the log is closed. */
  async close(reason: string): Promise<void> {
    this.isClosing = true;
    const flows = [...this.entries.values()].map(({ flow }) => flow);
    for (const flow of flows) flow.withdraw('shutdown', 'window');
    await Promise.all(flows.map((flow) => flow.result));
    await this.record.close(reason);
  }

  /** The command of a hold as it was submitted, with its secrets; for a person who asks for it, never kept. */
  original(submission: string): string | undefined {
    return this.entries.get(submission)?.flow.original;
  }

  /** Any text for a person's eyes, without secrets. */
  redact(text: string): string {
    return this.options.redactor.text(text);
  }

  /** Why an answer does not count any more. */
  private gone(id: string): string {
    const decision = this.record.events.findLast(
      (event) => event.type === 'decision' && event.submission === id,
    );
    return tooLate(decision?.type === 'decision' ? decision.decision : undefined);
  }

  private runOf(
    submission: Submission,
    request: SubmissionRequest,
    observer: SubmissionObserver,
  ): CommandRun {
    const { options } = this;
    const { onOutput } = safeObserver(observer, (problem) => this.problems.fire(problem));
    const startShell = (spec: ShellSpec) => {
      this.started.add(submission.id);
      return options.startShell(spec);
    };
    return newRun(submission, request, { ...options, startShell }, onOutput);
  }

  private flowDeps(): FlowDeps {
    return {
      ...this.options,
      record: this.record,
      onHeldChange: (id, held) => this.setHeld(id, held),
      onAssessed: () => this.checkDegraded(),
      lockdown: () => {
        const { lockdown } = this.options.desk;
        return lockdown && lockedText(lockdown);
      },
      report: (problem) => this.problems.fire(problem),
    };
  }

  private setHeld(id: string, item: HeldItem | undefined): void {
    if (item) this.holds.set(id, item);
    else this.holds.delete(id);
    this.changes.fire();
    if (item) this.newHolds.fire(item);
  }

  private checkDegraded(): void {
    const { degraded } = this;
    if (degraded === this.knownDegraded) return;
    this.knownDegraded = degraded;
    if (degraded !== undefined) this.notes.now({ type: 'gate.degraded', why: degraded });
    this.changes.fire();
  }

  private recorded(event: AuditEvent): void {
    if (event.type === 'session.start') this.options.desk.useSession(event.sid);
    this.events.fire(event);
    // From here on there is a log to open.
    if (event.type === 'session.start') this.changes.fire();
  }

  private emitter<T>(): Emitter<T> {
    return new Emitter<T>((error) =>
      this.problems.fire(`A change could not be shown: ${textOf(error)}`),
    );
  }
}
