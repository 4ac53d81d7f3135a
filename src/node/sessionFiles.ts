// Where sessions lie on disk and what their files are called.
// Invariant: no link is followed below the folder that was given; what is not a plain folder or file is left out or an error.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Below a workspace. */
export const SESSIONS_UNDER: readonly string[] = ['.interlock', 'sessions'];

const FIRST = 'audit.ndjson';
const SEGMENT = /^audit(?:\.([1-9]\d*))?\.ndjson$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Name of the n-th file of a log, counted from 1. */
export function segmentName(number: number): string {
  return number === 1 ? FIRST : `audit.${number}.ndjson`;
}

/** Numbers of the log's files that are in a folder, rising. */
export function segmentsIn(folder: string): number[] {
  return fs
    .readdirSync(folder)
    .flatMap((name) => {
      const match = SEGMENT.exec(name);
      return match ? [Number(match[1] ?? 1)] : [];
    })
    .sort((a, b) => a - b);
}

/** Folders of all sessions below a workspace, a folder of sessions, a day, or one session; oldest first. Throws where `place` cannot be read. */
export function sessionFolders(place: string): string[] {
  const real = fs.realpathSync(place);
  const below = sessionsBelow(real);
  if (below !== undefined) return daysOf(below).flatMap(foldersIn);
  const inner = path.join(real, 'sessions');
  if (path.basename(real) === '.interlock' && isFolder(inner)) {
    return daysOf(inner).flatMap(foldersIn);
  }
  if (isSession(real)) return [real];
  if (DAY.test(path.basename(real))) return foldersIn(real);
  return daysOf(real).flatMap(foldersIn);
}

/** The folder of sessions of a workspace; undefined where there is none, or where a link stands in for it or for the folder above it. */
export function sessionsBelow(workspace: string): string | undefined {
  if (!isFolder(workspace)) return undefined;
  let folder = workspace;
  for (const name of SESSIONS_UNDER) {
    folder = path.join(folder, name);
    if (!isFolder(folder)) return undefined;
  }
  return folder;
}

/** Whether a folder is that of a session: it holds a file of a log, or lies in the folder of a day. */
export function isSession(folder: string): boolean {
  return DAY.test(path.basename(path.dirname(folder))) || segmentsIn(folder).length > 0;
}

function daysOf(sessions: string): string[] {
  return foldersIn(sessions).filter((folder) => DAY.test(path.basename(folder)));
}

function foldersIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

function isFolder(folder: string): boolean {
  return fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
