// Git's index, read without git: which files it tracks, where all of them are watched for changes.
// Invariant: it is only there where every entry was looked at and none is hidden from `git status`; another form of the
// index than the usual one is `undefined`, and then git has to be asked.
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';

/** Fixed part of an entry with its 20 byte hash, before the name. */
const ENTRY_HEAD = 62;
const MODE_AT = 24;
const HASH = 20;
const ASSUMED_UNCHANGED = 0x8000;
const EXTENDED = 0x4000;
const LONG_NAME = 0xfff;
/** Kind of an entry that stands for a submodule. */
const LINK = 0o160000;

/** What git tracks below some paths. */
export interface Tracked {
  /** Files that git watches for changes. */
  plain: number;
  /** Names of what its status says nothing of: submodules, and files that it was told not to look at. */
  others: readonly { name: string; isLink: boolean }[];
}

export class IndexFile {
  private constructor(
    private readonly bytes: Buffer,
    /** Where each entry starts. */
    private readonly entries: readonly number[],
  ) {}

  /** Undefined where git has to be asked. */
  static async read(gitFolder: string): Promise<IndexFile | undefined> {
    const bytes = await readFile(path.join(gitFolder, 'index')).catch(() => undefined);
    const entries = bytes && entriesOf(bytes);
    return entries && new IndexFile(bytes, entries);
  }

  /**
   * What lies at or below the paths, without these names; all are relative to the top folder, and `.` is all of it.
   * Names are compared byte by byte, for there may be very many.
   */
  below(paths: readonly string[], without: ReadonlySet<string>): Tracked {
    const isAll = paths.includes('.');
    const wanted = paths.map(bytesOf).map((own) => [own, `${own}/`] as const);
    const left = new Set([...without].map(bytesOf));
    let plain = 0;
    const others: { name: string; isLink: boolean }[] = [];
    for (const at of this.entries) {
      const name = this.nameAt(at);
      const isBelow =
        isAll || wanted.some(([own, folder]) => name.startsWith(folder) || name === own);
      if (!isBelow || left.has(name)) continue;
      const isLink = (this.bytes.readUInt32BE(at + MODE_AT) & 0o170000) === LINK;
      if (isLink) others.push({ name: Buffer.from(name, 'latin1').toString(), isLink });
      else plain += 1;
    }
    return { plain, others };
  }

  /** One character for each byte. */
  private nameAt(at: number): string {
    const start = at + ENTRY_HEAD;
    const length = this.bytes.readUInt16BE(start - 2) & LONG_NAME;
    const end = length < LONG_NAME ? start + length : this.bytes.indexOf(0, start);
    return this.bytes.toString('latin1', start, end);
  }
}

function bytesOf(name: string): string {
  return Buffer.from(name).toString('latin1');
}

function entriesOf(index: Buffer): readonly number[] | undefined {
  if (index.length < 12 + HASH || index.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = index.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const last = index.length - HASH;
  const entries: number[] = [];
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    if (at + ENTRY_HEAD > last) return undefined;
    const flags: number = index.readUInt16BE(at + ENTRY_HEAD - 2);
    if ((flags & (ASSUMED_UNCHANGED | EXTENDED)) !== 0) return undefined;
    const length: number = flags & LONG_NAME;
    const end = length < LONG_NAME ? at + ENTRY_HEAD + length : index.indexOf(0, at + ENTRY_HEAD);
    // A name ends with a zero; with another kind of hash nothing stands where it is looked for.
    if (end < 0 || end >= last || index[end] !== 0) return undefined;
    entries.push(at);
    at += (end - at + 8) & ~7;
  }
  return isWhole(index, at, last) ? entries : undefined;
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
