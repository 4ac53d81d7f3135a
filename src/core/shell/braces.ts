// Brace expansion: `{a,b}` and `{1..5}`, done before everything else, as bash does it.
// Invariant: either the exact words that bash makes, or `undefined`; never a part of them.
import type { LiteralPiece, Piece } from './tokens.ts';

/** Most words that one word may become. */
const MAX_WORDS = 256;

/** Longest word with braces that is expanded. */
const MAX_UNITS = 2_000;

/** One unquoted character, or a piece that brace expansion does not look into. */
type Unit = string | Piece;

/** Expands the braces of a word into one list of pieces for each word; undefined where they are too many. */
export function expandBraces(pieces: readonly Piece[]): readonly (readonly Piece[])[] | undefined {
  if (!pieces.some((piece) => isOpenText(piece) && piece.value.includes('{'))) {
    return [pieces];
  }
  if (pieces.some(holdsBrace)) {
    return undefined;
  }
  const units = pieces.flatMap((piece): Unit[] => (isOpenText(piece) ? [...piece.value] : [piece]));
  if (units.length > MAX_UNITS) {
    return undefined;
  }
  const words = expand(units, { left: MAX_WORDS });
  if (words?.some((word) => word.some((unit, at) => isTorn(unit, word[at + 1])))) {
    return undefined;
  }
  const start = pieces[0]?.start ?? 0;
  return words?.map((word) => toPieces(word, start));
}

/** In `${a:={b}{c,d}` bash looks for the end of the first brace behind it, and expands nothing there. */
function holdsBrace(piece: Piece): boolean {
  return (
    piece.kind === 'parameter' &&
    piece.operand.some((inner) => isOpenText(inner) && inner.value.includes('{'))
  );
}

/** `{$a,b}c` is `$ac bc`: a name without braces takes in what comes to stand behind it. */
function isTorn(unit: Unit, next: Unit | undefined): boolean {
  return (
    typeof unit !== 'string' &&
    unit.kind === 'parameter' &&
    !unit.quoted &&
    /^[A-Za-z_]/.test(unit.name) &&
    unit.end - unit.start === unit.name.length + 1 &&
    typeof next === 'string' &&
    /^[A-Za-z0-9_[]/.test(next)
  );
}

function isOpenText(piece: Piece): piece is LiteralPiece {
  return piece.kind === 'literal' && !piece.quoted;
}

function expand(units: readonly Unit[], budget: { left: number }): Unit[][] | undefined {
  for (let open = units.indexOf('{'); open >= 0; open = units.indexOf('{', open + 1)) {
    const close = closingBrace(units, open);
    const inner = close < 0 ? undefined : alternatives(units.slice(open + 1, close), budget);
    if (!inner) {
      continue;
    }
    const tails = budget.left < 0 ? undefined : expand(units.slice(close + 1), budget);
    if (!tails) {
      return undefined;
    }
    const result: Unit[][] = [];
    for (const alternative of inner) {
      const heads = expand(alternative, budget);
      if (!heads) {
        return undefined;
      }
      for (const head of heads) {
        for (const tail of tails) {
          result.push([...units.slice(0, open), ...head, ...tail]);
        }
      }
    }
    budget.left -= result.length;
    return budget.left < 0 ? undefined : result;
  }
  return [[...units]];
}

/** The brace that closes the one at `open`; a brace that belongs to no list is an ordinary character. */
function closingBrace(units: readonly Unit[], open: number): number {
  let depth = 0;
  for (let at = open; at < units.length; at++) {
    if (units[at] === '{') {
      depth++;
    } else if (units[at] === '}' && --depth === 0) {
      return at;
    }
  }
  return -1;
}

function alternatives(units: readonly Unit[], budget: { left: number }): Unit[][] | undefined {
  const result: Unit[][] = [[]];
  let depth = 0;
  for (const unit of units) {
    depth += unit === '{' ? 1 : unit === '}' ? -1 : 0;
    if (unit === ',' && depth === 0) {
      result.push([]);
    } else {
      result.at(-1)?.push(unit);
    }
  }
  return result.length > 1 ? result : sequence(units, budget);
}

function sequence(units: readonly Unit[], budget: { left: number }): Unit[][] | undefined {
  if (!units.every((unit) => typeof unit === 'string')) {
    return undefined;
  }
  const text = units.join('');
  const numbers = /^(-?[0-9]{1,15})\.\.(-?[0-9]{1,15})(?:\.\.(-?[0-9]{1,9}))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?[0-9]{1,9}))?$/.exec(text);
  const [, from = '', to = '', by = '1'] = numbers ?? letters ?? [];
  if (from === '') {
    return undefined;
  }
  const [first, last] = numbers
    ? [Number(from), Number(to)]
    : [from.charCodeAt(0), to.charCodeAt(0)];
  const step = Math.abs(Number(by)) || 1;
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  // Between `Z` and `a` lie characters that the shell would then read as quotes.
  if (count > MAX_WORDS || (letters && /^[a-z]$/.test(from) !== /^[a-z]$/.test(to))) {
    budget.left = -1;
    return [];
  }
  const isPadded = /^-?0[0-9]/.test(from) || /^-?0[0-9]/.test(to);
  const width = numbers && isPadded ? Math.max(from.length, to.length) : 0;
  const sign = first <= last ? 1 : -1;
  return Array.from({ length: count }, (_, index) => {
    const value = first + sign * index * step;
    return [...(numbers ? pad(value, width) : String.fromCharCode(value))];
  });
}

function pad(value: number, width: number): string {
  const sign = value < 0 ? '-' : '';
  return sign + String(Math.abs(value)).padStart(width - sign.length, '0');
}

function toPieces(units: readonly Unit[], start: number): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') {
      pieces.push({ kind: 'literal', value: text, quoted: false, start, end: start });
      text = '';
    }
  };
  for (const unit of units) {
    if (typeof unit === 'string') {
      text += unit;
    } else {
      flush();
      pieces.push(unit);
    }
  }
  flush();
  return pieces;
}
