// git: how its words are read, and what only reads. The rest stands in gitHistory, gitDiscards and gitChanges.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { changeRules } from './gitChanges.ts';
import { discardRules } from './gitDiscards.ts';
import { historyRules } from './gitHistory.ts';
import { recordRules } from './gitRecords.ts';
import { git, hasHarmlessSettings, isListing, isPreview } from './gitRule.ts';
import { settingRules } from './gitSettings.ts';

/** Options with which a reading call writes a file or runs a program. */
const UNSAFE_READ = words(`
  --output --ext-diff --textconv --filters --open-files-in-pager --upload-pack --exec
  --lost-found --in-place --to-stdout=x ^--config-env ^--exec-path
`);

const filesOnLine = (call: Call, context: EffectContext): readonly Target[] =>
  [...call.operands, call.valueOf('--contents')].flatMap((word) =>
    word ? [pathTarget(word, call, context)] : [],
  );

/** Every word stands there as it is; nothing that was looked up goes out in it. */
const isWritten = (call: Call) => call.invocation.argv.every(({ value }) => value !== undefined);

/** An address on the line itself: whoever stands there learns what the line says. */
const namesAddress = (call: Call) =>
  call.operands.some((word) => word.value === undefined || /[:/]/.test(word.value));

const reads: readonly Rule[] = [
  git({
    id: 'git/read',
    when: {
      subcommand: words(`
  log status diff show blame annotate shortlog describe rev-parse rev-list
  ls-files ls-tree ls-remote cat-file grep merge-base name-rev for-each-ref
  show-ref show-branch whatchanged diff-tree diff-index diff-files check-ignore
  check-attr count-objects cherry range-diff var version help fsck verify-commit
  verify-tag merge-tree patch-id column stripspace interpret-trailers
`),
      none: UNSAFE_READ,
      test: (call) =>
        hasHarmlessSettings(call) &&
        (call.subcommand[0] !== 'grep' || !call.has('-O')) &&
        (call.subcommand[0] !== 'help' || !call.has('-w', '--web', '-i', '--info')) &&
        (call.subcommand[0] !== 'ls-remote' || !namesAddress(call)),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    // Beyond the repository these read any file that the line names.
    target: (call, context) =>
      call.has('--no-index', '--contents') ? filesOnLine(call, context) : [],
    why: 'It only reads the repository.',
    recovery: 'Nothing to undo.',
    examples: {
      match: [
        'git log -p',
        'git status',
        'git --no-pager diff',
        'git -C sub log -c',
        'git -c color.ui=false log',
        'git ls-remote origin',
      ],
      noMatch: [
        'git ls-remote https://example.org/x',
        'git -c core.pager=x log',
        'git log --output=x',
        'git diff --ext-diff',
        'git push',
      ],
    },
  }),
  git({
    id: 'git/read-closed',
    when: {
      subcommand: words(
        'rev-parse ls-files ls-tree merge-base name-rev for-each-ref show-ref count-objects describe cherry check-ignore verify-commit verify-tag merge-tree',
      ),
      test: (call) =>
        call.mayHaveHiddenOptions &&
        hasHarmlessSettings(call) &&
        !call.options.some(({ name }) => name.startsWith('^--')),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only reads the repository; this command of git has no option that writes.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git rev-parse $REF', 'git ls-tree main:$D'],
      noMatch: ['git log $REF', 'git ls-tree "main:$D"', 'git -c core.fsmonitor=x ls-files $X'],
    },
  }),
  git({
    id: 'git/ask-remote',
    when: {
      subcommand: ['ls-remote'],
      test: (call) => namesAddress(call) && !isWritten(call),
    },
    verb: 'send',
    category: 'read-only',
    severity: 'minor',
    reach: 'shared',
    why: 'It asks a server that the line names; the address is sent there.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git ls-remote "https://example.org/$X"'],
      noMatch: ['git ls-remote', 'git ls-remote --heads origin'],
    },
  }),
  git({
    id: 'git/ask-address',
    when: {
      subcommand: ['ls-remote'],
      test: (call) => namesAddress(call) && isWritten(call),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'minor',
    why: 'It asks the server that the line names which branches it has, as a clone of it would.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git ls-remote https://example.org/x'],
      noMatch: ['git ls-remote origin', 'git ls-remote "https://example.org/$X"'],
    },
  }),
  git({
    id: 'git/read-list',
    when: {
      subcommand: words(
        'branch tag remote stash worktree config reflog submodule notes bundle symbolic-ref bisect rerere replace sparse-checkout',
      ),
      none: ['^--config-env', '^--exec-path'],
      test: (call) => isListing(call) && hasHarmlessSettings(call),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only lists.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git branch -a', 'git remote -v', 'git stash list', 'git config --get user.name'],
      noMatch: ['git branch x', 'git stash drop', 'git reflog drop', 'git sparse-checkout set a'],
    },
  }),
  git({
    id: 'git/read-elsewhere',
    when: {
      subcommand: ['lfs', 'apply'],
      none: ['^--config-env', '^--exec-path', '--index', '--cached', '--apply', '-3', '--3way'],
      test: (call) =>
        hasHarmlessSettings(call) &&
        (call.subcommand[0] === 'lfs'
          ? /^(ls-files|status|env|version|logs)$/.test(call.operands[0]?.value ?? '')
          : call.has('--check', '--stat', '--numstat', '--summary')),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only reads the repository.',
    recovery: 'Nothing to undo.',
    examples: {
      match: ['git lfs ls-files', 'git apply --check p.diff', 'git apply --stat p.diff'],
      noMatch: ['git lfs pull', 'git apply p.diff', 'git apply --check --apply p.diff'],
    },
  }),
  git({
    id: 'git/preview',
    when: {
      subcommand: words('add rm mv commit prune reflog worktree read-tree lfs'),
      test: isPreview,
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It only shows what it would do.',
    recovery: 'Nothing to undo.',
    examples: {
      match: [
        'git rm -rn src',
        'git commit --dry-run',
        'git prune -n',
        'git reflog expire -n --all',
      ],
      noMatch: ['git rm -r src', 'git commit -n -m x', 'git push --dry-run', 'git rm -n $X'],
    },
  }),
  git({
    id: 'git/version',
    when: {
      any: ['^--version', '^--help', '^-h', '^--exec-path'],
      none: ['^-c', '^--config-env'],
      test: (call) => call.subcommand.length === 0,
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reach: 'nothing',
    why: 'It prints help.',
    recovery: 'Nothing to undo.',
    examples: { match: ['git -h', 'git --exec-path'], noMatch: ['git log'] },
  }),
];

export const gitFamily: Family = {
  name: 'git',
  about: 'Repositories: lost work, rewritten history, settings that run code, and reading.',
  syntax: [
    {
      programs: ['git'],
      subcommandDepth: 1,
      globalValueOptions: words(
        '-C -c --git-dir --work-tree --namespace --config-env --super-prefix --attr-source',
      ),
      acceptsNegation: true,
      freeOptions: words(
        '--author --committer --grep --since --until --after --before --format --pretty --date --max-count --skip',
      ),
      flags: words(`
  --force --force-with-lease --force-if-includes --delete --hard --mirror --amend
  --staged --worktree --dry-run --all --cached --patch --prune
`),
      subcommandValueOptions: {
        commit: words('-m --message -F --file --author --date --fixup --squash'),
        push: ['-o', '--push-option', '--repo', '--receive-pack', '--exec'],
        log: words('-n --max-count -S -G -L --since --until --author --grep --skip'),
        diff: ['-S', '-G'],
        blame: ['-L', '--contents', '-S', '--since'],
        checkout: ['-b', '-B', '--orphan', '--conflict', '--pathspec-from-file'],
        switch: ['-c', '-C', '--create', '--force-create'],
        stash: ['-m', '--message'],
        merge: ['-m', '-s', '-X'],
        tag: words('-m -F -u --message --file --local-user --sort --cleanup --trailer'),
        branch: ['--sort'],
        config: words('-f --file --blob --type --default --comment --url --value'),
        rebase: ['-x', '--exec', '--onto', '-s', '-X'],
        clone: words('-b --branch --depth -o -u --config -c --reference'),
        restore: ['-s', '--source'],
        clean: ['-e', '--exclude'],
        grep: ['-e', '-f', '-A', '-B', '-C', '-m'],
        archive: ['-o', '--output', '--prefix', '--format'],
        'format-patch': ['-o', '--output-directory'],
        bundle: ['--version'],
      },
    },
  ],
  rules: [
    ...historyRules,
    ...discardRules,
    ...settingRules,
    ...recordRules,
    ...changeRules,
    ...reads,
  ],
};
