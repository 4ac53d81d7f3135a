// How much lies below the paths that are hit: counted without opening a file, with a cap that does not depend on speed.
// Invariant: the same tree gives the same extent; what could not be counted in time says so and counts nothing.
import { type Dirent, readdir } from 'node:fs';
import * as path from 'node:path';
import { SESSIONS_UNDER } from '../sessionFiles.ts';
import { type Hits, statOf } from './standingFiles.ts';

/** More files than these are not counted one by one. */
const MOST_FILES = 2000;
/** Of more files than these the sizes are not added up. */
const MOST_SIZES = 500;
const AT_ONCE = 16;

export interface Extent {
  files: number;
  /** Undefined where there are too many files to look at each. */
  bytes: number | undefined;
  /** Folders with their own `.git` below the roots. */
  repositories: number;
  /** `more`: there is more than was counted. `unknown`: the time ran out. */
  end: 'all' | 'more' | 'unknown';
}

interface Walk {
  files: string[];
  folders: string[];
  repositories: number;
}

/** Counts the files below the roots. Links count as files and are not followed. */
export async function measure({ roots, recursive }: Hits, deadline: number): Promise<Extent> {
  const walk: Walk = { files: [], folders: [], repositories: 0 };
  walk.repositories = ownRepositories(roots).size;
  const stats = await Promise.all(roots.map(statOf));
  roots.forEach((file, index) => {
    const stat = stats[index];
    if (stat) take(walk, file, stat.isDirectory());
  });
  while (recursive && walk.folders.length > 0) {
    if (walk.files.length > MOST_FILES) break;
    if (performance.now() > deadline)
      return { files: 0, bytes: undefined, repositories: walk.repositories, end: 'unknown' };
    const batch = walk.folders.splice(0, AT_ONCE);
    const lists = await Promise.all(batch.map(entriesOf));
    batch.forEach((folder, index) => {
      for (const entry of lists[index] ?? [])
        take(walk, path.join(folder, entry.name), entry.isDirectory());
    });
  }
  const { files, repositories } = walk;
  if (files.length > MOST_FILES)
    return { files: MOST_FILES, bytes: undefined, repositories, end: 'more' };
  return { files: files.length, bytes: await sizeOf(files), repositories, end: 'all' };
}

/** Repositories whose history goes, because what holds it is hit by name: `.git/objects`. */
function ownRepositories(roots: readonly string[]): ReadonlySet<string> {
  const found = roots.map((file) => /^(.*\/\.git)\/(HEAD|objects|refs)(\/|$)/.exec(file)?.[1]);
  return new Set(found.filter((folder) => folder !== undefined));
}

function take(walk: Walk, file: string, isFolder: boolean): void {
  if (path.basename(file) === '.git') walk.repositories += 1;
  else if (isFolder && !isSessions(file)) walk.folders.push(file);
  else walk.files.push(file);
}

/** Our own records grow while a command is held: counted by size they would make every approval outdated. */
function isSessions(folder: string): boolean {
  return folder.endsWith(path.join(path.sep, ...SESSIONS_UNDER));
}

/** What a folder holds; one that went away meanwhile holds nothing. */
function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return new Promise((resolve, reject) => {
    readdir(folder, { withFileTypes: true }, (error, entries) => {
      if (error === null) return resolve(entries);
      const isGone = error.code === 'ENOENT' || error.code === 'ENOTDIR';
      return isGone ? resolve([]) : reject(error);
    });
  });
}

async function sizeOf(files: readonly string[]): Promise<number | undefined> {
  if (files.length > MOST_SIZES) return undefined;
  const stats = await Promise.all(files.filter((file) => !isSessions(file)).map(statOf));
  return stats.reduce((sum, stat) => sum + (stat?.size ?? 0), 0);
}
