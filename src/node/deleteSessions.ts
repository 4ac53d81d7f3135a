// Deletes the records of sessions so that it stays provable what was there.
// Invariant: first the log of the running session and the signed note outside the workspace say it, then it is done.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../core/session/chain.ts';
import type { AuditBody, DeletedSession } from '../core/session/events.ts';
import { MANIFEST_FILE, MOST_MANIFEST } from './manifestFile.ts';
import { readPlainFile } from './plainFile.ts';
import { readSession } from './readSession.ts';
import type { Anchor } from './sessionLog.ts';

export interface DeletionOptions {
  anchor: Anchor;
  now: Date;
  /** Puts an event into a log that is not among the deleted, and on disk. Rejects where that fails. */
  record(body: AuditBody): Promise<void>;
}

/** Deletes the folders. Rejects where one of the steps fails; what was noted by then may still be there. */
export async function deleteSessions(
  folders: readonly string[],
  why: string,
  { anchor, now, record }: DeletionOptions,
): Promise<void> {
  if (folders.length === 0) return;
  const deleted = folders.map((folder) => ({ folder, session: remainsOf(folder) }));
  await record({ type: 'retention', sessions: deleted.map(({ session }) => session), why });
  for (const { folder, session } of deleted) {
    const note = { v: 1 as const, ...session, folder, at: now.toISOString(), why };
    anchor.heads.noteDeletion(note, anchor.key);
    removeFolder(folder);
    anchor.heads.forget(session.sid);
  }
}

/** What is kept of a session. */
function remainsOf(folder: string): DeletedSession {
  const { events, head, bytes } = readSession(folder);
  return {
    sid: path.basename(folder),
    day: path.basename(path.dirname(folder)),
    seq: Math.max(0, events - 1),
    h: head ?? '0'.repeat(64),
    bytes,
    manifestSha256: manifestHash(path.join(folder, MANIFEST_FILE)),
  };
}

function manifestHash(file: string): string | undefined {
  if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return sha256(readPlainFile(file, MOST_MANIFEST).toString('utf8'));
}

function removeFolder(folder: string): void {
  if (!fs.lstatSync(folder).isDirectory()) throw new Error(`${folder} is not a folder.`);
  // A link above it would lead the deletion to another place.
  if (fs.realpathSync(folder) !== folder) throw new Error(`${folder} is reached through a link.`);
  fs.rmSync(folder, { recursive: true });
  const day = path.dirname(folder);
  if (fs.readdirSync(day).length === 0) fs.rmdirSync(day);
}
