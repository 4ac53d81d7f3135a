// Secrets among the arguments of a command line, found by its structure: which program, which option, which value.
// Invariant: only constant text is called a secret; what the shell would expand or run stays for everybody to read.
import type { Invocation, Word } from '../../shell/types.ts';
import {
  PASS_SOURCES,
  SECRET_INPUTS,
  SECRET_OPERANDS,
  SECRET_OPTIONS,
  SECRET_PAIRS,
  type SecretOption,
} from './argumentTable.ts';
import { isSecretName } from './secretNames.ts';

export interface ArgumentSecret {
  /** The constant value. */
  value: string;
  kind: string;
  /** The word in which it stands; undefined where it stands in text that is fed to a program. */
  word: Word | undefined;
}

/** All secrets of the given calls; empty values are none. */
export function argumentSecrets(invocations: readonly Invocation[]): readonly ArgumentSecret[] {
  return invocations.flatMap(secretsOf).filter(({ value }) => value.trim() !== '');
}

function secretsOf(call: Invocation): ArgumentSecret[] {
  const words = call.argv.slice(1);
  return [
    ...call.assignments.flatMap(({ name, value }) => named(name, value?.value, value)),
    ...words.flatMap((word, index) => wordSecrets(call, word, words[index + 1])),
    ...operandSecrets(call, words),
    ...inputSecrets(call),
  ];
}

function wordSecrets(call: Invocation, word: Word, next: Word | undefined): ArgumentSecret[] {
  const { value } = word;
  if (value === undefined) return [];
  return [
    ...pairSecrets(value, word, isPairProgram(call)),
    ...longOption(value, word, next),
    ...SECRET_OPTIONS.flatMap((entry) => tableOption(call, entry, word, next)),
    ...passSource(call, value, word),
  ];
}

/** `NAME=value` as a word: `export`, `env`, `docker run -e`, `heroku config:set`. */
function pairSecrets(text: string, word: Word, isAlways: boolean): ArgumentSecret[] {
  const match = /^(?:--from-literal=)?([A-Za-z_][\w.-]*)=([\s\S]+)$/.exec(text);
  const [, name = '', value = ''] = match ?? [];
  if (name === '') return [];
  return isAlways ? [{ value, kind: 'secret', word }] : named(name, value, word);
}

function isPairProgram(call: Invocation): boolean {
  return SECRET_PAIRS.some(({ programs, words }) => isCallOf(call, programs, words));
}

/** `--password value`, `--db-password=value`. */
function longOption(text: string, word: Word, next: Word | undefined): ArgumentSecret[] {
  const [, name = '', glued] = /^--([A-Za-z][\w.-]*?)(?:=([\s\S]*))?$/.exec(text) ?? [];
  const isOne = name === 'pass' || name === 'auth' || (name !== '' && isSecretName(name));
  if (!isOne) return [];
  const kind = kindOf(name);
  if (glued !== undefined) return [{ value: glued, kind, word }];
  const value = next?.value;
  return value === undefined || value.startsWith('-') ? [] : [{ value, kind, word: next }];
}

function tableOption(
  call: Invocation,
  { programs, subcommands, option, isGluedOnly, part }: SecretOption,
  word: Word,
  next: Word | undefined,
): ArgumentSecret[] {
  const text = word.value ?? '';
  if (!text.startsWith(option) || !isCallOf(call, programs, subcommands)) return [];
  const glued = text.slice(option.length);
  if (glued !== '') {
    if (option.startsWith('--') && !glued.startsWith('=')) return [];
    return partOf(glued.replace(/^=/, ''), part, word);
  }
  return isGluedOnly || next?.value === undefined ? [] : partOf(next.value, part, next);
}

function partOf(value: string, part: SecretOption['part'], word: Word): ArgumentSecret[] {
  if (part === 'value') return [{ value, kind: 'password', word }];
  const at = value.indexOf(part === 'after-colon' ? ':' : '%');
  return at < 0 ? [] : [{ value: value.slice(at + 1), kind: 'password', word }];
}

function passSource(call: Invocation, text: string, word: Word): ArgumentSecret[] {
  const isOne = PASS_SOURCES.includes(call.program ?? '') && text.startsWith('pass:');
  return isOne ? [{ value: text.slice('pass:'.length), kind: 'password', word }] : [];
}

function operandSecrets(call: Invocation, words: readonly Word[]): ArgumentSecret[] {
  const operands = words.filter((word) => !word.value?.startsWith('-'));
  return SECRET_OPERANDS.flatMap((entry) => {
    if (!entry.programs.includes(call.program ?? '')) return [];
    const start = entry.words.length === 0 ? 0 : startAfter(operands, entry.words);
    const word = start < 0 ? undefined : operands[start + entry.at];
    return word?.value === undefined ? [] : [{ value: word.value, kind: 'password', word }];
  });
}

function startAfter(operands: readonly Word[], wanted: readonly string[]): number {
  const at = operands.findIndex((_, index) =>
    wanted.every((text, offset) => operands[index + offset]?.value === text),
  );
  return at < 0 ? -1 : at + wanted.length;
}

/** What `echo secret |` or a here-document feeds to a program that reads a password. */
function inputSecrets(call: Invocation): ArgumentSecret[] {
  if (call.input.kind !== 'text') return [];
  const isOne = SECRET_INPUTS.some(({ programs, words }) => isCallOf(call, programs, words));
  if (!isOne) return [];
  const lines = call.input.text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => ({
    value: call.program === 'chpasswd' ? line.slice(line.indexOf(':') + 1) : line,
    kind: 'password',
    word: undefined,
  }));
}

function named(name: string, value: string | undefined, word: Word | undefined): ArgumentSecret[] {
  return value !== undefined && isSecretName(name) ? [{ value, kind: kindOf(name), word }] : [];
}

/** The program is one of these, and the words stand among its arguments in this order. */
function isCallOf(
  call: Invocation,
  programs: readonly string[],
  words: readonly string[],
): boolean {
  if (!programs.includes(call.program ?? '')) return false;
  let at = 0;
  for (const wanted of words) {
    at = call.argv.findIndex((word, index) => index > at && word.value === wanted);
    if (at < 0) return false;
  }
  return true;
}

function kindOf(name: string): string {
  if (/pass|pwd|pw$/i.test(name)) return 'password';
  if (/token/i.test(name)) return 'token';
  return /key/i.test(name) ? 'key' : 'secret';
}
