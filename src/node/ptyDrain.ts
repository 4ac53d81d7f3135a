// Sees to it that the last output of a program under a pty is read.
// When a program ends, Linux reports the hang-up before its output is read, and the rest is lost (libuv takes a hang-up
// behind a short read for the end). So the other side of the pty is held open here until everything was read: once the
// program is gone, a mark is written to that side, and when the mark comes out nothing can stand before it any more.
// Invariant: the mark is never passed on.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';

/** Milliseconds between looks whether the program is still there: often while it is young, rarely later. */
const POLL_MS = { young: 4, old: 30, youngFor: 2000 };

export interface PtyDrainOptions {
  pid: number;
  /** Path of the other side. */
  slave: string;
  emit(data: string): void;
  /** Called when the program is gone: from here on the pty has to be read. */
  onEnding(): void;
}

export class PtyDrain {
  private readonly mark = `\x1b]5349;${randomUUID()}\x07`;
  private held = '';
  /** The program is gone; what it left is read now. */
  isEnding = false;
  private handle: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly startedAt = performance.now();

  constructor(private readonly options: PtyDrainOptions) {
    this.handle = fs.openSync(options.slave, fs.constants.O_RDWR | fs.constants.O_NOCTTY);
    this.look();
  }

  /** Takes what the pty gave and passes it on. */
  take(data: string): void {
    if (!this.isEnding) {
      this.options.emit(data);
      return;
    }
    this.held += data;
    const at = this.held.indexOf(this.mark);
    if (at >= 0) {
      this.pass(this.held.slice(0, at) + this.held.slice(at + this.mark.length), '');
      this.close();
      return;
    }
    const kept = this.held.lastIndexOf('\x1b');
    const mayBeMark = kept >= 0 && this.mark.startsWith(this.held.slice(kept));
    const end = mayBeMark ? kept : this.held.length;
    this.pass(this.held.slice(0, end), this.held.slice(end));
  }

  /** Passes on what is left and lets the pty go. */
  close(): void {
    clearTimeout(this.timer);
    this.pass(this.held, '');
    if (this.handle !== undefined) {
      const handle = this.handle;
      this.handle = undefined;
      fs.close(handle);
    }
  }

  private pass(data: string, rest: string): void {
    this.held = rest;
    if (data !== '') {
      this.options.emit(data);
    }
  }

  private look(): void {
    if (this.isGone()) {
      this.end();
      return;
    }
    const age = performance.now() - this.startedAt;
    this.timer = setTimeout(
      () => this.look(),
      age < POLL_MS.youngFor ? POLL_MS.young : POLL_MS.old,
    );
  }

  private end(): void {
    this.isEnding = true;
    this.options.onEnding();
    if (this.handle !== undefined) {
      // Where this fails (the terminal went away) the pty's own time limit ends the wait.
      fs.write(this.handle, this.mark, (error) => error && this.close());
    }
  }

  private isGone(): boolean {
    try {
      process.kill(this.options.pid, 0);
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ESRCH';
    }
  }
}
