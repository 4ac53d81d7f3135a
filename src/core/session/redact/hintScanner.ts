// Finds which of many short texts stand in a long one, in one pass; upper and lower case count the same.
// The patterns of the secret rules are slow, and almost all output holds none of their hints.

const BUCKETS = 1 << 16;

export class HintScanner {
  private readonly buckets = new Uint8Array(BUCKETS);
  private readonly byStart = new Map<number, { hint: string; index: number }[]>();

  /** `hints` are lower-case ASCII texts of three characters or more. */
  constructor(hints: readonly string[]) {
    hints.forEach((hint, index) => {
      if (hint.length < 3) throw new Error(`The hint "${hint}" is too short.`);
      let start = 0;
      for (const character of hint.slice(0, 3)) start = (start << 7) | character.charCodeAt(0);
      this.buckets[bucketOf(start)] = 1;
      const known = this.byStart.get(start) ?? [];
      this.byStart.set(start, [...known, { hint, index }]);
    });
  }

  /** Calls back for each place of each hint, in order of place. */
  scan(text: string, found: (index: number, at: number) => void): void {
    const { buckets } = this;
    let last = 0;
    for (let i = 0; i < text.length; i++) {
      let code = text.charCodeAt(i);
      if (code > 127) code = 0;
      else if (code >= 65 && code <= 90) code += 32;
      last = ((last << 7) | code) & 0x1fffff;
      if (buckets[(Math.imul(last, 0x9e3779b1) >>> 16) & 0xffff] === 1) {
        this.check(text, last, i - 2, found);
      }
    }
  }

  private check(
    text: string,
    start: number,
    at: number,
    found: (index: number, at: number) => void,
  ): void {
    for (const { hint, index } of this.byStart.get(start) ?? []) {
      if (hint.length === 3 || text.slice(at, at + hint.length).toLowerCase() === hint) {
        found(index, at);
      }
    }
  }
}

function bucketOf(start: number): number {
  return (Math.imul(start, 0x9e3779b1) >>> 16) & 0xffff;
}
