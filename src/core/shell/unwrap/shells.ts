// Shells as programs: `bash -c TEXT`, `sh FILE`, text on standard input.
// Invariant: a shell whose text cannot be seen is not understood.
import type { Input, NotUnderstood, ShellDialect, Word } from '../types.ts';
import { NOTHING, step, textPart } from './build.ts';
import { type OptionTable, readOptions, wordTail } from './optionReader.ts';
import type { FilePart, Unwrapped, UnwrappedPart } from './types.ts';

const DIALECTS: Readonly<Record<string, ShellDialect>> = {
  bash: 'bash',
  rbash: 'bash',
  sh: 'sh',
  dash: 'sh',
  ash: 'sh',
  ksh: 'bash',
  mksh: 'bash',
  ksh93: 'bash',
  yash: 'sh',
  posh: 'sh',
  zsh: 'zsh',
  fish: 'fish',
  csh: 'unknown',
  tcsh: 'unknown',
  pwsh: 'powershell',
  powershell: 'powershell',
  cmd: 'cmd',
  nu: 'unknown',
  xonsh: 'unknown',
  elvish: 'unknown',
};

const OPTIONS: OptionTable = {
  flags: 'abcefhiklmnprstuvxBCEHPTDVgqyXwNIfdFGJ1234567890',
  values: 'oO',
  longFlags: [
    '--norc',
    '--noprofile',
    '--posix',
    '--login',
    '--restricted',
    '--verbose',
    '--debugger',
    '--dump-strings',
    '--dump-po-strings',
    '--noediting',
    '--pretty-print',
    '--help',
    '--version',
    '--private',
    '--no-config',
    '--no-rcs',
    '--emulate',
    '--interactive',
  ],
  longValues: ['--init-file', '--rcfile', '--command', '--init-command'],
};

/** The dialect of a shell program; undefined where the program is no shell. */
export function shellDialect(program: string): ShellDialect | undefined {
  return Object.hasOwn(DIALECTS, program) ? DIALECTS[program] : undefined;
}

/** Reads a call of a shell. */
export function unwrapShell(
  program: string,
  dialect: ShellDialect,
  argv: readonly Word[],
  input: Input,
): Unwrapped {
  const first = argv[0] as Word;
  if (dialect === 'powershell' || dialect === 'cmd' || dialect === 'unknown') {
    return otherShell(program, argv);
  }
  const read = readOptions(spelledOut(argv.slice(1), dialect), OPTIONS, program);
  const has = (...names: string[]) => read.options.some(({ name }) => names.includes(name));
  if (has('--help', '--version')) return NOTHING;
  const problems = [...read.notUnderstood];
  if (
    has('-k', '-H', '--posix') ||
    read.options.some(({ value }) => OTHER_MEANING.test(value?.value ?? ''))
  ) {
    const why = 'With this option the shell takes words for something else.';
    problems.push({ code: 'unsupported-construct', why, span: first.span });
  }
  const startFiles = read.options
    .filter(({ name }) => name === '--init-file' || name === '--rcfile')
    .flatMap(({ value }) => (value ? [filePart(value, [], dialect, first, program)] : []));
  // Behind a lone dash no options are read any more.
  const isDash = read.rest[0]?.value === '-';
  const operands = isDash ? read.rest.slice(1) : read.rest;
  if (isDash && argv.some(({ value }) => value === '--')) {
    const why = `It is not certain what stands for an option of ${program} here.`;
    problems.push({ code: 'unknown-option', why, span: first.span });
  }
  const [text, ...rest] = operands;
  const byOption = read.options.find(
    ({ name }) => name === '--command' || name === '--init-command',
  )?.value;
  const code = byOption ?? (has('-c') ? text : undefined);
  if (has('-c') && !text) {
    return { ...NOTHING, notUnderstood: problems };
  }
  if (code) {
    const made = textPart([code], dialect, step(`${program} -c`, 'string', first), {
      positional: byOption ? operands : rest,
    });
    return {
      transparent: true,
      parts: [...startFiles, made.part],
      notUnderstood: [...problems, ...made.notUnderstood],
    };
  }
  if (text === undefined || has('-s') || isStandardInput(text)) {
    const words = has('-s') ? operands : rest;
    const fed = unwrapInput(program, dialect, first, input, { arguments: words });
    return {
      transparent: fed.transparent,
      parts: [...startFiles, ...fed.parts],
      notUnderstood: [...problems, ...fed.notUnderstood],
    };
  }
  return {
    transparent: true,
    parts: [...startFiles, filePart(text, rest, dialect, first, program)],
    notUnderstood: problems,
  };
}

