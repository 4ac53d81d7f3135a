// Reads the options of a wrapper up to the program that it starts.
// Invariant: an option that the table does not know is reported, because what follows it may be its value or the program.
import { mayBeSeveral } from '../optionlessOutputs.ts';
import type { NotUnderstood, Word } from '../types.ts';

/** Options of one wrapper. Short ones are letters; long ones are written out and may be abbreviated. */
export interface OptionTable {
  /** Letters without a value. */
  flags?: string;
  /** Letters with a value, glued or in the next word. */
  values?: string;
  /** Letters whose value is only ever glued (`xargs -i{}`). */
  glued?: string;
  /** Letters behind which digits may stand, and then more letters (`perl -0777ne`). */
  digits?: string;
  longFlags?: readonly string[];
  longValues?: readonly string[];
  /** Whole words with one dash and more than one letter (`arch -arm64`). */
  singles?: readonly string[];
  /** Letters with a value behind which nothing is an option any more (`python -c`). */
  last?: string;
  /** True only for programs whose every option is complete in one word (`--name` or `--name=value`). */
  isOpen?: boolean;
  /** True where `-5` is an option (nice). */
  numbers?: boolean;
}

/** Long option names out of one text: `longs('user group')` is `--user`, `--group`. */
export function longs(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s+/)
    .map((name) => `--${name}`);
}

export interface FoundOption {
  /** `-u` or `--user`, written out. */
  name: string;
  value: Word | undefined;
}

export interface OptionsRead {
  options: readonly FoundOption[];
  /** The words after the options. */
  rest: readonly Word[];
  /** True where `--` ended the options. */
  isEnded: boolean;
  notUnderstood: readonly NotUnderstood[];
}

/** Reads options from the first of `words` to the first word that is none. */
export function readOptions(
  words: readonly Word[],
  table: OptionTable,
  label: string,
): OptionsRead {
  const options: FoundOption[] = [];
  const notUnderstood: NotUnderstood[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at] as Word;
    const text = word.value;
    if (text === undefined || text === '-' || !text.startsWith('-')) break;
    at++;
    if (text === '--') return { options, rest: words.slice(at), isEnded: true, notUnderstood };
    const step = text.startsWith('--')
      ? readLong(word, text, words[at], table)
      : readBundle(word, text, words[at], table);
    options.push(...step.options);
    if (step.usedNext) {
      const problem = words[at] && splitProblem(words[at] as Word, label);
      if (problem) notUnderstood.push(problem);
      at++;
    }
    const name = step.options.at(-1)?.name ?? '';
    if (name.length === 2 && table.last?.includes(name[1] ?? ' ') === true)
      return { options, rest: words.slice(at), isEnded: true, notUnderstood };
    if (step.unknown !== undefined) {
      const why = `It is not known what \`${step.unknown}\` means to ${label}, so what it starts is not certain.`;
      notUnderstood.push({ code: 'unknown-option', why, span: word.span });
    }
  }
  return { options, rest: words.slice(at), isEnded: false, notUnderstood };
}

/** Reads options that may stand behind operands as well; `rest` are the operands. */
export function readAllOptions(
  words: readonly Word[],
  table: OptionTable,
  label: string,
): OptionsRead {
  let read = readOptions(words, table, label);
  const options = [...read.options];
  const notUnderstood = [...read.notUnderstood];
  const operands: Word[] = [];
  while (read.rest.length > 0 && !read.isEnded) {
    operands.push(read.rest[0] as Word);
    read = readOptions(read.rest.slice(1), table, label);
    options.push(...read.options);
    notUnderstood.push(...read.notUnderstood);
  }
  return { options, rest: [...operands, ...read.rest], isEnded: read.isEnded, notUnderstood };
}

/** An unquoted `$X` in front of the program may be no word or several, so what follows it may not be the program. */
export function splitProblem(word: Word, label: string): NotUnderstood | undefined {
  const mayVanish =
    word.value === undefined &&
    word.parts.some(
      (part) =>
        ((part.kind === 'variable' || part.kind === 'substitution') && !part.quoted) ||
        (part.kind === 'variable' && part.name.includes('@')),
    );
  if (!mayVanish) return undefined;
  const why = `\`${word.text}\` may be no word or several, so what ${label} starts is not certain.`;
  return { code: 'dynamic-option', why, span: word.span };
}

