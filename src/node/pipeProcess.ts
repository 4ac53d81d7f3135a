// A shell on pipes: where no pty can be loaded. Programs in it see no terminal.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { EchoState } from '../core/session/inputMask.ts';
import { EarlyOutput } from './earlyOutput.ts';
import { killTree } from './killTree.ts';
import type { ProcessExit, ShellProcess, ShellSpec } from './shellProcess.ts';

/** Milliseconds for which output is still read after the shell ended while a background process holds its pipes. */
const DRAIN_MS = 200;

/** Starts `file` in a process group of its own. Throws where the system refuses. */
export function startOnPipes(file: string, argv: readonly string[], spec: ShellSpec): ShellProcess {
  const child = spawn(file, [...argv], {
    cwd: spec.cwd,
    env: { ...spec.environment },
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  return new PipeProcess(child, spec.run);
}

class PipeProcess implements ShellProcess {
  readonly hasTty = false;
  private readonly ended: Promise<ProcessExit>;
  private readonly output = new EarlyOutput();
  private isOver = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly run: string,
  ) {
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.output.emit(`${error.message}\r\n`);
        resolve({ exitCode: 127, signal: undefined });
      });
      child.once('exit', (code, signal) => {
        const exit = { exitCode: code ?? undefined, signal: signal ?? undefined };
        // What is left is little, and is not waited for long.
        this.pause(false);
        this.isOver = true;
        const timer = setTimeout(() => resolve(exit), DRAIN_MS);
        child.once('close', () => {
          clearTimeout(timer);
          resolve(exit);
        });
      });
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.output.emit(forTerminal(text)));
    }
    // A program that does not read its input is no fault of ours.
    child.stdin?.on('error', (error) =>
      this.output.emit(`[input was not taken: ${error.message}]\r\n`),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  onData(listener: (data: string) => void): void {
    this.output.listen(listener);
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    void this.ended.then(listener);
  }

  write(data: string): void {
    if (data.includes('\x03')) {
      this.interrupt();
    } else if (data === '\x04') {
      this.child.stdin?.end();
    } else if (this.child.stdin?.writable) {
      this.child.stdin.write(data.replaceAll('\r', '\n'));
    }
  }

  resize(): void {
    // Pipes have no size.
  }

  pause(isPaused: boolean): void {
    if (this.isOver) return;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (isPaused) stream?.pause();
      else stream?.resume();
    }
  }

  echo(): Promise<EchoState> {
    // No terminal, no echo: a program that hides a password opens the terminal itself, and finds none.
    return Promise.resolve('line');
  }

  interrupt(): void {
    if (this.child.exitCode === null && this.child.signalCode === null && this.pid > 0) {
      process.kill(process.platform === 'win32' ? this.pid : -this.pid, 'SIGINT');
    }
  }

  async kill(): Promise<readonly number[]> {
    return this.pid > 0 ? killTree(this.pid, { run: this.run }) : [];
  }
}

function forTerminal(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
