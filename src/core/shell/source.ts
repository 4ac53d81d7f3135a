// Text that is being read, and where each of its characters stands in the submission.
// Invariant: a span that leaves this folder always points into the submission's original text.
import type { Span } from './types.ts';

/** Text together with the way back to the original line. Offsets are UTF-16 units. */
export interface Source {
  readonly text: string;
  /** Maps a half-open range of `text` to a span of the original line; total, never throws. */
  span(start: number, end: number): Span;
}

/** The submission itself: offsets are already those of the line. */
export function originalSource(text: string): Source {
  const { length } = text;
  return {
    text,
    span: (start, end) => ({ start: Math.min(start, length), end: Math.min(end, length) }),
  };
}

/** Text that was made from a part of `parent`; `offsets[i]` is where character i stands in it, with one entry more for the end. */
export function derivedSource(text: string, parent: Source, offsets: readonly number[]): Source {
  const last = offsets.length - 1;
  const at = (index: number): number => offsets[Math.max(0, Math.min(index, last))] ?? 0;
  return {
    text,
    span: (start, end) => parent.span(at(start), Math.max(at(start), at(end))),
  };
}

/** Text that stands nowhere in the line as written (a file, a computed word): everything points to one span. */
export function fixedSource(text: string, span: Span): Source {
  return { text, span: () => span };
}

/** A text is not looked for in one that is so much longer: it would be found at the wrong place, or late. */
const FAR = 1_000;
const FARTHER = 20;

/** Text that a wrapper made out of the line's characters in `span`: found there again where that is possible, else all of it points to `span`. */
export function alignedSource(text: string, line: string, span: Span): Source {
  if (span.end - span.start > FAR + FARTHER * text.length) return fixedSource(text, span);
  const raw = line.slice(span.start, span.end);
  const found = raw.indexOf(text);
  if (found >= 0 && text !== '') {
    const base = span.start + found;
    const { length } = text;
    return {
      text,
      span: (start, end) => ({
        start: base + Math.min(start, length),
        end: base + Math.min(end, length),
      }),
    };
  }
  const offsets: number[] = [];
  let at = 0;
  for (const char of text.split('')) {
    at = raw.indexOf(char, at);
    if (at < 0) {
      return fixedSource(text, span);
    }
    offsets.push(span.start + at++);
  }
  offsets.push(span.start + at);
  return derivedSource(text, originalSource(line), offsets);
}
