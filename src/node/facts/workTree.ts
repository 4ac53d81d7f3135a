// How git sees the files that an effect hits: committed as they are, changed, new, or ignored.
// Invariant: a file counts as committed only where git has its content and watches it for changes.
import { lstatSync } from 'node:fs';
import * as path from 'node:path';
import type { GitRepository } from './gitRepository.ts';
import { IndexFile, type Tracked } from './indexFile.ts';

export interface WorkTreeState {
  /** Not counted where only tracked changes are asked about. */
  clean: number;
  /** Names of changed files. */
  dirty: readonly string[];
  /** Those of them whose change is not staged either; only these are lost where the index is put back. */
  unstaged: readonly string[];
  untracked: readonly string[];
  ignored: number;
}

/**
 * What of the paths is asked about. `tracked` and `all` are files of this repository alone; with `modules` whole
 * submodules count as work too. Files that git does not have are a walk of their own through the folders.
 */
export type Asked = 'tracked' | 'all' | 'modules';

/** How git sees what lies at or below the paths; undefined where it could not be asked. Paths are absolute and real. */
export async function stateOf(
  repository: GitRepository,
  paths: readonly string[],
  asked: Asked = 'modules',
): Promise<WorkTreeState | undefined> {
  if (paths.length === 0) return { clean: 0, dirty: [], unstaged: [], untracked: [], ignored: 0 };
  // Only the settings are waited for; both questions are asked at once.
  const root = await repository.root();
  if (root === undefined) return undefined;
  const specs = paths.map((file) => path.relative(root, file) || '.');
  const others =
    asked !== 'tracked'
      ? ['--untracked-files=all', '--ignored=matching']
      : ['--untracked-files=no', '--ignored=no'];
  const flags = ['--porcelain=v2', '-z', ...others, '--ignore-submodules=all', '--no-renames'];
  const [status, list] = await Promise.all([
    repository.askAtRoot(['status', ...flags, '--', ...specs]),
    listOf(repository, specs),
  ]);
  if (status === undefined || list === undefined) return undefined;
  const state = readStatus(status.split('\0'));
  const known = new Set([...state.dirty, ...state.gone]);
  if (list instanceof IndexFile && asked === 'tracked') return combine(state, NONE, root, asked);
  const tracked = list instanceof IndexFile ? list.below(specs, known) : trackedIn(list, known);
  return combine(state, tracked, root, asked);
}

const NONE: Tracked = { plain: 0, others: [] };

/** Every tracked file; in git's own words where its index is of another form than the usual one. */
async function listOf(
  repository: GitRepository,
  specs: readonly string[],
): Promise<IndexFile | string | undefined> {
  const index = await IndexFile.read(repository.gitFolder);
  return index ?? repository.askAtRoot(['ls-files', '-v', '-s', '-z', '--', ...specs]);
}

function trackedIn(list: string, without: ReadonlySet<string>): Tracked {
  const entries = list
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => ({
      name: line.slice(line.indexOf('\t') + 1),
      isLink: line.startsWith('160000 ', 2),
      isWatched: line.startsWith('H '),
    }))
    .filter(({ name }) => !without.has(name));
  const others = entries.filter(({ isWatched, isLink }) => isLink || !isWatched);
  return { plain: entries.length - others.length, others };
}

function combine(
  { dirty, unstaged, gone, untracked, ignored }: ReturnType<typeof readStatus>,
  { plain, others }: Tracked,
  root: string,
  asked: Asked,
): WorkTreeState {
  for (const { name, isLink } of others) {
    if (isLink && asked !== 'modules') continue;
    // A sparse work tree leaves files out; those cannot be hit.
    if (!isLink && !isThere(path.join(root, name))) continue;
    dirty.add(name);
    unstaged.add(name);
  }
  // Where new files are not asked about, those in the way of deleted ones still go when these come back.
  if (asked === 'tracked')
    for (const name of inTheWay(root, gone)) {
      dirty.add(name);
      unstaged.add(name);
    }
  return { clean: plain, dirty: [...dirty], unstaged: [...unstaged], untracked, ignored };
}

function readStatus(status: readonly string[]) {
  const dirty = new Set<string>();
  const unstaged = new Set<string>();
  const gone = new Set<string>();
  const untracked: string[] = [];
  let ignored = 0;
  for (const line of status) {
    if (line.startsWith('? ')) untracked.push(line.slice(2));
    else if (line.startsWith('! ')) ignored += 1;
    else if (/^[12u] /.test(line)) {
      const fields = line.startsWith('u') ? 10 : 8;
      const name = line.split(' ').slice(fields).join(' ');
      // Deleted already: it is not there to be lost.
      if (line.startsWith('.D', 2)) gone.add(name);
      else {
        dirty.add(name);
        if (line.startsWith('u') || line[3] !== '.') unstaged.add(name);
      }
    }
  }
  return { dirty, unstaged, gone, untracked, ignored };
}

/** What stands where a deleted file or one of its folders was. */
function inTheWay(root: string, gone: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const folders = new Map<string, boolean>();
  for (const name of gone) {
    const parts = name.split('/');
    const blocked = parts
      .slice(0, -1)
      .map((_, index) => parts.slice(0, index + 1).join('/'))
      .find((folder) => {
        const known = folders.get(folder) ?? isOther(path.join(root, folder));
        folders.set(folder, known);
        return known;
      });
    if (blocked !== undefined) found.add(blocked);
    else if (isThere(path.join(root, name))) found.add(name);
  }
  return found;
}

/** True for something that is no folder; a link to one is none either. */
function isOther(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    // Not for us to see: it may be there.
    return true;
  }
}

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Not for us to see: it may be there.
    return true;
  }
}
