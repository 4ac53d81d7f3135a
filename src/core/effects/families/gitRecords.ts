// git rules on what only adds to the local history: commits, new branches and tags, what a known remote has.
// Invariant: nothing is replaced, no file of the work tree changes, and no word may hide an option that does more.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { git, hasHarmlessSettings } from './gitRule.ts';

/** What all of these say: they flow where reading does. */
const RECORDS = {
  verb: 'create',
  category: 'config-change',
  severity: 'none',
  target: 'none',
  reach: 'nothing',
} as const satisfies Partial<Rule>;

/** Rules on what only adds. */
export const recordRules: readonly Rule[] = [
  git({
    id: 'git/record',
    when: { subcommand: ['add', 'stage', 'commit'], test: isPlainRecord },
    ...RECORDS,
    why: 'It adds to the history of this repository; nothing is replaced or lost.',
    recovery: '`git reset --soft HEAD~1` takes the commit back.',
    examples: {
      match: [
        'git add a',
        'git commit -m x',
        'git commit -am x',
        "printf 'y\\nn\\n' | git add -p a",
      ],
      noMatch: [
        'git commit --amend',
        'git -c core.editor=x commit -m y',
        'git log',
        'git add -p a',
        "printf 'y\\ne\\n' | git add -p a",
        'git add -e',
      ],
    },
  }),
  git({
    id: 'git/new-branch',
    when: { subcommand: words('branch checkout switch tag'), test: isNewName },
    ...RECORDS,
    why: 'It makes a new branch or tag where the work is; no file changes, and git refuses a name that is taken.',
    recovery: '`git branch -d` or `git tag -d` removes the name again.',
    examples: {
      match: [
        'git checkout -b fix/a',
        'git switch -c b',
        'git branch c',
        'git branch c v1.0',
        'git tag v1.2',
        'git tag -a v1.2 -m x',
      ],
      noMatch: [
        'git checkout -B a',
        'git checkout -b a origin/main',
        'git switch -C a',
        'git switch a',
        'git branch -f a',
        'git branch -d a',
        'git branch -m a b',
        'git tag -f a',
        'git tag -d a',
        'git tag -s a',
        'git tag -a a',
        'git checkout -b $X',
        'git switch -c a --discard-changes',
      ],
    },
  }),
  git({
    id: 'git/fetch-known',
    when: { subcommand: ['fetch'], test: fetchesKnown },
    ...RECORDS,
    why: 'It brings what a remote of this repository has; branches and files here stay as they are.',
    recovery: 'Nothing of yours changes.',
    examples: {
      match: ['git fetch', 'git fetch origin main', 'git fetch --all', 'git fetch --prune'],
      noMatch: [
        'git fetch https://example.org/x',
        'git fetch origin main:main',
        'git fetch origin +main',
        'git fetch -f',
        'git fetch --upload-pack=./x origin',
        'git fetch --depth 1',
        'git fetch $X',
        'git fetch ../other',
        'git fetch --prune-tags',
      ],
    },
  }),
];

const RECORD_CHANGES = words(
  '--amend -n --no-verify -i --interactive -e --edit -t --template --fixup --squash ^--exec-path ^--config-env',
);

/** `git add` and `git commit -m`: they add to the local history, and replace nothing. */
export function isPlainRecord(call: Call): boolean {
  if (call.mayHaveHiddenOptions || !hasHarmlessSettings(call)) return false;
  if (call.has(...RECORD_CHANGES)) return false;
  const [verb] = call.subcommand;
  if (call.has('-p', '--patch') && (verb === 'commit' || !answersOnly(call))) return false;
  if (verb === 'add' || verb === 'stage') return true;
  return verb === 'commit' && call.has('-m', '--message', '-F', '--file', '--no-edit');
}

/** Answers that choose hunks; `e` would open an editor. */
function answersOnly({ invocation: { input } }: Call): boolean {
  return input.kind === 'text' && /^([ynqadjJkKs?]?\n)*[ynqadjJkKs?]?$/.test(input.text);
}

/** A branch or tag that is new, at the commit that is checked out; `branch` and `tag` take any other commit too. */
export function isNewName(call: Call): boolean {
  if (call.mayHaveHiddenOptions || !hasHarmlessSettings(call)) return false;
  const { operands, options } = call;
  const only = (...names: string[]) =>
    options.every(({ name }) => /^\^-[cC]$/.test(name) || names.includes(name));
  const isName = (word: { value?: string | undefined } | undefined) =>
    /^[\w][\w./-]*$/.test(word?.value ?? '');
  switch (call.subcommand[0]) {
    case 'checkout':
      return (
        only('-b', '-q', '--quiet', '--no-track') &&
        isName(call.valueOf('-b')) &&
        operands.every(({ value }) => value === 'HEAD')
      );
    case 'switch':
      return (
        only('-c', '--create', '-q', '--quiet', '--no-track') &&
        isName(call.valueOf('-c', '--create')) &&
        operands.every(({ value }) => value === 'HEAD')
      );
    case 'branch':
      return only('-q', '--quiet', '--no-track') && isFresh(operands.map(isName), 2);
    case 'tag':
      // Without its text on the line git opens an editor for it.
      return (
        only('-a', '--annotate', '-m', '--message') &&
        (options.length === 0 || call.has('-m', '--message')) &&
        isFresh(operands.map(isName), 2)
      );
    default:
      return false;
  }
}

const isFresh = (areNames: readonly boolean[], most: number) =>
  areNames.length > 0 && areNames.length <= most && areNames.every(Boolean);

const FETCH_OPTIONS = new Set(
  words(`
    --all -q --quiet -v --verbose --progress --no-progress -p --prune --no-prune --tags -t --no-tags -n
    -4 -6 --ipv4 --ipv6 -a --append --no-recurse-submodules
  `),
);

/** From a remote by its name, or from the usual one; where the copies go stands in the settings of the repository. */
export function fetchesKnown(call: Call): boolean {
  if (call.mayHaveHiddenOptions || !hasHarmlessSettings(call)) return false;
  return (
    call.options.every(({ name }) => /^\^-[cC]$/.test(name) || FETCH_OPTIONS.has(name)) &&
    call.operands.every(({ value }, at) =>
      (at === 0 ? /^[\w][\w.-]*$/ : /^[\w][\w./-]*$/).test(value ?? ''),
    )
  );
}
