// Text of a command as a person may safely read it: nothing in it can hide, move or imitate anything else.
// Invariant: every character that has no visible form of its own, or that changes how its neighbours are shown, becomes a mark.

/** Line breaks and tabs have their own signs, so that text stays on one line and still shows its shape. */
const SIGNS: Readonly<Record<string, string>> = { '\n': '↵', '\t': '⇥' };

/** Controls, formats (bidi, zero-width), surrogates, private and unassigned ones, separators, blanks that are not U+0020. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000↵⇥]|\{(?=U\+)|(?<=\p{M}{3})\p{M}/gu;

/** A piece of text for a place that can set marks off from the rest. */
export interface Piece {
  text: string;
  /** `line` is a line break, shown as its sign. */
  kind: 'plain' | 'mark' | 'line' | 'tab';
}

/** One line of text in which hidden, bidirectional and control characters stand as marks such as `{U+202E}`; a line break is `↵`, a tab `⇥`. */
export function showText(text: string): string {
  return text.replace(UNSEEN, shown);
}

/** As `showText`, in pieces; their texts in order are what `showText` gives. */
export function showPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (index > end) pieces.push({ text: text.slice(end, index), kind: 'plain' });
    pieces.push({ text: shown(character), kind: kindOf(character) });
    end = index + character.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: 'plain' });
  return pieces;
}

/** As `showText`, but line breaks stay line breaks; for places that show several lines. */
export function showLines(text: string): string {
  return text
    .split('\n')
    .map((line) => showText(line))
    .join('\n');
}

/** As `showText`, for editor messages, which turn `[label](command:…)` into something to click. */
export function showInMessage(text: string): string {
  return showText(text).replace(/\]\(/g, `]${mark('(')}`);
}

/** Text of at most `max` characters (a few more where a mark stands at the cut): the middle is left out and its length said; `max` below 40 counts as 40. */
export function cutMiddle(text: string, max: number): string {
  const limit = Math.max(max, 40);
  if (text.length <= limit) {
    return text;
  }
  const kept = limit - 26 - String(text.length).length;
  const head = text.slice(0, wholeEnd(text, Math.ceil(kept * 0.6)));
  const tail = text.slice(wholeEnd(text, text.length - Math.floor(kept * 0.4)));
  return `${head} …[${text.length - head.length - tail.length} characters left out]… ${tail}`;
}

function shown(character: string): string {
  return SIGNS[character] ?? mark(character);
}

function kindOf(character: string): Piece['kind'] {
  if (character === '\n') return 'line';
  return character === '\t' ? 'tab' : 'mark';
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `{U+${code.toString(16).toUpperCase().padStart(4, '0')}}`;
}

/** The cut nearest to `index` that splits neither a surrogate pair nor a mark. */
function wholeEnd(text: string, index: number): number {
  const open = text.lastIndexOf('{U+', index);
  const close = open < 0 ? -1 : text.indexOf('}', open);
  if (open >= 0 && open < index && close >= index && close - open <= 9) {
    return close + 1;
  }
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index + 1 : index;
}
