// git rules on changes that git itself can take back, and on what goes out of the repository.
import { pathTarget } from '../targets.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { fetchesKnown, isNewName, isPlainRecord } from './gitRecords.ts';
import { git, isCleanPreview, isListing, isPreview } from './gitRule.ts';

/** Rules on changes that can be taken back. */
export const changeRules: readonly Rule[] = [
  git({
    id: 'git/skips-hooks',
    when: {
      subcommand: words('commit push merge rebase am cherry-pick revert'),
      test: (call) =>
        call.has('--no-verify') || (call.subcommand[0] === 'commit' && call.has('-n')),
    },
    severity: 'moderate',
    target: 'none',
    why: 'It goes past the checks that the hooks of this repository make.',
    recovery: 'Run the checks by hand on what was committed.',
    alternative: 'Leave out `--no-verify`, and repair what the checks find.',
    examples: {
      match: ['git commit --no-verify -m x', 'git commit -nm x', 'git push --no-verify'],
      noMatch: ['git commit -m x', 'git push -n', 'git merge -n x'],
    },
  }),
  git({
    id: 'git/removes-hooks',
    programs: words('pre-commit husky lefthook overcommit simple-git-hooks hk captainhook'),
    when: {
      test: (call) => call.operands[0]?.value === 'uninstall' || call.has('--uninstall', '-u'),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    why: 'It takes the checks away that git makes in this repository.',
    recovery: 'The same tool puts them back with `install`.',
    examples: {
      match: ['pre-commit uninstall', 'lefthook uninstall', 'overcommit --uninstall'],
      noMatch: ['pre-commit run --all-files', 'lefthook run pre-commit'],
    },
  }),
  git({
    id: 'git/change',
    when: {
      subcommand: words(`
  add commit stage mv tag notes init cherry-pick revert merge am apply bisect
  checkout switch sparse-checkout update-index rerere gc worktree branch
  maintenance rebase read-tree write-tree commit-tree hash-object clean
`),
      test: (call) => {
        if (call.subcommand[0] === 'clean')
          return isCleanPreview(call) && call.has('-f', '--force');
        if (
          call.subcommand[0] === 'apply' &&
          call.has('--check', '--stat', '--numstat', '--summary')
        )
          return call.has('--apply', '--index', '--cached', '-3', '--3way');
        return !isPlainRecord(call) && !isNewName(call) && !isListing(call) && !isPreview(call);
      },
    },
    target: (call) => [{ kind: 'none', name: `git ${call.subcommand[0] ?? ''}` }],
    why: 'It changes this repository or its files by `{target}`, in a way that git can take back.',
    examples: {
      match: ['git commit --amend', 'git switch y', 'git merge x'],
      noMatch: ['git log', 'git commit -m x', 'git branch -a'],
    },
  }),
  git({
    id: 'git/abort',
    when: {
      subcommand: words('merge rebase am cherry-pick revert'),
      any: ['--abort', '--quit', '--skip'],
    },
    severity: 'moderate',
    reversible: 'effort',
    target: 'none',
    why: 'It gives up what is in progress; conflicts that were resolved by hand are lost.',
    recovery: 'Start it again and resolve the conflicts anew.',
    alternative: '`git stash` or a copy keeps what was resolved.',
    examples: { match: ['git merge --abort'], noMatch: ['git merge x'] },
  }),
  git({
    id: 'git/clean-preview',
    when: {
      subcommand: ['clean'],
      test: (call) => isCleanPreview(call) && !call.has('-f', '--force'),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only lists what would be deleted.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git clean -n', 'git clean -xd --dry-run'],
      noMatch: ['git clean -f', 'git clean -nf'],
    },
  }),
  git({
    id: 'git/stash',
    when: {
      subcommand: ['stash'],
      test: (call) => !/^(drop|clear|list|show)$/.test(call.operands[0]?.value ?? ''),
    },
    target: 'none',
    why: 'It puts changes aside or brings them back.',
    recovery: '`git stash pop` brings them back.',
    examples: { match: ['git stash', 'git stash pop'], noMatch: ['git stash drop'] },
  }),
  git({
    id: 'git/fetch',
    when: {
      subcommand: ['fetch', 'pull', 'clone', 'submodule', 'lfs', 'remote'],
      test: (call) =>
        (call.subcommand[0] !== 'remote' || call.operands[0]?.value === 'update') &&
        (call.subcommand[0] !== 'lfs' ||
          !/^(ls-files|status|env|version|logs|migrate)$/.test(call.operands[0]?.value ?? '')) &&
        !isPreview(call) &&
        !isListing(call) &&
        !(call.subcommand[0] === 'fetch' && fetchesKnown(call)),
    },
    verb: 'create',
    category: 'config-change',
    severity: 'minor',
    target: 'none',
    why: 'It brings commits from elsewhere.',
    recovery:
      'A fetch changes no branch of yours; `git reflog` shows where a branch was before a pull.',
    examples: {
      match: ['git fetch origin a:b', 'git pull'],
      noMatch: ['git push', 'git submodule status', 'git fetch origin'],
    },
  }),
  git({
    id: 'git/fetch-over',
    when: { subcommand: ['fetch', 'pull'], test: fetchesOver },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It sets branches or tags of this repository to what the remote has, even where commits here are nowhere else.',
    alternative: 'Fetch into `refs/remotes/…` and merge from there.',
    examples: {
      match: [
        'git fetch origin +main:main',
        'git fetch -f origin main:main',
        'git fetch --prune --prune-tags',
      ],
      noMatch: [
        'git fetch',
        'git fetch --prune',
        'git fetch origin +refs/heads/*:refs/remotes/origin/*',
      ],
    },
  }),
  git({
    id: 'git/move-over',
    when: {
      subcommand: ['mv'],
      any: ['-f', '--force'],
      test: (call) => !isPreview(call),
    },
    verb: 'overwrite',
    severity: 'serious',
    reversible: 'no',
    target: 'last',
    why: 'It moves a file over {target} even where that holds changes that are not committed.',
    recovery: 'Only what was committed comes back.',
    alternative: 'Without --force git refuses where a file stands.',
    examples: { match: ['git mv -f a b'], noMatch: ['git mv a b', 'git mv -n -f a b'] },
  }),
  git({
    id: 'git/repack',
    when: { subcommand: ['repack', 'prune-packed', 'multi-pack-index', 'pack-refs'] },
    verb: 'delete',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'effort',
    target: 'none',
    why: 'It packs the repository anew; commits that no branch holds may go with it.',
    examples: { match: ['git repack -a -d'], noMatch: ['git gc', 'git count-objects'] },
  }),
  git({
    id: 'git/export',
    when: {
      subcommand: words('archive bundle format-patch difftool mergetool fast-export'),
      none: ['--exec', '--remote'],
    },
    target: (call, context) => {
      const [action, file] = call.operands;
      const isBundle = call.subcommand[0] === 'bundle' && action?.value === 'create';
      const out =
        call.valueOf('-o', '--output', '--output-directory') ?? (isBundle ? file : undefined);
      return out ? [pathTarget(out, call, context)] : [];
    },
    why: 'It writes files from the repository, or opens a tool on them.',
    recovery: 'Delete the files.',
    examples: { match: ['git format-patch -1', 'git archive -o a.tar HEAD'], noMatch: ['git log'] },
  }),
  git({
    id: 'git/worktree-remove-clean',
    when: {
      subcommand: ['worktree'],
      none: ['-f', '--force'],
      test: (call) => call.operands[0]?.value === 'remove',
    },
    verb: 'delete',
    severity: 'moderate',
    why: 'It deletes a work tree; git refuses where it holds changes.',
    recovery: '`git worktree add` makes it again.',
    examples: {
      match: ['git worktree remove ../x'],
      noMatch: ['git worktree remove --force ../x'],
    },
  }),
  git({
    id: 'git/send-elsewhere',
    when: {
      subcommand: words('send-email svn p4 request-pull daemon instaweb http-push send-pack'),
    },
    verb: 'send',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: 'none',
    why: 'It sends commits to others.',
    recovery: 'What was sent cannot be taken back.',
    examples: { match: ['git send-email x.patch'], noMatch: ['git log'] },
  }),
];

/** Refs that a fetch sets by force are branches or tags of this repository, not its copies of the remote's. */
function fetchesOver(call: Call): boolean {
  if (call.has('--dry-run')) return false;
  if (call.has('--prune-tags')) return true;
  const refs = call.operands.slice(1).map((word) => word.value ?? word.text);
  const isForced = call.has('-f', '--force');
  return refs.some((ref) => {
    const [from = '', to = ''] = ref.split(':');
    return to !== '' && !/^refs\/remotes\//.test(to) && (isForced || from.startsWith('+'));
  });
}
