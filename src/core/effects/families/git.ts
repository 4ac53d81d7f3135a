// git: what loses work, what rewrites history that others have, what runs code, and what only reads.

import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, Rule, Target } from '../types.ts';

const REFLOG = '`git reflog` still knows the commits for some weeks.';
const LOST = 'Changes that were never committed cannot be brought back.';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most git rules share. */
function git(spec: Spec): Rule {
  return {
    programs: ['git'],
    verb: 'modify',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'yes',
    reach: 'workspace',
    target: 'none',
    recovery: REFLOG,
    ...spec,
  };
}

/** Remote and branches of a push; a refspec `+a:b` and `:b` name the branch after the colon. */
function pushTargets(call: Call): readonly Target[] {
  const [remote, ...refs] = call.operands;
  const name = remote?.value ?? 'origin';
  if (refs.length === 0) {
    return [
      { kind: 'branch', name: `${name} (current branch)`, detail: { remote: name, branch: '' } },
    ];
  }
  return refs.map((word) => {
    const text = (word.value ?? word.text).replace(/^\+/, '');
    const branch = (text.split(':').at(-1) ?? text).replace(/^refs\/heads\//, '');
    return { kind: 'branch', name: `${name}/${branch}`, detail: { remote: name, branch } };
  });
}

const isForcedRef = (call: Call) =>
  call.operands
    .slice(1)
    .some((word) => word.parts[0]?.kind === 'literal' && word.parts[0].value.startsWith('+'));
const isDeletedRef = (call: Call) =>
  call.operands.slice(1).some((word) => (word.value ?? '').startsWith(':'));
const paths = (call: Call, context: EffectContext): readonly Target[] =>
  call.operands.map((word) => pathTarget(word, call, context));
const current: Rule['target'] = { kind: 'repository', name: 'the work tree' };

/** Options before the subcommand that only say where or how to print. */
const HARMLESS = [
  '--no-pager',
  '-C',
  '--git-dir',
  '--work-tree',
  '--no-optional-locks',
  '--literal-pathspecs',
];
const UNSAFE_READ = [
  '--output',
  '--ext-diff',
  '--textconv',
  '-c',
  '--config-env',
  '--exec-path',
  '-O',
  '--open-files-in-pager',
  '-p',
  '--paginate',
];

const history: Rule[] = [
  git({
    id: 'git/push-force',
    when: {
      subcommand: ['push'],
      test: (call) => call.has('-f', '--force', '--mirror') || isForcedRef(call),
    },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'effort',
    reach: 'shared',
    target: pushTargets,
    why: 'It replaces the history of {target} for everyone; commits that others pushed can be lost.',
    recovery:
      "Push the old commit back: `git reflog show origin/BRANCH` or a teammate's clone has it.",
    alternative: '`git push --force-with-lease` refuses when somebody else has pushed.',
    examples: {
      match: [
        'git push --force origin main',
        'git push -uf origin x',
        'git push origin +main',
        'git push --mirr',
      ],
      noMatch: ['git push origin main', 'git push --force-with-lease origin x'],
    },
  }),
  git({
    id: 'git/push-delete',
    when: {
      subcommand: ['push'],
      test: (call) => call.has('-d', '--delete', '--prune') || isDeletedRef(call),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'effort',
    reach: 'shared',
    target: pushTargets,
    why: 'It deletes {target} on the remote for everyone.',
    recovery: 'Push the branch again from a clone that has it.',
    examples: {
      match: ['git push origin --delete x', 'git push origin :x'],
      noMatch: ['git push origin x'],
    },
  }),
  git({
    id: 'git/push-lease',
    when: { subcommand: ['push'], any: ['--force-with-lease', '--force-if-includes'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    reach: 'shared',
    target: pushTargets,
    why: 'It replaces the history of {target}, unless somebody else has pushed since the last fetch.',
    examples: { match: ['git push --force-with-lease origin x'], noMatch: ['git push origin x'] },
  }),
  git({
    id: 'git/push',
    when: { subcommand: ['push'] },
    verb: 'send',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'shared',
    target: pushTargets,
    why: 'It publishes commits to {target}, where others see them.',
    recovery: 'Revert with a new commit.',
    alternative: '`git push --dry-run` shows what would go.',
    examples: { match: ['git push', 'git push origin x'], noMatch: ['git pull'] },
  }),
  git({
    id: 'git/rebase',
    when: { subcommand: ['rebase'], none: ['--abort', '--show-current-patch'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'moderate',
    reversible: 'effort',
    target: { kind: 'branch', name: 'the current branch' },
    why: 'It rewrites the commits of the current branch; others who have them must be told.',
    examples: { match: ['git rebase main'], noMatch: ['git rebase --abort', 'git merge main'] },
  }),
  git({
    id: 'git/amend',
    when: { subcommand: ['commit'], any: ['--amend'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'minor',
    reversible: 'yes',
    target: { kind: 'branch', name: 'the last commit' },
    why: 'It replaces the last commit.',
    examples: { match: ['git commit --amend --no-edit'], noMatch: ['git commit -m x'] },
  }),
  git({
    id: 'git/filter-history',
    when: { subcommand: ['filter-branch', 'filter-repo', 'fast-import', 'replace'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'effort',
    target: current,
    why: 'It rewrites the whole history of the repository.',
    examples: { match: ['git filter-repo --path a'], noMatch: ['git log'] },
  }),
  git({
    id: 'git/reflog-expire',
    when: {
      subcommand: ['reflog'],
      test: (call) => /^(expire|delete)$/.test(call.operands[0]?.value ?? ''),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'no',
    target: current,
    why: 'It throws away the record that could bring lost commits back.',
    recovery: LOST,
    examples: { match: ['git reflog expire --expire=now --all'], noMatch: ['git reflog'] },
  }),
  git({
    id: 'git/prune',
    when: {
      subcommand: ['gc', 'prune'],
      test: (call) => call.subcommand[0] === 'prune' || call.has('--prune'),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It deletes commits and files that no branch holds, for good.',
    recovery: LOST,
    examples: { match: ['git gc --prune=now'], noMatch: ['git gc'] },
  }),
  git({
    id: 'git/update-ref',
    when: { subcommand: ['update-ref', 'symbolic-ref'], operands: { min: 1 } },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It moves or deletes a branch directly.',
    examples: { match: ['git update-ref -d refs/heads/x'], noMatch: ['git show-ref'] },
  }),
];

const discards: Rule[] = [
  git({
    id: 'git/reset-hard',
    when: { subcommand: ['reset'], any: ['--hard', '--merge', '--keep'] },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It throws away every change that is not committed.',
    recovery: LOST,
    alternative: '`git stash` keeps them.',
    examples: {
      match: ['git reset --hard', 'git reset --har HEAD~1'],
      noMatch: ['git reset HEAD a'],
    },
  }),
  git({
    id: 'git/reset',
    when: { subcommand: ['reset'], none: ['--hard', '--merge', '--keep'] },
    severity: 'minor',
    target: current,
    why: 'It moves the branch or unstages files; the files stay as they are.',
    examples: { match: ['git reset HEAD a'], noMatch: ['git reset --hard'] },
  }),
  git({
    id: 'git/clean',
    when: { subcommand: ['clean'], test: (call) => !call.has('-n', '--dry-run') },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It deletes files that git does not track; git cannot bring them back.',
    recovery: LOST,
    alternative: '`git clean -n` lists them first.',
    examples: { match: ['git clean -fd', 'git clean -xdf'], noMatch: ['git clean -n'] },
  }),
  git({
    id: 'git/checkout-discard',
    when: {
      subcommand: ['checkout'],
      test: (call) =>
        call.has('-f', '--force', '--ours', '--theirs') ||
        call.invocation.argv.some(
          (word) => word.value === '--' || word.value === '.' || word.isGlob,
        ) ||
        (call.operands.length > 1 && !call.has('-b', '-B', '-t')),
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It replaces files of the work tree; their changes are lost.',
    recovery: LOST,
    alternative: '`git stash` keeps them.',
    examples: {
      match: ['git checkout -- a.txt', 'git checkout .', 'git checkout -f'],
      noMatch: ['git checkout main', 'git checkout -b x'],
    },
  }),
  git({
    id: 'git/restore',
    when: {
      subcommand: ['restore'],
      test: (call) => !call.has('-S', '--staged') || call.has('-W', '--worktree'),
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: paths,
    why: 'It replaces {target}; changes that are not committed are lost.',
    recovery: LOST,
    alternative: '`git stash` keeps them.',
    examples: { match: ['git restore a.txt'], noMatch: ['git restore --staged a.txt'] },
  }),
  git({
    id: 'git/unstage',
    when: { subcommand: ['restore'], all: ['--staged'], none: ['--worktree', '-W'] },
    target: paths,
    why: 'It takes {target} out of the next commit.',
    examples: { match: ['git restore --staged a'], noMatch: ['git restore a'] },
  }),
  git({
    id: 'git/switch-discard',
    when: { subcommand: ['switch'], any: ['-f', '--force', '--discard-changes', '-C'] },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It throws away changes or resets a branch.',
    recovery: LOST,
    examples: { match: ['git switch --discard-changes x'], noMatch: ['git switch x'] },
  }),
  git({
    id: 'git/stash-drop',
    when: {
      subcommand: ['stash'],
      test: (call) => /^(drop|clear)$/.test(call.operands[0]?.value ?? ''),
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It deletes stashed changes.',
    recovery: '`git fsck --unreachable` may still find them.',
    examples: { match: ['git stash drop', 'git stash clear'], noMatch: ['git stash list'] },
  }),
  git({
    id: 'git/branch-delete',
    when: { subcommand: ['branch'], test: (call) => call.has('-D', '-M', '-f', '--force') },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It deletes or moves a branch even where its commits are nowhere else.',
    examples: {
      match: ['git branch -D x', 'git branch --del --forc x'],
      noMatch: ['git branch -d x', 'git branch'],
    },
  }),
  git({
    id: 'git/branch-remove-merged',
    when: { subcommand: ['branch'], any: ['-d', '--delete'] },
    verb: 'delete',
    category: 'config-change',
    severity: 'moderate',
    target: 'none',
    why: 'It deletes a branch that is merged.',
    examples: { match: ['git branch -d x'], noMatch: ['git branch'] },
  }),
  git({
    id: 'git/tag-delete',
    when: { subcommand: ['tag'], any: ['-d', '--delete', '-f', '--force'] },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'moderate',
    reversible: 'effort',
    target: 'none',
    why: 'It deletes or moves a tag.',
    examples: { match: ['git tag -d v1'], noMatch: ['git tag v1'] },
  }),
  git({
    id: 'git/worktree-remove',
    when: {
      subcommand: ['worktree'],
      test: (call) => /^(remove|prune)$/.test(call.operands[0]?.value ?? ''),
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    target: 'none',
    why: 'It deletes a work tree with what is not committed in it.',
    recovery: LOST,
    examples: { match: ['git worktree remove --force ../x'], noMatch: ['git worktree list'] },
  }),
  git({
    id: 'git/rm',
    when: { subcommand: ['rm'], none: ['--cached', '-n', '--dry-run'] },
    verb: 'delete',
    severity: 'moderate',
    reversible: 'effort',
    target: paths,
    why: 'It deletes {target} from the work tree and the next commit.',
    recovery: '`git restore --staged --worktree` brings it back.',
    examples: { match: ['git rm a'], noMatch: ['git rm --cached a'] },
  }),
  git({
    id: 'git/submodule-deinit',
    when: { subcommand: ['submodule'], test: (call) => call.operands[0]?.value === 'deinit' },
    verb: 'delete',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It removes the work tree of submodules with their changes.',
    examples: { match: ['git submodule deinit -f x'], noMatch: ['git submodule status'] },
  }),
];

const CODE_KEYS =
  /^(alias\..+|core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass|gitproxy|attributesfile)|diff\..*(external|command|textconv)|merge\..*\.driver|filter\..+|credential\..*helper|gpg\..*program|sequence\.editor|pager\..+|difftool\..+|mergetool\..+|uploadpack\.packobjectshook|url\..+insteadof|include.*\.path|protocol\.ext\.allow|init\.templatedir|http\..*proxy|submodule\..+\.update|browser\..+|man\..+\.cmd|remote\..+\.(vcs|uploadpack|receivepack|pushurl|url))$/i;
const configKey = (call: Call) =>
  call.operands.find((word) => !/^(set|get|unset|list)$/.test(word.value ?? ''));
const isConfigRead = (call: Call) =>
  call.has('--get', '--get-all', '--get-regexp', '--list', '-l', '--get-urlmatch') ||
  /^(get|list)$/.test(call.operands[0]?.value ?? '') ||
  (call.operands.length === 1 &&
    !call.has('--unset', '--unset-all', '--remove-section', '--rename-section', '-e', '--edit') &&
    !call.mayHaveHiddenOptions);

const changes: Rule[] = [
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
      any: ['-c', '--config-env', '--exec-path'],
      test: (call) =>
        call.options.some((option) =>
          option.name !== '-c'
            ? option.name.startsWith('--config-env') ||
              (option.name === '--exec-path' && option.value !== undefined)
            : CODE_KEYS.test((option.value?.value ?? 'alias.x').split('=')[0] ?? ''),
        ) && !['commit', 'switch', 'checkout', 'branch'].includes(call.subcommand[0] ?? ''),
    },
    verb: 'execute-code',
    category: 'config-change',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    target: 'none',
    why: 'An option of this git call runs another program.',
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
    id: 'git/commit',
    when: {
      subcommand: [
        'add',
        'commit',
        'stage',
        'mv',
        'tag',
        'notes',
        'init',
        'cherry-pick',
        'revert',
        'merge',
        'am',
        'apply',
        'bisect',
        'branch',
        'checkout',
        'switch',
        'sparse-checkout',
        'update-index',
        'rerere',
        'gc',
        'worktree',
        'maintenance',
        'rm',
        'rebase',
        'read-tree',
        'write-tree',
        'commit-tree',
        'hash-object',
        'clean',
      ],
      test: (call) => call.subcommand[0] !== 'clean' || call.has('-n', '--dry-run'),
    },
    target: 'none',
    why: 'It changes the repository in a way that git can take back.',
    examples: { match: ['git add a', 'git commit -m x', 'git switch -c y'], noMatch: ['git log'] },
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
      test: (call) => call.subcommand[0] !== 'remote' || call.operands[0]?.value === 'update',
    },
    verb: 'create',
    category: 'config-change',
    severity: 'minor',
    target: 'none',
    why: 'It brings commits from elsewhere.',
    examples: { match: ['git fetch origin', 'git pull'], noMatch: ['git push'] },
  }),
  git({
    id: 'git/send-elsewhere',
    when: {
      subcommand: [
        'send-email',
        'svn',
        'p4',
        'request-pull',
        'daemon',
        'instaweb',
        'http-push',
        'send-pack',
      ],
    },
    verb: 'send',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: 'none',
    why: 'It sends commits to others.',
    examples: { match: ['git send-email x.patch'], noMatch: ['git log'] },
  }),
];

const reads: Rule[] = [
  git({
    id: 'git/read',
    when: {
      subcommand: [
        'log',
        'status',
        'diff',
        'show',
        'blame',
        'annotate',
        'shortlog',
        'describe',
        'rev-parse',
        'rev-list',
        'ls-files',
        'ls-tree',
        'ls-remote',
        'cat-file',
        'grep',
        'merge-base',
        'name-rev',
        'for-each-ref',
        'show-ref',
        'show-branch',
        'whatchanged',
        'diff-tree',
        'diff-index',
        'diff-files',
        'check-ignore',
        'check-attr',
        'count-objects',
        'cherry',
        'range-diff',
        'var',
        'version',
        'help',
        'fsck',
        'verify-commit',
        'verify-tag',
        'merge-tree',
        'patch-id',
        'column',
        'stripspace',
        'interpret-trailers',
      ],
      none: UNSAFE_READ.filter((name) => name !== '-p' && name !== '-O'),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only reads the repository.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git log -p', 'git status', `git ${HARMLESS[0]} diff`],
      noMatch: ['git log --output=x', 'git diff --ext-diff', 'git push'],
    },
  }),
  git({
    id: 'git/read-list',
    when: {
      subcommand: [
        'branch',
        'tag',
        'remote',
        'stash',
        'worktree',
        'config',
        'reflog',
        'submodule',
        'notes',
        'bundle',
      ],
      none: [
        '-d',
        '-D',
        '-m',
        '-M',
        '-c',
        '-C',
        '-f',
        '--delete',
        '--move',
        '--copy',
        '--force',
        '--edit-description',
        '-u',
        '--set-upstream-to',
        '--unset-upstream',
        '-e',
        '--edit',
        '--unset',
        '--unset-all',
        '--add',
        '--replace-all',
        '-s',
        '-a=x',
      ],
      test: isListing,
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only lists.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git branch -a', 'git remote -v', 'git stash list', 'git config --get user.name'],
      noMatch: ['git branch x', 'git stash drop'],
    },
  }),
  git({
    id: 'git/version',
    when: { any: ['--version', '--help', '-h'], test: (call) => call.subcommand.length === 0 },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It prints help.',
    recovery: 'Nothing to undo.',
    examples: { match: ['git --version'], noMatch: ['git log'] },
  }),
];

function isListing(call: Call): boolean {
  const first = call.operands[0]?.value;
  switch (call.subcommand[0]) {
    case 'branch':
      return (
        call.operands.length === 0 ||
        call.has(
          '-l',
          '--list',
          '--contains',
          '--merged',
          '--no-merged',
          '-r',
          '-a',
          '-v',
          '-vv',
          '--show-current',
          '--points-at',
        )
      );
    case 'tag':
      return (
        call.operands.length === 0 ||
        call.has('-l', '--list', '-n', '--contains', '--points-at', '--merged')
      );
    case 'config':
      return isConfigRead(call);
    case 'remote':
      return first === undefined || /^(show|get-url)$/.test(first);
    case 'stash':
      return /^(list|show)$/.test(first ?? '');
    case 'reflog':
      return first === undefined || !/^(expire|delete)$/.test(first);
    case 'bundle':
      return /^(verify|list-heads)$/.test(first ?? '');
    case 'submodule':
      return first === undefined || /^(status|summary)$/.test(first);
    default:
      return /^(list|show)$/.test(first ?? '');
  }
}

export const gitFamily: Family = {
  name: 'git',
  about: 'Repositories: lost work, rewritten history, settings that run code, and reading.',
  syntax: [
    {
      programs: ['git'],
      subcommandDepth: 1,
      valueOptions: ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--config-env'],
      flags: [
        '--force',
        '--force-with-lease',
        '--force-if-includes',
        '--delete',
        '--hard',
        '--mirror',
        '--amend',
        '--staged',
        '--worktree',
        '--dry-run',
      ],
      subcommandValueOptions: {
        commit: ['-m', '--message', '-F', '--file', '--author', '--date', '--fixup', '--squash'],
        push: ['-o', '--push-option', '--repo', '--receive-pack', '--exec'],
        log: [
          '-n',
          '--max-count',
          '-S',
          '-G',
          '-L',
          '--since',
          '--until',
          '--author',
          '--grep',
          '--skip',
        ],
        diff: ['-S', '-G'],
        checkout: ['-b', '-B'],
        switch: ['-c', '-C'],
        stash: ['-m', '--message'],
        merge: ['-m', '-s', '-X'],
        tag: ['-m', '-F', '-u'],
        rebase: ['-x', '--exec', '--onto', '-s', '-X'],
        clone: ['-b', '--branch', '--depth', '-o', '-u', '--config', '-c', '--reference'],
        restore: ['-s', '--source'],
        clean: ['-e', '--exclude'],
        grep: ['-e', '-f', '-A', '-B', '-C', '-m'],
      },
    },
  ],
  rules: [...history, ...discards, ...changes, ...reads],
};
