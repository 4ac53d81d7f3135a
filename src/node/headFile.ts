// One file with the last two heads of a session, written in turn and in place: replacing a file by renaming makes some disks wait.
// Invariant: the newest head that was written whole is never written over, so a reader always finds one.
import * as fs from 'node:fs';
import { type Head, type Read, readHead, type Signed } from '../core/session/signed.ts';

const FILE_MODE = 0o600;
/** Room for growing numbers. */
const SPARE = 128;
const BLOCK = 512;

/** Throws where it cannot be written. `isDurable`: it is on disk when this returns. */
export function writeHeadFile(file: string, head: Signed<Head>, isDurable: boolean): void {
  const text = JSON.stringify(head);
  if (!writeInPlace(file, text, isDurable)) makeFile(file, text, isDurable);
}

/** Writes over the older head; false where the file is not there, or not one in which this head has room. */
function writeInPlace(file: string, text: string, isDurable: boolean): boolean {
  if (!fs.existsSync(file)) return false;
  const { O_RDWR, O_NOFOLLOW = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDWR | O_NOFOLLOW);
  try {
    const before = fs.readFileSync(handle);
    const width = before.indexOf('\n') + 1;
    const hasRoom = width > Buffer.byteLength(text) && before.length % width === 0;
    if (!hasRoom) return false;
    const slots = slotsOf(before.toString('utf8')).map((slot) =>
      slot.ok ? slot.value : undefined,
    );
    writeAll(handle, padded(text, width), newestOf(slots) === 0 ? width : 0);
    if (isDurable) fs.fsyncSync(handle);
    return true;
  } finally {
    fs.closeSync(handle);
  }
}

/** Puts a new file in its place as a whole: a process that is killed meanwhile leaves none, or all of it. */
function makeFile(file: string, text: string, isDurable: boolean): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW = 0 } = fs.constants;
  // One writer per session, so the name beside it is nobody else's.
  const beside = `${file}.${process.pid}.new`;
  const handle = fs.openSync(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, FILE_MODE);
  try {
    const width = Math.ceil((Buffer.byteLength(text) + SPARE) / BLOCK) * BLOCK;
    writeAll(handle, padded(text, width), 0);
    if (isDurable) fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(beside, file);
}

/** One line of just this many bytes. */
function padded(text: string, width: number): Buffer {
  const padding = ' '.repeat(width - 1 - Buffer.byteLength(text));
  return Buffer.from(`${text}${padding}\n`, 'utf8');
}

function writeAll(handle: number, bytes: Buffer, at: number): void {
  let written = 0;
  while (written < bytes.length) {
    written += fs.writeSync(handle, bytes, written, bytes.length - written, at + written);
  }
}

/** The newest head in the text of such a file; why there is none, where both are damaged. */
export function readHeadFile(text: string): Read<Signed<Head>> {
  const slots = slotsOf(text);
  const newest = newestOf(slots.map((slot) => (slot.ok ? slot.value : undefined)));
  return slots[newest ?? 0] ?? { ok: false, why: 'it is empty' };
}

function slotsOf(text: string): Read<Signed<Head>>[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readHead);
}

/** Index of the head that goes furthest; undefined where there is none. */
function newestOf(heads: readonly (Signed<Head> | undefined)[]): number | undefined {
  let newest: number | undefined;
  for (const [index, head] of heads.entries()) {
    const best = newest === undefined ? undefined : heads[newest];
    if (head && (!best || isFurther(head, best))) newest = index;
  }
  return newest;
}

function isFurther(head: Head, than: Head): boolean {
  return head.seq === than.seq ? head.isClosed && !than.isClosed : head.seq > than.seq;
}
