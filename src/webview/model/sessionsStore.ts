// What the panel knows of recorded sessions: their list, and of the one that is open its events, a recording and a command.
// Invariant: an answer to a question that is not the last one is thrown away.
import type { AuditEvent } from '../../core/session/events.ts';
import type { TimelineFilter } from '../../core/session/timeline.ts';
import { logEvent } from '../../shared/logEvent.ts';
import type {
  FoundOutput,
  RecordedCommand,
  SessionMessage,
  StoredSession,
} from '../../shared/sessionProtocol.ts';
import { NO_FILTER } from '../../shared/timeline.ts';
import { type CommandRow, LogStore } from './logStore.ts';

/** What is shown of one session: of the timeline's answer all but its events, which the log keeps. */
export interface OpenSession
  extends Pick<
    Extract<SessionMessage, { type: 'timeline' }>,
    'session' | 'total' | 'matched' | 'agents' | 'slices' | 'fault'
  > {
  log: LogStore;
}

export interface OpenRecording {
  session: string;
  file: string;
  text: string;
  /** Length of the text in the file. */
  bytes: number;
  commands: readonly RecordedCommand[];
}

/** What a search in the recordings came to. */
export interface OutputFinds {
  hits: readonly FoundOutput[];
  isPartial: boolean;
}

export class SessionsStore {
  /** Undefined until the host has sent it. */
  list: readonly StoredSession[] | undefined;
  open: OpenSession | undefined;
  recording: OpenRecording | undefined;
  details: { session: string; submission: string; events: readonly AuditEvent[] } | undefined;
  filter: TimelineFilter = NO_FILTER;
  /** Words that are looked for in the recordings. */
  words = '';
  /** Undefined while nothing is looked for, or no answer has come. */
  finds: OutputFinds | undefined;
  private request = 0;
  private search = 0;

  stored(session: string): StoredSession | undefined {
    return this.list?.find((entry) => entry.session === session);
  }

  /** The number of a new question about the events of a session. */
  ask(): number {
    this.request += 1;
    return this.request;
  }

  /** The number of the last one. */
  get current(): number {
    return this.request;
  }

  /** The number of a new search in the recordings. */
  look(words: string): number {
    this.words = words;
    this.finds = undefined;
    this.search += 1;
    return this.search;
  }

  /** What the list would say of a command, from its own events. */
  rowFrom(events: readonly AuditEvent[], id: string): CommandRow | undefined {
    const log = new LogStore();
    for (const event of events) log.append(logEvent(event));
    return log.commandOf(id);
  }

  take(message: SessionMessage): void {
    switch (message.type) {
      case 'sessions':
        this.list = message.sessions;
        return;
      case 'timeline':
        if (message.request === this.request) this.takeTimeline(message);
        return;
      case 'storedDetails':
        this.details = message;
        return;
      case 'recording':
        this.takeRecording(message);
        return;
      case 'outputFound':
        if (message.request === this.search) this.finds = message;
        return;
    }
  }

  /** Another session is looked at. */
  forget(): void {
    this.open = undefined;
    this.recording = undefined;
    this.details = undefined;
    this.filter = NO_FILTER;
    this.look('');
  }

  /** Bytes of a recording that are here already. */
  held(session: string, file: string): number {
    const { recording } = this;
    return recording?.session === session && recording.file === file ? recording.bytes : 0;
  }

  /** Keeps the same object where nothing new came: a player of it goes on. */
  private takeRecording(message: Extract<SessionMessage, { type: 'recording' }>): void {
    const { session, file, from, bytes, commands } = message;
    if (from === 0) {
      this.recording = { session, file, text: message.text, bytes, commands };
      return;
    }
    const { recording } = this;
    if (!recording || this.held(session, file) !== from) return;
    if (message.text === '' && commands.length === recording.commands.length) return;
    this.recording = { session, file, text: recording.text + message.text, bytes, commands };
  }

  private takeTimeline(message: Extract<SessionMessage, { type: 'timeline' }>): void {
    const { session, before, events, earlier } = message;
    if (before !== undefined) {
      if (before === this.open?.log.oldest) this.open.log.prepend(events, earlier);
      return;
    }
    const { total, matched, agents, slices, fault } = message;
    const log = new LogStore(events, earlier);
    this.open = { session, log, total, matched, agents, slices, fault };
  }
}
