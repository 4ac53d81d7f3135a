// How git sees the files that an effect hits: committed as they are, changed, new, or ignored.
// Invariant: a file counts as committed only where git has its content and watches it for changes.
import * as path from 'node:path';
import type { GitRepository } from './gitRepository.ts';

export interface WorkTreeState {
  clean: number;
  /** Names of changed files, at most a few. */
  dirty: readonly string[];
  untracked: readonly string[];
  ignored: number;
}

/** How git sees what lies at or below the paths; undefined where it could not be asked. Paths are absolute and real. */
export async function stateOf(
  repository: GitRepository,
  paths: readonly string[],
): Promise<WorkTreeState | undefined> {
  if (paths.length === 0) return { clean: 0, dirty: [], untracked: [], ignored: 0 };
  const specs = paths.map((file) => path.relative(repository.root, file) || '.');
  const [status, list] = await Promise.all([
    repository.askAtRoot([
      'status',
      '--porcelain=v2',
      '-z',
      '--untracked-files=all',
      '--ignored=matching',
      '--ignore-submodules=all',
      '--no-renames',
      '--',
      ...specs,
    ]),
    repository.askAtRoot(['ls-files', '-v', '-s', '-z', '--', ...specs]),
  ]);
  if (status === undefined || list === undefined) return undefined;
  return combine(status.split('\0'), list.split('\0'));
}

function combine(status: readonly string[], list: readonly string[]): WorkTreeState {
  const dirty = new Set<string>();
  const untracked: string[] = [];
  const gone = new Set<string>();
  let ignored = 0;
  for (const line of status) {
    if (line.startsWith('? ')) untracked.push(line.slice(2));
    else if (line.startsWith('! ')) ignored += 1;
    else if (/^[12u] /.test(line)) {
      const name = line
        .split(' ')
        .slice(line.startsWith('u') ? 10 : 8)
        .join(' ');
      // Deleted already: it is not there to be lost.
      if (line.startsWith('.D', 2)) gone.add(name);
      else dirty.add(name);
    }
  }
  let clean = 0;
  for (const line of list) {
    const [about, name = ''] = line.split('\t');
    if (!about) continue;
    const isWatched = /^H /.test(about);
    const isLink = about.includes(' 160000 ');
    if (dirty.has(name) || gone.has(name)) continue;
    if (isWatched && !isLink) clean += 1;
    else dirty.add(name);
  }
  return { clean, dirty: [...dirty], untracked, ignored };
}
