// Messages between the extension host and the panel about recorded sessions.
import type { Level } from '../core/risk/types.ts';
import type { AuditEvent } from '../core/session/events.ts';
import type { Slice, TimelineFilter } from '../core/session/timeline.ts';
import type { LogEvent } from './logEvent.ts';

export type SessionAction = 'verify' | 'export' | 'delete';

/** A recorded session in the list of all. */
export interface StoredSession {
  session: string;
  /** Such as `2026-11-28`. */
  day: string;
  agents: readonly string[];
  /** ISO times of the first and the last line; undefined where nothing could be read. */
  startedAt: string | undefined;
  lastAt: string | undefined;
  commands: number;
  levels: Readonly<Record<Level, number>>;
  held: number;
  denied: number;
  /** Bytes of all its files. */
  size: number;
  /** Names of its recordings. */
  recordings: readonly string[];
  /** What checking it came to, and the sentence about it. */
  state: 'sound' | 'broken' | 'unreadable';
  proof: string;
  isRunning: boolean;
}

/** A command in a recording, in the order of the recording's marks. */
export interface RecordedCommand {
  submission: string;
  command: string;
  level: Level | undefined;
}

/** A line of terminal output in which all words were found. */
export interface FoundOutput {
  file: string;
  /** Seconds since the start of the recording, pauses not cut. */
  at: number;
  /** The command that was on; undefined where it is not known. */
  command: string | undefined;
  line: string;
}

export type SessionMessage =
  /** Answer to `listSessions`, newest first; also sent when one was deleted. */
  | { v: 1; type: 'sessions'; sessions: readonly StoredSession[] }
  /** Answer to `timeline`: what matches the filter, oldest first. */
  | {
      v: 1;
      type: 'timeline';
      request: number;
      session: string;
      /** Undefined: the newest that match. */
      before: number | undefined;
      events: readonly LogEvent[];
      earlier: number;
      /** Events on record, and how many of them match. */
      total: number;
      matched: number;
      agents: readonly string[];
      slices: readonly Slice[];
      /** Where the record is broken: events end there. */
      fault: string | undefined;
    }
  /** Answer to `storedDetails`. */
  | {
      v: 1;
      type: 'storedDetails';
      session: string;
      submission: string;
      events: readonly AuditEvent[];
    }
  /** Answer to `openRecording`: whole lines of an asciicast; `from` bytes come before them, and `bytes` with them. */
  | {
      v: 1;
      type: 'recording';
      session: string;
      file: string;
      text: string;
      from: number;
      bytes: number;
      commands: readonly RecordedCommand[];
    }
  /** Answer to `findOutput`; none comes to a question that was followed by another. */
  | {
      v: 1;
      type: 'outputFound';
      request: number;
      session: string;
      hits: readonly FoundOutput[];
      /** There are more than are shown. */
      isPartial: boolean;
    };

export type SessionRequest =
  | { v: 1; type: 'listSessions' }
  | {
      v: 1;
      type: 'timeline';
      request: number;
      session: string;
      filter: TimelineFilter;
      before: number | undefined;
    }
  | { v: 1; type: 'storedDetails'; session: string; submission: string }
  /** `have`: bytes of it that the page holds already. */
  | { v: 1; type: 'openRecording'; session: string; file: string; have: number }
  /** Words in what the terminals of a session showed; no words call a search off. */
  | { v: 1; type: 'findOutput'; request: number; session: string; text: string }
  /** What is done with a whole session; deleting asks in a native modal. */
  | { v: 1; type: 'forSession'; session: string; action: SessionAction }
  /** In a terminal, from the command with this number on. */
  | { v: 1; type: 'replay'; session: string; file: string; mark: string | undefined };

const MESSAGES: Readonly<Record<SessionMessage['type'], true>> = {
  sessions: true,
  timeline: true,
  storedDetails: true,
  recording: true,
  outputFound: true,
};

const REQUESTS: Readonly<Record<SessionRequest['type'], true>> = {
  listSessions: true,
  timeline: true,
  storedDetails: true,
  openRecording: true,
  findOutput: true,
  forSession: true,
  replay: true,
};

/** True for what the host says about recorded sessions. */
export function isSessionMessage<T extends { type: string }>(
  message: T,
): message is Extract<T, SessionMessage> {
  return Object.hasOwn(MESSAGES, message.type);
}

/** True for what the panel asks about recorded sessions, by the name of the message alone. */
export function isSessionRequest<T extends { type: string }>(
  message: T,
): message is Extract<T, SessionRequest> {
  return Object.hasOwn(REQUESTS, message.type);
}
