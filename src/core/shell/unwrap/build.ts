// Small makers of what the wrappers return, so that every wrapper's file only says what is special to it.
import type { Assignment, NestingStep, NotUnderstood, ShellDialect, Span, Word } from '../types.ts';
import {
  type ArgvPart,
  type TextPart,
  UNKNOWN_TEXT,
  type Unwrapped,
  type UnwrappedPart,
} from './types.ts';

/** A call that starts nothing. */
export const NOTHING: Unwrapped = { transparent: false, parts: [], notUnderstood: [] };

/** One layer of nesting, shown with the given label. */
export function step(label: string, kind: NestingStep['kind'], word: Word): NestingStep {
  return { label, kind, span: word.span };
}

/** Text for a shell, joined with blanks from words as `eval` and `ssh` do. Pieces that are not constant stay visible as `${unknown}`. */
export function textPart(
  words: readonly Word[],
  dialect: ShellDialect,
  at: NestingStep,
  more: Partial<TextPart> = {},
): { part: TextPart; notUnderstood: readonly NotUnderstood[] } {
  const open = words.filter((word) => word.value === undefined || word.isGlob);
  const part: TextPart = {
    kind: 'text',
    text: words.map(partialText).join(' '),
    isPartial: open.length > 0,
    dialect,
    words,
    span: spanAround(words) ?? at.span,
    positional: [],
    step: at,
    ...more,
  };
  const notUnderstood = open.map((word) => ({
    code: 'dynamic-code',
    why: `A shell would run text that is not known beforehand: \`${word.text}\`.`,
    span: word.span,
  }));
  return { part, notUnderstood };
}

/** The stretch from the first to the last of the words; words that a wrapper adds stand where the wrapper does. */
export function spanAround(words: readonly Word[]): Span | undefined {
  const [first] = words;
  return (
    first &&
    words.reduce<Span>(
      ({ start, end }, { span }) => ({
        start: Math.min(start, span.start),
        end: Math.max(end, span.end),
      }),
      first.span,
    )
  );
}

/** The value of a word with `${NAME}` or `${unknown}` where it is not constant. */
export function partialText(word: Word): string {
  if (word.value !== undefined) return word.value;
  return word.parts
    .map((part) => {
      switch (part.kind) {
        case 'literal':
        case 'glob':
          return part.value;
        case 'variable':
          return `\${${part.name}}`;
        default:
          return UNKNOWN_TEXT;
      }
    })
    .join('');
}

/** Words that are started as a program. */
export function argvPart(
  words: readonly Word[],
  at: NestingStep,
  more: Partial<ArgvPart> = {},
): ArgvPart {
  return { kind: 'argv', words, step: at, ...more };
}

/** A call that only starts the given parts. */
export function transparent(
  parts: readonly UnwrappedPart[],
  notUnderstood: readonly NotUnderstood[] = [],
): Unwrapped {
  return { transparent: true, parts, notUnderstood };
}

/** A call that starts the given parts and does something itself. */
export function opaque(
  parts: readonly UnwrappedPart[],
  notUnderstood: readonly NotUnderstood[] = [],
): Unwrapped {
  return { transparent: false, parts, notUnderstood };
}

/** `NAME=value` words before a program, as assignments, and the words behind them. */
export function splitAssignments(words: readonly Word[]): {
  assignments: readonly Assignment[];
  rest: readonly Word[];
} {
  const assignments: Assignment[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as Word;
    const head = word.parts[0];
    const text = word.value ?? (head?.kind === 'literal' ? head.value : '');
    // Such a program takes every word with `=` for an assignment: `BASH_FUNC_f%%=() { …; }` is one.
    const match = /^([^-=][^=]*)=/.exec(text);
    if (!match) break;
    const length = match[0].length;
    const value: Word =
      word.value === undefined
        ? { ...word, parts: cutParts(word, length) }
        : {
            ...word,
            value: word.value.slice(length),
            parts: [{ kind: 'literal', value: word.value.slice(length), quoted: true }],
          };
    assignments.push({ name: match[1] ?? '', value, append: false, span: word.span });
  }
  return { assignments, rest: words.slice(at) };
}

function cutParts(word: Word, length: number): Word['parts'] {
  const [head, ...rest] = word.parts;
  if (head?.kind !== 'literal') return word.parts;
  return [{ ...head, value: head.value.slice(length) }, ...rest];
}
