// The fast look at output: whether it may hold a secret at all. Almost none does, and then nothing has to be taken apart.
// Invariant: `isClean` says yes only where `Redactor.find` finds nothing in the visible text; whatever it cannot tell is not clean.
import { HintScanner } from './hintScanner.ts';

const ESCAPE = 0x1b;
/** The one-byte form of `ESC [` as it stands in UTF-8. */
const SHORT_ESCAPE = Buffer.from('\x9b', 'utf8');
/** Of a value that is known to be secret so many characters are looked for. */
const MOST_HINT = 16;

export class CleanCheck {
  private readonly scanner: HintScanner;
  /** A value has nothing to look for in bytes: nothing is called clean. */
  private readonly isBlind: boolean;
  private space = Buffer.alloc(0);

  /** `hints` as the scanner takes them; `known` are secret values. */
  constructor(hints: readonly string[], known: readonly string[]) {
    const parts = known.map(plainPart);
    this.isBlind = parts.includes(undefined);
    this.scanner = new HintScanner([...hints, ...parts.flatMap((part) => part ?? [])]);
  }

  /** `context` is visible text that stood before on the same line; `bytes` are UTF-8. */
  isClean(context: string, bytes: Buffer): boolean {
    if (this.isBlind || bytes.includes(SHORT_ESCAPE)) return false;
    const most = context.length * 3 + bytes.length;
    if (this.space.length < most) this.space = Buffer.alloc(most * 2);
    const start = this.space.write(context, 0, 'utf8');
    const end = this.addVisible(bytes, start);
    return end !== undefined && !this.scanner.isIn(this.space, end);
  }

  /** Adds the bytes without their colours and cursor moves; undefined where an escape is not whole or may hold text. */
  private addVisible(bytes: Buffer, start: number): number | undefined {
    let to = start;
    let from = 0;
    for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, from)) {
      to += bytes.copy(this.space, to, from, at);
      const end = escapeEnd(bytes, at);
      if (end === undefined) return undefined;
      from = end;
    }
    return to + bytes.copy(this.space, to, from);
  }
}

/** Where a control sequence or a short escape ends; undefined for all others. The same as in visibleText.ts. */
function escapeEnd(bytes: Buffer, start: number): number | undefined {
  let at = start + 1;
  const isSequence = bytes[at] === 0x5b;
  if (isSequence) {
    at += 1;
    while (isBetween(bytes[at], 0x30, 0x3f)) at += 1;
  }
  while (isBetween(bytes[at], 0x20, 0x2f)) at += 1;
  const last = bytes[at];
  if (isSequence) return isBetween(last, 0x40, 0x7e) ? at + 1 : undefined;
  const isString = last === 0x50 || last === 0x58 || (isBetween(last, 0x5b, 0x5f) && last !== 0x5c);
  return isBetween(last, 0x30, 0x7e) && !isString ? at + 1 : undefined;
}

function isBetween(byte: number | undefined, least: number, most: number): boolean {
  return byte !== undefined && byte >= least && byte <= most;
}

/** The longest row of plain characters of a value, as a hint; undefined where it is too short to be one. */
function plainPart(value: string): string | undefined {
  const rows = value.match(/[\x20-\x7e]{3,}/g) ?? [];
  const longest = [...rows].sort((a, b) => b.length - a.length)[0];
  return longest?.slice(0, MOST_HINT).toLowerCase();
}
