// One file of a session's recording, as the window sees it; the recorder writes it.
// Invariant: once it failed, nothing more is asked of it, and who uses it was told once.
import type { AuditBody } from '../core/session/events.ts';
import type { RecorderLink } from './recorder/recorderLink.ts';
import type {
  CastLine,
  NewRecording,
  RecordingPlace,
  RunStart,
  RunStep,
} from './recorder/recorderMessages.ts';
import { recordingName } from './recorder/recordingName.ts';

export interface RecordedFileOptions {
  recorder: RecorderLink;
  create: NewRecording;
  /** Adds to the session's log. Throws where that is not possible. */
  append(body: AuditBody): void;
  /** Called where it fails while no command runs in it. */
  onFailure(why: string): void;
}

export class RecordedFile {
  /** A command writes to it, or will. */
  isBusy = true;
  /** No command starts in it any more. */
  isBroken = false;
  /** Somebody else changed it. */
  isTampered = false;
  /** What the log vouches for. */
  vouched = { bytes: 0, sha256: '' };
  /** Told where it fails while a command runs in it. */
  onRunFailure: ((why: string) => void) | undefined;
  private readonly id: number;
  private isMade = false;
  private known = 0;

  constructor(private readonly options: RecordedFileOptions) {
    this.id = options.recorder.add({
      checkpoint: (bytes, sha256) => this.checkpoint(bytes, sha256),
      failed: (why, isTampered) => this.fail(why, isTampered),
    });
  }

  get name(): string {
    return recordingName(this.options.create.number);
  }

  /** In bytes, as far as it is known here. */
  get size(): number {
    return Math.max(this.known, this.vouched.bytes);
  }

  get recorder(): RecorderLink {
    return this.options.recorder;
  }

  /** Makes it, or has all vouched for that it holds. Rejects where that is not possible. */
  async ready(): Promise<RecordingPlace> {
    const create = this.isMade ? undefined : this.options.create;
    const place = await this.ask({ kind: 'ready', create });
    this.isMade = true;
    if (create) this.vouched = { bytes: place.bytes, sha256: '' };
    return place;
  }

  async begin(start: RunStart): Promise<void> {
    await this.ask({ kind: 'begin', start });
  }

  run(step: RunStep): void {
    if (!this.isBroken) this.recorder.run(this.id, step);
  }

  /** Pieces of whole characters, with their length. */
  output(pieces: readonly string[], length: number): void {
    if (!this.isBroken) this.recorder.output(this.id, pieces, length);
  }

  /** The last lines of a command. Never rejects: who has to know of a failure is told. */
  async end(lines: readonly CastLine[]): Promise<void> {
    if (!this.isBroken) await this.ask({ kind: 'end', lines }).catch(() => undefined);
    this.onRunFailure = undefined;
    this.isBusy = false;
  }

  note(lines: readonly CastLine[]): void {
    this.recorder.tell(this.id, { kind: 'note', lines });
  }

  /** Has all vouched for and lets it go. Rejects where that is not possible. */
  async close(): Promise<void> {
    await this.ask({ kind: 'close' });
    this.isBroken = true;
  }

  /** Nobody can vouch for it any more, and whoever says so knows that. A command that is recorded is told. */
  drop(why: string): void {
    if (!this.onRunFailure) this.isBroken = true;
    this.fail(why, false);
  }

  private async ask(question: Parameters<RecorderLink['ask']>[1]): Promise<RecordingPlace> {
    if (this.isBroken) throw new Error(`${this.name} takes no more`);
    try {
      const place = await this.recorder.ask(this.id, question);
      this.known = place.bytes;
      return place;
    } catch (error) {
      this.fail(textOf(error), false);
      throw error;
    }
  }

  private checkpoint(bytes: number, sha256: string): void {
    try {
      this.options.append({ type: 'recording.checkpoint', file: this.name, bytes, sha256 });
      this.vouched = { bytes, sha256 };
    } catch (error) {
      this.drop(textOf(error));
    }
  }

  private fail(why: string, isTampered: boolean): void {
    this.isTampered ||= isTampered;
    this.recorder.tell(this.id, { kind: 'drop' });
    if (this.isBroken) return;
    this.isBroken = true;
    const { onRunFailure } = this;
    this.onRunFailure = undefined;
    if (onRunFailure) onRunFailure(why);
    else if (!this.isBusy) this.options.onFailure(why);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
