// The session of this window: opens its log with the first submission, adds events, and keeps the newest in memory.
// Invariants: an event that is not in the log is never shown and nothing is built on it; a failure is thrown;
// nothing gets into the log, and so to anybody who shows it, before its secrets were taken out.
import type { AuditBody, AuditEvent } from '../core/session/events.ts';
import { redactBody } from '../core/session/redact/redactBody.ts';
import type { RedactedCommand } from '../core/session/redact/redactCommand.ts';
import type { Redactor } from '../core/session/redact/redactor.ts';
import type { RunRecording } from '../node/runRecording.ts';
import type { Anchor, Appended, LogFailure, Synced } from '../node/sessionLog.ts';
import type { RecordedRun, SessionRecording } from '../node/sessionRecording.ts';
import { HumanError, textOf } from './errors.ts';

/** The part of the log on disk that is used here; a fake stands in for it in tests. */
export interface AuditLog {
  readonly session: string;
  readonly folder: string;
  readonly file: string;
  /** Of the last line, in hex. */
  readonly lastHash: string;
  append(body: AuditBody): Appended;
  sync(): Promise<Synced>;
  /** Signs what the folder holds, after the last event. */
  seal(): Promise<Synced>;
  close(): void;
  /** Takes away a log that got no event. */
  discard(): void;
}

export type SessionStart = Omit<
  Extract<AuditBody, { type: 'session.start' }>,
  'type' | 'nonce' | 'publicKey'
>;

export interface SessionRecordOptions {
  /** The key that signs and the place for heads. Rejects where heads cannot be kept. */
  anchor(): Promise<Anchor>;
  /** Makes a new log. Throws where that is not possible. */
  open(session: string, nonce: string, anchor: Anchor): AuditLog;
  /** What the first event says. */
  start(agent: string): SessionStart;
  newSession(): { session: string; nonce: string };
  redactor: Redactor;
  /** The recording that lies beside a log; its checkpoints go through `append`. */
  recording(folder: string, append: (body: AuditBody) => void): SessionRecording;
  onEvent(event: AuditEvent): void;
}

/** A session that has no log yet. */
interface Planned {
  session: string;
  nonce: string;
  /** Under way, or done; undefined where nobody began it. */
  opening?: Promise<void>;
}

/** Events that are kept in memory for the panel; the file holds all. */
const MOST_EVENTS = 5000;

export class SessionRecord {
  private log: AuditLog | undefined;
  private planned: Planned | undefined;
  private lost: LogFailure | undefined;
  private recording: SessionRecording | undefined;
  private kept: AuditEvent[] = [];
  /** Waits for the next session. */
  private soon: AuditBody[] = [];

  constructor(private readonly options: SessionRecordOptions) {}

  /** Of the current session, oldest first. */
  get events(): readonly AuditEvent[] {
    return this.kept;
  }

  /** Where the current session is recorded; undefined before the first submission. */
  get place(): Pick<AuditLog, 'session' | 'folder' | 'file' | 'lastHash'> | undefined {
    return this.log;
  }

  /** The id of the current session, or of the one that `begin` starts. */
  reserve(): string {
    this.planned ??= this.log ? undefined : this.options.newSession();
    return this.log?.session ?? this.planned?.session ?? '';
  }

  /** Opens the log of a reserved session, once; what is submitted to it comes after. */
  async begin(session: string, agent: string): Promise<void> {
    const { planned } = this;
    if (planned?.session !== session) {
      this.logOf(session);
      return;
    }
    planned.opening ??= this.open(planned, agent).finally(() => {
      // Where it failed, the next submission makes another.
      if (this.planned === planned) this.planned = undefined;
    });
    await planned.opening;
  }

  private async open({ session, nonce }: Planned, agent: string): Promise<void> {
    let log: AuditLog;
    let anchor: Anchor;
    try {
      anchor = await this.options.anchor();
      log = this.options.open(session, nonce, anchor);
    } catch (error) {
      throw new HumanError(`The session log cannot be made: ${textOf(error)}`, { cause: error });
    }
    this.log = log;
    // Its recorder starts meanwhile.
    this.recording = this.options.recording(log.folder, (body) => this.append(session, body));
    this.kept = [];
    try {
      const { publicKey } = anchor.key;
      const start = { ...this.options.start(agent), nonce, publicKey };
      this.append(session, { type: 'session.start', ...start });
      this.tellLoss(session);
      for (const body of this.soon.splice(0)) this.append(session, body);
    } catch (error) {
      // A log without its first event would not be one.
      log.discard();
      this.log = undefined;
      this.recording = undefined;
      throw error;
    }
  }

  /** Adds an event to the session that it belongs to. `command`: what it is about. */
  append(session: string, body: AuditBody, command?: RedactedCommand): void {
    const redacted = redactBody(body, this.options.redactor, command);
    const appended = this.logOf(session).append(redacted);
    if (!appended.ok) {
      throw this.failed(appended, appended.isTampered);
    }
    this.kept.push(appended.event);
    if (this.kept.length > MOST_EVENTS * 1.2) {
      this.kept = this.kept.slice(-MOST_EVENTS);
    }
    this.options.onEvent(appended.event);
  }

  /** Adds an event that belongs to no command: now, or to the next session where none runs. */
  noteSoon(body: AuditBody): void {
    if (this.log) this.append(this.log.session, body);
    else this.soon.push(body);
  }

  /** Adds such an event and puts it on disk; starts a session for it where none runs. */
  async noteNow(body: AuditBody): Promise<void> {
    const session = this.reserve();
    await this.begin(session, 'Interlock');
    this.append(session, body);
    await this.sync(session);
  }

  /** Begins to record a command. Rejects where that is not possible. */
  async startRun(session: string, run: RecordedRun): Promise<RunRecording> {
    this.logOf(session);
    if (!this.recording) throw new HumanError('The session has no recording.');
    return this.recording.start(run);
  }

  /** Says in the recording what became of a command that did not run. */
  noteInRecording(session: string, label: string, text: string): void {
    if (this.log?.session === session) this.recording?.note(label, text);
  }

  /** Puts what was added on disk. */
  async sync(session: string): Promise<void> {
    const synced = await this.logOf(session).sync();
    if (!synced.ok) {
      // After a failed sync nobody can say what is on disk: that log is not trusted any more.
      throw this.failed(synced, true);
    }
  }

  /** Ends the session, if there is one. */
  async close(reason: string): Promise<void> {
    const { log } = this;
    if (!log) return;
    try {
      await this.recording?.close();
      this.append(log.session, { type: 'session.end', reason, by: 'window' });
      await this.sync(log.session);
      const sealed = await log.seal();
      if (!sealed.ok) throw new HumanError(sealed.why);
    } finally {
      this.log = undefined;
      this.recording = undefined;
      log.close();
    }
  }

  /** The new log says what became of the one before. */
  private tellLoss(session: string): void {
    const { lost } = this;
    if (!lost) return;
    this.append(
      session,
      lost.isTampered
        ? { type: 'tamper', text: lost.why }
        : { type: 'gate.degraded', why: lost.why },
    );
    this.lost = undefined;
  }

  private logOf(session: string): AuditLog {
    if (this.log?.session !== session) {
      throw new HumanError('The session log in which this command is recorded was lost.');
    }
    return this.log;
  }

  private failed(failure: LogFailure, isLost: boolean): HumanError {
    if (isLost) {
      this.log?.close();
      this.log = undefined;
      this.recording?.abandon(failure.why);
      this.recording = undefined;
      this.lost = failure;
    }
    return new HumanError(failure.why);
  }
}
