// The commands of the palette and of the panel's title.
// Invariant: other extensions can call them too, so an approval always goes through a modal that only a person can answer.
import * as vscode from 'vscode';
import { commandIds, focusSessionLog } from '../contributions.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { pickText } from './approvalText.ts';
import { textOf } from './errors.ts';
import type { GateService } from './gateService.ts';
import { approveInModal, giveAnswer } from './notifications.ts';
import type { Prompts } from './prompts.ts';

export interface CommandDeps {
  gate: GateService;
  prompts: Prompts;
  extensionId: string;
  report(problem: string): void;
}

/** Registers all of them. */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const { gate, report } = deps;
  const register = (id: string, run: () => Promise<void>) =>
    vscode.commands.registerCommand(id, () =>
      run().catch((error: unknown) => report(textOf(error))),
    );
  return vscode.Disposable.from(
    register(commandIds.showHeld, () => execute(focusSessionLog)),
    register(commandIds.approve, () => approve(deps)),
    register(commandIds.deny, () => deny(deps)),
    register(commandIds.openLog, () => gate.openLog()),
    register(commandIds.openSettings, () =>
      execute('workbench.action.openSettings', `@ext:${deps.extensionId}`),
    ),
  );
}

/** Opens the panel and shows a submission in it. */
export async function showInPanel(gate: GateService, submission: string): Promise<void> {
  gate.reveal(submission);
  await execute(focusSessionLog);
}

async function execute(id: string, ...words: unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...words);
}

async function approve(deps: CommandDeps): Promise<void> {
  const item = await pickHeld(deps, 'Which command shall be approved? You are asked once more.');
  if (item) await approveInModal(item, deps);
}

async function deny(deps: CommandDeps): Promise<void> {
  const item = await pickHeld(deps, 'Which command shall be denied?');
  if (!item) return;
  const message = await vscode.window.showInputBox({
    title: 'Deny the command',
    prompt: 'Words for the agent, such as what to do instead. Leave empty for none.',
    ignoreFocusOut: true,
  });
  // Escape takes the whole denial back; an empty text is none.
  if (message === undefined) return;
  giveAnswer(item, { answer: 'deny', where: 'command', message }, deps);
}

async function pickHeld(
  { gate, prompts }: CommandDeps,
  title: string,
): Promise<HeldItem | undefined> {
  const { held } = gate;
  if (held.length === 0) {
    prompts.inform('No command is held.');
    return undefined;
  }
  const entries = held.map((item) => ({ ...pickText(item), item }));
  const options = { title, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(entries, options))?.item;
}
