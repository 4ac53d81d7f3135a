// The gate of this window: every way in submits here, every answer is taken here, and everybody who shows something listens here.
// Invariants: agents can submit and withdraw, nothing else (I9); without an open log nothing is accepted (I6).
import type { Submission } from '../core/gate/types.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { childEnvironment } from '../node/childEnvironment.ts';
import type { ShellProcess, ShellSpec } from '../node/shellProcess.ts';
import {
  type GateStatus,
  type HeldItem,
  PROTOCOL_VERSION,
  type ToPanel,
} from '../shared/protocol.ts';
import { CommandRun } from './commandRun.ts';
import { Emitter } from './emitter.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';
import type {
  HoldAnswer,
  RunningSubmission,
  SubmissionObserver,
  SubmissionRequest,
} from './gateTypes.ts';
import { type EventPage, eventsOf, logEvent, newestPage, pageBefore } from './panelEvents.ts';
import type { Disposable, PanelAnswer, PanelModel, Snapshot } from './panelModel.ts';
import type { KeeperRecord } from './sessionKeeper.ts';
import { SessionRecord, type SessionRecordOptions } from './sessionRecord.ts';
import { SubmissionFlow } from './submissionFlow.ts';
import { resultFailed } from './submissionResult.ts';

type Provided = 'record' | 'onHeldChange' | 'onAssessed' | 'report';
type Message<T extends ToPanel['type']> = Extract<ToPanel, { type: T }>;

export interface GateOptions extends Omit<FlowDeps, Provided> {
  session: Omit<SessionRecordOptions, 'onEvent' | 'redactor'>;
  newId(): string;
  /** What the commands inherit, read for each submission. */
  environment(): Readonly<Record<string, string | undefined>>;
  startShell(spec: ShellSpec): ShellProcess;
  openFile(file: string): Promise<void>;
  copyText(text: string): Promise<void>;
}

export class GateService implements PanelModel {
  private readonly flows = new Map<string, SubmissionFlow>();
  private readonly holds = new Map<string, HeldItem>();
  private readonly record: SessionRecord;
  private revision = 0;
  private knownDegraded: string | undefined;
  private isClosing = false;
  private readonly problems = new Emitter<string>(() => undefined);
  private readonly panel = this.emitter<ToPanel>();
  private readonly newHolds = this.emitter<HeldItem>();
  private readonly changes = this.emitter<void>();

  constructor(private readonly options: GateOptions) {
    this.record = new SessionRecord({
      ...options.session,
      redactor: options.redactor,
      onEvent: (event) => {
        this.tell({ v: PROTOCOL_VERSION, type: 'event', revision: 0, event: logEvent(event) });
        // From here on there is a log to open.
        if (event.type === 'session.start') this.tellStatus();
      },
    });
  }

