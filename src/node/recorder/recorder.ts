// Writes the recordings of a window: takes its messages one after the other and answers.
// Invariant: it never throws; what fails is said, and to that file nothing is written any more.
import { Redactor } from '../../core/session/redact/redactor.ts';
import type { Clock } from '../clock.ts';
import { LogTampered, type Write } from '../logSegment.ts';
import {
  BUFFER_BYTES,
  type CastLine,
  type FromRecorder,
  type NewRecording,
  type RecorderSecrets,
  type RecordingPlace,
  type RunStart,
  type RunStep,
  type ToRecorder,
} from './recorderMessages.ts';
import { RecordingFile } from './recordingFile.ts';
import { RunWriter } from './runWriter.ts';

/** Bytes of output after which it is said that they were taken. */
const SAY_TAKEN = 256 * 1024;

export interface RecorderOptions {
  clock: Clock;
  /** Buffers in `handed` are the window's afterwards. */
  reply(message: FromRecorder, handed?: readonly ArrayBuffer[]): void;
  write?: Write;
}

interface Open {
  file: RecordingFile;
  run: RunWriter | undefined;
}

export class Recorder {
  private readonly open = new Map<number, Open>();
  private redactor: { made: Redactor; of: RecorderSecrets } | undefined;
  private taken = 0;
  private readonly used: ArrayBuffer[] = [];

  constructor(private readonly options: RecorderOptions) {}

  take(message: ToRecorder): void {
    const { file } = message;
    switch (message.kind) {
      case 'ready':
        this.answer(message, () => this.ready(file, message.create));
        break;
      case 'begin':
        this.answer(message, () => this.begin(file, message.start));
        break;
      case 'run':
        this.step(file, message.step);
        break;
      case 'end':
        this.answer(message, () => this.end(file, message.lines));
        break;
      case 'note':
        this.note(file, message.lines);
        break;
      case 'close':
        this.answer(message, () => this.close(file));
        break;
      case 'drop':
        this.drop(file);
    }
  }

  private ready(number: number, create: NewRecording | undefined): RecordingPlace {
    if (create) {
      const { clock, write, reply } = this.options;
      const onCheckpoint = (bytes: number, sha256: string) =>
        reply({ kind: 'checkpoint', file: number, bytes, sha256 });
      const file = new RecordingFile({ ...create, clock, write, onCheckpoint });
      this.open.set(number, { file, run: undefined });
      return placeOf(file);
    }
    const { file } = this.opened(number);
    file.vouch();
    return placeOf(file);
  }

  private begin(number: number, { secrets, columns, rows, lines }: RunStart): RecordingPlace {
    const open = this.opened(number);
    open.file.resize(columns, rows);
    open.file.write(...lines);
    open.run = new RunWriter({
      file: open.file,
      redactor: this.redactorWith(secrets),
      onFailure: (error) => this.fail(number, error),
    });
    return placeOf(open.file);
  }

  private step(number: number, step: RunStep): void {
    this.open.get(number)?.run?.take(step);
    if (step.step !== 'output') return;
    const { buffer, byteLength } = step.bytes;
    this.taken += byteLength;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === BUFFER_BYTES) this.used.push(buffer);
    if (this.taken < SAY_TAKEN) return;
    const buffers = this.used.splice(0);
    this.options.reply({ kind: 'taken', bytes: this.taken, buffers }, buffers);
    this.taken = 0;
  }

  private async end(number: number, lines: readonly CastLine[]): Promise<RecordingPlace> {
    const open = this.opened(number);
    open.run?.end(lines);
    open.run = undefined;
    return this.settle(open.file);
  }

  private async close(number: number): Promise<RecordingPlace> {
    const place = await this.settle(this.opened(number).file);
    this.drop(number);
    return place;
  }

  private note(number: number, lines: readonly CastLine[]): void {
    try {
      this.opened(number).file.write(...lines);
    } catch (error) {
      this.fail(number, error);
    }
  }

  /** On disk first: the checkpoint speaks of what is there. */
  private async settle(file: RecordingFile): Promise<RecordingPlace> {
    await file.sync();
    file.vouch();
    return placeOf(file);
  }

  private answer(
    { id, file }: { id: number; file: number },
    act: () => RecordingPlace | Promise<RecordingPlace>,
  ): void {
    const { reply } = this.options;
    const done = (place: RecordingPlace) => reply({ kind: 'done', id, place });
    const failed = (error: unknown) => {
      this.fail(file, error);
      reply({ kind: 'refused', id, why: textOf(error) });
    };
    try {
      const place = act();
      if (place instanceof Promise) void place.then(done, failed);
      else done(place);
    } catch (error) {
      failed(error);
    }
  }

  private opened(number: number): Open {
    const open = this.open.get(number);
    if (!open) throw new Error('its recording takes no more');
    return open;
  }

  private fail(number: number, error: unknown): void {
    if (!this.open.has(number)) return;
    this.drop(number);
    const isTampered = error instanceof LogTampered;
    this.options.reply({ kind: 'failed', file: number, why: textOf(error), isTampered });
  }

  private drop(number: number): void {
    const open = this.open.get(number);
    this.open.delete(number);
    open?.run?.stop();
    open?.file.close();
  }

  /** Made anew only for other secrets: it holds large tables. */
  private redactorWith(secrets: RecorderSecrets): Redactor {
    const { made, of } = this.redactor ?? {};
    if (made && of && isSame(of, secrets)) return made;
    const { key, known } = secrets;
    this.redactor = { made: new Redactor({ key: () => key, known }), of: secrets };
    return this.redactor.made;
  }
}

function placeOf({ at, size }: RecordingFile): RecordingPlace {
  return { at, bytes: size };
}

function isSame(one: RecorderSecrets, other: RecorderSecrets): boolean {
  const text = ({ key, known }: RecorderSecrets) => JSON.stringify([[...key], known]);
  return text(one) === text(other);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
