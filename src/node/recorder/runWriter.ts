// Writes what happens while one command runs into its recording, without secrets.
// Invariants: nothing gets into the file before it was redacted; after a failure nothing more is written.
import { pieces } from '../../core/session/asciicast.ts';
import type { Redactor } from '../../core/session/redact/redactor.ts';
import { RedactStream } from '../../core/session/redact/redactStream.ts';
import type { CastLine, RunStep } from './recorderMessages.ts';
import type { RecordingFile } from './recordingFile.ts';

/** One event holds at most this many characters. */
const MOST_EVENT = 4096;
/** After a pause an unfinished line is written; what looks like the start of a secret waits longer. */
const PAUSE = { ms: 100, lateMs: 2000 };

export interface RunWriterOptions {
  file: RecordingFile;
  redactor: Redactor;
  /** Called once, where it cannot be recorded any more. */
  onFailure(error: unknown): void;
}

export class RunWriter {
  private readonly outputs: RedactStream;
  private readonly inputs: RedactStream;
  private isOver = false;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly options: RunWriterOptions) {
    this.outputs = new RedactStream(options.redactor);
    this.inputs = new RedactStream(options.redactor);
  }

  take(step: RunStep): void {
    this.guard(() => this.write(step));
  }

  /** Nothing comes after it. */
  end(lines: readonly CastLine[]): void {
    this.guard(() => {
      this.release();
      this.options.file.write(...lines);
    });
    this.stop();
  }

  /** Writes nothing more. */
  stop(): void {
    this.isOver = true;
    for (const name of [...this.timers.keys()]) this.cancel(name);
  }

  private write(step: RunStep): void {
    const { file, redactor } = this.options;
    switch (step.step) {
      case 'output':
        this.writeOutput(step.bytes);
        break;
      case 'input':
        this.writeInput(step.keys);
        break;
      case 'resize':
        file.resize(step.columns, step.rows);
        break;
      case 'break':
        this.release();
        file.write(...step.lines);
        break;
      case 'tail': {
        const stream = new RedactStream(redactor);
        this.add('o', stream.push(step.text) + stream.end());
      }
    }
  }

  private writeOutput({ buffer, byteOffset, byteLength }: Uint8Array): void {
    const { clean, text } = this.outputs.pushBytes(Buffer.from(buffer, byteOffset, byteLength));
    if (clean.length > 0) this.options.file.writeOutput(clean, MOST_EVENT);
    this.add('o', text);
    this.cancel('pause');
    if (this.outputs.isHolding) this.waitForMore(0);
  }

  private waitForMore(waited: number): void {
    this.after('pause', PAUSE.ms, () => {
      this.add('o', this.outputs.settle(waited >= PAUSE.lateMs));
      if (this.outputs.isHolding) this.waitForMore(waited + PAUSE.ms);
    });
  }

  private writeInput(keys: string): void {
    this.add('i', this.inputs.push(keys) + this.inputs.settle());
    if (this.inputs.isHolding) {
      this.after('input', PAUSE.lateMs, () => this.add('i', this.inputs.settle(true)));
    }
  }

  /** Writes what was held back. */
  private release(): void {
    this.add('o', this.outputs.end());
    this.add('i', this.inputs.end());
  }

  private add(code: 'o' | 'i', data: string): void {
    if (data === '') return;
    const events = pieces(data, MOST_EVENT).map((piece): CastLine => [code, piece]);
    this.options.file.write(...events);
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
      this.options.onFailure(error);
    }
  }
}
