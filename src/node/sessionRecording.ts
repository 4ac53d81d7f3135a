// The recording of a session: files beside its log, one terminal each. Commands that follow one another stand in the
// same file; a command that starts while another runs gets a file of its own, because two programs that write to one
// screen cannot be read by anybody.
// Invariant: where a command cannot be recorded, its start is refused by an exception.
import type { AuditBody } from '../core/session/events.ts';
import type { Redactor } from '../core/session/redact/redactor.ts';
import type { Clock } from './clock.ts';
import type { Write } from './logSegment.ts';
import { RecordingFile } from './recordingFile.ts';
import { RunRecording } from './runRecording.ts';

export interface SessionRecordingOptions {
  folder: string;
  title: string;
  clock: Clock;
  redactor: Redactor;
  append(body: AuditBody): void;
  /** Characters of output that are recorded of one command. */
  mostPerRun(): number;
  write?: Write;
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
/** Screens that a program left behind: alternate screen, scroll area, hidden cursor, colours. */
const CLEAN = '\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[r\x1b[0m\x1b(B';

export class SessionRecording {
  private readonly files: RecordingFile[] = [];
  private runs = 0;

  constructor(private readonly options: SessionRecordingOptions) {}

  /** Begins to record a command. Throws where that is not possible; then it must not run. */
  start(run: RecordedRun): RunRecording {
    const file = this.freeFile(run);
    try {
      this.begin(file, run);
    } catch (error) {
      file.isBusy = false;
      throw error;
    }
    const { redactor, append, mostPerRun } = this.options;
    const room = Math.max(0, MOST_SESSION - this.bytes);
    const recording = new RunRecording({
      file,
      redactor,
      most: Math.min(mostPerRun(), room),
      onFailure: (why) => run.onFailure(this.failed(run, why)),
      onTruncated: (leftOut) => {
        const { submission } = run;
        append({ type: 'recording.truncated', submission, file: file.name, leftOut });
      },
    });
    return recording;
  }

  /** A command that did not run gets its place in the jump list, too. */
  note(label: string, text: string): void {
    const file = this.files.find(({ isBroken, isBusy }) => !isBroken && !isBusy);
    file?.write(['m', label], ['o', `\x1b[2m${text}\x1b[0m\r\n`]);
  }

  /** Vouches for all files and lets them go. */
  async close(): Promise<void> {
    try {
      for (const file of this.files) {
        if (file.isBroken) continue;
        await file.sync();
        file.vouch();
      }
    } finally {
      for (const file of this.files) file.close();
    }
  }

  /** The log is lost: nobody can vouch for anything any more. */
  abandon(): void {
    for (const file of this.files) file.close();
  }

  private get bytes(): number {
    return this.files.reduce((sum, { size }) => sum + size, 0);
  }

  private freeFile({ columns, rows }: RecordedRun): RecordingFile {
    const free = this.files.find(
      ({ isBusy, isBroken, size }) => !isBusy && !isBroken && size < MOST_FILE,
    );
    if (free) {
      free.isBusy = true;
      return free;
    }
    const { folder, title, clock, append, write } = this.options;
    const number = this.files.length + 1;
    const file = new RecordingFile({
      ...{ folder, number, title, columns, rows, clock, append, write },
    });
    this.files.push(file);
    return file;
  }

  private begin(file: RecordingFile, run: RecordedRun): void {
    file.vouch();
    const { name, at, size: bytes } = file;
    const { submission, columns, rows } = run;
    this.options.append({ type: 'recording.start', submission, file: name, at, bytes });
    this.runs += 1;
    file.resize(columns, rows);
    file.write(
      ['o', CLEAN],
      ['m', `#${this.runs} ${run.label}`],
      ['o', `\x1b[1m$ ${run.shown}\x1b[0m\r\n`],
    );
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
