// A recording as the player takes it: its times with long pauses cut, and where each command begins.
// Invariant: places in the film are those of the player, so a command and its place never drift apart;
// all output went through the filter for live terminals.
import { type Cast, readCast, SafeTerminal } from '../../shared/cast.ts';
import type { RecordedCommand } from '../../shared/sessionProtocol.ts';

export interface Film {
  columns: number;
  rows: number;
  events: [time: number, code: 'o' | 'i' | 'r' | 'm', data: string][];
  /** For each event the seconds at which it began, with all pauses. */
  happened: readonly number[];
  chapters: readonly Chapter[];
  /** Seconds. */
  duration: number;
}

export interface Chapter {
  command: RecordedCommand | undefined;
  /** Number that the recording gives it, for `interlock replay --from`. */
  number: string;
  label: string;
  /** Seconds in the film. */
  at: number;
}

export type ReadFilm = { ok: true; film: Film } | { ok: false; why: string };

/** Output that follows within so many seconds is one event: the player takes many small ones several times slower. */
const FRAME = 0.05;

/** Marks of commands begin with a number; others tell how one ended. */
const COMMAND = /^#(\d+) (.*)$/s;

/** `idle` is the longest pause in seconds; undefined: as it was. */
export function readFilm(
  text: string,
  commands: readonly RecordedCommand[],
  idle: number | undefined,
): ReadFilm {
  const read = readCast(text);
  return read.ok ? { ok: true, film: filmOf(read.cast, commands, idle) } : read;
}

/** The command that is on at a time; undefined before the first. */
export function chapterAt(film: Film, time: number): Chapter | undefined {
  // The player's clock may stand a moment before the mark that it was sent to.
  return film.chapters.findLast(({ at }) => at <= time + 0.05);
}

/** Where in the film it is that happened at a time of the recording. */
export function placeOf({ events, happened }: Film, at: number): number {
  let low = 0;
  let high = happened.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // Times are rounded on their way.
    if ((happened[middle] ?? 0) <= at + 0.0005) low = middle + 1;
    else high = middle;
  }
  return events[low - 1]?.[0] ?? 0;
}

function filmOf(
  { header, events }: Cast,
  commands: readonly RecordedCommand[],
  idle: number | undefined,
): Film {
  const film: Film['events'] = [];
  const happened: number[] = [];
  const chapters: Chapter[] = [];
  const terminal = new SafeTerminal();
  let last = 0;
  let time = 0;
  for (const { at, code, data } of events) {
    const pause = Math.max(0, at - last);
    time += idle === undefined ? pause : Math.min(pause, idle);
    last = at;
    if (code === 'x') continue;
    const shown = code === 'o' ? terminal.write(data) : data;
    const before = film.at(-1);
    if (before && code === 'o' && before[1] === 'o' && time - before[0] < FRAME) {
      before[2] += shown;
      continue;
    }
    happened.push(at);
    film.push([time, code, shown]);
    const [, number, label] = (code === 'm' && COMMAND.exec(data)) || [];
    if (number === undefined || label === undefined) continue;
    chapters.push({ command: commands[chapters.length], number, label, at: time });
  }
  const { columns, rows } = header;
  return { columns, rows, events: film, happened, chapters, duration: time };
}
