// What the git rules share: defaults, targets, and which call of `git config` only reads.
import { pretends, says } from '../pretending.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';

/** Recovery texts that several rules share. */
export const REFLOG = '`git reflog` still knows the commits for some weeks.';
export const LOST = 'Changes that were never committed cannot be brought back.';

/** What a git rule has to say itself. */
export type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most git rules share. */
export function git(spec: Spec): Rule {
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

/** Every operand as a path. */
export const paths = (call: Call, context: EffectContext): readonly Target[] =>
  call.operands.map((word) => pathTarget(word, call, context));
/** The repository as a whole. */
export const current: Rule['target'] = { kind: 'repository', name: 'the work tree' };

/** Settings through which git runs a program, loads other settings or sends commits elsewhere. */
export const CODE_KEYS =
  /^(alias\..+|core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass|gitproxy|attributesfile)|diff\..*(external|command|textconv)|merge\..*\.driver|filter\..+|credential\..*helper|gpg\..*program|sequence\.editor|pager\..+|difftool\..+|mergetool\..+|uploadpack\.packobjectshook|url\..+insteadof|include.*\.path|protocol\.ext\.allow|init\.templatedir|http\..*proxy|submodule\..+\.update|browser\..+|man\..+\.cmd|remote\..+\.(vcs|uploadpack|receivepack|pushurl|url))$/i;
/** The setting that a call of `git config` names. */
export const configKey = (call: Call) =>
  call.operands.find((word) => !/^(set|get|unset|list)$/.test(word.value ?? ''));
/** An option of `git config` counts only in front of the setting: behind it, it is the new value. */
function asksForConfig({ invocation, operands }: Call): boolean {
  const end = operands[0] === undefined ? undefined : invocation.argv.indexOf(operands[0]);
  return invocation.argv
    .slice(0, end)
    .some(
      ({ value }, at, { [at - 1]: before }) =>
        /^(--get|--get-all|--get-regexp|--get-urlmatch|--list|-l)$/.test(value ?? '') &&
        !/^(-f|--file|--blob|--type|--default|--comment|--url|--value)$/.test(before?.value ?? ''),
    );
}

/** True where `git config` only prints. */
export const isConfigRead = (call: Call) =>
  asksForConfig(call) ||
  /^(get|list)$/.test(call.operands[0]?.value ?? '') ||
  (call.operands.length === 1 &&
    call.operands[0] === call.invocation.argv.at(-1) &&
    call.operands[0]?.value !== 'edit' &&
    !call.has('--unset', '--unset-all', '--remove-section', '--rename-section', '-e', '--edit') &&
    !call.mayHaveHiddenOptions);

const LIST_CHANGES = words(`
  -d -D -m -M -c -C -f --delete --move --copy --force --edit-description -u
  --set-upstream-to --unset-upstream -e --edit --unset --unset-all --add
  --replace-all -s
`);

/** True where a call of branch, tag, remote, stash, … only lists. */
export function isListing(call: Call): boolean {
  if (call.has(...LIST_CHANGES)) return false;
  const first = call.operands[0]?.value;
  switch (call.subcommand[0]) {
    case 'branch':
      return (
        call.operands.length === 0 ||
        says(
          call,
          ...words('-l --list --contains --merged --no-merged -r -a --show-current --points-at'),
        )
      );
    case 'tag':
      return (
        call.operands.length === 0 ||
        says(call, '-l', '--list', '-n', '--contains', '--points-at', '--merged')
      );
    case 'config':
      return isConfigRead(call);
    case 'remote':
      return first === undefined || /^(show|get-url)$/.test(first);
    case 'stash':
      return /^(list|show)$/.test(first ?? '');
    case 'reflog':
      return first === undefined || !/^(expire|delete|drop|write)$/.test(first);
    case 'bisect':
      return /^(log|terms|help)$/.test(first ?? '');
    case 'rerere':
      return /^(status|diff|remaining)$/.test(first ?? '');
    case 'bundle':
      return /^(verify|list-heads)$/.test(first ?? '');
    case 'symbolic-ref':
      return call.operands.length <= 1 && !call.has('-d', '--delete');
    case 'replace':
      return says(call, '-l', '--list') || call.invocation.argv.length === 2;
    case 'sparse-checkout':
      return first === 'list';
    case 'submodule':
      return first === undefined || /^(status|summary)$/.test(first);
    case 'worktree':
    case 'notes':
      return /^(list|show)$/.test(first ?? '');
    default:
      return false;
  }
}

const HARMLESS_SETTING =
  /^(color\..+|column\..+|log\.(date|decorate|abbrevcommit|follow|mailmap)|advice\..+|user\.(name|email)|core\.(quotepath|abbrev|autocrlf|ignorecase|precomposeunicode|longpaths|filemode)|diff\.(renames|renamelimit|algorithm|mnemonicprefix|noprefix|context|colormoved\w*)|status\..+|versionsort\..+|blame\.(showemail|date|coloring)|grep\.(linenumber|patterntype|extendedregexp)|i18n\..+|gc\.auto|init\.defaultbranch|(tag|branch)\.sort|alias\.(status|log|diff|show|add|commit|branch))$/i;

/** True where `-c NAME=VALUE` before the subcommand only changes how things look or who the author is. */
export function hasHarmlessSettings(call: Call): boolean {
  return call.options.every(({ name, value }) => {
    // Another repository brings other settings, and with them programs that git starts.
    if (name === '^--git-dir') return /^(.*\/)?\.git\/?$/.test(value?.value ?? '');
    if (name !== '^-c') return true;
    const text = value?.value;
    if (text === undefined) return false;
    if (/^core\.pager=(cat|less)?$/i.test(text)) return true;
    return /^commit\.gpgsign=false$/i.test(text) || HARMLESS_SETTING.test(text.split('=')[0] ?? '');
  });
}

/** Commands of git with a `--dry-run` that neither writes nor asks another machine, and the short form of it. */
const PREVIEWS: Readonly<Record<string, readonly string[]>> = {
  add: ['-n', '--dry-run'],
  rm: ['-n', '--dry-run'],
  mv: ['-n', '--dry-run'],
  commit: ['--dry-run'],
  prune: ['-n', '--dry-run'],
  reflog: ['-n', '--dry-run'],
  worktree: ['-n', '--dry-run'],
  'checkout-index': [],
  'read-tree': ['-n', '--dry-run'],
  lfs: ['-d', '--dry-run'],
};

/** True where the call only shows what it would do. */
export function isPreview(call: Call): boolean {
  const names = PREVIEWS[call.subcommand[0] ?? ''] ?? [];
  if (names.length === 0 || call.mayHaveHiddenOptions || !hasHarmlessSettings(call)) return false;
  const [first] = call.operands;
  if (call.subcommand[0] === 'worktree' && first?.value !== 'prune') return false;
  if (call.subcommand[0] === 'lfs' && first?.value !== 'prune') return false;
  return pretends(call, ...names);
}

/** `git push -n`: the remote is asked and the hook before a push runs, but nothing is published. */
export const isPushPreview = (call: Call) => pretends(call, '-n', '--dry-run');

/** `git clean -n` lists; git lets -n win over -f, but who writes both may rely on either. */
export const isCleanPreview = (call: Call) => pretends(call, '-n', '--dry-run');
