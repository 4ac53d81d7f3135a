// A shell under a real pty. The native package is loaded at first use, so that a machine without it still has the gate.
import { createRequire } from 'node:module';
import * as os from 'node:os';
import type { IPty } from '@lydell/node-pty';
import type { EchoState } from '../core/session/inputMask.ts';
import { EarlyOutput } from './earlyOutput.ts';
import { echoState } from './echoState.ts';
import { killTree } from './killTree.ts';
import { OutputBatch } from './outputBatch.ts';
import { PtyDrain } from './ptyDrain.ts';
import type { ProcessExit, ShellProcess, ShellSpec } from './shellProcess.ts';

export type PtyPackage = typeof import('@lydell/node-pty');

/** The pty package; undefined where it does not load on this machine. */
export function loadPty(): PtyPackage | undefined {
  try {
    return createRequire(__filename)('@lydell/node-pty') as PtyPackage;
  } catch {
    // The caller falls back to pipes, and the terminal says so.
    return undefined;
  }
}

/** Starts `file` under a pty. Throws where the system refuses. */
export function startOnPty(
  pty: PtyPackage,
  file: string,
  argv: readonly string[],
  spec: ShellSpec,
): ShellProcess {
  const child = pty.spawn(file, [...argv], {
    name: spec.environment.TERM ?? 'xterm-256color',
    cols: spec.columns,
    rows: spec.rows,
    cwd: spec.cwd,
    env: { ...spec.environment },
    // Bytes: they are decoded many at once. Windows decodes all the same, and does not like to be told.
    encoding: null,
  });
  return new PtyProcess(child, spec.run);
}

class PtyProcess implements ShellProcess {
  readonly hasTty = true;
  private readonly output = new EarlyOutput();
  private readonly ended: Promise<ProcessExit>;
  private isOver = false;
  /** Path of the terminal that the program sees. */
  private readonly slave: string | undefined;
  private readonly drain: PtyDrain | undefined;

  constructor(
    private readonly child: IPty,
    private readonly run: string,
  ) {
    const emit = (data: string) => this.output.emit(data);
    // Not in the package's types; undefined on Windows, which has no such race.
    this.slave = (child as IPty & { ptsName?: string }).ptsName;
    const drain =
      this.slave === undefined
        ? undefined
        : openDrain(child.pid, this.slave, emit, () => child.resume());
    this.drain = drain;
    const batch = new OutputBatch((data) => (drain ? drain.take(data) : emit(data)));
    child.onData((data: Buffer | string) => batch.take(data));
    this.ended = new Promise((resolve) => {
      child.onExit(({ exitCode, signal }) => {
        this.isOver = true;
        batch.end();
        drain?.close();
        resolve(exitOf(exitCode, signal));
      });
    });
  }

  get pid(): number {
    return this.child.pid;
  }

  onData(listener: (data: string) => void): void {
    this.output.listen(listener);
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    void this.ended.then(listener);
  }

  write(data: string): void {
    if (!this.isOver) {
      this.child.write(data);
    }
  }

  resize(columns: number, rows: number): void {
    if (!this.isOver && columns > 0 && rows > 0) {
      this.child.resize(columns, rows);
    }
  }

  pause(isPaused: boolean): void {
    // What a program leaves behind when it ends is little, and read at once: it is not there for long. Where nobody
    // tells the end before that (Windows), no program has to wait.
    if (!this.drain || this.drain.isEnding || this.isOver) return;
    if (isPaused) this.child.pause();
    else this.child.resume();
  }

  async echo(): Promise<EchoState> {
    return this.isOver || this.slave === undefined ? 'unknown' : echoState(this.slave);
  }

  interrupt(): void {
    this.write('\x03');
  }

  kill(): Promise<readonly number[]> {
    return killTree(this.child.pid, { run: this.run });
  }
}

/** The program runs by now: where its terminal cannot be opened (too many open files), its last output may be lost. */
function openDrain(
  pid: number,
  slave: string,
  emit: (data: string) => void,
  onEnding: () => void,
): PtyDrain | undefined {
  try {
    return new PtyDrain({ pid, slave, emit, onEnding });
  } catch {
    return undefined;
  }
}

function exitOf(exitCode: number, signal: number | undefined): ProcessExit {
  if (!signal) {
    return { exitCode, signal: undefined };
  }
  const name = Object.entries(os.constants.signals).find(([, number]) => number === signal)?.[0];
  return { exitCode: undefined, signal: name ?? `signal ${signal}` };
}
