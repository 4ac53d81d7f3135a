// Where the repository of a folder lies, found in the same order as git looks, without starting it.
// Invariant: what git would refuse, or may find otherwise, is `unsure`; then git itself is asked.
import { type Stats, statSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';

export interface GitPlace {
  /** Top folder of the work tree, without links, as far as no setting puts it elsewhere. */
  root: string;
  /** Folder with HEAD and the index: of this work tree alone. */
  gitFolder: string;
  /** Folder with branches and settings, which all work trees of a repository share. */
  commonFolder: string;
}

/** Finds the repository around a folder. `none`: there is none. */
export async function findGitPlace(folder: string): Promise<GitPlace | 'none' | 'unsure'> {
  let place: string;
  let device: number;
  try {
    place = await realpath(folder);
    device = (await stat(place)).dev;
  } catch {
    // Not there or not for us: git says what it makes of that.
    return 'unsure';
  }
  for (;;) {
    // Git does not look beyond a mounted disk, and inside its own folder it sees no work tree.
    if (path.basename(place) === '.git' || statOf(place)?.dev !== device) return 'unsure';
    const entry = path.join(place, '.git');
    const found = statOf(entry);
    if (found?.isFile()) return throughFile(place, entry);
    if (found?.isDirectory())
      return isGitFolder(entry, entry) ? withCommon(place, await realpath(entry)) : 'unsure';
    if (isGitFolder(place, place)) return 'unsure';
    const above = path.dirname(place);
    if (above === place) return 'none';
    place = above;
  }
}

/** A submodule or a linked work tree: `.git` is a file that names the folder. */
async function throughFile(root: string, file: string): Promise<GitPlace | 'unsure'> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const named = /^gitdir: ([^\n\r\0]+)\r?\n?$/.exec(text)?.[1];
  if (named === undefined) return 'unsure';
  return withCommon(root, await realpath(path.resolve(root, named)).catch(() => ''));
}

async function withCommon(root: string, gitFolder: string): Promise<GitPlace | 'unsure'> {
  if (gitFolder === '') return 'unsure';
  const text = await readFile(path.join(gitFolder, 'commondir'), 'utf8').catch(() => '.');
  const commonFolder = path.resolve(gitFolder, text.replace(/\r?\n$/, ''));
  return isGitFolder(gitFolder, commonFolder) ? { root, gitFolder, commonFolder } : 'unsure';
}

/** What git takes for its own folder. */
function isGitFolder(own: string, common: string): boolean {
  return (
    statOf(path.join(common, 'objects'))?.isDirectory() === true &&
    statOf(path.join(common, 'refs'))?.isDirectory() === true &&
    statOf(path.join(own, 'HEAD')) !== undefined
  );
}

/** A dangling link for HEAD is an old way of naming a branch; git is asked then. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // Not for us, or a name too long: it is as if it were not there.
    return undefined;
  }
}
