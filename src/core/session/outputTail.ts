// The end of an output, however long it is; a flood costs next to nothing, because its pieces are not joined.

export class OutputTail {
  private pieces: string[] = [];
  private length = 0;
  private first = 0;
  private total = 0;

  /** Keeps at most `most` characters. */
  constructor(private readonly most: number) {}

  add(data: string): void {
    if (data === '') return;
    this.pieces.push(data);
    this.length += data.length;
    this.total += data.length;
    let oldest = this.pieces[this.first]?.length ?? 0;
    while (this.length - oldest >= this.most) {
      this.pieces[this.first] = '';
      this.length -= oldest;
      this.first += 1;
      oldest = this.pieces[this.first]?.length ?? 0;
    }
    // Small pieces are joined and empty ones let go only now and then.
    if (this.first > 1000 || this.pieces.length - this.first > 5000) {
      this.pieces = [this.pieces.join('')];
      this.first = 0;
    }
  }

  /** How many characters were not kept. */
  get dropped(): number {
    return Math.max(0, this.total - this.most);
  }

  text(): string {
    return this.pieces.join('').slice(-this.most);
  }
}
