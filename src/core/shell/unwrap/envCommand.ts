// `env`: a wrapper that changes the variables of what it starts, and that can split one word into many.
import type { Word } from '../types.ts';
import { argvPart, opaque, splitAssignments, step, transparent } from './build.ts';
import {
  constantWord,
  hasOption,
  longs,
  type OptionsRead,
  type OptionTable,
  optionValue,
  optionValues,
  readOptions,
  splitProblems,
} from './optionReader.ts';
import type { PartEnvironment, Unwrapped } from './types.ts';

const ENV_OPTIONS: OptionTable = {
  flags: '0iv',
  values: 'CuSPa',
  longFlags: longs(
    'ignore-environment null debug list-signal-handling block-signal default-signal ignore-signal',
  ),
  longValues: longs('unset chdir split-string argv0'),
};

/** `env`: like a prefix, and `-S` splits one word into many. */
export function unwrapEnv(argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), ENV_OPTIONS, 'env');
  const isLoneDash = read.rest[0]?.value === '-';
  const behind = isLoneDash ? read.rest.slice(1) : read.rest;
  const split = splitString(read);
  const { assignments, rest } = splitAssignments([...split.words, ...behind]);
  const notUnderstood = [
    ...read.notUnderstood,
    ...split.notUnderstood,
    ...splitProblems(behind, Math.min(rest.length, behind.length), 'env'),
  ];
  if (rest.length === 0) return opaque([], notUnderstood);
  const directory = optionValue(read, '-C', '--chdir');
  const part = argvPart(rest, step('env', 'wrapper', first), {
    assignments,
    ...(directory && { cwd: directory }),
    environment: {
      isBare: isLoneDash || hasOption(read, '-i', '--ignore-environment'),
      changes: optionValues(read, '-u', '--unset').map((word) => hidden(word)),
    },
  });
  return transparent([part], notUnderstood);
}

function splitString(read: OptionsRead): {
  words: readonly Word[];
  notUnderstood: Unwrapped['notUnderstood'];
} {
  if (!hasOption(read, '-S', '--split-string')) return { words: [], notUnderstood: [] };
  const word = optionValue(read, '-S', '--split-string');
  if (word?.value !== undefined && !/["'\\$#]/.test(word.value)) {
    const pieces = word.value.split(/\s+/).filter((piece) => piece !== '');
    return { words: pieces.map((piece) => constantWord(piece, word)), notUnderstood: [] };
  }
  const span = word?.span ?? { start: 0, end: 0 };
  const why = '`env -S` splits text here that cannot be read with certainty.';
  return { words: [], notUnderstood: [{ code: 'dynamic-code', why, span }] };
}

/** The change by which a program does not get a variable, or gets another value. */
export function hidden(word: Word): NonNullable<PartEnvironment['changes']>[number] {
  const [name, value] = /^([^=]*)=?(.*)$/s.exec(word.value ?? '')?.slice(1) ?? [];
  const isSet = word.value?.includes('=') === true;
  return {
    name: word.value === undefined ? undefined : name,
    how: isSet ? 'set' : 'hidden',
    value: isSet ? value : undefined,
    span: word.span,
  };
}
