// Options that make a harmless program run something: git aliases, tar actions, rsync -e, sort, man, editors.
import type { NotUnderstood, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step, textPart } from './build.ts';
import { constantWord, readOptions, wordTail } from './optionReader.ts';
import type { CodePart, Unwrapped, UnwrappedPart } from './types.ts';

/** Options whose value a program starts, by program. Short ones with their dash; values may be glued. */
const STARTERS: Readonly<Record<string, readonly string[]>> = {
  tar: [
    '--to-command',
    '--use-compress-program',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '--rmt-command',
    '-I',
    '-F',
  ],
  bsdtar: ['--use-compress-program'],
  gtar: [
    '--to-command',
    '--use-compress-program',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '-I',
    '-F',
  ],
  rsync: ['--rsh', '-e', '--rsync-path'],
  scp: ['-S', '-D'],
  sftp: ['-S', '-D'],
  sort: ['--compress-program'],
  gsort: ['--compress-program'],
  man: ['--pager', '-P', '--html', '-H', '--browser', '-B'],
  rg: ['--pre', '--hostname-bin'],
  ag: ['--pager'],
  bat: ['--pager'],
  fzf: ['--preview'],
  split: ['--filter'],
  gpg: ['--agent-program', '--photo-viewer'],
  curl: [],
  wget: ['--use-askpass'],
  zip: ['-TT', '--unzip-command'],
  nodemon: ['--exec', '-x'],
  chokidar: ['-c', '--command'],
  concurrently: [],
  sg: ['-c'],
  newgrp: ['-c'],
  gcloud: ['--command'],
  fly: ['-C', '--command'],
  flyctl: ['-C', '--command'],
  doppler: ['--command'],
  cargo: ['--shell'],
  capsh: ['-c'],
  gcc: ['-wrapper'],
  pg_restore: [],
  crontab: [],
  expect: ['-c'],
  mysql: ['--pager'],
  mariadb: ['--pager'],
};

/** Option values that start programs, for programs that are no wrappers; undefined where there are none. */
export function unwrapCodeOptions(program: string, argv: readonly Word[]): Unwrapped | undefined {
  if (program === 'git') return unwrapGit(argv);
  if (EDITORS.test(program)) return unwrapEditor(program, argv);
  if (/^(?:less|more|most)$/.test(program)) return unwrapPager(program, argv);
  const names = Object.hasOwn(STARTERS, program) ? STARTERS[program] : undefined;
  if (!names && !Object.hasOwn(TEXT_OPERANDS, program)) return undefined;
  const first = argv[0] as Word;
  const found = valuesOf(argv.slice(1), names ?? []);
  if (program.endsWith('tar')) found.push(...checkpointActions(argv));
  found.push(...textOperands(program, argv), ...sshSettings(program, argv));
  const parts: UnwrappedPart[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const { name, value } of found) {
    const made = textPart([value], 'sh', step(`${program} ${name}`, 'option', first));
    parts.push(made.part);
    notUnderstood.push(...made.notUnderstood);
  }
  return parts.length > 0 ? opaque(parts, notUnderstood) : undefined;
}

/** Programs whose operands are lines for a shell, from the given place on. */
const TEXT_OPERANDS: Readonly<Record<string, RegExp>> = {
  concurrently: /^concurrently$/,
  sops: /^exec-(?:env|file)$/,
  cargo: /^-s$/,
};

function textOperands(program: string, argv: readonly Word[]): Found[] {
  const mark = Object.hasOwn(TEXT_OPERANDS, program) ? TEXT_OPERANDS[program] : undefined;
  const at = mark ? argv.findIndex((word) => mark.test(word.value ?? '')) : -1;
  if (at < 0 || (program === 'cargo' && argv[1]?.value !== 'watch')) return [];
  const operands = argv.slice(at + 1).filter((word) => !word.value?.startsWith('-'));
  const texts = program === 'sops' ? operands.slice(1) : operands;
  return texts.map((value) => ({ name: argv[at]?.value ?? '', value }));
}

