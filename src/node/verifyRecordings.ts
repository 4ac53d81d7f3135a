// Checks the recordings beside a log against the checkpoints in it.
import * as path from 'node:path';
import type { LogFault } from '../core/session/verdict.ts';
import type { Steps } from '../core/steps.ts';
import { hashingPrefixes } from './manifestFile.ts';

export interface Checkpoint {
  file: string;
  bytes: number;
  sha256: string;
}

/** The first recording that is not what the log says. `isEnded`: nothing may stand after the last checkpoint. Never throws. */
export function* checkRecordings(
  folder: string,
  checkpoints: readonly Checkpoint[],
  isEnded: boolean,
): Steps<LogFault | undefined> {
  for (const file of new Set(checkpoints.map((checkpoint) => checkpoint.file))) {
    const own = checkpoints.filter((checkpoint) => checkpoint.file === file);
    const why = yield* faultOf(folder, file, own, isEnded);
    if (why !== undefined) return { kind: 'broken', file, line: undefined, why, text: undefined };
  }
  return undefined;
}

function* faultOf(
  folder: string,
  file: string,
  checkpoints: readonly Checkpoint[],
  isEnded: boolean,
): Steps<string | undefined> {
  if (path.basename(file) !== file) return 'its name leads out of the folder';
  const stops = [...new Set(checkpoints.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  try {
    const found = yield* hashingPrefixes(path.join(folder, file), stops);
    const wrong = checkpoints.find(({ bytes, sha256 }) => found.at.get(bytes) !== sha256);
    const last = stops.at(-1) ?? 0;
    if (wrong && found.bytes < wrong.bytes) {
      return `it has ${found.bytes} bytes where the log says ${last}`;
    }
    if (wrong) return `its first ${wrong.bytes} bytes are not those that the log vouches for`;
    if (isEnded && found.bytes > last) {
      return `it has ${found.bytes} bytes where the log says ${last}`;
    }
    return undefined;
  } catch (error) {
    return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
