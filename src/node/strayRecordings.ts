// Recordings in a session's folder that no line of its log names: put there by somebody else, or left by a window that
// died, or lost its power, before the line was on disk.
// Invariant: what nobody vouches for is never shown as a recording of the session, and never deleted without a word.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LogFault } from '../core/session/verdict.ts';
import { readPlainFile } from './plainFile.ts';
import { recordingsIn } from './readRecordings.ts';
import { readSession } from './readSession.ts';

/** A file that was just made holds its header and nothing else; the line that names it comes next. */
const MOST_HEADER = 64 * 1024;

/** The recordings of a session: those that its log names, or the one that a person asked for by its name. Throws where the folder cannot be read. */
export function recordingsOf(folder: string, asked: string | undefined): string[] {
  if (asked !== undefined) return recordingsIn(folder).filter((name) => name === asked);
  const named = new Set<string>();
  readSession(folder, (event) => {
    if (event.type === 'recording.start') named.add(event.file);
  });
  return recordingsIn(folder).filter((name) => named.has(name));
}

/** Their names. Throws where the folder cannot be read. */
export function strayRecordings(folder: string, named: ReadonlySet<string>): string[] {
  return recordingsIn(folder).filter((name) => !named.has(name) && !isOnlyHeader(folder, name));
}

/** The first of them, as a fault. Never throws. */
export function faultOfStrays(folder: string, named: ReadonlySet<string>): LogFault | undefined {
  let file: string | undefined;
  try {
    [file] = strayRecordings(folder, named);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      kind: 'unreadable',
      file: path.basename(folder),
      line: undefined,
      why,
      text: undefined,
    };
  }
  if (file === undefined) return undefined;
  const why = 'no line of the log names it: it is not a recording of this session';
  return { kind: 'broken', file, line: undefined, why, text: undefined };
}

/** Gives it a name that nobody takes for a recording, and returns that. Throws where that is not possible. */
export function setAside(folder: string, name: string): string {
  let free = `${name}.stray`;
  for (let n = 2; fs.lstatSync(path.join(folder, free), { throwIfNoEntry: false }); n++) {
    free = `${name}.stray.${n}`;
  }
  fs.renameSync(path.join(folder, name), path.join(folder, free));
  return free;
}

function isOnlyHeader(folder: string, name: string): boolean {
  try {
    const bytes = readPlainFile(path.join(folder, name), MOST_HEADER);
    const end = bytes.indexOf(10);
    return end < 0 || end === bytes.length - 1;
  } catch {
    // A link, a pipe, or longer: no file that was just made.
    return false;
  }
}
