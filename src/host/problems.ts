// Tells a person what went wrong, once, and keeps it in the output channel.
import * as vscode from 'vscode';
import { showInMessage } from '../core/session/display.ts';

/** Milliseconds within which the same sentence is shown only once. */
const QUIET_MS = 10_000;

export class Problems {
  /** Made with the first problem. */
  private channel: vscode.LogOutputChannel | undefined;
  private readonly shownAt = new Map<string, number>();

  /** Bound, so that it can be handed on. */
  readonly report = (problem: string): void => {
    this.channel ??= vscode.window.createOutputChannel('Interlock', { log: true });
    this.channel.error(problem);
    const now = performance.now();
    const last = this.shownAt.get(problem);
    this.shownAt.set(problem, now);
    if (last !== undefined && now - last < QUIET_MS) return;
    // Paths and names of agents may stand in it.
    void vscode.window.showErrorMessage(`Interlock: ${showInMessage(problem)}`);
  };

  dispose(): void {
    this.channel?.dispose();
  }
}
