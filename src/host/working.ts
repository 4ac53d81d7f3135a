// Shows that long work is under way, how far it is, and a way to call it off.
import * as vscode from 'vscode';
import type { Work } from '../node/inSteps.ts';

/** Rejects with what the work rejects with. */
export function working<T>(title: string, run: (work: Work) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const shown = vscode.window.withProgress(options, async (progress, token) => {
    let expected = 0;
    let done = 0;
    let told = 0;
    return run({
      get isCancelled() {
        return token.isCancellationRequested;
      },
      expect: (bytes) => {
        expected += bytes;
      },
      did: (bytes) => {
        done += bytes;
        const percent = expected === 0 ? 0 : Math.min(99, Math.floor((done / expected) * 100));
        if (percent <= told) return;
        progress.report({ increment: percent - told });
        told = percent;
      },
    });
  });
  return Promise.resolve(shown);
}
