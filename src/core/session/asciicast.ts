// Recordings in asciicast v3: a header line, then one event on each line; also as v2 and as text.
// Invariants: what is written is a file of the published format; reading is total, a torn or strange line is counted, never an exception.
import { plainText } from './plainText.ts';

/** Output, input, resize, marker, exit status. */
export type CastCode = 'o' | 'i' | 'r' | 'm' | 'x';

export interface CastHeader {
  columns: number;
  rows: number;
  /** Seconds since 1970. */
  timestamp: number;
  title: string | undefined;
}

export interface CastEvent {
  /** Seconds since the start of the recording. */
  at: number;
  code: CastCode;
  data: string;
}

export interface Cast {
  header: CastHeader;
  events: readonly CastEvent[];
  /** Bytes after the last line end: a recording that goes on, or one that was cut off. */
  tornBytes: number;
  /** Numbers of lines, from 1, that are no events; they are left out. */
  badLines: readonly number[];
}

export type ReadCast = { ok: true; cast: Cast } | { ok: false; why: string };

/** Pauses longer than this are shortened in players. */
export const IDLE_SECONDS = 2;

/** Reads version 3 and version 2. */
export function readCast(text: string): ReadCast {
  const end = text.lastIndexOf('\n') + 1;
  const [first = '', ...lines] = text.slice(0, end).split('\n').slice(0, -1);
  const head = readHeader(first);
  if (typeof head === 'string') return { ok: false, why: head };
  const events: CastEvent[] = [];
  const badLines: number[] = [];
  let at = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '' || (head.version === 3 && line.startsWith('#'))) continue;
    const event = readEvent(line);
    if (!event) {
      badLines.push(index + 2);
      continue;
    }
    at = head.version === 3 ? at + event.time : Math.max(at, event.time);
    if (isCode(event.code)) events.push({ at, code: event.code, data: event.data });
  }
  const tornBytes = new TextEncoder().encode(text.slice(end)).length;
  return { ok: true, cast: { header: head.header, events, tornBytes, badLines } };
}

/** For players that know version 2 only; the exit status becomes a marker. */
export function toVersion2({ header, events }: Cast): string {
  const { columns, rows, timestamp, title } = header;
  const last = events.at(-1)?.at ?? 0;
  const fields = {
    version: 2,
    width: columns,
    height: rows,
    timestamp,
    duration: round(last),
    idle_time_limit: IDLE_SECONDS,
    title,
    env: { TERM: 'xterm-256color' },
  };
  const lines = events.map(({ at, code, data }) =>
    JSON.stringify(code === 'x' ? [round(at), 'm', `exit ${data}`] : [round(at), code, data]),
  );
  return `${[JSON.stringify(fields), ...lines].join('\n')}\n`;
}

/** What stood on the screen, as plain text. */
export function castText({ events }: Cast): string {
  const output = events.filter(({ code }) => code === 'o').map(({ data }) => data);
  return plainText(output.join(''));
}

/** Columns and rows of a resize; undefined where it says none. */
export function readSize(data: string): { columns: number; rows: number } | undefined {
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(data) ?? [];
  return columns && rows ? { columns: Number(columns), rows: Number(rows) } : undefined;
}

/** Cuts output into pieces of at most `most` characters, never inside a character. */
export function pieces(data: string, most: number): string[] {
  if (data.length <= most) return data === '' ? [] : [data];
  const result: string[] = [];
  for (let from = 0; from < data.length; ) {
    let end = Math.min(data.length, from + most);
    const unit = data.charCodeAt(end - 1);
    if (end < data.length && unit >= 0xd800 && unit <= 0xdbff) end -= 1;
    result.push(data.slice(from, end));
    from = end;
  }
  return result;
}

function readHeader(line: string): { version: number; header: CastHeader } | string {
  const fields = parse(line);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return 'The first line is not the header of a recording.';
  }
  const { version, term, width, height, timestamp, title } = fields as Record<string, unknown>;
  const size = version === 3 ? term : { cols: width, rows: height };
  if (version !== 2 && version !== 3) {
    return `Version ${JSON.stringify(version)} of the recording is not known.`;
  }
  const { cols, rows } = (size ?? {}) as Record<string, unknown>;
  const header = {
    columns: count(cols, 80),
    rows: count(rows, 24),
    timestamp: typeof timestamp === 'number' ? timestamp : 0,
    title: typeof title === 'string' ? title : undefined,
  };
  return { version, header };
}

/** One line after the header; undefined where it is no event. `time` is an interval in version 3. */
export function readEvent(line: string): { time: number; code: string; data: string } | undefined {
  const value = parse(line);
  if (!Array.isArray(value)) return undefined;
  const [time, code, data] = value as unknown[];
  const isEvent =
    typeof time === 'number' && time >= 0 && typeof code === 'string' && typeof data === 'string';
  return isEvent ? { time, code, data } : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON is not an event: the caller counts the line.
    return undefined;
  }
}

function isCode(code: string): code is CastCode {
  return code.length === 1 && 'oirmx'.includes(code);
}

function count(value: unknown, otherwise: number): number {
  const isSize = typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 10000;
  return isSize ? value : otherwise;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
