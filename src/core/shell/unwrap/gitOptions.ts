// What git is told to run: aliases and settings given with -c, filters, exec options of its subcommands.
import type { NotUnderstood, Word } from '../types.ts';
import { argvPart, opaque, step, textPart } from './build.ts';
import { constantWord, readOptions } from './optionReader.ts';
import { valuesOf } from './optionValues.ts';
import type { Unwrapped, UnwrappedPart } from './types.ts';

/** Settings whose value git hands to a shell or starts. */
const GIT_SETTINGS =
  /^(core\.(pager|editor|sshcommand|fsmonitor|askpass|gitproxy)|sequence\.editor|pager\.[\w-]+|diff\.external|gpg\.(\w+\.)?program|credential\.(.*\.)?helper|diff\..*\.(command|textconv)|difftool\..*\.cmd|mergetool\..*\.cmd|merge\..*\.driver|filter\..*\.(clean|smudge|process)|uploadpack\.packobjectshook|man\..*\.cmd|browser\..*\.cmd|interactive\.difffilter)$/i;

const GIT_GLOBAL = {
  flags: 'pPhv',
  values: 'Cc',
  isOpen: true,
  longValues: ['--git-dir', '--work-tree', '--namespace', '--config-env', '--super-prefix'],
};

type Add = (words: readonly Word[], label: string, positional?: readonly Word[]) => void;

/** Takes what a subcommand runs: text for a shell, or a call of its own. */
interface Runs {
  add: Add;
  parts: UnwrappedPart[];
  /** The word `git`. */
  first: Word;
}

/** Adds the values of options that hold text for a shell. */
function optionTexts(
  verb: string,
  ...options: string[]
): [string, (r: readonly Word[], to: Runs) => void] {
  return [
    verb,
    (rest, { add }) => {
      for (const { name, value } of valuesOf(rest, options)) add([value], `git ${verb} ${name}`);
    },
  ];
}

/** What the words behind a subcommand run. */
const BY_VERB: ReadonlyMap<string, (rest: readonly Word[], to: Runs) => void> = new Map([
  optionTexts('rebase', '--exec', '-x'),
  optionTexts('difftool', '--extcmd', '-x'),
  optionTexts(
    'filter-branch',
    '--env-filter',
    '--tree-filter',
    '--index-filter',
    '--parent-filter',
    '--msg-filter',
    '--commit-filter',
    '--tag-name-filter',
    '--setup',
  ),
  ['grep', runsPager],
  ['bisect', runsBisect],
  ['submodule', runsForeach],
  ['config', setsAlias],
]);

function runsPager(rest: readonly Word[], { add }: Runs): void {
  for (const word of rest) {
    const pager = /^(?:-O|--open-files-in-pager=)(.+)$/s.exec(word.value ?? '')?.[1];
    if (pager !== undefined) add([constantWord(pager, word)], 'git grep -O');
  }
}

function runsBisect(rest: readonly Word[], { parts, first }: Runs): void {
  if (rest[0]?.value === 'run' && rest.length > 1)
    parts.push(argvPart(rest.slice(1), step('git bisect run', 'wrapper', first)));
}

function runsForeach(rest: readonly Word[], { add }: Runs): void {
  const at = rest.findIndex((word) => word.value === 'foreach');
  const words = rest
    .slice(at + 1)
    .filter((word) => word.value !== '--recursive' && word.value !== '--quiet');
  if (at >= 0 && words.length > 0) add(words, 'git submodule foreach');
}

function setsAlias(rest: readonly Word[], { add }: Runs): void {
  const value = rest.filter((word) => !word.value?.startsWith('-')).at(-1);
  const key = rest.find((word) => /^alias\./i.test(word.value ?? ''));
  if (key && value && value !== key && value.value?.startsWith('!'))
    add([constantWord(value.value.slice(1), value)], 'git config alias');
}

/** Aliases, settings and subcommands of git that run something; undefined where there are none. */
export function unwrapGit(argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), GIT_GLOBAL, 'git');
  const [verb, ...rest] = read.rest;
  const parts: UnwrappedPart[] = [];
  const notUnderstood: NotUnderstood[] = [];
  const add: Add = (words, label, positional = []) => {
    const made = textPart(words, 'sh', step(label, 'option', first), { positional });
    parts.push(made.part);
    notUnderstood.push(...made.notUnderstood);
  };
  for (const { name, value } of read.options) {
    if (name !== '-c' || value?.value === undefined) continue;
    const equals = value.value.indexOf('=');
    const key = equals < 0 ? value.value : value.value.slice(0, equals);
    const setting = constantWord(value.value.slice(equals + 1), value);
    if (/^alias\./i.test(key)) addAlias(key, setting, verb, rest, add, parts, first);
    else if (
      GIT_SETTINGS.test(key) &&
      !/^(true|false|cat|less|more|vim?|nano|true|:)?$/.test(setting.value ?? '')
    )
      add([constantWord((setting.value ?? '').replace(/^!/, ''), setting)], `git -c ${key}`);
  }
  BY_VERB.get(verb?.value ?? '')?.(rest, { add, parts, first });
  return parts.length > 0 ? opaque(parts, notUnderstood) : undefined;
}

/** git's own commands, which no alias can replace. */
export const GIT_COMMANDS: ReadonlySet<string> = new Set(
  'add am apply archive bisect blame branch bundle cat-file checkout cherry-pick clean clone commit config describe diff fetch format-patch fsck gc grep init log ls-files ls-remote ls-tree merge mv notes pull push range-diff rebase reflog remote repack reset restore rev-list rev-parse revert rm shortlog show stash status submodule switch tag update-ref worktree'.split(
    ' ',
  ),
);

/** `git -c alias.x=!TEXT x` runs TEXT; without `!` the alias stands for another git call. */
function addAlias(
  key: string,
  setting: Word,
  verb: Word | undefined,
  rest: readonly Word[],
  add: Add,
  parts: UnwrappedPart[],
  first: Word,
): void {
  if (verb?.value !== key.slice('alias.'.length)) return;
  // git itself ignores an alias that has the name of one of its commands.
  if (GIT_COMMANDS.has(verb.value)) return;
  const text = setting.value ?? '';
  if (text.startsWith('!')) {
    const own = constantWord(text.slice(1), setting);
    add([own, ...rest], 'git alias', [own, ...rest]);
    return;
  }
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => constantWord(word, setting));
  parts.push(
    argvPart([constantWord('git', first), ...words, ...rest], step('git alias', 'option', first)),
  );
}