/** `scp -o ProxyCommand=…` starts it as ssh does. */
function sshSettings(program: string, argv: readonly Word[]): Found[] {
  if (program !== 'scp' && program !== 'sftp') return [];
  return valuesOf(argv.slice(1), ['-o']).flatMap(({ name, value }) => {
    const text = /^\s*(?:proxycommand|localcommand|knownhostscommand)[\s=]+(.*)$/is.exec(
      value.value ?? 'proxycommand=',
    )?.[1];
    return text === undefined
      ? []
      : [{ name, value: value.value === undefined ? value : constantWord(text, value) }];
  });
}

interface Found {
  name: string;
  value: Word;
}

function valuesOf(words: readonly Word[], names: readonly string[]): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const text = word.value;
    if (text === undefined || !text.startsWith('-')) continue;
    if (text === '--') break;
    const hit = names
      .map((name) => valueFor(name, text, word, words[at + 1]))
      .find((value) => value !== undefined);
    if (hit) found.push(hit);
  }
  return found;
}

/** The value of `name` where `text` is that option: abbreviated (`--comp=x`), glued (`-Ix`) or in the next word. */
function valueFor(
  name: string,
  text: string,
  word: Word,
  next: Word | undefined,
): Found | undefined {
  if (!name.startsWith('--')) {
    if (text === name) return next && { name, value: next };
    const isGlued = /^-[A-Za-z]$/.test(name) && text.startsWith(name) && !text.startsWith('--');
    if (isGlued) return { name, value: wordTail(word, 2) };
    // The last of a bundle: `rsync -ae ssh`.
    const isBundle = /^-[A-Za-z]+$/.test(text) && text.endsWith(name.slice(1)) && name.length === 2;
    return isBundle && next ? { name, value: next } : undefined;
  }
  const equals = text.indexOf('=');
  const written = equals < 0 ? text : text.slice(0, equals);
  if (!name.startsWith(written) || written.length < 5) return undefined;
  if (equals >= 0) return { name, value: wordTail(word, equals + 1) };
  return next && { name, value: next };
}

function checkpointActions(argv: readonly Word[]): Found[] {
  return valuesOf(argv.slice(1), ['--checkpoint-action']).flatMap(({ name, value }) => {
    const text = value.value;
    if (text === undefined) return [{ name, value }];
    return text.startsWith('exec=') ? [{ name, value: constantWord(text.slice(5), value) }] : [];
  });
}

/** Settings whose value git hands to a shell or starts. */
const GIT_SETTINGS =
  /^(core\.(pager|editor|sshcommand|fsmonitor|askpass|gitproxy)|sequence\.editor|pager\.[\w-]+|diff\.external|gpg\.(\w+\.)?program|credential\.(.*\.)?helper|diff\..*\.(command|textconv)|difftool\..*\.cmd|mergetool\..*\.cmd|merge\..*\.driver|filter\..*\.(clean|smudge|process)|uploadpack\.packobjectshook|man\..*\.cmd|browser\..*\.cmd|interactive\.difffilter)$/i;

const GIT_GLOBAL = {
  flags: 'pPhv',
  values: 'Cc',
  isOpen: true,
  longValues: ['--git-dir', '--work-tree', '--namespace', '--config-env', '--super-prefix'],
};

