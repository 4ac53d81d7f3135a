// What git itself would lose for good: changes, files, stashes and commits that nothing else holds.
// Invariant: 0 is only said where git was asked and everything that goes is still somewhere in it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FactId } from '../../core/risk/factIds.ts';
import type { Fact } from '../../core/risk/types.ts';
import { amount } from './files.ts';
import { pathsOf, repositoryOf } from './gitCall.ts';
import type { Commit, GitRepository } from './gitRepository.ts';
import type { FactSource, FactTools, Subject } from './types.ts';
import { stateOf } from './workTree.ts';

interface Asked extends Subject {
  repository: GitRepository;
  tools: FactTools;
}

type Loss = (asked: Asked) => Promise<readonly Fact[] | undefined>;

const LOSSES: Readonly<Record<string, Loss>> = {
  'git/reset-hard': resetHard,
  'git/clean': clean,
  'git/checkout-discard': discard,
  'git/switch-discard': discard,
  'git/restore': discard,
  'git/index-discard': discard,
  'git/stash-drop': dropStash,
  'git/branch-delete': deleteBranches,
  'git/worktree-remove': removeWorktree,
  'git/worktree-remove-clean': removeWorktree,
};

export const gitLossSource: FactSource = {
  name: 'the repository',
  main: 'git.loses',
  concerns: ({ effect }) => LOSSES[effect.rule] !== undefined,
  lookUp: async (subjects, tools) =>
    (await Promise.all(subjects.map((subject) => lossOf(subject, tools)))).flat(),
};

async function lossOf(subject: Subject, tools: FactTools): Promise<readonly Fact[]> {
  const repository = await repositoryOf(subject, tools);
  const facts =
    repository && (await LOSSES[subject.effect.rule]?.({ ...subject, repository, tools }));
  if (facts) return facts;
  const why = repository?.problem === undefined ? '' : `: ${repository.problem}`;
  const text = `What would be lost cannot be told${why}.`;
  return [{ id: 'git.loses', effect: subject.index, value: 'unknown', text, how: 'asked git' }];
}

function factOf(
  { index }: Asked,
  id: FactId,
  value: Fact['value'],
  text: string,
  how: string,
): Fact {
  return { id, effect: index, value, text, how };
}

/** Changes of tracked files go; commits that leave the branch stay in the reflog. */
async function resetHard(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { repository, call } = asked;
  const [word] = call.operands;
  const target = word === undefined ? 'HEAD' : word.value;
  if (target === undefined || target.startsWith('-')) return undefined;
  if (call.operands.length > 1 || call.mayHaveHiddenOptions) return undefined;
  if (await reachesSubmodules(asked)) return undefined;
  const branch = await repository.currentBranch();
  const others = branch === undefined ? ['--branches'] : [`--exclude=${branch}`, '--branches'];
  const [dirty, leaving] = await Promise.all([
    changedFiles(repository),
    repository.commits(100, 'HEAD', '--not', target, ...others, '--remotes', '--tags', '--'),
  ]);
  if (!dirty || !leaving) return undefined;
  return [
    factOf(
      asked,
      'git.loses',
      dirty.length,
      amount(dirty, 'changed and not committed'),
      'git status',
    ),
    factOf(
      asked,
      'git.commits.only-here',
      leaving.length,
      commitsText(
        leaving,
        'would leave the branch and be only in the reflog',
        leaving.length >= 100,
      ),
      `git rev-list ${target}..HEAD`,
    ),
  ];
}

/** Where git goes on into submodules, what they hold would be lost too; nobody looks there. */
async function reachesSubmodules({ call, repository }: Asked): Promise<boolean> {
  if (call.has('--recurse-submodules')) return true;
  const setting = (await repository.settings())?.get('submodule.recurse');
  return setting !== undefined && !/^(false|no|off|0)$/i.test(setting);
}

/** Changed files and those that git was told not to watch. */
async function changedFiles(repository: GitRepository): Promise<readonly string[] | undefined> {
  const root = await repository.root();
  const state = root === undefined ? undefined : await stateOf(repository, [root], 'tracked');
  return state?.dirty;
}

/** `git clean` with the same words as a dry run names what would go; it deletes nothing. */
async function clean(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { call, repository, tools } = asked;
  if (call.mayHaveHiddenOptions || call.has('-i', '--interactive')) return undefined;
  const excludes = call.options.filter(({ name }) => name === '-e' || name === '--exclude');
  if (excludes.some(({ value }) => value?.value === undefined)) return undefined;
  const root = await repository.root();
  if (root === undefined) return undefined;
  const specs = pathsOf(asked, tools, root, fs.existsSync);
  const isDeep = call.options.filter(({ name }) => name === '-f' || name === '--force').length > 1;
  const preview = (more: readonly string[]) =>
    previewClean(repository, [
      // Given twice it goes into repositories inside as well.
      ...(isDeep ? ['-ff'] : []),
      ...(call.has('-d') ? ['-d'] : []),
      ...excludes.map(({ value }) => `--exclude=${value?.value}`),
      ...more,
      '--',
      ...specs,
    ]);
  const kind = ['-X', '-x'].find((name) => call.has(name));
  const none = Promise.resolve<readonly string[]>([]);
  const [untracked, all] = await Promise.all([
    kind === '-X' ? none : preview([]),
    kind === undefined ? none : preview([kind]),
  ]);
  if (!untracked || !all) return undefined;
  const ignored = all.filter((name) => !untracked.includes(name));
  const how = 'git clean --dry-run';
  if (untracked.length + ignored.length === 0)
    return [factOf(asked, 'git.loses', 0, 'There is nothing to clean.', how)];
  return [
    factOf(asked, 'git.files.untracked', untracked.length, amount(untracked, 'new to git'), how),
    factOf(asked, 'git.files.ignored', ignored.length, amount(ignored, 'ignored by git'), how),
    factOf(asked, 'git.files.dirty', 0, 'Tracked files stay.', how),
    factOf(asked, 'git.files.clean', 0, 'Tracked files stay.', how),
  ];
}

