// Plays a recording in a terminal of the editor. Nothing runs behind it; keys only steer the player.
// Invariant: what it shows went through the filter for live terminals, so a recording cannot act on the editor.
import type * as vscode from 'vscode';
import type { Cast } from '../core/session/asciicast.ts';
import { showText } from '../core/session/display.ts';
import { type Mark, marksOf, type PlayStep, playback } from '../core/session/playback.ts';
import { Emitter } from './emitter.ts';
import type { Disposable } from './panelModel.ts';

const HELP =
  'Replay: nothing runs here. Space pauses, + and - change the speed, n and p go to the next and the previous command, q ends.';
const CTRL_C = '\x03';
const SPEEDS = [0.5, 1, 2, 4, 8, 16];
/** Longer pauses are cut to this, in seconds of the recording. */
const IDLE_SECONDS = 2;

export interface ReplayOptions {
  cast: Cast;
  /** Index into the commands of the recording; undefined: from the start. */
  from: number | undefined;
  /** Calls back once after this many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
  report(error: unknown): void;
}

export class ReplayTerminal implements vscode.Pseudoterminal {
  readonly onDidWrite: vscode.Event<string>;
  readonly onDidClose: vscode.Event<number | undefined>;
  readonly onDidOverrideDimensions: vscode.Event<vscode.TerminalDimensions | undefined>;
  private readonly written: Emitter<string>;
  private readonly closed: Emitter<number | undefined>;
  private readonly sized: Emitter<vscode.TerminalDimensions | undefined>;
  private readonly marks: readonly Mark[];
  private steps: Iterator<PlayStep, void> | undefined;
  private next: PlayStep | undefined;
  private timer: Disposable | undefined;
  private speed = 1;
  private isPaused = false;
  /** The command that is played. */
  private current: number;

  constructor(private readonly options: ReplayOptions) {
    this.written = new Emitter(options.report);
    this.closed = new Emitter(options.report);
    this.sized = new Emitter(options.report);
    this.onDidWrite = (listener) => this.written.listen(listener);
    this.onDidClose = (listener) => this.closed.listen(listener);
    this.onDidOverrideDimensions = (listener) => this.sized.listen(listener);
    this.marks = marksOf(options.cast);
    this.current = options.from ?? 0;
  }

  open(): void {
    this.say(HELP);
    this.begin(this.options.from);
  }

  close(): void {
    this.timer?.dispose();
    this.steps = undefined;
  }

  handleInput(data: string): void {
    if (data === ' ') this.pause();
    else if (data === '+' || data === '-') this.changeSpeed(data === '+' ? 1 : -1);
    else if (data === 'n' || data === 'p') this.jump(this.current + (data === 'n' ? 1 : -1));
    else if (data === 'q' || data === CTRL_C) this.end();
  }

  private end(): void {
    this.close();
    this.closed.fire(undefined);
  }

  private begin(from: number | undefined): void {
    this.timer?.dispose();
    const { cast } = this.options;
    // Speed is applied where the steps are timed, so that it can change on the way.
    this.steps = playback(cast, { speed: 1, idleSeconds: IDLE_SECONDS, from });
    this.advance();
  }

  private advance(): void {
    const result = this.steps?.next();
    if (!result || result.done) {
      this.steps = undefined;
      this.next = undefined;
      this.say('The recording ends here.');
      return;
    }
    this.next = result.value;
    this.plan();
  }

  private plan(): void {
    if (this.isPaused || !this.next) return;
    const { next } = this;
    if (next.delayMs < 1) {
      // A flood without pauses must not block the editor.
      this.timer = this.options.schedule(0, () => this.play(next));
    } else {
      this.timer = this.options.schedule(next.delayMs / this.speed, () => this.play(next));
    }
  }

  private play(step: PlayStep): void {
    if (step.kind === 'show') this.written.fire(step.text);
    else this.sized.fire({ columns: step.columns, rows: step.rows });
    this.advance();
  }

  private pause(): void {
    this.isPaused = !this.isPaused;
    this.timer?.dispose();
    this.plan();
  }

  private changeSpeed(by: number): void {
    const index = SPEEDS.indexOf(this.speed) + by;
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index))] ?? 1;
    this.timer?.dispose();
    this.plan();
  }

  private jump(to: number): void {
    const mark = this.marks[to];
    if (!mark) return;
    this.current = to;
    this.say(mark.label);
    this.begin(to);
  }

  private say(text: string): void {
    this.written.fire(`\x1b[0m\r\n\x1b[2m${showText(text)}\x1b[0m\r\n`);
  }
}
