// Where the paths of a line really lie, once links are followed.
// Invariant: what does not exist yet counts by its nearest folder that does; what cannot be told is null, so `unknown`.
import { readlink, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { Effect } from '../../core/effects/types.ts';

const MOST_PATHS = 500;
const MOST_LINKS = 40;

/** Real paths of the targets of all effects, by the path as it stands in the line. Paths beyond the cap are null. */
export async function findRealPaths(
  effects: readonly Effect[],
): Promise<Readonly<Record<string, string | null>>> {
  const followed = new Map<string, boolean>();
  for (const effect of effects) {
    const { kind, path: file, place } = effect.target;
    if (kind === 'path' && file !== undefined && place !== 'sink' && place !== 'device')
      followed.set(file, (followed.get(file) ?? false) || followsLast(effect, file));
  }
  const paths = [...followed];
  const found = await Promise.all(
    paths.map(([file, follows], index) =>
      index < MOST_PATHS ? realPathOf(file, follows) : Promise.resolve(null),
    ),
  );
  return Object.fromEntries(paths.map(([file], index) => [file, found[index] ?? null]));
}

/** Deleting a link takes the link away, not what it points to; `link/` and everything else follows it. */
function followsLast({ verb, rule }: Effect, file: string): boolean {
  const isUnlink = verb === 'delete' && /^files\/(delete|trash|move)/.test(rule);
  return !isUnlink || file.endsWith('/');
}

/** The path without links; null where they cannot be followed. Parts with a glob are kept as they are. */
export async function realPathOf(
  file: string,
  followsLastPart = true,
  depth = 0,
): Promise<string | null> {
  const parts = file.split('/').filter((part) => part !== '');
  const glob = parts.findIndex((part) => /[*?[]/.test(part));
  let known = glob < 0 ? parts.length : glob;
  if (!followsLastPart && known === parts.length) known -= 1;
  for (; known >= 0; known -= 1) {
    const real = await resolved(`/${parts.slice(0, known).join('/')}`, depth);
    if (real === null) return null;
    if (real !== undefined) {
      const joined = path.posix.join(real, ...parts.slice(known));
      return file.endsWith('/') && !joined.endsWith('/') ? `${joined}/` : joined;
    }
  }
  return null;
}

/** Undefined: not there. Null: there, but it cannot be followed. */
async function resolved(place: string, depth: number): Promise<string | null | undefined> {
  try {
    return await realpath(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return null;
    return danglingTarget(place, depth);
  }
}

/** A link to nothing: writing to it makes the file that it points to. */
async function danglingTarget(place: string, depth: number): Promise<string | null | undefined> {
  let target: string;
  try {
    target = await readlink(place);
  } catch {
    // No link: there is simply nothing at this place.
    return undefined;
  }
  if (depth >= MOST_LINKS) return null;
  return realPathOf(path.posix.resolve(path.posix.dirname(place), target), true, depth + 1);
}
