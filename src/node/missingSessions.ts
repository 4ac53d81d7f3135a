// Finds sessions that were recorded and whose folders are gone.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { deletionText } from '../core/session/signed.ts';
import { isSignedBy } from './signingKey.ts';
import type { Trust } from './verifySession.ts';

export interface MissingSession {
  session: string;
  folder: string;
  /** When and why it was deleted by retention or by a person; undefined where nothing that counts says so. */
  deleted: { at: string; why: string } | undefined;
}

/** What was recorded below `place` and is not there; where keys are known, only notes that they signed count. */
export function missingSessions(place: string, { heads, keys }: Trust): MissingSession[] {
  if (!heads) return [];
  const isGone = (folder: string) =>
    (folder === place || folder.startsWith(place + path.sep)) && !fs.existsSync(folder);
  const notes = heads.deletions().filter((note) => isGone(note.folder));
  const noted = notes.map((note) => {
    const text = deletionText(note);
    const counts = keys === undefined || keys.some((key) => isSignedBy(key, text, note.sig));
    const deleted = counts ? { at: note.at, why: note.why } : undefined;
    return { session: note.sid, folder: note.folder, deleted };
  });
  const known = new Set(noted.map(({ session }) => session));
  const lost = heads
    .list()
    .heads.filter(({ sid, folder }) => isGone(folder) && !known.has(sid))
    .map(({ sid, folder }) => ({ session: sid, folder, deleted: undefined }));
  return [...noted, ...lost];
}
