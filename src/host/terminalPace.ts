// Gives a terminal no more than the window can draw, and lets the program wait meanwhile: the editor takes any amount
// from an extension, and a window that drowns in output cannot be used to stop the agent.
// Invariant: nothing is lost or reordered, and the program goes on once what it wrote is shown.
import type { Disposable } from './panelModel.ts';

/** Characters a second: about what a terminal draws without falling behind. */
const PER_SECOND = 8 * 1024 * 1024;
/** So much may come at once before anybody waits. */
const AT_ONCE = 2 * 1024 * 1024;
const TURN_MS = 50;

export interface PaceOptions {
  write(text: string): void;
  /** Lets the program wait, or go on. */
  pause(isPaused: boolean): void;
  /** Milliseconds that only go up. */
  now(): number;
  /** Calls back once after this many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
}

export class TerminalPace {
  private allowance = AT_ONCE;
  private countedAt: number;
  private waiting: string[] = [];
  private timer: Disposable | undefined;

  constructor(private readonly options: PaceOptions) {
    this.countedAt = options.now();
  }

  add(text: string): void {
    if (text === '') return;
    this.refill();
    if (this.waiting.length === 0 && this.allowance > 0) this.pass(text);
    else this.waiting.push(text);
    if (this.allowance <= 0) this.wait();
  }

  /** Shows the rest at once, and lets nobody wait any more. */
  flush(): void {
    for (const text of this.waiting.splice(0)) this.pass(text);
    this.goOn();
  }

  private pass(text: string): void {
    this.allowance -= text.length;
    this.options.write(text);
  }

  private refill(): void {
    const now = this.options.now();
    const more = ((now - this.countedAt) / 1000) * PER_SECOND;
    this.countedAt = now;
    this.allowance = Math.min(AT_ONCE, this.allowance + more);
  }

  private wait(): void {
    if (this.timer) return;
    this.options.pause(true);
    this.plan();
  }

  private plan(): void {
    this.timer = this.options.schedule(TURN_MS, () => {
      this.refill();
      while (this.allowance > 0) {
        const text = this.waiting.shift();
        if (text === undefined) return this.goOn();
        this.pass(text);
      }
      this.plan();
    });
  }

  private goOn(): void {
    if (!this.timer) return;
    this.timer.dispose();
    this.timer = undefined;
    this.options.pause(false);
  }
}
