// Looks after recorded sessions: closes those whose window died, deletes what retention lets go, and what a person wants gone.
// Invariant: it never touches the session of this window, and what it finds broken it tells and leaves as it is.
import * as path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditBody } from '../core/session/events.ts';
import { chooseExpired, type RetentionLimits } from '../core/session/retention.ts';
import { verdictText } from '../core/session/verdict.ts';
import type { Clock } from '../node/clock.ts';
import { deadSessions, isBeingWritten, type Processes } from '../node/deadSessions.ts';
import { deleteSessions } from '../node/deleteSessions.ts';
import { inSteps, type Work } from '../node/inSteps.ts';
import { type MissingSession, missingSessions } from '../node/missingSessions.ts';
import { recoverSession } from '../node/recoverSession.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import type { Anchor } from '../node/sessionLog.ts';
import { type ListedSession, newestFirst, SessionStore } from '../node/sessionStore.ts';
import type { Trust } from '../node/verifySession.ts';
import { textOf } from './errors.ts';

/** The record of this window, as far as it is used here. */
export interface KeeperRecord {
  /** Id of the running session; undefined where there is none. */
  readonly session: string | undefined;
  /** Its folder. */
  readonly folder: string | undefined;
  /** Adds an event now, or to the next session where none runs. */
  noteSoon(body: AuditBody): void;
  /** Adds an event and puts it on disk; starts a session for it where none runs. */
  noteNow(body: AuditBody): Promise<void>;
}

export interface KeeperOptions {
  /** Folders below which sessions of this window's workspace lie and that exist. */
  places(): readonly string[];
  /** Folders below which nothing that was recorded may be missing, whether or not they exist. */
  roots(): readonly string[];
  anchor(): Promise<Anchor>;
  record: KeeperRecord;
  limits(): RetentionLimits;
  processes: Processes;
  clock: Clock;
  report(problem: string): void;
}

export class SessionKeeper {
  private store: { anchor: Anchor; store: SessionStore } | undefined;

  private readonly looks = new Map<string, Promise<ListedSession>>();

  constructor(private readonly options: KeeperOptions) {}

  /** All sessions of this workspace, newest first. */
  async list(): Promise<ListedSession[]> {
    const store = await this.openStore();
    return this.lookAt(store, this.folders());
  }

  /** One session, read anew as a whole. */
  async check(folder: string, work?: Work): Promise<ListedSession> {
    const store = await this.openStore();
    store.forget(folder);
    work?.expect(costOf(store, folder));
    return inSteps(store.looking(folder), work);
  }

  /** All sessions, read anew, and what should be there and is not. */
  async verify(work?: Work): Promise<{ sessions: ListedSession[]; missing: MissingSession[] }> {
    const store = await this.openStore();
    store.forget();
    const folders = this.folders();
    for (const folder of folders) work?.expect(costOf(store, folder));
    const sessions = await this.lookAt(store, folders, work);
    const trust = await this.trust();
    const missing = this.options.roots().flatMap((root) => missingSessions(root, trust));
    return { sessions, missing };
  }

  /** What verifying rests on here. */
  async trust(): Promise<Trust> {
    const anchor = await this.options.anchor();
    return { heads: anchor.heads, keys: keysOf(anchor) };
  }

  /** The events of a listed session. */
  async read(folder: string): Promise<ReturnType<SessionStore['read']>> {
    return inSteps((await this.openStore()).reading(folder));
  }

  /** Whether a session is that of this window. */
  isRunning(session: string): boolean {
    return session === this.options.record.session;
  }

  /** Closes dead sessions, then applies retention. Never rejects. */
  async tidy(): Promise<void> {
    try {
      if (this.options.places().length === 0) return;
      const anchor = await this.options.anchor();
      for (const folder of this.deadOnes(anchor)) await this.recover(folder, anchor);
      await this.applyRetention(anchor);
    } catch (error) {
      this.options.report(`Recorded sessions could not be looked after: ${textOf(error)}`);
    }
  }

