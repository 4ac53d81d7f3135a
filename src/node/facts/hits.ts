// Which files an effect really hits: globs expanded, folders walked, both read-only and capped.
// Invariant: an expansion may name more than the shell would, never less; what cannot be told has no hits at all.
import { lstat, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { minimatch } from 'minimatch';
import { COPIES, replacedByCopy } from './copying.ts';
import { findPreview } from './findPreview.ts';
import { realPathOf } from './realPaths.ts';
import { deletedBySync } from './syncPreview.ts';
import type { FactTools, Subject } from './types.ts';
import { replacedByUnpacking } from './unpacking.ts';

const MOST_ROOTS = 500;

/** Paths that are hit, each with its folder resolved; `recursive` where what lies in a folder goes with it. */
export interface Hits {
  roots: readonly string[];
  recursive: boolean;
}

/** Options of the shell under which a glob means more than we expand. */
const FOREIGN_GLOBS = /\b(extglob|globstar|nocaseglob|failglob)\b/;

const UNPACKS = 'files/extract';
const SYNCS = 'files/sync-delete';

/** Deleting rules whose target is no list of files: their loss is told otherwise, or cannot be told. */
const NO_LIST = /^(git\/(?!rm)|files\/(pack-and-delete|remove-empty-folder))/;

/** True for effects that take away or replace files of this machine. */
export function touchesFiles({ effect, folder, call }: Subject): boolean {
  const { verb, target, rule, severity } = effect;
  if (rule === UNPACKS) return folder !== undefined;
  return (
    (verb === 'delete' || verb === 'overwrite') &&
    severity !== 'none' &&
    target.kind === 'path' &&
    target.path !== undefined &&
    target.place !== 'device' &&
    target.place !== 'sink' &&
    folder !== undefined &&
    // `find -exec rm {}` and xargs: the path stands for others that are not seen.
    !call.invocation.hasUnknownOperands &&
    !NO_LIST.test(rule)
  );
}

/** Expands what an effect names; undefined where that cannot be told. No roots: nothing stands there. */
export async function hitsOf(subject: Subject, tools: FactTools): Promise<Hits | undefined> {
  const { effect, line } = subject;
  const file = effect.target.path;
  if (effect.rule === UNPACKS) return replacedByUnpacking(subject, tools);
  if (effect.rule === SYNCS) return deletedBySync(subject, tools);
  if (file === undefined || !touchesFiles(subject)) return undefined;
  if (effect.rule === 'files/find-delete') return findPreview(subject, tools);
  if (effect.target.isGlob && FOREIGN_GLOBS.test(line)) return undefined;
  if (effect.verb === 'overwrite')
    return COPIES.test(subject.call.program)
      ? replacedByCopy(subject, file)
      : replacedByWrite(file, line);
  const recursive = effect.rule !== 'files/delete';
  return rootsOf([file], { line, recursive, follows: file.endsWith('/') });
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

/** Unpacking or building into a folder replaces nobody knows what. */
async function replacedByWrite(file: string, line: string): Promise<Hits | undefined> {
  if (await isFolder(file)) return undefined;
  return rootsOf([file], { line, recursive: false, follows: true });
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
