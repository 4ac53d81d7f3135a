// git rules on settings, on code that git would run, and on changes that git itself can take back.

import { GIT_COMMANDS } from '../../shell/unwrap/gitOptions.ts';
import { pathTarget } from '../targets.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import {
  CODE_KEYS,
  configKey,
  git,
  isCleanPreview,
  isConfigRead,
  isListing,
  isPlainRecord,
  isPreview,
} from './gitRule.ts';

/** Rules on changes that can be taken back, and on settings. */
export const changeRules: readonly Rule[] = [
  git({
    id: 'git/config-code',
    when: {
      subcommand: ['config'],
      test: (call) =>
        !isConfigRead(call) &&
        (configKey(call)?.value === undefined || CODE_KEYS.test(configKey(call)?.value ?? '')),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'serious',
    reach: 'machine',
    target: 'none',
    why: 'It sets a git option that runs a program or sends commits elsewhere from now on.',
    recovery: '`git config --unset` takes it back.',
    examples: {
      match: ['git config core.hooksPath /tmp/h', 'git config alias.x "!sh"'],
      noMatch: ['git config user.name A', 'git config core.hooksPath'],
    },
  }),
  git({
    id: 'git/config',
    when: { subcommand: ['config'], test: (call) => !isConfigRead(call) },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    target: 'none',
    why: "It changes git's settings.",
    recovery: '`git config --unset` takes it back.',
    examples: { match: ['git config user.name A'], noMatch: ['git config --get user.name'] },
  }),
  git({
    id: 'git/inline-config',
    when: {
      any: ['^-c', '^--config-env', '^--exec-path'],
      test: runsByConfig,
    },
    verb: 'execute-code',
    category: 'config-change',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    target: 'none',
    why: 'An option of this git call runs another program.',
    recovery: 'Depends on the program.',
    examples: {
      match: ['git -c core.pager=./x log', 'git -c alias.l=!sh l'],
      noMatch: ['git -c user.name=a log'],
    },
  }),
  git({
    id: 'git/remote-change',
    when: {
      subcommand: ['remote'],
      test: (call) =>
        /^(add|remove|rm|rename|set-url|set-head|set-branches|prune|update)$/.test(
          call.operands[0]?.value ?? '',
        ),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    target: 'none',
    why: 'It changes where this repository fetches from and pushes to.',
    recovery: 'Set the old address again.',
    examples: { match: ['git remote set-url origin x'], noMatch: ['git remote -v'] },
  }),
  git({
    id: 'git/record',
    when: { subcommand: ['add', 'stage', 'commit'], test: isPlainRecord },
    verb: 'create',
    category: 'config-change',
    severity: 'none',
    target: 'none',
    reach: 'nothing',
    why: 'It adds to the history of this repository; nothing is replaced or lost.',
    recovery: '`git reset --soft HEAD~1` takes the commit back.',
    examples: {
      match: ['git add a', 'git commit -m x', 'git commit -am x'],
      noMatch: ['git commit --amend', 'git -c core.editor=x commit -m y', 'git log'],
    },
  }),
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
    id: 'git/schedule',
    when: {
      subcommand: ['maintenance'],
      test: (call) => /^(start|register)$/.test(call.operands[0]?.value ?? ''),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    reach: 'machine',
    target: 'none',
    why: 'It makes the machine start git by itself from now on.',
    recovery:
      '`git maintenance stop` ends it; `git maintenance unregister` forgets the repository.',
    examples: { match: ['git maintenance start'], noMatch: ['git maintenance run'] },
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
        return !isPlainRecord(call) && !isListing(call) && !isPreview(call);
      },
    },
    target: 'none',
    why: 'It changes the repository in a way that git can take back.',
    examples: {
      match: ['git commit --amend', 'git switch -c y', 'git merge x'],
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
        !isListing(call),
    },
    verb: 'create',
    category: 'config-change',
    severity: 'minor',
    target: 'none',
    why: 'It brings commits from elsewhere.',
    recovery:
      'A fetch changes no branch of yours; `git reflog` shows where a branch was before a pull.',
    examples: {
      match: ['git fetch origin', 'git pull'],
      noMatch: ['git push', 'git submodule status'],
    },
  }),
  git({
    id: 'git/remote-code',
    when: {
      subcommand: words('clone fetch pull push ls-remote archive submodule remote'),
      test: (call) =>
        call.has('--upload-pack', '--receive-pack', '--exec') ||
        (call.subcommand[0] === 'clone' && call.has('-u', '-c', '--config', '--template')) ||
        call.operands.some((word) => /^ext::|^-/.test(word.value ?? '')),
    },
    verb: 'execute-code',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    target: 'none',
    why: 'It lets git start a program that the call names.',
    recovery: 'Depends on the program.',
    examples: {
      match: ['git clone -u ./x y', 'git fetch ext::sh', 'git ls-remote --upload-pack=./x y'],
      noMatch: ['git clone https://example.org/x'],
    },
  }),
  git({
    id: 'git/credential',
    when: {
      subcommand: ['credential', 'credential-store', 'credential-cache', 'credential-manager'],
    },
    verb: 'read',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    why: 'It prints or changes the passwords that git keeps.',
    recovery: 'Renew the password.',
    examples: { match: ['git credential fill'], noMatch: ['git config credential.helper'] },
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

/** An inline setting that runs something. git ignores an alias that has the name of one of its own commands. */
function runsByConfig(call: Call): boolean {
  return call.options.some(({ name, value }) => {
    if (name === '^--exec-path') return value !== undefined;
    if (name === '^--config-env')
      return CODE_KEYS.test((value?.value ?? 'alias.x').split('=')[0] ?? '');
    if (name !== '^-c') return false;
    const key = (value?.value ?? 'alias.x').split('=')[0] ?? '';
    const isShadowed = key.startsWith('alias.') && GIT_COMMANDS.has(key.slice(6));
    return CODE_KEYS.test(key) && !isShadowed;
  });
}
