// The last events of a session's log, read from its end: what a person sees first, before the whole log is read and checked.
// Invariant: a bounded part is read, no link is followed; nothing here is checked, so it is only for a log that was.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { decodeEvent } from '../core/session/codec.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { segmentName, segmentsIn } from './sessionFiles.ts';

const PART = 1024 * 1024;
const LINE_END = 10;

/** At most `most`, oldest first; fewer where lines are long. Throws where the log cannot be read. */
export function readLastEvents(folder: string, most: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const number of segmentsIn(folder).reverse()) {
    const { lines, isWhole } = lastLines(path.join(folder, segmentName(number)));
    for (const line of lines.reverse()) {
      const decoded = decodeEvent(line);
      if (!decoded.ok || events.length >= most) return events.reverse();
      events.push(decoded.event);
    }
    if (!isWhole) break;
  }
  return events.reverse();
}

/** Whole lines of the end of a file, and whether these are all. */
function lastLines(file: string): { lines: string[]; isWhole: boolean } {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) throw new Error(`${file} is not a plain file.`);
    const from = Math.max(0, stat.size - PART);
    const bytes = Buffer.alloc(stat.size - from);
    const read = fs.readSync(handle, bytes, 0, bytes.length, from);
    const start = from === 0 ? 0 : bytes.indexOf(LINE_END) + 1;
    const end = bytes.lastIndexOf(LINE_END, read - 1);
    const text = end < start ? '' : bytes.toString('utf8', start, end);
    return { lines: text === '' ? [] : text.split('\n'), isWhole: from === 0 };
  } finally {
    fs.closeSync(handle);
  }
}
