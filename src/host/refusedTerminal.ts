// The terminal of a task that cannot be submitted as it is written: it says why, and ends as a command that did not run.
import type * as vscode from 'vscode';
import { Emitter } from './emitter.ts';
import { resultFailed } from './submissionResult.ts';
import { renderEnd } from './terminalText.ts';

export class RefusedTerminal implements vscode.Pseudoterminal {
  readonly onDidWrite: vscode.Event<string>;
  readonly onDidClose: vscode.Event<number>;
  private readonly written: Emitter<string>;
  private readonly closed: Emitter<number>;

  constructor(
    private readonly why: string,
    report: (error: unknown) => void,
  ) {
    this.written = new Emitter(report);
    this.closed = new Emitter(report);
    this.onDidWrite = (listener) => this.written.listen(listener);
    this.onDidClose = (listener) => this.closed.listen(listener);
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    const result = resultFailed(`This task cannot be submitted. ${this.why}`);
    this.written.fire(renderEnd(result, size?.columns ?? 80));
    this.closed.fire(result.exitCode);
  }

  close(): void {
    // Nothing runs in it.
  }
}
