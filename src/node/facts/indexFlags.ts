// Whether git's index holds entries that git was told not to watch: then its status does not tell their changes.
// Invariant: `false` only where every entry was looked at; another form of the index than the usual one is `undefined`.
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** Fixed part of an entry with its 20 byte hash, before the name. */
const ENTRY_HEAD = 62;
const HASH = 20;
const ASSUMED_UNCHANGED = 0x8000;
const EXTENDED = 0x4000;
const LONG_NAME = 0xfff;

/** True where an entry is not watched (`assume-unchanged`, `skip-worktree`); undefined where git has to be asked. */
export async function hasUnwatched(gitFolder: string): Promise<boolean | undefined> {
  const index = await readFile(path.join(gitFolder, 'index')).catch(() => undefined);
  if (!index || index.length < 12 + HASH || index.toString('latin1', 0, 4) !== 'DIRC')
    return undefined;
  const version = index.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const last = index.length - HASH;
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    if (at + ENTRY_HEAD > last) return undefined;
    const flags: number = index.readUInt16BE(at + ENTRY_HEAD - 2);
    if ((flags & (ASSUMED_UNCHANGED | EXTENDED)) !== 0) return true;
    const length: number = flags & LONG_NAME;
    const end = length < LONG_NAME ? at + ENTRY_HEAD + length : index.indexOf(0, at + ENTRY_HEAD);
    // A name ends with a zero; with another kind of hash nothing stands where it is looked for.
    if (end < 0 || end >= last || index[end] !== 0) return undefined;
    at += (end - at + 8) & ~7;
  }
  return isWhole(index, at, last) ? false : undefined;
}

/** True where no part of the index is kept elsewhere or folded up: split and sparse ones have extensions for that. */
function isWhole(index: Buffer, start: number, last: number): boolean {
  let at = start;
  while (at + 8 <= last) {
    const name = index.toString('latin1', at, at + 4);
    // Lower case: git itself must not go on without understanding it.
    if (!/^[A-Z][A-Z]{3}$/.test(name)) return false;
    at += 8 + index.readUInt32BE(at + 4);
  }
  return at === last;
}
