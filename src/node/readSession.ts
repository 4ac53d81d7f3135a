// Reads the log of a session back, over all of its files, and checks the chain on the way.
// Invariant: what cannot be read or does not fit is a value with its place; everything before it is still handed out.
import * as path from 'node:path';
import { ChainCheck, type OnEvent, readingChain } from '../core/session/chain.ts';
import type { AuditEvent } from '../core/session/events.ts';
import type { LogFault } from '../core/session/verdict.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import { readPlainFile } from './plainFile.ts';
import { segmentName, segmentsIn } from './sessionFiles.ts';

/** Far above what a file of a log can come to; more is not read into memory. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface SessionReading {
  events: number;
  bytes: number;
  /** Hash of the last good line; undefined where there is none. */
  head: string | undefined;
  first: AuditEvent | undefined;
  last: AuditEvent | undefined;
  /** Number and length of the last file that has a line. */
  segment: { number: number; bytes: number } | undefined;
  /** Number of the last file; a recovery that was cut short leaves one without a line. */
  files: number;
  /** Bytes after the last line end of the last file. */
  tornBytes: number;
  fault: LogFault | undefined;
}

/** Hands every good event with its hash to `onEvent`, in order, and tells how far it came. Never throws. */
export function readSession(folder: string, onEvent: OnEvent = () => undefined): SessionReading {
  return atOnce(readingSession(folder, onEvent));
}

/** The same in steps. */
export function* readingSession(
  folder: string,
  onEvent: OnEvent = () => undefined,
): Steps<SessionReading> {
  const reading: SessionReading = {
    events: 0,
    bytes: 0,
    head: undefined,
    first: undefined,
    last: undefined,
    segment: undefined,
    files: 0,
    tornBytes: 0,
    fault: undefined,
  };
  const numbers = segmentNumbers(folder);
  if (!Array.isArray(numbers)) return { ...reading, fault: numbers };
  const check = new ChainCheck();
  for (const number of numbers) {
    const bytes = readBytes(path.join(folder, segmentName(number)));
    if (!Buffer.isBuffer(bytes)) return { ...reading, fault: bytes };
    reading.fault = yield* takeSegment(reading, number, bytes, check, onEvent);
    if (reading.fault) break;
  }
  reading.fault ??= faultOfName(folder, reading);
  return reading;
}

/** Adds one file to the reading; a fault where it does not belong. */
function* takeSegment(
  reading: SessionReading,
  number: number,
  bytes: Buffer,
  check: ChainCheck,
  onEvent: OnEvent,
): Steps<LogFault | undefined> {
  reading.files = number;
  if (bytes.length === 0 && number > 1) return undefined;
  const file = segmentName(number);
  if (reading.tornBytes > 0) {
    const why = 'it ends in the middle of a line, and the log goes on in another file';
    return broken(segmentName(reading.segment?.number ?? 1), undefined, why);
  }
  const report = yield* readingChain(bytes, check, onEvent);
  const [first] = report.events;
  reading.first ??= first;
  reading.last = report.events.at(-1) ?? reading.last;
  reading.events += report.events.length;
  reading.bytes += report.goodBytes;
  reading.head = report.head;
  reading.segment = { number, bytes: report.goodBytes };
  reading.tornBytes = report.tornBytes;
  if (report.bad) {
    const text = lineAt(bytes, report.goodBytes);
    return { ...broken(file, report.bad.line, report.bad.why), text };
  }
  if (number > 1 && first && !(first.type === 'segment.start' && first.segment === number)) {
    return broken(file, 1, 'it does not open this file of the log');
  }
  return undefined;
}

function segmentNumbers(folder: string): number[] | LogFault {
  let numbers: number[];
  try {
    numbers = segmentsIn(folder);
  } catch (error) {
    return unreadable(path.basename(folder), error);
  }
  const gap = numbers.findIndex((number, index) => number !== index + 1);
  if (gap >= 0) return broken(segmentName(gap + 1), undefined, 'it is missing');
  return numbers;
}

function readBytes(file: string): Buffer | LogFault {
  try {
    return readPlainFile(file, MOST_BYTES);
  } catch (error) {
    return unreadable(path.basename(file), error);
  }
}

/** A log that was put into another session's place. */
function faultOfName(folder: string, { first }: SessionReading): LogFault | undefined {
  if (first?.type !== 'session.start') return undefined;
  const file = segmentName(1);
  if (first.sid !== path.basename(folder)) {
    return broken(file, 1, `it is of session ${first.sid}, but lies in the folder of another`);
  }
  const day = path.basename(path.dirname(folder));
  // The folder is made a moment before the first line is written, which may be on the day before.
  const days = [first.ts, new Date(Date.parse(first.ts) - 60_000).toISOString()];
  return days.some((time) => time.startsWith(day))
    ? undefined
    : broken(file, 1, `it is of ${first.ts.slice(0, 10)}, but lies in the folder of ${day}`);
}

function lineAt(bytes: Buffer, start: number): string {
  const stop = bytes.indexOf(10, start);
  return bytes.toString('utf8', start, Math.min(stop < 0 ? bytes.length : stop, start + 400));
}

function broken(file: string, line: number | undefined, why: string): LogFault {
  return { kind: 'broken', file, line, why, text: undefined };
}

function unreadable(file: string, error: unknown): LogFault {
  const why = error instanceof Error ? error.message : String(error);
  return { kind: 'unreadable', file, line: undefined, why, text: undefined };
}
