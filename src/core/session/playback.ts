// A recording in the order and the rhythm in which it is played: what to show, and how long to wait before.
// Invariant: everything that is shown went through the filter for live terminals.
import { type Cast, type CastEvent, readSize } from './asciicast.ts';
import { SafeTerminal } from './safeTerminal.ts';

export interface PlayOptions {
  /** 2 is twice as fast; must be above 0. */
  speed: number;
  /** Longer pauses are cut to this, in seconds of the recording. */
  idleSeconds: number;
  /** Index into `marksOf`; undefined: from the start. */
  from: number | undefined;
}

export type PlayStep =
  | { kind: 'show'; delayMs: number; text: string }
  | { kind: 'resize'; delayMs: number; columns: number; rows: number };

export interface Mark {
  /** Position among the events. */
  index: number;
  at: number;
  label: string;
}

const COMMAND = /^#(\d+) /;

/** The commands of a recording; other marks tell how they ended. */
export function marksOf({ events }: Cast): readonly Mark[] {
  return events.flatMap(({ code, at, data }, index) =>
    code === 'm' && COMMAND.test(data) ? [{ index, at, label: data }] : [],
  );
}

/** The mark that a person means: its number, with or without `#`, or a part of its text. Undefined where there is none. */
export function findMark(marks: readonly Mark[], wanted: string): number | undefined {
  const number = /^#?(\d+)$/.exec(wanted)?.[1];
  const isIt = ({ label }: Mark) =>
    number === undefined ? label.includes(wanted) : COMMAND.exec(label)?.[1] === number;
  const found = marks.findIndex(isIt);
  return found < 0 ? undefined : found;
}

/** What to show, step by step. The last step puts the terminal back in order. */
export function* playback(cast: Cast, options: PlayOptions): Generator<PlayStep, void> {
  const { events } = cast;
  const terminal = new SafeTerminal();
  const mark = options.from === undefined ? undefined : marksOf(cast)[options.from];
  const first = mark?.index ?? 0;
  yield { kind: 'resize', delayMs: 0, ...sizeBefore(cast, first) };
  let last = mark?.at ?? 0;
  for (const event of events.slice(first)) {
    const pause = Math.min(event.at - last, options.idleSeconds);
    const delayMs = (Math.max(0, pause) * 1000) / options.speed;
    const step = stepOf(event, delayMs, terminal);
    if (!step) continue;
    last = event.at;
    yield step;
  }
  yield { kind: 'show', delayMs: 0, text: terminal.reset() };
}

function stepOf(
  { code, data }: CastEvent,
  delayMs: number,
  terminal: SafeTerminal,
): PlayStep | undefined {
  if (code === 'o') return { kind: 'show', delayMs, text: terminal.write(data) };
  const size = code === 'r' ? readSize(data) : undefined;
  return size && { kind: 'resize', delayMs, ...size };
}

function sizeBefore({ header, events }: Cast, index: number): { columns: number; rows: number } {
  const resize = events.slice(0, index).findLast(({ code }) => code === 'r');
  const { columns, rows } = header;
  return (resize && readSize(resize.data)) ?? { columns, rows };
}