function unwrapGit(argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), GIT_GLOBAL, 'git');
  const [verb, ...rest] = read.rest;
  const parts: UnwrappedPart[] = [];
  const notUnderstood: NotUnderstood[] = [];
  const add = (words: readonly Word[], label: string) => {
    const made = textPart(words, 'sh', step(label, 'option', first));
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
  switch (verb?.value) {
    case 'rebase':
      for (const { name, value } of valuesOf(rest, ['--exec', '-x']))
        add([value], `git rebase ${name}`);
      break;
    case 'difftool':
      for (const { name, value } of valuesOf(rest, ['--extcmd', '-x']))
        add([value], `git difftool ${name}`);
      break;
    case 'bisect':
      if (rest[0]?.value === 'run' && rest.length > 1)
        parts.push(argvPart(rest.slice(1), step('git bisect run', 'wrapper', first)));
      break;
    case 'submodule': {
      const at = rest.findIndex((word) => word.value === 'foreach');
      const words =
        at < 0
          ? []
          : rest
              .slice(at + 1)
              .filter((word) => word.value !== '--recursive' && word.value !== '--quiet');
      if (words.length > 0) add(words, 'git submodule foreach');
      break;
    }
    case 'filter-branch':
      for (const { name, value } of valuesOf(rest, [
        '--env-filter',
        '--tree-filter',
        '--index-filter',
        '--parent-filter',
        '--msg-filter',
        '--commit-filter',
        '--tag-name-filter',
        '--setup',
      ]))
        add([value], `git filter-branch ${name}`);
      break;
    case 'config': {
      const value = rest.filter((word) => !word.value?.startsWith('-')).at(-1);
      const key = rest.find((word) => /^alias\./i.test(word.value ?? ''));
      if (key && value && value !== key && value.value?.startsWith('!'))
        add([constantWord(value.value.slice(1), value)], 'git config alias');
      break;
    }
    default:
      break;
  }
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
  add: (words: readonly Word[], label: string) => void,
  parts: UnwrappedPart[],
  first: Word,
): void {
  if (verb?.value !== key.slice('alias.'.length)) return;
  // git itself ignores an alias that has the name of one of its commands.
  if (GIT_COMMANDS.has(verb.value)) return;
  const text = setting.value ?? '';
  if (text.startsWith('!')) {
    add([constantWord(text.slice(1), setting), ...rest], 'git alias');
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

/** `less +!TEXT` runs TEXT as if it were typed; a key file may bind anything. */
function unwrapPager(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const typed = argv.filter(({ value }) => /^\+.*[!|#v]/s.test(value ?? ''));
  const made = typed.map((word) => {
    const text = (word.value ?? '').replace(/^[^!|#]*[!|#]*/s, '');
    return textPart([constantWord(text, word)], 'sh', step(`${program} +`, 'option', first));
  });
  const keys = argv.filter(({ value }) => /^(?:-k|--lesskey-)/.test(value ?? ''));
  const notUnderstood = keys.map((word) => ({
    code: 'unseen-code',
    why: `${program} takes its commands from a file that is not seen here.`,
    span: word.span,
  }));
  const parts = made.map(({ part }) => part);
  return parts.length + keys.length > 0 ? opaque(parts, notUnderstood) : undefined;
}

const EDITORS =
  /^(n?vim?|view|rvim|gvim|vimdiff|ex|ed|red|emacs|emacsclient|nano|kak|hx|micro|joe)$/;

/** Commands that an editor is told to run at its start are code that no scanner here can read. */
function unwrapEditor(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const codes = argv.slice(1).flatMap((word, index) => {
    const text = word.value ?? '';
    if (
      /^(-c|--cmd|--eval|-f|--funcall|-e|--execute|-es|-S|-s|-u|-l|--load|--script)$/.test(text)
    ) {
      const next = argv[index + 2];
      return next ? [next] : [];
    }
    if (/^\+\D/.test(text)) return [wordTail(word, 1)];
    return /^--(eval|cmd|load|execute)=/.test(text) ? [word] : [];
  });
  const harmless = /^(q|qa|wq|wqa|x|xa|set |syntax |\d+$|%s?\/|normal |edit |e )/;
  const shell = codes.find((word) => /^:?\s*(silent!?\s*)?!/.test(word.value ?? ''));
  const parts: UnwrappedPart[] = codes
    .filter((word) => word.value === undefined || !harmless.test(word.value.replace(/^:/, '')))
    .map(
      (word): CodePart => ({
        kind: 'code',
        language: 'other',
        code: word.value,
        partial: word.value ?? '',
        span: word.span,
        step: step(`${program} command`, 'option', first),
      }),
    );
  if (shell?.value !== undefined) {
    const text = shell.value.replace(/^:?\s*(silent!?\s*)?!/, '');
    parts.push(
      textPart([constantWord(text, shell)], 'sh', step(`${program} !`, 'option', first)).part,
    );
  }
  return parts.length > 0 ? { ...NOTHING, parts } : undefined;
}
