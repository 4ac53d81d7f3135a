// UTF-8 text as the inside of a JSON string, as bytes: a flood of output is escaped four bytes at a time.
// Invariant: what is written reads back as the same text; only what JSON asks for is escaped.

/** Bytes that one byte may become. */
export const MOST_ESCAPED = 6;

const BACKSLASH = 0x5c;
const SHORT = new Map([
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [BACKSLASH, '\\'],
]);

export class JsonBytes {
  /** For each byte what stands for it; undefined: itself. */
  private readonly escapes = Array.from({ length: 256 }, (_, byte) => escapeOf(byte));
  /** For each pair of bytes whether one of them is escaped. */
  private readonly pairs = new Uint8Array(256 * 256);

  constructor() {
    for (let pair = 0; pair < this.pairs.length; pair++) {
      const isPlain = !this.escapes[pair & 0xff] && !this.escapes[pair >> 8];
      this.pairs[pair] = isPlain ? 0 : 1;
    }
  }

  /** Writes the bytes from `start` to `end` at `at`, where there has to be room, and returns the place after. */
  write(bytes: DataView, start: number, end: number, to: DataView, at: number): number {
    const { pairs } = this;
    let next = at;
    let from = start;
    for (; from + 3 < end; from += 4) {
      const word = bytes.getUint32(from, true);
      if (pairs[word & 0xffff] === 0 && pairs[word >>> 16] === 0) {
        to.setUint32(next, word, true);
        next += 4;
      } else {
        for (let i = 0; i < 4; i++) next = this.writeOne(bytes.getUint8(from + i), to, next);
      }
    }
    for (; from + 1 < end; from += 2) {
      const pair = bytes.getUint16(from, true);
      if (pairs[pair] === 0) {
        to.setUint16(next, pair, true);
        next += 2;
      } else {
        next = this.writeOne(pair & 0xff, to, next);
        next = this.writeOne(pair >> 8, to, next);
      }
    }
    return from < end ? this.writeOne(bytes.getUint8(from), to, next) : next;
  }

  private writeOne(byte: number, to: DataView, at: number): number {
    const longer = this.escapes[byte];
    if (!longer) {
      to.setUint8(at, byte);
      return at + 1;
    }
    for (let i = 0; i < longer.length; i++) to.setUint8(at + i, longer[i] ?? 0);
    return at + longer.length;
  }
}

function escapeOf(byte: number): Uint8Array | undefined {
  if (byte >= 0x20 && byte !== 0x22 && byte !== BACKSLASH) return undefined;
  const short = SHORT.get(byte);
  const text = short === undefined ? `u${byte.toString(16).padStart(4, '0')}` : short;
  return new TextEncoder().encode(`\\${text}`);
}