/** The same for every word that stands in front of the program, `count` words from the end: `env A=$X ls`. */
export function splitProblems(
  words: readonly Word[],
  count: number,
  label: string,
): readonly NotUnderstood[] {
  return words.slice(0, words.length - count).flatMap((word) => {
    // What begins with constant text is at least one word.
    const mayBeNone = word.parts[0]?.kind !== 'literal';
    const problem = mayBeNone || mayBeSeveral(word) ? splitProblem(word, label) : undefined;
    return problem ? [problem] : [];
  });
}

/** The value of the first option with one of the names. */
export function optionValue(read: OptionsRead, ...names: string[]): Word | undefined {
  return read.options.find((option) => names.includes(option.name))?.value;
}

/** The values of all options with one of the names. */
export function optionValues(read: OptionsRead, ...names: string[]): readonly Word[] {
  return read.options.flatMap(({ name, value }) => (value && names.includes(name) ? [value] : []));
}

/** True where one of the options is there. */
export function hasOption(read: OptionsRead, ...names: string[]): boolean {
  return read.options.some((option) => names.includes(option.name));
}

/** The rest of a word as a word of its own: the value glued to an option. */
export function wordTail(word: Word, length: number): Word {
  const value = word.value?.slice(length);
  return { ...constantWord(value ?? '', word), isGlob: false };
}

/** A constant word that stands where another one stood. */
export function constantWord(value: string, like: Word): Word {
  return {
    text: value,
    value,
    parts: [{ kind: 'literal', value, quoted: true }],
    isGlob: false,
    span: like.span,
  };
}

/** A word whose value is not known, for operands that a wrapper adds. */
export function unknownWord(text: string, why: string, like: Word): Word {
  return {
    text,
    value: undefined,
    cause: 'other',
    parts: [{ kind: 'opaque', text, why }],
    isGlob: false,
    span: like.span,
  };
}

interface Step {
  options: FoundOption[];
  usedNext: boolean;
  unknown: string | undefined;
}

function readLong(word: Word, text: string, next: Word | undefined, table: OptionTable): Step {
  const equals = text.indexOf('=');
  const written = equals < 0 ? text : text.slice(0, equals);
  const glued = equals < 0 ? undefined : wordTail(word, equals + 1);
  const meant = find(written, [...(table.longValues ?? []), ...(table.longFlags ?? [])]);
  const asValue = meant !== undefined && table.longValues?.includes(meant) ? meant : undefined;
  if (asValue !== undefined) {
    const value = glued ?? next;
    return {
      options: [{ name: asValue, value }],
      usedNext: glued === undefined,
      unknown: undefined,
    };
  }
  const asFlag = meant;
  const isKnown = asFlag !== undefined || table.isOpen === true;
  return {
    options: [{ name: asFlag ?? written, value: glued }],
    usedNext: false,
    unknown: isKnown ? undefined : written,
  };
}

/** The option that is meant: written out, or abbreviated without doubt. */
function find(written: string, known: readonly string[]): string | undefined {
  if (known.includes(written)) return written;
  const longer = known.filter((name) => name.startsWith(written));
  return longer.length === 1 && written.length > 3 ? longer[0] : undefined;
}

function readBundle(word: Word, text: string, next: Word | undefined, table: OptionTable): Step {
  const options: FoundOption[] = [];
  if (table.numbers && /^-\d+$/.test(text)) {
    return { options: [{ name: text, value: undefined }], usedNext: false, unknown: undefined };
  }
  if (table.singles?.includes(text) === true) {
    return { options: [{ name: text, value: undefined }], usedNext: false, unknown: undefined };
  }
  for (let index = 1; index < text.length; index++) {
    const letter = text[index] as string;
    const name = `-${letter}`;
    if (table.values?.includes(letter) === true || table.last?.includes(letter) === true) {
      const isLast = index === text.length - 1;
      options.push({ name, value: isLast ? next : wordTail(word, index + 1) });
      return { options, usedNext: isLast, unknown: undefined };
    }
    if (table.glued?.includes(letter) === true) {
      const value = index === text.length - 1 ? undefined : wordTail(word, index + 1);
      options.push({ name, value });
      return { options, usedNext: false, unknown: undefined };
    }
    if (table.digits?.includes(letter) === true) {
      const digits = /^\d*/.exec(text.slice(index + 1))?.[0] ?? '';
      options.push({ name, value: digits === '' ? undefined : constantWord(digits, word) });
      index += digits.length;
      continue;
    }
    options.push({ name, value: undefined });
    if (table.flags?.includes(letter) !== true && table.isOpen !== true)
      return { options, usedNext: false, unknown: text };
  }
  return { options, usedNext: false, unknown: undefined };
}
