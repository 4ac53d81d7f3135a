// Reads the recordings that lie in a session's folder.
// Invariant: no link is followed and nothing but a plain file is read; what is wrong is a value.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Cast, readCast } from '../core/session/asciicast.ts';
import { readPlainFile } from './plainFile.ts';

export type ReadRecording = { name: string } & (
  | { ok: true; cast: Cast }
  | { ok: false; why: string }
);

const NAME = /^terminal(?:-([1-9]\d*))?\.cast$/;
/** A longer one is none of ours. */
const MOST_BYTES = 256 * 1024 * 1024;
const LINE_END = 0x0a;
const NO_NAME = { ok: false, why: 'this is not the name of a recording' } as const;

/** Names of the recordings in a folder, in the order in which they were begun. */
export function recordingsIn(folder: string): string[] {
  const numberOf = (name: string) => Number(NAME.exec(name)?.[1] ?? 1);
  return fs
    .readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort((a, b) => numberOf(a) - numberOf(b));
}

/** One of them. Never throws. */
export function readRecording(folder: string, name: string): ReadRecording {
  const text = readText(folder, name);
  if (!text.ok) return { name, ...text };
  const read = readCast(text.text);
  return read.ok ? { name, ok: true, cast: read.cast } : { name, ok: false, why: read.why };
}

/** The file as it is, without a line that was not finished: players refuse the whole file for that. Never throws. */
export function wholeLines(folder: string, name: string): ReadText {
  const read = readText(folder, name);
  if (!read.ok) return read;
  return { ok: true, text: read.text.slice(0, read.text.lastIndexOf('\n') + 1) };
}

/** Whole lines after the first `have` bytes, which somebody read before; all of them where these are not whole lines any more. `from` and `bytes`: where the text stands in the file. Never throws. */
export function linesAfter(
  folder: string,
  name: string,
  have: number,
): { ok: true; text: string; from: number; bytes: number } | { ok: false; why: string } {
  if (!NAME.test(name)) return NO_NAME;
  try {
    const file = path.join(folder, name);
    const rest = readPlainFile(file, MOST_BYTES, Math.max(0, have - 1));
    if (have > 0 && rest[0] !== LINE_END) return linesAfter(folder, name, 0);
    const end = rest.lastIndexOf(LINE_END) + 1;
    const text = rest.toString('utf8', have > 0 ? 1 : 0, end);
    return { ok: true, text, from: have, bytes: have > 0 ? have - 1 + end : end };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

export type ReadText = { ok: true; text: string } | { ok: false; why: string };

function readText(folder: string, name: string): ReadText {
  if (!NAME.test(name)) return NO_NAME;
  try {
    const bytes = readPlainFile(path.join(folder, name), MOST_BYTES);
    return { ok: true, text: bytes.toString('utf8') };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
