// The recording of one command: what of its output and its keys goes to the recorder, in which order.
// Invariants: a password never leaves this file; after a failure nothing more is recorded and the person is told once.
import { type EchoState, InputMask } from '../core/session/inputMask.ts';
import { OutputTail } from '../core/session/outputTail.ts';
import type { RecordedFile } from './recordedFile.ts';
import type { CastLine } from './recorder/recorderMessages.ts';

/** Output is gathered for so long, or until it is this much. */
const GATHER = { ms: 16, characters: 256 * 1024 };
/** Keys that bring no output within this time are not shown on the screen. */
const ECHO_MS = 500;
/** Characters of the end that are kept of an output that was too long. */
const TAIL = 64 * 1024;

export interface RunRecordingOptions {
  file: RecordedFile;
  /** Characters of output that are recorded from its start. */
  most: number;
  /** Called once, where it cannot be recorded any more. */
  onFailure(why: string): void;
  /** Called at the end with how many characters of output are missing; not where none are. */
  onTruncated(leftOut: number): void;
}

export class RunRecording {
  private readonly mask = new InputMask();
  private readonly tail = new OutputTail(TAIL);
  private gathered: string[] = [];
  private gatheredLength = 0;
  private recorded = 0;
  private leftOut = 0;
  private isOver = false;
  private gathering: NodeJS.Timeout | undefined;
  private echoing: NodeJS.Timeout | undefined;
  private forgetBehind: (() => void) | undefined;

  constructor(private readonly options: RunRecordingOptions) {
    options.file.onRunFailure = (why) => this.fail(why);
  }

  get fileName(): string {
    return this.options.file.name;
  }

  /** Calls back when the program has to wait because the recorder is behind, and when it may go on. */
  onBehind(listener: (isBehind: boolean) => void): void {
    if (this.isOver) return;
    const leave = this.options.file.recorder.onBehind(listener);
    this.forgetBehind = () => {
      leave();
      listener(false);
    };
  }

  output(data: string): void {
    if (this.isOver) return;
    const isWaiting = this.mask.isWaiting;
    const keys = this.mask.output(data);
    if (isWaiting) this.sendKeys(keys);
    const room = roomIn(data, this.options.most - this.recorded);
    if (room > 0) this.gather(room < data.length ? data.slice(0, room) : data);
    if (room < data.length) this.leaveOut(data.slice(room));
  }

  /** Keys that go to the program, and how the terminal treats them. */
  input(keys: string, echo: EchoState): void {
    if (this.isOver) return;
    this.sendKeys(this.mask.input(keys, echo));
    if (!this.mask.isWaiting) return;
    this.echoing ??= setTimeout(() => {
      this.echoing = undefined;
      this.sendKeys(this.mask.settle());
    }, ECHO_MS);
  }

  resize(columns: number, rows: number): void {
    if (this.isOver) return;
    this.flush();
    this.options.file.run({ step: 'resize', columns, rows });
  }

  /** Nothing comes after it. `exit` is the exit code as a shell reports it. Resolves when it is on disk, or its failure was told; never rejects. */
  async end(exit: number, text: string): Promise<void> {
    if (this.isOver) return;
    this.sendKeys(this.mask.settle());
    this.sendTail();
    if (this.isOver) return;
    this.stop();
    const { file, onFailure } = this.options;
    // Its last words may fail as any others.
    file.onRunFailure = onFailure;
    await file.end([
      ['o', `\x1b[0m\x1b[2m${text}\x1b[0m\r\n`],
      ['m', `exit ${exit}`],
    ]);
  }

  private gather(data: string): void {
    this.recorded += data.length;
    this.gathered.push(data);
    this.gatheredLength += data.length;
    if (this.gatheredLength >= GATHER.characters) this.flush();
    else this.gathering ??= setTimeout(() => this.flush(), GATHER.ms);
  }

  private flush(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (this.gatheredLength === 0) return;
    this.options.file.output(this.gathered, this.gatheredLength);
    this.gathered = [];
    this.gatheredLength = 0;
  }

  /** What was put out before stands before them. */
  private sendKeys(keys: string): void {
    this.flush();
    if (keys !== '') this.options.file.run({ step: 'input', keys });
  }

  /** Output that is too much: only its end is kept, and how much is missing. */
  private leaveOut(data: string): void {
    if (this.leftOut === 0) {
      const text = `[Interlock records no more of this output: it is longer than ${this.options.most} characters.]`;
      this.sendBreak(['m', 'truncated'], ['o', `\x1b[0m\r\n\x1b[2m${text}\x1b[0m\r\n`]);
    }
    this.leftOut += data.length;
    this.tail.add(data);
  }

  private sendTail(): void {
    if (this.leftOut === 0) return;
    // From a line's start, so that no secret or escape is cut at its head.
    const tail = this.tail.text();
    const shown = tail.slice(tail.indexOf('\n') + 1);
    const leftOut = this.leftOut - shown.length;
    const text = `[${leftOut} characters are missing here; the end of the output follows.]`;
    this.sendBreak(['o', `\x1b[2m${text}\x1b[0m\r\n`]);
    this.options.file.run({ step: 'tail', text: shown });
    try {
      this.options.onTruncated(leftOut);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private sendBreak(...lines: CastLine[]): void {
    this.flush();
    this.options.file.run({ step: 'break', lines });
  }

  private fail(why: string): void {
    if (this.isOver) return;
    this.stop();
    this.options.onFailure(why);
  }

  private stop(): void {
    this.isOver = true;
    clearTimeout(this.gathering);
    clearTimeout(this.echoing);
    this.forgetBehind?.();
    this.forgetBehind = undefined;
  }
}

/** How many characters of `data` there is room for, never half of a pair. */
function roomIn(data: string, most: number): number {
  const room = Math.max(0, Math.min(most, data.length));
  const unit = room < data.length && room > 0 ? data.charCodeAt(room - 1) : 0;
  return unit >= 0xd800 && unit <= 0xdbff ? room - 1 : room;
}
