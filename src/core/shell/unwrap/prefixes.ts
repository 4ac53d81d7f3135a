// Wrappers that start the words behind their options: sudo, timeout, nice, and many like them.
import type { Input, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, splitAssignments, step, transparent } from './build.ts';
import { hidden } from './envCommand.ts';
import {
  hasOption,
  type OptionsRead,
  optionValue,
  optionValues,
  readOptions,
  splitProblems,
} from './optionReader.ts';
import { PREFIXES, type Prefix } from './prefixTable.ts';
import { unwrapInput } from './shells.ts';
import type { PartEnvironment, Unwrapped } from './types.ts';

const ALIASES: Readonly<Record<string, string>> = {
  gtimeout: 'timeout',
  gnice: 'nice',
  gnohup: 'nohup',
  gstdbuf: 'stdbuf',
  gtime: 'time',
};

/** The loader of programs starts the one that it is given. */
const LOADER = /^ld(?:-[\w-]+)?\.so(?:\.\d+)?$/;

/** With these a wrapper without words opens a shell. */
const SHELL_OPTIONS = ['-s', '-i', '--shell', '--login'];

/** Reads a prefix wrapper; undefined where the program is none. */
export function unwrapPrefix(
  program: string,
  argv: readonly Word[],
  input: Input,
): Unwrapped | undefined {
  const name = ALIASES[program] ?? (LOADER.test(program) ? 'ld.so' : program);
  const prefix = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
  const first = argv[0];
  if (!prefix || !first) return undefined;
  const words = prefix.verbs ? behindVerb(argv, prefix.verbs) : argv.slice(1);
  if (!words) return undefined;
  const read = readOptions(words, prefix.options, program);
  if (hasOption(read, ...(prefix.startsNothing ?? []))) return NOTHING;
  const behind = prefix.needsDashes ? behindDashes(words) : behindOperands(read.rest, prefix);
  const { assignments, rest } =
    prefix.takesAssignments === true ? splitAssignments(behind) : { assignments: [], rest: behind };
  if (rest.length === 0 && hasOption(read, ...SHELL_OPTIONS) && prefix.isElevated) {
    const fed = unwrapInput(program, 'sh', first, input);
    const parts = fed.parts.map((part) => ({ ...part, elevated: true }));
    return opaque(parts, [...read.notUnderstood, ...fed.notUnderstood]);
  }
  const notUnderstood = prefix.needsDashes
    ? read.notUnderstood
    : [...read.notUnderstood, ...splitProblems(read.rest, rest.length, program)];
  if (rest.length === 0) return { ...NOTHING, notUnderstood };
  const directory = optionValue(read, ...(prefix.directory ?? []));
  const part = argvPart(rest, step(program, 'wrapper', first), {
    ...(prefix.isElevated && { elevated: true }),
    ...(assignments.length > 0 && { assignments }),
    ...(directory && { cwd: directory }),
    ...environmentOf(prefix, name, read, first),
  });
  return isPlainRun(prefix, read)
    ? transparent([part], notUnderstood)
    : opaque([part], notUnderstood);
}

/** True where the wrapper does nothing but start the program. */
function isPlainRun({ options, plain = '' }: Prefix, read: OptionsRead): boolean {
  if (plain === true || options.isOpen !== true) return true;
  const [letters = '', ...names] = plain.split(' ');
  const known = new Set([...letters].map((letter) => `-${letter}`));
  for (const name of names) known.add(name.startsWith('-') ? name : `--${name}`);
  for (const name of options.singles ?? []) known.add(name);
  return read.options.every(({ name }) => known.has(name));
}

function environmentOf(
  prefix: Prefix,
  name: string,
  read: OptionsRead,
  { span }: Word,
): { environment?: PartEnvironment } {
  if (prefix.environment === 'may-clear') return { environment: { isBare: true } };
  if (prefix.environment === 'loads')
    return { environment: { changes: [{ name: undefined, how: 'set', value: undefined, span }] } };
  // `strace -E X` takes X away, `-E X=v` sets it; so do `arch -d X` and `arch -e X=v`.
  const options = { strace: ['-E', '--env'], arch: ['-e', '-d'] }[name] ?? [];
  const changes = optionValues(read, ...options).map(hidden);
  return { environment: { changes, isBare: name === 'arch' && hasOption(read, '-c') } };
}

function behindVerb(argv: readonly Word[], verbs: readonly string[]): readonly Word[] | undefined {
  const at = argv.findIndex((word, index) => index > 0 && verbs.includes(word.value ?? ''));
  return at < 0 ? undefined : argv.slice(at + 1);
}

function behindDashes(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((word) => word.value === '--');
  return at < 0 ? [] : words.slice(at + 1);
}

function behindOperands(words: readonly Word[], prefix: Prefix): readonly Word[] {
  const isLeftOut = prefix.isOperandOptional && !/^[a-z]+[0-9_]+\w*$/.test(words[0]?.value ?? '');
  return isLeftOut ? words : words.slice(prefix.operands ?? 0);
}