  /** Deletes one session for a person. Rejects with the reason. */
  async delete(folder: string): Promise<void> {
    const anchor = await this.options.anchor();
    const { verdict } = await this.check(folder);
    // What was wrong with it must not go away with it.
    const fault = verdict.fault && ` It did not verify: ${verdictText(verdict)}`;
    await this.remove([folder], `A person deleted it.${fault ?? ''}`, anchor);
  }

  private folders(): string[] {
    return this.options.places().flatMap(sessionFolders);
  }

  /** Long logs take their time; the window must not stand still for them. */
  private async lookAt(
    store: SessionStore,
    folders: readonly string[],
    work?: Work,
  ): Promise<ListedSession[]> {
    const listed: ListedSession[] = [];
    for (const folder of folders) {
      listed.push(await (work ? inSteps(store.looking(folder), work) : this.look(store, folder)));
      await nextTurn();
    }
    return newestFirst(listed);
  }

  /** Who asks while it is being looked at gets the same answer. */
  private look(store: SessionStore, folder: string): Promise<ListedSession> {
    const known = this.looks.get(folder);
    if (known) return known;
    const look = inSteps(store.looking(folder)).finally(() => this.looks.delete(folder));
    this.looks.set(folder, look);
    return look;
  }

  private deadOnes({ heads }: Anchor): string[] {
    const { places, processes } = this.options;
    return places().flatMap((place) =>
      deadSessions(place, heads, processes, (session) => this.isRunning(session)),
    );
  }

  private async recover(folder: string, anchor: Anchor): Promise<void> {
    const { clock, record, report } = this.options;
    try {
      const recovery = await recoverSession(folder, anchor, clock);
      if (recovery.kind !== 'broken') return;
      const text = `The record of session ${path.basename(folder)} is not what was written: ${recovery.text}`;
      if (!anchor.heads.tellOnce(path.basename(folder), text)) return;
      record.noteSoon({ type: 'tamper', text });
      report(`${text} It was left as it is: ${folder}`);
    } catch (error) {
      report(`Session ${path.basename(folder)} could not be closed: ${textOf(error)}`);
    }
  }

  private async applyRetention(anchor: Anchor): Promise<void> {
    const limits = this.options.limits();
    if (limits.days === undefined && limits.bytes === undefined) return;
    const candidates = (await this.list()).map((listed) => ({
      ...listed,
      lastAt: listed.summary.lastAt,
      isSettled:
        listed.verdict.state === 'sound' &&
        listed.verdict.ended !== undefined &&
        !this.isRunning(listed.session),
    }));
    const expired = chooseExpired(candidates, limits, this.options.clock.now());
    for (const why of new Set(expired.map((entry) => entry.why))) {
      const folders = expired.filter((entry) => entry.why === why).map((e) => e.session.folder);
      await this.remove(folders, why, anchor);
    }
  }

  private async remove(folders: readonly string[], why: string, anchor: Anchor): Promise<void> {
    const running = folders.find((folder) => this.isRunning(path.basename(folder)));
    if (running !== undefined) throw new Error('The running session cannot be deleted.');
    const { record, clock, processes } = this.options;
    const written = folders.find((folder) => isBeingWritten(folder, anchor.heads, processes));
    if (written !== undefined) {
      throw new Error(
        `Session ${path.basename(written)} is still being recorded by another window. Close that window first, then delete it.`,
      );
    }
    await deleteSessions(folders, why, {
      anchor,
      now: clock.now(),
      record: (body) => record.noteNow(body),
    });
  }

  private async openStore(): Promise<SessionStore> {
    const anchor = await this.options.anchor();
    if (this.store?.anchor.heads.folder !== anchor.heads.folder) {
      const trust = { heads: anchor.heads, keys: keysOf(anchor) };
      this.store = { anchor, store: new SessionStore(trust) };
    }
    return this.store.store;
  }
}

function keysOf({ heads, key }: Anchor): string[] {
  return [...new Set([...heads.keys(), key.publicKey])];
}

/** Its files are read, and hashed once more for what was signed. */
function costOf(store: SessionStore, folder: string): number {
  return 2 * store.sizeOf(folder);
}
