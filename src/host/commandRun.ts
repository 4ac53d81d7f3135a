// One run of an approved command: its process, what it wrote, and how it ended.
// Invariant: command, folder and environment are fixed when the submission comes in; the start uses just these.
import * as os from 'node:os';
import type { Outcome } from '../core/gate/types.ts';
import { CappedOutput, plainText } from '../core/session/plainText.ts';
import type { Clock } from '../node/clock.ts';
import type { ShellProcess, ShellSpec } from '../node/shellProcess.ts';

/** Characters of output that are kept for the agent; the terminal gets all. */
const MOST_OUTPUT = 64 * 1024;

export interface CommandRunOptions {
  spec: ShellSpec;
  startShell(spec: ShellSpec): ShellProcess;
  clock: Clock;
  onOutput(data: string): void;
}

export class CommandRun {
  private readonly kept = new CappedOutput(MOST_OUTPUT);
  private process: ShellProcess | undefined;
  private size: { columns: number; rows: number };
  private bytes = 0;

  constructor(private readonly options: CommandRunOptions) {
    const { columns, rows } = options.spec;
    this.size = { columns, rows };
  }

  get isRunning(): boolean {
    return this.process !== undefined;
  }

  /** What it wrote, as plain text. */
  get output(): string {
    return plainText(this.kept.text());
  }

  /** Starts it; throws where that is not possible. Afterwards `ended` resolves when it has ended. */
  start(): { hasTty: boolean; ended: Promise<Outcome> } {
    const { spec, startShell, clock, onOutput } = this.options;
    const startedAt = clock.mono();
    const child = startShell({ ...spec, ...this.size });
    this.process = child;
    child.onData((data) => {
      this.kept.add(data);
      this.bytes += Buffer.byteLength(data);
      onOutput(data);
    });
    const ended = new Promise<Outcome>((resolve) => {
      child.onExit(({ exitCode, signal }) => {
        this.process = undefined;
        const durationMs = Math.round(clock.mono() - startedAt);
        resolve({ exitCode, signal, durationMs, outputBytes: this.bytes });
      });
    });
    return { hasTty: child.hasTty, ended };
  }

  write(data: string): void {
    this.process?.write(data);
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows };
    this.process?.resize(columns, rows);
  }

  /** Ends it with everything that it started. Rejects where the system refuses. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }
}

/** One number for an outcome, as shells report it: 128 and the signal's number where a signal ended it. */
export function exitCodeOf({ exitCode, signal }: Outcome): number {
  if (exitCode !== undefined) return exitCode;
  const number = Object.entries(os.constants.signals).find(([name]) => name === signal)?.[1];
  return 128 + (number ?? 0);
}
