// Lists recorded sessions and reads them back, checked, for the command line and the panel.
// Invariant: a session that cannot be read is listed with the reason, never left out.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditEvent } from '../core/session/events.ts';
import { type SessionSummary, SummaryFold } from '../core/session/sessionSummary.ts';
import type { LogFault, SessionVerdict } from '../core/session/verdict.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import { sessionFolders } from './sessionFiles.ts';
import { type Trust, verifyingSession } from './verifySession.ts';

export interface ListedSession {
  session: string;
  /** Folder of the day, such as `2026-11-28`. */
  day: string;
  folder: string;
  /** Bytes of all its files. */
  size: number;
  /** Those that the log names: what lies beside them is not of this session. */
  recordings: readonly string[];
  summary: SessionSummary;
  verdict: SessionVerdict;
}

export interface ReadSession {
  events: AuditEvent[];
  fault: LogFault | undefined;
}

/** So often a session that is written to meanwhile is looked at in steps. */
const MOST_TURNS = 3;

export class SessionStore {
  /** By folder: what its files looked like, and what came out. */
  private readonly known = new Map<string, { stamp: string; listed: ListedSession }>();

  constructor(private readonly trust: Trust) {}

  /** All sessions below a place, newest first; those whose files did not change are not read again. Throws where the place cannot be read. */
  list(place: string): ListedSession[] {
    const folders = sessionFolders(place);
    return newestFirst(folders.map((folder) => this.look(folder)));
  }

  /** One session, as in the list. */
  look(folder: string): ListedSession {
    return atOnce(this.looking(folder));
  }

  /** The same in steps. */
  *looking(folder: string): Steps<ListedSession> {
    const known = this.known.get(folder);
    if (known?.stamp === this.stampOf(folder)) return known.listed;
    return yield* this.settled(folder, () => this.verifying(folder));
  }

  /** Bytes that looking at it has to read; 0 where it is known. */
  sizeOf(folder: string): number {
    const isKnown = this.known.get(folder)?.stamp === this.stampOf(folder);
    return isKnown ? 0 : filesIn(folder).reduce((sum, { size }) => sum + size, 0);
  }

  private stampOf(folder: string): string {
    return JSON.stringify([filesIn(folder), this.trust.heads?.stampOf(path.basename(folder))]);
  }

  /** What was written between two steps may look like a break, so a break counts only where nothing was. */
  private *settled<T extends { verdict: SessionVerdict }>(
    folder: string,
    work: () => Steps<T>,
  ): Steps<T> {
    for (let turn = 1; turn < MOST_TURNS; turn++) {
      const before = this.stampOf(folder);
      const found = yield* work();
      if (found.verdict.state === 'sound' || before === this.stampOf(folder)) return found;
    }
    // It is written to all the time: nothing of this window comes between now.
    return atOnce(work());
  }

  private *verifying(folder: string): Steps<ListedSession> {
    const files = filesIn(folder);
    const stamp = this.stampOf(folder);
    const fold = new SummaryFold();
    const named = new Set<string>();
    const verdict = yield* verifyingSession(folder, this.trust, (event) => {
      fold.add(event);
      if (event.type === 'recording.start') named.add(event.file);
    });
    const listed: ListedSession = {
      session: path.basename(folder),
      day: path.basename(path.dirname(folder)),
      folder,
      size: files.reduce((sum, { size }) => sum + size, 0),
      recordings: files.map(({ name }) => name).filter((name) => named.has(name)),
      summary: fold.summary,
      verdict,
    };
    this.known.set(folder, { stamp, listed });
    return listed;
  }

  /** Forgets what came out of one session, or of all: the next look reads even files that seem unchanged. */
  forget(folder?: string): void {
    if (folder === undefined) this.known.clear();
    else this.known.delete(folder);
  }

  /** The events of a session up to the first bad line, and that line. */
  read(folder: string): ReadSession {
    return atOnce(this.reading(folder));
  }

  /** The same in steps. */
  *reading(folder: string): Steps<ReadSession> {
    const { events, verdict } = yield* this.settled(folder, () => this.gathering(folder));
    return { events, fault: verdict.fault };
  }

  private *gathering(folder: string): Steps<{ events: AuditEvent[]; verdict: SessionVerdict }> {
    const events: AuditEvent[] = [];
    const take = (event: AuditEvent) => events.push(event);
    return { verdict: yield* verifyingSession(folder, this.trust, take), events };
  }
}

/** Sorted by the time of the first line. */
export function newestFirst(sessions: readonly ListedSession[]): ListedSession[] {
  return [...sessions].sort((a, b) => startOf(b).localeCompare(startOf(a)));
}

function startOf({ day, summary, session }: ListedSession): string {
  return summary.startedAt ?? `${day}T${session}`;
}

interface FoundFile {
  name: string;
  size: number;
  changed: readonly number[];
}

function filesIn(folder: string): FoundFile[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).map((name) => {
    const stat = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false });
    return {
      name,
      size: stat?.size ?? 0,
      changed: stat ? [stat.ino, stat.mtimeMs, stat.ctimeMs] : [],
    };
  });
}
