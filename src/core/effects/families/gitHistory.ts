// git rules on history: what others have, or what only a reflog still knows.
import type { Call, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { current, git, isPreview, isPushPreview } from './gitRule.ts';

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
/** An address in place of a remote's name: `https://…`, `git@host:path`, `host:path`. */
const ADDRESS = /^([\w+.-]+:\/\/|[\w.-]+@[\w.-]+:|[\w-]+(\.[\w-]+)+:)/;

/** Rules on history. */
export const historyRules: readonly Rule[] = [
  git({
    id: 'git/push-force',
    when: {
      subcommand: ['push'],
      test: (call) =>
        !isPushPreview(call) && (call.has('-f', '--force', '--mirror') || isForcedRef(call)),
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
      noMatch: [
        'git push origin main',
        'git push --force-with-lease origin x',
        'git push --force --dry-run',
      ],
    },
  }),
  git({
    id: 'git/push-delete',
    when: {
      subcommand: ['push'],
      test: (call) =>
        !isPushPreview(call) && (call.has('-d', '--delete', '--prune') || isDeletedRef(call)),
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
    when: {
      subcommand: ['push'],
      any: ['--force-with-lease', '--force-if-includes'],
      test: (call) => !isPushPreview(call),
    },
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
    id: 'git/push-preview',
    when: { subcommand: ['push'], test: isPushPreview },
    verb: 'execute-code',
    why: "It shows what would be published; the remote is asked, and the repository's hook runs.",
    recovery: 'Nothing was published.',
    examples: {
      match: ['git push --dry-run origin main', 'git push -n --force'],
      noMatch: ['git push', 'git push $X --dry-run'],
    },
  }),
  git({
    id: 'git/push',
    when: { subcommand: ['push'], test: (call) => !isPushPreview(call) },
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
    id: 'git/push-elsewhere',
    when: {
      subcommand: ['push'],
      test: (call) =>
        !isPushPreview(call) &&
        ADDRESS.test((call.valueOf('--repo') ?? call.operands[0])?.value ?? ''),
    },
    verb: 'send',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: pushTargets,
    why: 'It sends the commits to an address instead of a remote of this repository; whoever has that address gets the code.',
    recovery: 'What was sent cannot be called back; renew every secret that is in the history.',
    alternative: 'Push to a remote that `git remote -v` lists.',
    examples: {
      match: ['git push https://example.org/a.git main', 'git push git@example.org:a/b.git --all'],
      noMatch: ['git push origin main', 'git push -n https://example.org/a.git'],
    },
  }),
  git({
    id: 'git/rebase',
    // What goes on was asked about when it began.
    when: { subcommand: ['rebase'], none: ['--abort', '--show-current-patch', '--continue'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'moderate',
    reversible: 'effort',
    target: { kind: 'branch', name: 'the current branch' },
    why: 'It rewrites the commits of the current branch; others who have them must be told.',
    examples: {
      match: ['git rebase main'],
      noMatch: ['git rebase --abort', 'git rebase --continue', 'git merge main'],
    },
  }),
  git({
    id: 'git/amend',
    when: { subcommand: ['commit'], any: ['--amend'] },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'moderate',
    reversible: 'yes',
    target: { kind: 'branch', name: 'the last commit' },
    why: 'It replaces the last commit.',
    alternative: 'A new commit leaves the old one as it is.',
    examples: { match: ['git commit --amend --no-edit'], noMatch: ['git commit -m x'] },
  }),
  git({
    id: 'git/filter-history',
    when: {
      subcommand: words('filter-branch filter-repo fast-import replace lfs'),
      none: ['--analyze'],
      test: (call) => {
        const action = call.operands[0]?.value ?? '';
        if (call.subcommand[0] === 'lfs')
          return action === 'migrate' && call.operands[1]?.value !== 'info';
        return (
          call.subcommand[0] !== 'replace' ||
          (!call.has('-l', '--list') && call.invocation.argv.length > 2)
        );
      },
    },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'effort',
    target: current,
    why: 'It rewrites the whole history of the repository.',
    alternative: 'Try it on a fresh clone first.',
    examples: {
      match: ['git filter-repo --path a', 'git lfs migrate import --include=*.zip'],
      noMatch: ['git log', 'git filter-repo --analyze', 'git lfs migrate info', 'git replace -l'],
    },
  }),
  git({
    id: 'git/history-tool',
    programs: ['bfg', 'git-filter-repo', 'git-filter-branch'],
    when: {},
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'effort',
    target: current,
    why: 'It rewrites the whole history of the repository.',
    alternative: 'Try it on a fresh clone first.',
    examples: { match: ['bfg --delete-files secrets.txt'], noMatch: ['git log'] },
  }),
  git({
    id: 'git/reflog-expire',
    when: {
      subcommand: ['reflog'],
      test: (call) =>
        /^(expire|delete|drop|write)$/.test(call.operands[0]?.value ?? '') && !isPreview(call),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'severe',
    reversible: 'no',
    target: current,
    why: 'It throws away the record that could bring lost commits back.',
    recovery: 'Another clone may still have the commits.',
    examples: {
      match: ['git reflog expire --expire=now --all', 'git reflog drop --all'],
      noMatch: ['git reflog', 'git reflog show main'],
    },
  }),
  git({
    id: 'git/prune',
    when: {
      subcommand: ['gc', 'prune'],
      test: (call) => !isPreview(call) && (call.subcommand[0] === 'prune' || call.has('--prune')),
    },
    verb: 'delete',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'no',
    target: current,
    why: 'It deletes commits and files that no branch holds, for good.',
    recovery: 'Another clone may still have them.',
    examples: { match: ['git gc --prune=now', 'git prune'], noMatch: ['git gc', 'git prune -n'] },
  }),
  git({
    id: 'git/update-ref',
    when: {
      subcommand: ['update-ref', 'symbolic-ref'],
      test: (call) =>
        call.subcommand[0] === 'update-ref' ||
        call.operands.length > 1 ||
        call.has('-d', '--delete'),
    },
    verb: 'rewrite-history',
    category: 'history-rewrite',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It moves or deletes a branch directly.',
    examples: { match: ['git update-ref -d refs/heads/x'], noMatch: ['git show-ref'] },
  }),
];
