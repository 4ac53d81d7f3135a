// Finds which of many short texts stand in a long one, in one pass; upper and lower case count the same.
// The patterns of the secret rules are slow, and almost all output holds none of their hints.

/** Letters and digits as they are told apart; everything else is 0 or shares a number, which only costs a second look. */
const FOLD = foldTable();
const KINDS = 64;

/** A hint starts with the pair of bytes, or one byte before it. */
const PAIR = { here: 1, before: 2 };

interface Place {
  bytes: Buffer;
  index: number;
}

export class HintScanner {
  /** For each row of three folded characters the place in `lists` of the hints that start with it; 0: none does. */
  private readonly starts = new Uint16Array(KINDS ** 3);
  /** For each such row a bit: small enough to be looked at all the time. */
  private readonly startBits = new Uint8Array(KINDS ** 3 / 8);
  private readonly lists: Place[][] = [[]];
  /** For each pair of bytes where a hint may start that shows in it, see `PAIR`: so every other pair is enough to look at. */
  private readonly pairs = new Uint8Array(256 * 256);
  private space = Buffer.alloc(0);

  /** `hints` are lower-case ASCII texts of three characters or more. */
  constructor(hints: readonly string[]) {
    hints.forEach((hint, index) => {
      if (hint.length < 3) throw new Error(`The hint "${hint}" is too short.`);
      const bytes = Buffer.from(hint, 'latin1');
      const start = startOf(bytes, 2);
      this.starts[start] ||= this.lists.push([]) - 1;
      this.startBits[start >> 3] = (this.startBits[start >> 3] ?? 0) | (1 << (start & 7));
      this.startingWith(start).push({ bytes, index });
      this.mark(bytes[0], bytes[1], PAIR.here);
      this.mark(bytes[1], bytes[2], PAIR.before);
    });
  }

  /** Calls back for each place of each hint, in order of place. */
  scan(text: string, found: (index: number, at: number) => void): void {
    const { starts } = this;
    const length = text.length;
    // Bytes are read many times faster than characters; what is lost of wide characters is no letter of a hint's.
    if (this.space.length < length) this.space = Buffer.alloc(length * 2);
    const bytes = this.space;
    bytes.write(text, 0, 'latin1');
    let last = 0;
    for (let i = 0; i < length; i++) {
      last = ((last << 6) | (FOLD[bytes[i] ?? 0] ?? 0)) & 0x3ffff;
      if (starts[last] !== 0 && i > 1) this.check(bytes, length, last, i - 2, found);
    }
  }

  /** Whether any hint stands in the first bytes of UTF-8 text. */
  isIn(bytes: Uint8Array, length: number): boolean {
    const { pairs, startBits } = this;
    const words = wordsOf(bytes, length >> 1);
    const count = words.length;
    for (let i = 0; i < count; i++) {
      const where = pairs[words[i] ?? 0] ?? 0;
      if (where === 0) continue;
      const at = i * 2;
      if ((where & PAIR.here) !== 0) {
        const start = startOf(bytes, at + 2);
        const isLikely = ((startBits[start >> 3] ?? 0) & (1 << (start & 7))) !== 0;
        if (isLikely && this.isAt(bytes, length, at, start)) return true;
      }
      if ((where & PAIR.before) !== 0 && at > 0) {
        const start = startOf(bytes, at + 1);
        const isLikely = ((startBits[start >> 3] ?? 0) & (1 << (start & 7))) !== 0;
        if (isLikely && this.isAt(bytes, length, at - 1, start)) return true;
      }
    }
    return false;
  }

  /** In upper and lower case. */
  private mark(first = 0, second = 0, where = 0): void {
    for (const one of casesOf(first)) {
      for (const other of casesOf(second)) {
        const [pair = 0] = wordsOf(Uint8Array.of(one, other), 1);
        this.pairs[pair] = (this.pairs[pair] ?? 0) | where;
      }
    }
  }

  private isAt(bytes: Uint8Array, length: number, at: number, start: number): boolean {
    const hints = this.startingWith(start);
    for (let i = 0; i < hints.length; i++) {
      const hint = hints[i]?.bytes;
      if (hint && at + hint.length <= length && isSame(bytes, hint, at)) return true;
    }
    return false;
  }

  private startingWith(row: number): Place[] {
    return this.lists[this.starts[row] ?? 0] ?? [];
  }

  private check(
    bytes: Uint8Array,
    length: number,
    start: number,
    at: number,
    found: (index: number, at: number) => void,
  ): void {
    for (const hint of this.startingWith(start)) {
      const end = at + hint.bytes.length;
      if (end <= length && isSame(bytes, hint.bytes, at)) found(hint.index, at);
    }
  }
}

/** The bytes two by two, in the order of this machine. */
function wordsOf(bytes: Uint8Array, count: number): Uint16Array {
  const { buffer, byteOffset } = bytes.byteOffset % 2 === 0 ? bytes : Uint8Array.from(bytes);
  return new Uint16Array(buffer, byteOffset, count);
}

function casesOf(byte: number): readonly number[] {
  return byte >= 97 && byte <= 122 ? [byte, byte - 32] : [byte];
}

function isSame(bytes: Uint8Array, hint: Buffer, at: number): boolean {
  // From its end: that it starts so is why it is looked at.
  for (let i = hint.length - 1; i >= 0; i--) {
    let byte = bytes[at + i] ?? 0;
    if (byte >= 65 && byte <= 90) byte += 32;
    if (byte !== hint[i]) return false;
  }
  return true;
}

function startOf(bytes: Uint8Array, end: number): number {
  const first = FOLD[bytes[end - 2] ?? 0] ?? 0;
  const second = FOLD[bytes[end - 1] ?? 0] ?? 0;
  const third = FOLD[bytes[end] ?? 0] ?? 0;
  return (first << 12) | (second << 6) | third;
}

function foldTable(): Uint8Array {
  const table = new Uint8Array(256);
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_.:/= ';
  [...letters].forEach((letter, index) => {
    table[letter.charCodeAt(0)] = index + 1;
    table[letter.toUpperCase().charCodeAt(0)] = index + 1;
  });
  return table;
}
