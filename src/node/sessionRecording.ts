// The recording of a session: files beside its log, one terminal each. Commands that follow one another stand in the
// same file; a command that starts while another runs gets a file of its own, because two programs that write to one
// screen cannot be read by anybody.
// Invariant: where a command cannot be recorded, its start is refused by an exception.
import * as path from 'node:path';
import type { AuditBody } from '../core/session/events.ts';
import type { Redactor } from '../core/session/redact/redactor.ts';
import { CLEAN_SCREEN } from '../core/session/safeTerminal.ts';
import { prefixHashes } from './manifestFile.ts';
import { RecordedFile } from './recordedFile.ts';
import type { RecorderLink } from './recorder/recorderLink.ts';
import type { RecorderSecrets } from './recorder/recorderMessages.ts';
import { RunRecording } from './runRecording.ts';

export interface SessionRecordingOptions {
  folder: string;
  title: string;
  recorder: RecorderLink;
  redactor: Pick<Redactor, 'options'>;
  append(body: AuditBody): void;
  /** Characters of output that are recorded of one command. */
  mostPerRun(): number;
}

export interface RecordedRun {
  submission: string;
  /** For the jump list: level, verdict and the command as it may be shown. */
  label: string;
  /** The command as it may be shown, on one line. */
  shown: string;
  columns: number;
  rows: number;
  onFailure(why: string): void;
}

/** Players take a file of this size at once; then a new one is begun. */
const MOST_FILE = 48 * 1024 * 1024;
/** Of a whole session, in bytes of all files: a flood of output must not fill the disk. */
const MOST_SESSION = 1024 * 1024 * 1024;

export class SessionRecording {
  private readonly files: RecordedFile[] = [];
  private numbers = 0;
  private runs = 0;
  private isOver = false;

  constructor(private readonly options: SessionRecordingOptions) {
    options.recorder.warm();
  }

  /** Begins to record a command. Rejects where that is not possible; then it must not run. */
  async start(run: RecordedRun): Promise<RunRecording> {
    if (this.isOver) throw new Error('the session in which it would be recorded has ended');
    const file = this.freeFile(run);
    try {
      await this.begin(file, run);
      if (file.isBroken) throw new Error(`${file.name} takes no more`);
    } catch (error) {
      file.isBusy = false;
      throw error;
    }
    const { append, mostPerRun } = this.options;
    const room = Math.max(0, MOST_SESSION - this.bytes);
    return new RunRecording({
      file,
      most: Math.min(mostPerRun(), room),
      onFailure: (why) => run.onFailure(this.failed(run, why)),
      onTruncated: (leftOut) => {
        const { submission } = run;
        append({ type: 'recording.truncated', submission, file: file.name, leftOut });
      },
    });
  }

  /** A command that did not run gets its place in the jump list, too. */
  note(label: string, text: string): void {
    const file = this.files.find(({ isBroken, isBusy }) => !isBroken && !isBusy);
    file?.note([
      ['m', label],
      ['o', `\x1b[2m${text}\x1b[0m\r\n`],
    ]);
  }

  /** Vouches for all files and lets them go. Rejects where that is not possible. */
  async close(): Promise<void> {
    this.isOver = true;
    const broken = this.files.filter(({ isBroken }) => isBroken);
    const whole = this.files.filter(({ isBroken }) => !isBroken);
    try {
      for (const file of whole) await file.close();
      for (const file of broken) this.vouchForRest(file);
    } finally {
      this.abandon('the session has ended');
    }
  }

  /** Nobody can vouch for anything any more, such as where the log is lost. */
  abandon(why: string): void {
    this.isOver = true;
    for (const file of this.files) file.drop(why);
  }

  private get bytes(): number {
    return this.files.reduce((sum, { size }) => sum + size, 0);
  }

  private get secrets(): RecorderSecrets {
    const { options } = this.options.redactor;
    return { key: options.key(), known: options.known };
  }

  private freeFile({ columns, rows }: RecordedRun): RecordedFile {
    const free = this.files.find(
      ({ isBusy, isBroken, size }) => !isBusy && !isBroken && size < MOST_FILE,
    );
    if (free) {
      free.isBusy = true;
      return free;
    }
    const { folder, title, recorder, append } = this.options;
    this.numbers += 1;
    const file: RecordedFile = new RecordedFile({
      recorder,
      create: { folder, number: this.numbers, title, columns, rows },
      append,
      onFailure: (why) => this.noteFailure(file, why),
    });
    this.files.push(file);
    return file;
  }

  private async begin(file: RecordedFile, run: RecordedRun): Promise<void> {
    const { at, bytes } = await file.ready();
    const { submission, columns, rows } = run;
    this.options.append({ type: 'recording.start', submission, file: file.name, at, bytes });
    this.runs += 1;
    await file.begin({
      secrets: this.secrets,
      columns,
      rows,
      lines: [
        // What the program before left behind: alternate screen, scroll area, hidden cursor.
        ['o', CLEAN_SCREEN],
        ['m', `#${this.runs} ${run.label}`],
        ['o', `\x1b[1m$ ${run.shown}\x1b[0m\r\n`],
      ],
    });
  }

  /** What was written to a file before it failed, after its last checkpoint: kept, and said that nothing else proves it. */
  private vouchForRest({ name, vouched, isTampered }: RecordedFile): void {
    const { folder, append } = this.options;
    const found = isTampered ? undefined : entryOf(path.join(folder, name), vouched);
    if (!found || found.bytes === vouched.bytes) return;
    const { bytes, sha256 } = found;
    const why = `${bytes - vouched.bytes} bytes of ${name} were written after its last checkpoint, before its recording broke off: only the end of the session vouches for them.`;
    append({ type: 'gate.degraded', why });
    append({ type: 'recording.checkpoint', file: name, bytes, sha256 });
  }

  /** It failed while no command ran in it. */
  private noteFailure({ name }: RecordedFile, why: string): void {
    try {
      this.options.append({ type: 'gate.degraded', why: `${name} takes no more: ${why}` });
    } catch {
      // The log takes no more either: the next command is told so, and does not run.
      this.isOver = true;
    }
  }

  /** Puts the failure into the log where that is possible, and gives the sentence for a person. */
  private failed({ submission }: RecordedRun, why: string): string {
    try {
      this.options.append({ type: 'recording.failed', submission, why });
      return `A command is not recorded any more: ${why}.`;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return `A command is not recorded any more: ${why}. The log does not say so: ${text}`;
    }
  }
}

/** Length and hash of a file that begins with what is vouched for; undefined where it does not, or cannot be read. */
function entryOf(
  file: string,
  vouched: { bytes: number; sha256: string },
): { bytes: number; sha256: string } | undefined {
  try {
    const { bytes, sha256, at } = prefixHashes(file, [vouched.bytes]);
    const isSame = vouched.sha256 === '' || at.get(vouched.bytes) === vouched.sha256;
    return isSame ? { bytes, sha256 } : undefined;
  } catch {
    // It is gone or replaced, which verification says of what was vouched for.
    return undefined;
  }
}