/** A path that names the standard input. */
export function isStandardInput(word: Word): boolean {
  return /^\/dev\/(?:stdin|fd\/0)$|^\/proc\/self\/fd\/0$/.test(word.value ?? '');
}

/** Options with which words stand for variables, for other programs, or for earlier lines. */
const OTHER_MEANING = /^(?:keyword|expand_aliases|histexpand|posix)$/;

/**
 * The words with the options written one by one: `+o name` is an option too, and in `-oc name` the letter c is one of
 * its own. What stands behind the options is left as it is.
 */
function spelledOut(words: readonly Word[], dialect: ShellDialect): readonly Word[] {
  const result: Word[] = [];
  const left = [...words];
  for (let word = left.shift(); word; word = left.shift()) {
    const value = word.value ?? '';
    const [, letters] = /^[-+]([A-Za-z]+)$/.exec(value) ?? [];
    if (letters === undefined) {
      result.push(word);
      if (!/^(?:--.|-[0-9])/.test(value)) return [...result, ...left];
      const takesNext = OPTIONS.longValues?.includes(value) ? left.shift() : undefined;
      if (takesNext) result.push(takesNext);
      continue;
    }
    const like = word;
    const option = (text: string): Word => ({ ...wordTail(like, 0), value: `-${text}` });
    // In zsh what follows the letter is the name: `-ocorrect`.
    if (dialect === 'zsh' && /[oO]./.test(letters)) {
      result.push(option(letters));
      continue;
    }
    const plain = letters.replace(/[oO]/g, '');
    if (plain !== '') result.push(option(plain));
    for (const letter of letters.match(/[oO]/g) ?? []) {
      const name = left.shift();
      result.push(option(letter), ...(name ? [name] : []));
    }
  }
  return result;
}

function filePart(
  path: Word,
  args: readonly Word[],
  dialect: ShellDialect,
  first: Word,
  program: string,
): FilePart {
  return {
    kind: 'file',
    path,
    reader: { kind: 'shell', dialect },
    arguments: args,
    inCurrentShell: false,
    step: step(`${program} ${path.text}`, 'file', first),
  };
}

/** How text on the standard input is run. */
interface InputRun {
  /** `$1`, … for it. */
  arguments?: readonly Word[];
  /** True for `source /dev/stdin`. */
  inCurrentShell?: boolean;
}

/** A shell, or another reader of shell text, that runs what stands on its standard input. */
export function unwrapInput(
  program: string,
  dialect: ShellDialect,
  first: Word,
  input: Input,
  run: InputRun = {},
): Unwrapped {
  const { arguments: args = [], inCurrentShell = false } = run;
  const at = step(`${program} <`, 'string', first);
  switch (input.kind) {
    case 'text':
      return {
        transparent: true,
        parts: [
          {
            kind: 'text',
            text: input.text,
            isPartial: false,
            dialect,
            words: [],
            span: input.span,
            positional: args.length > 0 ? [first, ...args] : [],
            inCurrentShell,
            input: 'none',
            step: at,
          },
        ],
        notUnderstood: [],
      };
    case 'file':
      return {
        transparent: true,
        parts: [{ ...filePart(input.path, args, dialect, first, program), inCurrentShell }],
        notUnderstood: [],
      };
    case 'dynamic':
      return unseen(program, first, input.why);
    case 'pipe':
      return input.file
        ? unwrapInput(program, dialect, first, { kind: 'file', path: input.file }, run)
        : unseen(program, first, 'it is the output of another program');
    case 'inherit':
      return NOTHING;
  }
}

function unseen(program: string, first: Word, reason: string): Unwrapped {
  const entry: NotUnderstood = {
    code: 'unseen-code',
    why: `${program} runs text that cannot be seen beforehand: ${reason}.`,
    span: first.span,
  };
  return { transparent: false, parts: [] as UnwrappedPart[], notUnderstood: [entry] };
}

function otherShell(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  if (argv.length === 2 && /^(--version|--help|-v|-h|\/\?)$/i.test(argv[1]?.value ?? ''))
    return NOTHING;
  const why = `Text for ${program} cannot be read; only bash, sh, zsh and fish can.`;
  return {
    transparent: false,
    parts: [],
    notUnderstood: [{ code: 'unseen-code', why, span: first.span }],
  };
}
