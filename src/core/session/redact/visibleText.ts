// Terminal output without its escape sequences, with the way back to where each character stood.
// A colour in the middle of a secret (grep does that) must not hide it.

/** Control strings, control sequences and other escapes that are whole. */
const ESCAPES =
  /\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\^-~]/g;

/** An escape whose end has not come yet. */
const UNFINISHED =
  /(?:\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\x9c]*\x1b?|[ -/]*)?|\x9b[0-?]*[ -/]*)$/;

/** Longer than this an escape is not waited for. */
const MOST_ESCAPE = 4096;

export interface VisibleText {
  text: string;
  /** Offset in the original of the visible character at `index`. */
  originOf(index: number): number;
}

export function visibleText(original: string): VisibleText {
  if (!original.includes('\x1b') && !original.includes('\x9b')) {
    return { text: original, originOf: (index) => index };
  }
  const kept: { at: number; from: number }[] = [];
  let text = '';
  let from = 0;
  const keep = (end: number) => {
    if (end > from) kept.push({ at: text.length, from });
    text += original.slice(from, end);
  };
  for (const match of original.matchAll(ESCAPES)) {
    keep(match.index);
    from = match.index + match[0].length;
  }
  keep(original.length);
  return { text, originOf: (index) => originIn(kept, index) };
}

/** The escapes alone, so that a replaced piece leaves colours and cursor as it would have. */
export function escapesIn(original: string): string {
  return original.includes('\x1b') ? (original.match(ESCAPES) ?? []).join('') : '';
}

/** Where an escape starts that is not whole yet; the length of the text where there is none. */
export function unfinishedEscape(text: string): number {
  const tail = text.slice(-MOST_ESCAPE);
  if (!tail.includes('\x1b') && !tail.includes('\x9b')) return text.length;
  const last = Math.max(tail.lastIndexOf('\x1b'), tail.lastIndexOf('\x9b'));
  // A string's own end starts with an escape, too.
  const start = tail.charAt(last + 1) === '' && last > 0 ? tail.lastIndexOf('\x1b', last - 1) : -1;
  for (const at of [start, last]) {
    if (at >= 0 && UNFINISHED.exec(tail.slice(at))?.index === 0) {
      return text.length - tail.length + at;
    }
  }
  return text.length;
}

function originIn(kept: readonly { at: number; from: number }[], index: number): number {
  let low = 0;
  let high = kept.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((kept[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const piece = kept[low];
  return piece ? piece.from + index - piece.at : index;
}