  /** What waits for a person, oldest first. */
  get held(): readonly HeldItem[] {
    return [...this.holds.values()];
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
      const submission = this.submissionOf(id, request);
      const flow = new SubmissionFlow(
        submission,
        this.runOf(submission, request, observer),
        observer,
        this.flowDeps(),
      );
      this.flows.set(id, flow);
      void flow.result.then(() => this.flows.delete(id));
      return flow;
    } catch (error) {
      const why =
        error instanceof HumanError ? error.message : `The gate failed: ${textOf(error)}.`;
      this.problems.fire(why);
      return refused(id, why);
    }
  }

  /** A person's answer. Undefined where it was taken; otherwise why it was not. */
  decide(id: string, answer: HoldAnswer): string | undefined {
    const flow = this.flows.get(id);
    return flow ? flow.answer(answer) : 'This command does not wait for an answer any more.';
  }

  /** Asks the panel to show a submission. */
  reveal(submission: string): void {
    this.panel.fire({ v: PROTOCOL_VERSION, type: 'reveal', submission });
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

  /** Notes in the log that the settings are others now; nothing where no session is open. */
  notePolicy(change: { policySha256: string; loosens: boolean; text: string }): void {
    this.noteEvent({ type: 'policy.change', ...change });
  }

  /** The record of this window, for what looks after all records. */
  get records(): KeeperRecord {
    const { record } = this;
    return {
      get session() {
        return record.place?.session;
      },
      noteSoon: (body) => record.noteSoon(body),
      noteNow: async (body) => record.noteNow(body),
    };
  }

  /** Ends the session: what waits is withdrawn, what runs is ended, the log is closed. */
  async close(reason: string): Promise<void> {
    this.isClosing = true;
    const flows = [...this.flows.values()];
    for (const flow of flows) flow.withdraw('shutdown', 'window');
    await Promise.all(flows.map((flow) => flow.result));
    await this.record.close(reason);
  }

  snapshot(): Snapshot {
    return {
      v: PROTOCOL_VERSION,
      type: 'snapshot',
      revision: this.revision,
      held: this.held,
      ...newestPage(this.record.events),
      status: this.status,
      summary: undefined,
    };
  }

  onDidChange(listener: (message: ToPanel) => void): Disposable {
    return this.panel.listen(listener);
  }

  async answer(message: PanelAnswer): Promise<string | undefined> {
    const { submission, token, sha256, answer, grant } = message;
    if (grant) return 'This approval cannot be kept for later. Approve it once, or deny it.';
    return this.decide(submission, {
      token,
      sha256,
      answer,
      message: message.message,
      where: 'panel',
    });
  }

  page(before: number): EventPage {
    return pageBefore(this.record.events, before);
  }

  details(submission: string): readonly AuditEvent[] {
    return eventsOf(this.record.events, submission);
  }

  original(submission: string): string | undefined {
    return this.flows.get(submission)?.original;
  }

  /** Any text for a person's eyes, without secrets. */
  redact(text: string): string {
    return this.options.redactor.text(text);
  }

  async openLog(): Promise<void> {
    const { place } = this.record;
    if (!place) throw new HumanError('Nothing is recorded yet: no agent has submitted a command.');
    await this.options.openFile(place.file);
  }

  async copy(submission: string): Promise<void> {
    const command = this.commandOf(submission);
    if (command === undefined) throw new HumanError('This command is not known any more.');
    await this.options.copyText(command);
  }

  private commandOf(id: string): string | undefined {
    const original = this.original(id);
    if (original !== undefined) return original;
    const isIt = (event: AuditEvent) => event.type === 'submission' && event.submission.id === id;
    const event = this.record.events.find(isIt);
    return event?.type === 'submission' ? event.submission.command : undefined;
  }

  private submissionOf(id: string, request: SubmissionRequest): Submission {
    const { command, agent, intent, via, environment } = request;
    const cwd = this.options.resolveFolder(request.cwd);
    const session = this.record.reserve();
    const submittedAt = this.options.clock.now().toISOString();
    return { id, session, command, cwd, agent, intent, via, environment, submittedAt };
  }

  private runOf(
    { id, command, cwd, environment }: Submission,
    { columns, rows }: SubmissionRequest,
    observer: SubmissionObserver,
  ): CommandRun {
    const { options } = this;
    return new CommandRun({
      spec: {
        command,
        cwd,
        environment: childEnvironment(options.environment(), environment, id),
        columns,
        rows,
        run: id,
      },
      startShell: options.startShell,
      clock: options.clock,
      onOutput: (data) => observer.onOutput?.(data),
    });
  }

  private flowDeps(): FlowDeps {
    return {
      ...this.options,
      record: this.record,
      onHeldChange: (id, held) => this.setHeld(id, held),
      onAssessed: () => this.checkDegraded(),
      report: (problem) => this.problems.fire(problem),
    };
  }

  private setHeld(id: string, item: HeldItem | undefined): void {
    if (item) this.holds.set(id, item);
    else this.holds.delete(id);
    this.tell({ v: PROTOCOL_VERSION, type: 'held', revision: 0, held: this.held });
    this.changes.fire();
    if (item) this.newHolds.fire(item);
  }

  private checkDegraded(): void {
    const { degraded } = this;
    if (degraded === this.knownDegraded) return;
    this.knownDegraded = degraded;
    if (degraded !== undefined) this.noteEvent({ type: 'gate.degraded', why: degraded });
    this.tellStatus();
    this.changes.fire();
  }

  private get status(): GateStatus {
    const { place } = this.record;
    return {
      degraded: this.degraded,
      observe: false,
      lockdown: undefined,
      session: place?.session,
      logFolder: place?.folder,
      actions: place ? ['openLog', 'openSettings'] : ['openSettings'],
    };
  }

  private tellStatus(): void {
    this.tell({ v: PROTOCOL_VERSION, type: 'status', revision: 0, status: this.status });
  }

  private noteEvent(body: Parameters<SessionRecord['append']>[1]): void {
    const { place } = this.record;
    if (!place) return;
    try {
      this.record.append(place.session, body);
    } catch (error) {
      this.problems.fire(textOf(error));
    }
  }

  /** Sends a change to the panel with the next revision. */
  private tell(message: Message<'event'> | Message<'held'> | Message<'status'>): void {
    this.revision += 1;
    this.panel.fire({ ...message, revision: this.revision });
  }

  private emitter<T>(): Emitter<T> {
    return new Emitter<T>((error) =>
      this.problems.fire(`A change could not be shown: ${textOf(error)}`),
    );
  }
}

/** A submission that was not even taken. */
function refused(id: string, why: string): RunningSubmission {
  const ignore = () => undefined;
  const result = Promise.resolve(resultFailed(why));
  return { id, result, withdraw: ignore, write: ignore, resize: ignore };
}
