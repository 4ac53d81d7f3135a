// The commands about recorded sessions: verify all, delete one.
// Invariant: nothing is deleted without a modal that only a person can answer; the running session never is.
import * as vscode from 'vscode';
import { showText } from '../core/session/display.ts';
import { NOT_PROVED, verdictText } from '../core/session/verdict.ts';
import { Cancelled } from '../node/inSteps.ts';
import { count } from './messages.ts';
import type { Prompts } from './prompts.ts';
import { deleteAsked, entryOf } from './sessionDeletion.ts';
import type { SessionKeeper } from './sessionKeeper.ts';
import { working } from './working.ts';

export interface SessionCommandDeps {
  keeper: SessionKeeper;
  prompts: Prompts;
}

/** Checks every session of the workspace and opens the result as a page of text. */
export async function verifyAll({ keeper, prompts }: SessionCommandDeps): Promise<void> {
  const found = await working('Verifying the recorded sessions', (work) =>
    keeper.verify(work),
  ).catch((error: unknown) => {
    if (error instanceof Cancelled) return undefined;
    throw error;
  });
  if (!found) return;
  const { sessions, missing } = found;
  if (sessions.length + missing.length === 0) {
    prompts.inform('No session is recorded in this workspace.');
    return;
  }
  const bad = sessions.filter(({ verdict }) => verdict.state !== 'sound');
  const lost = missing.filter(({ deleted }) => deleted === undefined);
  const lines = [
    `${count(sessions.length, 'session')}: ${sessions.length - bad.length} sound, ${bad.length} broken or unreadable, ${lost.length} missing.`,
    '',
    ...sessions.map(
      ({ day, session, verdict }) =>
        `${verdict.state.toUpperCase().padEnd(10)} ${day}/${showText(session)}\n    ${showText(verdictText(verdict))}`,
    ),
    ...missing.map(({ folder, deleted }) =>
      deleted === undefined
        ? `MISSING    ${showText(folder)}\n    It was recorded, and its folder is gone.`
        : `DELETED    ${showText(folder)}\n    ${showText(deleted.why)} (${showText(deleted.at)})`,
    ),
    '',
    NOT_PROVED,
  ];
  const document = await vscode.workspace.openTextDocument({
    content: lines.join('\n'),
    language: 'plaintext',
  });
  await vscode.window.showTextDocument(document);
}

/** Lets a person pick one, and asks once more. */
export async function deleteOne(deps: SessionCommandDeps): Promise<void> {
  const { keeper, prompts } = deps;
  const sessions = (await keeper.list()).filter(({ session }) => !keeper.isRunning(session));
  if (sessions.length === 0) {
    prompts.inform('There is no recorded session that can be deleted.');
    return;
  }
  const entries = sessions.map((listed) => ({ ...entryOf(listed), listed }));
  const options = { title: 'Which session shall be deleted? You are asked once more.' };
  const picked = (await vscode.window.showQuickPick(entries, options))?.listed;
  if (picked) await deleteAsked(picked, deps);
}
