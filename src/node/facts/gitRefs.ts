// Reads HEAD and single refs from the files in which git keeps them, so that no process is needed for that.
// Invariant: a name that git could read otherwise, or another way of keeping refs, is undefined: git is asked then.
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { GitPlace } from './gitPlace.ts';

/** Branch that is checked out, or null where HEAD names a commit; undefined where git has to be asked. */
export async function readHead({ gitFolder }: GitPlace): Promise<string | null | undefined> {
  const text = await read(path.join(gitFolder, 'HEAD'));
  if (text === undefined || text === null) return undefined;
  if (/^[0-9a-f]{40,64}\n?$/.test(text)) return null;
  const name = /^ref: refs\/heads\/([^\n]+)\n?$/.exec(text)?.[1];
  // Another way of keeping refs leaves a placeholder in the file.
  return name === '.invalid' ? undefined : name;
}

/** Names as nearly all are. Others are left to git, which knows what it forbids. */
const PLAIN = /^refs(\/[\w@+#-][\w.@+#-]*)+$/;

/** `''` for a plain ref, the target of a symbolic one, null where there is none; undefined: ask git. */
export async function readRef(place: GitPlace, name: string): Promise<string | null | undefined> {
  const isOdd = !PLAIN.test(name) || /\.\.|@\{|\.$|\.lock(\/|$)/.test(name);
  if (isOdd || (await keepsOtherwise(place))) return undefined;
  const loose = await read(path.join(place.commonFolder, name));
  if (loose === undefined) return undefined;
  if (loose !== null) {
    const target = /^ref: (refs\/[^\n]+)\n?$/.exec(loose)?.[1];
    return target ?? (/^[0-9a-f]{40,64}\n?$/.test(loose) ? '' : undefined);
  }
  const packed = await read(path.join(place.commonFolder, 'packed-refs'));
  if (packed === undefined) return undefined;
  return packed?.split('\n').some((line) => line.slice(line.indexOf(' ') + 1) === name) ? '' : null;
}

async function keepsOtherwise({ commonFolder, gitFolder }: GitPlace): Promise<boolean> {
  const head = await read(path.join(gitFolder, 'HEAD'));
  const config = await read(path.join(commonFolder, 'config'));
  return !head || head.includes('.invalid') || /refstorage/i.test(config ?? '');
}

/** Null: not there. Undefined: there, but it cannot be read. */
async function read(file: string): Promise<string | null | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder stands where a branch `a/b` is; then there can be no branch `a`.
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' ? null : undefined;
  }
}
