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
  const { O_RDWR, O_CREAT, O_NOFOLLOW = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW, FILE_MODE);
  try {
    writeSlot(handle, JSON.stringify(head));
    if (isDurable) fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function writeSlot(handle: number, text: string): void {
  const before = fs.readFileSync(handle);
  const width = before.indexOf('\n') + 1;
  const length = Buffer.byteLength(text);
  const isLaidOut = width > length && before.length % width === 0;
  if (!isLaidOut) {
    fs.ftruncateSync(handle, 0);
    writeLine(handle, text, Math.ceil((length + SPARE) / BLOCK) * BLOCK, 0);
    return;
  }
  const slots = slotsOf(before.toString('utf8')).map((slot) => (slot.ok ? slot.value : undefined));
  const newest = newestOf(slots);
  writeLine(handle, text, width, newest === 0 ? width : 0);
}

function writeLine(handle: number, text: string, width: number, at: number): void {
  const padding = ' '.repeat(width - 1 - Buffer.byteLength(text));
  const bytes = Buffer.from(`${text}${padding}\n`, 'utf8');
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
