// git rules on work that was never committed: once it is gone, git cannot bring it back.
import { pretends } from '../pretending.ts';
import type { Rule } from '../types.ts';
import { current, git, isCleanPreview, isPreview, LOST, paths, type Spec } from './gitRule.ts';

/** An operand with a file's ending is taken for a file: `git checkout app.ts` replaces it without a word. */
const FILE_NAME = /(^|\/)[\w@+-][\w@+.-]*\.[a-zA-Z][a-zA-Z0-9]{0,5}$/;

/** What is lost for good when it applies. */
const discard = (spec: Spec): Rule =>
  git({ verb: 'delete', severity: 'serious', reversible: 'no', recovery: LOST, ...spec });

/** Rules on uncommitted work. */
export const discardRules: readonly Rule[] = [
  discard({
    id: 'git/reset-hard',
    when: { subcommand: ['reset'], any: ['--hard', '--merge', '--keep'] },
    target: current,
    why: 'It throws away every change that is not committed.',
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
  discard({
    id: 'git/clean',
    when: { subcommand: ['clean'], test: (call) => !isCleanPreview(call) },
    target: current,
    why: 'It deletes files that git does not track; git cannot bring them back.',
    alternative: '`git clean -n` lists them first.',
    examples: { match: ['git clean -fd', 'git clean -xdf'], noMatch: ['git clean -n'] },
  }),
  discard({
    id: 'git/checkout-discard',
    when: {
      subcommand: ['checkout'],
      test: (call) =>
        call.has('-f', '--force', '--ours', '--theirs', '--pathspec-from-file', '-p', '--patch') ||
        FILE_NAME.test(call.operands[0]?.value ?? '') ||
        call.invocation.argv.some(
          (word) => word.value === '--' || word.value === '.' || word.isGlob,
        ) ||
        (call.operands.length > 1 && !call.has('-b', '-B', '-t', '--track', '--orphan')),
    },
    target: current,
    why: 'It replaces files of the work tree; their changes are lost.',
    alternative: '`git stash` keeps them.',
    examples: {
      match: ['git checkout -- a.txt', 'git checkout .', 'git checkout -f'],
      noMatch: ['git checkout main', 'git checkout -b x', 'git checkout v1.2.0'],
    },
  }),
  discard({
    id: 'git/restore',
    when: {
      subcommand: ['restore'],
      test: (call) =>
        ((call.operands.length > 0 ||
          call.has('--pathspec-from-file', '-p', '--patch') ||
          call.mayHaveHiddenOptions) &&
          !call.has('-S', '--staged')) ||
        call.has('-W', '--worktree'),
    },
    target: paths,
    why: 'It replaces {target}; changes that are not committed are lost.',
    alternative: '`git stash` keeps them.',
    examples: {
      match: ['git restore a.txt', 'git restore --pathspec-from-file=list'],
      noMatch: ['git restore --staged a.txt', 'git restore'],
    },
  }),
  git({
    id: 'git/unstage',
    when: { subcommand: ['restore'], all: ['--staged'], none: ['--worktree', '-W'] },
    target: paths,
    why: 'It takes {target} out of the next commit.',
    recovery: '`git add` puts it back.',
    examples: { match: ['git restore --staged a'], noMatch: ['git restore a'] },
  }),
  discard({
    id: 'git/switch-discard',
    when: {
      subcommand: ['switch'],
      any: ['-f', '--force', '--discard-changes', '-C', '--force-create'],
    },
    target: current,
    why: 'It throws away changes or resets a branch.',
    alternative: '`git stash` keeps the changes.',
    examples: {
      match: ['git switch --discard-changes x', 'git switch --force-create x main'],
      noMatch: ['git switch x'],
    },
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
    alternative: '`git stash show -p` prints what is in it.',
    examples: { match: ['git stash drop', 'git stash clear'], noMatch: ['git stash list'] },
  }),
  git({
    id: 'git/branch-delete',
    when: {
      subcommand: ['branch', 'checkout'],
      test: (call) =>
        call.subcommand[0] === 'checkout'
          ? call.has('-B')
          : call.has('-D', '-M', '-C', '-f', '--force'),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It deletes or moves a branch even where its commits are nowhere else.',
    alternative: '`git branch -d` refuses where commits would be lost.',
    examples: {
      match: ['git branch -D x', 'git branch --del --forc x', 'git checkout -B main origin/main'],
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
    recovery:
      'Set it again at its commit; `git fetch --tags` brings it back where a remote has it.',
    examples: { match: ['git tag -d v1'], noMatch: ['git tag v1'] },
  }),
  discard({
    id: 'git/worktree-remove',
    when: {
      subcommand: ['worktree'],
      any: ['-f', '--force'],
      test: (call) => call.operands[0]?.value === 'remove',
    },
    target: 'none',
    why: 'It deletes a work tree with what is not committed in it.',
    alternative: 'Without --force git refuses where there are changes.',
    examples: { match: ['git worktree remove --force ../x'], noMatch: ['git worktree list'] },
  }),
  discard({
    id: 'git/rm-force',
    when: {
      subcommand: ['rm'],
      any: ['-f', '--force'],
      none: ['--cached'],
      test: (call) => !isPreview(call),
    },
    target: paths,
    why: 'It deletes {target} even where it holds changes that are not committed.',
    alternative: 'Without --force git keeps files that have changes.',
    examples: { match: ['git rm -rf src'], noMatch: ['git rm src', 'git rm -f --cached a'] },
  }),
  discard({
    id: 'git/index-discard',
    when: {
      subcommand: ['read-tree', 'checkout-index'],
      any: ['-u', '--reset', '-f', '--force'],
      test: (call) => !isPreview(call) && !pretends(call, '-n', '--dry-run'),
    },
    target: current,
    why: 'It replaces files of the work tree; their changes are lost.',
    examples: {
      match: ['git checkout-index -f -a', 'git read-tree -u --reset HEAD'],
      noMatch: ['git read-tree HEAD'],
    },
  }),
  git({
    id: 'git/store-prune',
    when: {
      subcommand: ['lfs', 'annex', 'notes'],
      test: (call) => {
        const action = call.operands[0]?.value ?? '';
        if (isPreview(call)) return false;
        if (call.subcommand[0] === 'notes') return /^(remove|prune)$/.test(action);
        if (call.subcommand[0] === 'lfs')
          return (action === 'prune' || action === 'unlock') && call.has('-f', '--force');
        return /^(drop|dropunused|uninit|dead|undo|dropkey)$/.test(action);
      },
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'effort',
    target: current,
    why: 'It deletes contents or notes that git itself does not hold.',
    recovery: 'Fetch them again from a remote that has them; notes are in their own reflog.',
    examples: {
      match: ['git annex drop --force big.bin', 'git lfs prune --force', 'git notes remove HEAD'],
      noMatch: ['git lfs prune --dry-run', 'git notes list', 'git annex whereis big.bin'],
    },
  }),
  discard({
    id: 'git/submodule-force',
    when: {
      subcommand: ['submodule'],
      any: ['-f', '--force'],
      test: (call) => call.operands[0]?.value === 'update',
    },
    target: 'none',
    why: 'It throws away changes in submodules.',
    examples: { match: ['git submodule update --force'], noMatch: ['git submodule update'] },
  }),
  git({
    id: 'git/rm',
    when: { subcommand: ['rm'], none: ['--cached'], test: (call) => !isPreview(call) },
    verb: 'delete',
    severity: 'moderate',
    reversible: 'effort',
    target: paths,
    why: 'It deletes {target} from the work tree and the next commit.',
    recovery: '`git restore --staged --worktree` brings it back.',
    examples: { match: ['git rm a'], noMatch: ['git rm --cached a'] },
  }),
  git({
    id: 'git/untrack',
    when: { subcommand: ['rm'], all: ['--cached'], test: (call) => !isPreview(call) },
    target: 'none',
    why: 'It takes files out of the next commit and leaves the files themselves alone.',
    recovery: '`git restore --staged` takes it back.',
    examples: { match: ['git rm --cached a', 'git rm -r --cached .'], noMatch: ['git rm a'] },
  }),
  git({
    id: 'git/submodule-deinit',
    when: { subcommand: ['submodule'], test: (call) => call.operands[0]?.value === 'deinit' },
    verb: 'delete',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It removes the work tree of submodules with their changes.',
    recovery:
      '`git submodule update --init` makes the work trees again, without what was not committed.',
    examples: { match: ['git submodule deinit -f x'], noMatch: ['git submodule status'] },
  }),
];
