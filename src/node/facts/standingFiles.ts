// Which files stand at the paths that an effect names: globs expanded, read-only and capped.
// Invariant: an expansion may name more than the shell would, never less; what cannot be told is undefined.
import { lstat, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { minimatch } from 'minimatch';
import { realPathOf } from './realPaths.ts';

const MOST_ROOTS = 500;

/** Paths that are hit, each with its folder resolved; `recursive` where what lies in a folder goes with it. */
export interface Hits {
  roots: readonly string[];
  recursive: boolean;
}

export interface How {
  line: string;
  recursive: boolean;
  /** True where a link at the end is followed. */
  follows: boolean;
}

/** The paths that stand there, without links; undefined where that cannot be told. */
export async function rootsOf(files: readonly string[], how: How): Promise<Hits | undefined> {
  const lists = await Promise.all(files.map((file) => expandGlob(file, /dotglob/.test(how.line))));
  const found = lists.flatMap((list) => list ?? [undefined]);
  if (found.length > MOST_ROOTS || found.includes(undefined)) return undefined;
  const roots: string[] = [];
  for (const file of new Set(found as string[])) {
    const real = await realPathOf(file, how.follows);
    if (real === null) return undefined;
    // Without -r a folder stays as it is.
    if (how.recursive || !(await isFolder(real))) roots.push(real);
  }
  return { roots, recursive: how.recursive };
}

/** True for a folder, also behind a link. */
export async function isFolder(file: string): Promise<boolean> {
  const real = await realPathOf(file);
  return real !== null && (await statOf(real))?.isDirectory() === true;
}

/** Every existing path that a pattern stands for; undefined where a folder cannot be read or there are too many. */
export async function expandGlob(pattern: string, dots: boolean): Promise<string[] | undefined> {
  let places = ['/'];
  for (const segment of pattern.split('/').filter((part) => part !== '')) {
    if (places.length > MOST_ROOTS) return undefined;
    const next = await Promise.all(places.map((place) => childrenLike(place, segment, dots)));
    if (next.includes(undefined)) return undefined;
    places = next.flatMap((list) => list ?? []);
  }
  return places;
}

async function childrenLike(
  place: string,
  segment: string,
  dots: boolean,
): Promise<string[] | undefined> {
  const exact = path.join(place, segment);
  const own = (await statOf(exact)) ? [exact] : [];
  if (!/[*?[]/.test(segment)) return own;
  let names: string[];
  try {
    names = await readdir(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : undefined;
  }
  const options = {
    dot: dots,
    noext: true,
    nobrace: true,
    noglobstar: true,
    nonegate: true,
    nocomment: true,
  };
  const pattern = segment.replaceAll('**', '*');
  const found = names.filter((name) => minimatch(name, pattern, options));
  // A name that is no text cannot be asked about.
  if (found.some((name) => name.includes('\uFFFD'))) return undefined;
  return found.map((name) => path.join(place, name));
}

/** Undefined: not there. */
export async function statOf(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