async function previewClean(
  repository: GitRepository,
  words: readonly string[],
): Promise<readonly string[] | undefined> {
  const argv = ['-c', 'core.quotePath=false', 'clean', '--dry-run', ...words];
  const text = await repository.ask(argv);
  return text?.split('\n').flatMap((line) => {
    const name = /^Would remove (.*)$/.exec(line)?.[1];
    return name === undefined ? [] : [name];
  });
}

/** `checkout --`, `restore`, `switch -f`: changes below the named paths go. */
async function discard(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { call, repository, tools } = asked;
  if (call.has('-C', '-B')) return undefined;
  const root = await repository.root();
  if (root === undefined || (await reachesSubmodules(asked))) return undefined;
  const paths = pathsOf(asked, tools, root, fs.existsSync);
  // Files of another commit can also replace new ones.
  const takesOther = call.operands.length > 1 || call.has('-s', '--source', '-f', '--force');
  const state = await stateOf(repository, paths, takesOther ? 'all' : 'tracked');
  if (!state) return undefined;
  // Without another source the files come from the index, which keeps what is staged.
  const changed = takesOther ? state.dirty : state.unstaged;
  const lost = [...changed, ...state.untracked];
  const text = amount(lost, 'changed and not committed');
  return [factOf(asked, 'git.loses', lost.length, text, 'git status')];
}

async function dropStash(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { call, repository } = asked;
  const how = 'git stash list';
  if (!(await repository.refs('refs/stash')).has('refs/stash'))
    return [factOf(asked, 'git.loses', 0, 'There is no stash.', how)];
  const format = '--format=%gd%x09%gs';
  const text = await repository.askStored(['log', '-g', '--no-patch', format, 'refs/stash', '--']);
  const stashes = text?.split('\n').filter((line) => line.includes('\t'));
  if (!stashes) return undefined;
  const isAll = call.operands[0]?.value === 'clear';
  const named = call.operands[1]?.value ?? 'stash@{0}';
  const number = /(\d+)\}?$/.exec(named)?.[1] ?? '0';
  const going = isAll
    ? stashes
    : stashes.filter(
        (line) => line.startsWith(`refs/stash@{${number}}`) || line.startsWith(`stash@{${number}}`),
      );
  if (going.length === 0) return undefined;
  const shown = going.slice(0, 3).map((line) => line.replace('\t', ': ').replace(/^refs\//, ''));
  const words = `${going.length === 1 ? 'A stash' : `${going.length} stashes`} would go: ${shown.join('; ')}.`;
  return [factOf(asked, 'git.loses', going.length, words, how)];
}

async function deleteBranches(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { call, repository } = asked;
  const names = call.operands.map((word) => word.value);
  const isDelete = call.has('-D') || call.has('-d', '--delete');
  if (!isDelete || call.has('-r', '--remotes', '-M', '-m') || call.mayHaveHiddenOptions)
    return undefined;
  if (names.length === 0 || names.includes(undefined)) return undefined;
  const refs = names.map((name) => `refs/heads/${name}`);
  const there = await repository.refs(...refs);
  const known = refs.filter((ref) => there.has(ref));
  if (known.length === 0)
    return [factOf(asked, 'git.loses', 0, 'There is no such branch.', 'git rev-parse')];
  const lost = await repository.commits(
    200,
    ...known,
    '--not',
    ...known.map((ref) => `--exclude=${ref}`),
    '--all',
    '--',
  );
  const text = lost && commitsText(lost, 'would be on no branch any more', lost.length >= 200);
  return lost && [factOf(asked, 'git.loses', lost.length, text ?? '', 'git rev-list')];
}

async function removeWorktree(asked: Asked): Promise<readonly Fact[] | undefined> {
  const { call, tools, folder } = asked;
  const name = call.operands[1]?.value;
  if (name === undefined || folder === undefined) return undefined;
  const place = path.resolve(folder, name);
  const repository = fs.existsSync(place) ? await tools.repository(place) : undefined;
  const root = await repository?.root();
  const state = repository && root !== undefined && (await stateOf(repository, [root]));
  if (!state) return undefined;
  const lost = [...state.dirty, ...state.untracked];
  const text = amount(lost, 'not committed in that work tree');
  return [factOf(asked, 'git.loses', lost.length, text, `git status in ${name}`)];
}

/** `2 commits would …: 1a2b3c4 Fix (Ana), …` */
export function commitsText(commits: readonly Commit[], what: string, isCut = false): string {
  if (commits.length === 0) return `No commit ${what}.`;
  const shown = commits
    .slice(0, 3)
    .map(({ hash, subject, author }) => `${hash} ${subject.slice(0, 60)} (${author})`);
  const more = commits.length > 3 ? ', …' : '';
  const number = `${commits.length} ${commits.length === 1 ? 'commit' : 'commits'}`;
  return `${isCut ? 'At least ' : ''}${number} ${what}: ${shown.join(', ')}${more}.`;
}
