// Finds which of many short texts stand in a long one, in one pass; upper and lower case count the same.
// The patterns of the secret rules are slow, and almost all output holds none of their hints.

/** Letters and digits as they are told apart; everything else is 0 or shares a number, which only costs a second look. */
const FOLD = foldTable();
const KINDS = 64;

export class HintScanner {
  /** For each row of three folded characters whether a hint starts with it. */
  private readonly starts = new Uint8Array(KINDS ** 3);
  private readonly byStart = new Map<number, { bytes: Buffer; index: number }[]>();
  private space = Buffer.alloc(0);

  /** `hints` are lower-case ASCII texts of three characters or more. */
  constructor(hints: readonly string[]) {
    hints.forEach((hint, index) => {
      if (hint.length < 3) throw new Error(`The hint "${hint}" is too short.`);
      const bytes = Buffer.from(hint, 'latin1');
      const start = startOf(bytes, 2);
      this.starts[start] = 1;
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), { bytes, index }]);
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
      if (starts[last] === 1 && i > 1) this.check(text, bytes, last, i - 2, found);
    }
  }

  private check(
    text: string,
    bytes: Buffer,
    start: number,
    at: number,
    found: (index: number, at: number) => void,
  ): void {
    for (const hint of this.byStart.get(start) ?? []) {
      const end = at + hint.bytes.length;
      if (end <= text.length && isSame(bytes, hint.bytes, at)) found(hint.index, at);
    }
  }
}

function isSame(bytes: Buffer, hint: Buffer, at: number): boolean {
  for (let i = 0; i < hint.length; i++) {
    let byte = bytes[at + i] ?? 0;
    if (byte >= 65 && byte <= 90) byte += 32;
    if (byte !== hint[i]) return false;
  }
  return true;
}

function startOf(bytes: Buffer, end: number): number {
  let start = 0;
  for (let i = end - 2; i <= end; i++) start = (start << 6) | (FOLD[bytes[i] ?? 0] ?? 0);
  return start;
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
