// One run of an approved command: its process, what it wrote, and how it ended.
// Invariant: command, folder and environment are fixed when the submission comes in; the start uses just these.
import * as os from 'node:os';
import type { Outcome } from '../core/gate/types.ts';
import { CappedOutput, plainText } from '../core/session/plainText.ts';
import type { Clock } from '../node/clock.ts';
import type { RunRecording } from '../node/runRecording.ts';
import type { ShellProcess, ShellSpec } from '../node/shellProcess.ts';
import { textOf } from './errors.ts';
import { stillThere } from './messages.ts';

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
  size: { columns: number; rows: number };
  private bytes = 0;
  private recording: RunRecording | undefined;
  /** Who cannot take more of its output at the moment. */
  private readonly behind = new Set<'recording' | 'terminal'>();
  /** Keys on their way: each waits until it is known how the terminal treats it. */
  private typing = Promise.resolve();

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
  start(recording: RunRecording | undefined): { hasTty: boolean; ended: Promise<Outcome> } {
    const { spec, startShell, clock, onOutput } = this.options;
    const startedAt = clock.mono();
    const child = startShell({ ...spec, ...this.size });
    this.process = child;
    this.recording = recording;
    recording?.onBehind((isBehind) => this.letWait('recording', isBehind));
    child.onData((data) => {
      this.kept.add(data);
      this.bytes += Buffer.byteLength(data);
      recording?.output(data);
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

  /** Passes keys on, and records them as far as they may be. */
  write(data: string): void {
    const { process, recording } = this;
    if (!process || !recording) {
      process?.write(data);
      return;
    }
    this.typing = this.typing.then(async () => {
      // Before the program gets them: afterwards it may have turned the echo on again.
      const echo = await process.echo();
      recording.input(data, echo);
      process.write(data);
    });
    this.typing = this.typing.catch((error: unknown) =>
      this.options.onOutput(`[keys were not taken: ${textOf(error)}]\r\n`),
    );
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows };
    this.process?.resize(columns, rows);
    this.recording?.resize(columns, rows);
  }

  pause(isPaused: boolean): void {
    this.letWait('terminal', isPaused);
  }

  /** It writes on once nobody is behind any more. */
  private letWait(who: 'recording' | 'terminal', isBehind: boolean): void {
    if (isBehind) this.behind.add(who);
    else this.behind.delete(who);
    this.process?.pause(this.behind.size > 0);
  }

  /** Ends it with everything that it started. Rejects where something is still there. */
  async kill(): Promise<void> {
    const left = (await this.process?.kill()) ?? [];
    if (left.length === 0) return;
    throw new Error(stillThere(left));
  }
}

/** One number for an outcome, as shells report it: 128 and the signal's number where a signal ended it. */
export function exitCodeOf({ exitCode, signal }: Outcome): number {
  if (exitCode !== undefined) return exitCode;
  const number = Object.entries(os.constants.signals).find(([name]) => name === signal)?.[1];
  return 128 + (number ?? 0);
}
