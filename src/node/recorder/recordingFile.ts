// One file of a session's recording, played as one terminal: commands that ran one after the other.
// Invariant: every byte of it is vouched for in the log before the next command starts in it; a write that fails is thrown.
import * as path from 'node:path';
import { CastWriter } from '../../core/session/castWriter.ts';
import type { Clock } from '../clock.ts';
import { LogSegment, type Write } from '../logSegment.ts';
import type { CastLine, NewRecording } from './recorderMessages.ts';
import { recordingName } from './recordingName.ts';

/** A checkpoint is due after so many bytes, but not more often than this, and after this time in any case. */
const CHECKPOINT = { bytes: 64 * 1024, leastMs: 100, mostMs: 5000 };

export interface RecordingFileOptions extends NewRecording {
  clock: Clock;
  /** Takes what the log has to say of the file. */
  onCheckpoint(bytes: number, sha256: string): void;
  write: Write | undefined;
}

export class RecordingFile {
  private isBroken = false;
  private columns: number;
  private rows: number;
  private readonly cast = new CastWriter();
  private readonly file: LogSegment;
  private readonly startedAt: number;
  private vouched = { bytes: 0, at: 0 };

  /** Makes the file. Throws where that is not possible. */
  constructor(private readonly options: RecordingFileOptions) {
    const { folder, number, title, columns, rows, clock, write } = options;
    this.columns = columns;
    this.rows = rows;
    this.startedAt = clock.mono();
    this.file = LogSegment.create(path.join(folder, recordingName(number)), number, write);
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    try {
      this.add(this.cast.header({ columns, rows, timestamp, title }));
      this.vouched = { bytes: this.file.size, at: this.startedAt };
    } catch (error) {
      this.file.discard();
      throw error;
    }
  }

  get size(): number {
    return this.file.size;
  }

  /** Seconds since its start. */
  get at(): number {
    return Math.round(this.options.clock.mono() - this.startedAt) / 1000;
  }

  /** Adds events that happen now. */
  write(...events: readonly CastLine[]): void {
    const now = this.options.clock.mono() - this.startedAt;
    this.add(events.map(([code, data]) => this.cast.event(now, code, data)).join(''));
    this.vouchWhenDue();
  }

  /** Adds output that happens now, as UTF-8 bytes, in events of at most `most` bytes. */
  writeOutput(bytes: Buffer, most: number): void {
    const now = this.options.clock.mono() - this.startedAt;
    this.addBytes(this.cast.output(now, bytes, most));
    this.vouchWhenDue();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.write(['r', `${columns}x${rows}`]);
  }

  /** Says for the log what the file holds by now. Throws where somebody else changed the file. */
  vouch(): void {
    const { entry } = this.file;
    if (entry.bytes === this.vouched.bytes) return;
    this.guard(() => this.file.check());
    const { bytes, sha256 } = entry;
    this.options.onCheckpoint(bytes, sha256);
    this.vouched = { bytes, at: this.options.clock.mono() };
  }

  async sync(): Promise<void> {
    await this.file.sync();
  }

  close(): void {
    this.isBroken = true;
    this.file.close();
  }

  private vouchWhenDue(): void {
    const bytes = this.file.size - this.vouched.bytes;
    const age = this.options.clock.mono() - this.vouched.at;
    const isDue = bytes >= CHECKPOINT.bytes && age >= CHECKPOINT.leastMs;
    if (isDue || (bytes > 0 && age >= CHECKPOINT.mostMs)) this.vouch();
  }

  private add(lines: string): void {
    this.addBytes(Buffer.from(lines, 'utf8'));
  }

  private addBytes(bytes: Buffer): void {
    if (this.isBroken) throw new Error('its recording takes no more');
    this.guard(() => this.file.add(bytes));
  }

  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.isBroken = true;
      throw error;
    }
  }
}
