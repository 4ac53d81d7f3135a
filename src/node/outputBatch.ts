// Gathers what a pty gives in small reads (4 KB on Linux), so that a flood of output costs one step for many of them.
// Invariant: nothing is lost or reordered, no character is cut, and what comes after a pause is passed on at once.
import { StringDecoder } from 'node:string_decoder';

/** Gathered for so long, or until it is this much. An editor draws less often than that. */
const GATHER = { ms: 4, bytes: 64 * 1024 };

export class OutputBatch {
  private readonly decoder = new StringDecoder('utf8');
  /** Used again and again: a flood makes no garbage. */
  private readonly space = Buffer.allocUnsafeSlow(GATHER.bytes);
  private length = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly emit: (data: string) => void) {}

  /** Text is passed on as it is: some systems' ptys decode it themselves. */
  take(data: Buffer | string): void {
    if (typeof data === 'string') {
      this.flush();
      this.emit(data);
      return;
    }
    this.add(data);
    if (this.timer === undefined) {
      this.pass();
      // What follows soon waits for its end.
      this.timer = setTimeout(() => this.flush(), GATHER.ms);
    }
  }

  /** Passes on what is there, and all but an unfinished character. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pass();
  }

  /** Nothing comes after it. */
  end(): void {
    this.flush();
    const rest = this.decoder.end();
    if (rest !== '') this.emit(rest);
  }

  private add(data: Buffer): void {
    for (let from = 0; from < data.length; ) {
      const copied = data.copy(this.space, this.length, from);
      this.length += copied;
      from += copied;
      if (this.length === GATHER.bytes) this.pass();
    }
  }

  private pass(): void {
    if (this.length === 0) return;
    const text = this.decoder.write(this.space.subarray(0, this.length));
    this.length = 0;
    if (text !== '') this.emit(text);
  }
}
