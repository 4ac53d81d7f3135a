// Registers what is about recorded sessions. What does the work is loaded when it is wanted first.
import * as vscode from 'vscode';
import { commandIds } from '../contributions.ts';
import { textOf } from './errors.ts';
import type { RecordedSessions, RecordedSessionsDeps } from './recordedSessions.ts';

/** Milliseconds after the start of the window; nothing waits for it. */
const FIRST_TIDY_MS = 10_000;
const TIDY_MS = 6 * 3_600_000;

/** The panel's side of it, and what ends the rest. */
export function registerSessions(
  context: vscode.ExtensionContext,
  deps: RecordedSessionsDeps,
): { sessions: Pick<RecordedSessions, 'handle'>; registered: vscode.Disposable } {
  let loading: Promise<RecordedSessions> | undefined;
  const load = () => {
    loading ??= import('./recordedSessions.ts').then(({ createRecordedSessions }) =>
      createRecordedSessions(context, deps),
    );
    return loading;
  };
  const tell = (error: unknown) => deps.report(textOf(error));
  const register = (id: string, run: (it: RecordedSessions, request: unknown) => Promise<void>) =>
    vscode.commands.registerCommand(id, (request: unknown) =>
      load()
        .then((it) => run(it, request))
        .catch(tell),
    );
  const tidy = () => void load().then((it) => it.tidy(), tell);
  const first = setTimeout(tidy, FIRST_TIDY_MS);
  const later = setInterval(tidy, TIDY_MS);
  const timers = new vscode.Disposable(() => {
    clearTimeout(first);
    clearInterval(later);
  });
  const registered = vscode.Disposable.from(
    timers,
    register(commandIds.verifyLogs, (it) => it.verifyAll()),
    register(commandIds.deleteSession, (it) => it.deleteOne()),
    register(commandIds.replaySession, (it, request) => it.replay(request)),
  );
  const sessions = {
    handle: async (...asked: Parameters<RecordedSessions['handle']>) =>
      (await load()).handle(...asked),
  };
  return { sessions, registered };
}
