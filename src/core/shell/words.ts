// Words of their parts: the value where every part is constant, and the cause where one is not.
// Invariant: a word has a value only where all of its parts are constant.
import type { DynamicCause, Span, Word, WordPart } from './types.ts';

type Parts = readonly WordPart[];

/** Makes a word of its parts. */
export function word(text: string, pieces: Parts, span: Span, cause?: DynamicCause): Word {
  const parts = pieces.length > 1 ? merged(pieces) : pieces;
  let value: string | undefined = '';
  let why: DynamicCause | undefined = cause;
  let isGlob = false;
  for (const part of parts) {
    if (part.kind === 'literal' || part.kind === 'glob') {
      value = value === undefined ? undefined : value + part.value;
      isGlob ||= part.kind === 'glob';
    } else {
      value = undefined;
      why ??= causeOf(part);
    }
  }
  return why === undefined
    ? { text, value, parts, isGlob, span }
    : { text, value, cause: why, parts, isGlob, span };
}

/** Neighbouring literals as one, so that `""+main` starts with a plus for everyone who looks. */
function merged(parts: Parts): Parts {
  const result: WordPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal') {
      const quoted = last.quoted && part.quoted;
      result[result.length - 1] = { kind: 'literal', value: last.value + part.value, quoted };
    } else {
      result.push(part);
    }
  }
  return result;
}

function causeOf(part: WordPart): DynamicCause {
  switch (part.kind) {
    case 'variable':
      return 'variable';
    case 'substitution':
      return 'substitution';
    case 'opaque':
      return part.why === 'arithmetic' ? 'arithmetic' : 'other';
    default:
      return 'other';
  }
}
