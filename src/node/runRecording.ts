// The recording of one command: what it wrote, what was typed, how large its terminal was.
// Invariants: nothing gets into the file before it was redacted; after a failure nothing more is written and the person is told once.
import { pieces } from '../core/session/asciicast.ts';
import { type EchoState, InputMask } from '../core/session/inputMask.ts';
import { OutputTail } from '../core/session/outputTail.ts';
import type { Redactor } from '../core/session/redact/redactor.ts';
import { RedactStream } from '../core/session/redact/redactStream.ts';
import type { RecordingFile } from './recordingFile.ts';

/** Output is gathered for so long, or until it is this much; one event holds at most this many characters. */
const GATHER = { ms: 16, characters: 64 * 1024, event: 4096 };
/** After a pause an unfinished line is written; what looks like the start of a secret waits longer. */
const PAUSE = { ms: 100, lateMs: 2000 };
/** Keys that bring no output within this time are not shown on the screen. */
const ECHO_MS = 500;
/** Characters of the end that are kept of an output that was too long. */
const TAIL = 64 * 1024;

export interface RunRecordingOptions {
  file: RecordingFile;
  redactor: Redactor;
  /** Characters of output that are recorded from its start. */
  most: number;
  /** Called once, where it cannot be recorded any more. */
  onFailure(why: string): void;
  /** Called at the end with how many characters of output are missing; not where none are. */
  onTruncated(leftOut: number): void;
}

export class RunRecording {
  private readonly outputs: RedactStream;
  private readonly inputs: RedactStream;
  private readonly mask = new InputMask();
  private gathered: string[] = [];
  private gatheredLength = 0;
  private recorded = 0;
  private readonly tail = new OutputTail(TAIL);
  private leftOut = 0;
  private isOver = false;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly options: RunRecordingOptions) {
    this.outputs = new RedactStream(options.redactor);
    this.inputs = new RedactStream(options.redactor);
  }

  get fileName(): string {
    return this.options.file.name;
  }

  output(data: string): void {
    this.guard(() => {
      if (this.mask.isWaiting) {
        this.flush();
        this.writeInput(this.mask.output(data));
      } else {
        this.mask.output(data);
      }
      const room = this.options.most - this.recorded;
      if (data.length > room) this.leave(data.slice(Math.max(0, room)));
      if (room > 0) this.gather(data.slice(0, room));
    });
  }

  /** Keys that go to the program, and how the terminal treats them. */
  input(keys: string, echo: EchoState): void {
    this.guard(() => {
      this.flush();
      this.writeInput(this.mask.input(keys, echo));
      if (this.mask.isWaiting) {
        this.after('echo', ECHO_MS, () => this.writeInput(this.mask.settle()));
      }
    });
  }

  resize(columns: number, rows: number): void {
    this.guard(() => {
      this.flush();
      this.options.file.resize(columns, rows);
    });
  }

  /** Nothing comes after it. `exit` is the exit code as a shell reports it. */
  end(exit: number, text: string): void {
    this.guard(() => {
      this.flush();
      this.writeOutput(this.outputs.end());
      this.writeInput(this.mask.settle());
      this.write('i', this.inputs.end());
      this.writeTail();
      this.options.file.write(['o', `\x1b[0m\x1b[2m${text}\x1b[0m\r\n`], ['m', `exit ${exit}`]);
      this.options.file.vouch();
    });
    this.stop();
  }

  private gather(data: string): void {
    this.recorded += data.length;
    this.gathered.push(data);
    this.gatheredLength += data.length;
    if (this.gatheredLength >= GATHER.characters) this.flush();
    else this.after('gather', GATHER.ms, () => this.flush());
  }

  private flush(): void {
    this.cancel('gather');
    if (this.gatheredLength === 0) return;
    const data = this.gathered.join('');
    this.gathered = [];
    this.gatheredLength = 0;
    const { clean, text } = this.outputs.pushBytes(Buffer.from(data, 'utf8'));
    if (clean.length > 0) this.options.file.writeOutput(clean, GATHER.event);
    this.writeOutput(text);
    this.cancel('pause');
    if (this.outputs.isHolding) this.waitForMore(0);
  }

  private waitForMore(waited: number): void {
    this.after('pause', PAUSE.ms, () => {
      this.writeOutput(this.outputs.settle(waited >= PAUSE.lateMs));
      if (this.outputs.isHolding) this.waitForMore(waited + PAUSE.ms);
    });
  }

  private writeInput(keys: string): void {
    if (keys === '') return;
    this.write('i', this.inputs.push(keys) + this.inputs.settle());
    if (this.inputs.isHolding) {
      this.after('input', PAUSE.lateMs, () => this.write('i', this.inputs.settle(true)));
    }
  }

  private writeOutput(data: string): void {
    this.write('o', data);
  }

  private write(code: 'o' | 'i', data: string): void {
    if (data === '') return;
    const events = pieces(data, GATHER.event).map((piece): [typeof code, string] => [code, piece]);
    this.options.file.write(...events);
  }

  /** Output that is too much: only its end is kept, and how much is missing. */
  private leave(data: string): void {
    if (this.leftOut === 0) {
      this.flush();
      this.writeOutput(this.outputs.end());
      const text = `[Interlock records no more of this output: it is longer than ${this.options.most} characters.]`;
      this.options.file.write(['m', 'truncated'], ['o', `\x1b[0m\r\n\x1b[2m${text}\x1b[0m\r\n`]);
    }
    this.leftOut += data.length;
    this.tail.add(data);
  }

  private writeTail(): void {
    if (this.leftOut === 0) return;
    // From a line's start, so that no secret or escape is cut at its head.
    const tail = this.tail.text();
    const shown = tail.slice(tail.indexOf('\n') + 1);
    const leftOut = this.leftOut - shown.length;
    const text = `[${leftOut} characters are missing here; the end of the output follows.]`;
    this.options.file.write(['o', `\x1b[2m${text}\x1b[0m\r\n`]);
    const stream = new RedactStream(this.options.redactor);
    this.writeOutput(stream.push(shown) + stream.end());
    this.options.onTruncated(leftOut);
  }

  private after(name: string, ms: number, act: () => void): void {
    if (this.timers.has(name)) return;
    const timer = setTimeout(() => {
      this.timers.delete(name);
      this.guard(act);
    }, ms);
    this.timers.set(name, timer);
  }

  private cancel(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }

  private guard(act: () => void): void {
    if (this.isOver) return;
    try {
      act();
    } catch (error) {
      this.stop();
      this.options.onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  private stop(): void {
    this.isOver = true;
    for (const name of [...this.timers.keys()]) this.cancel(name);
    this.options.file.isBusy = false;
  }
}
