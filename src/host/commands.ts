// The commands of the palette and of the panel's title that are about holds and the log.
// Invariant: other extensions can call them too, so an approval always goes through a modal that only a person can answer.
import * as vscode from 'vscode';
import { commandIds, focusSessionLog } from '../contributions.ts';
import { showInMessage } from '../core/session/display.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { pickText } from './approvalText.ts';
import { HumanError, textOf } from './errors.ts';
import type { GatePanel } from './gatePanel.ts';
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
  const { gate } = deps;
  const register = commandRegistrar(deps.report);
  return vscode.Disposable.from(
    register(commandIds.showHeld, showHeld),
    register(commandIds.approve, () => approve(deps)),
    register(commandIds.deny, () => deny(deps)),
    register(commandIds.approveNext, () => approveNext(deps)),
    register(commandIds.denyNext, async () => denyNext(deps)),
    register(commandIds.openLog, () => openLog(gate)),
    register(commandIds.openSettings, () =>
      execute('workbench.action.openSettings', `@ext:${deps.extensionId}`),
    ),
    register(commandIds.openWalkthrough, () =>
      execute('workbench.action.openWalkthrough', `${deps.extensionId}#start`, false),
    ),
  );
}

/** Registers commands whose failures a person is told. */
export function commandRegistrar(report: (problem: string) => void) {
  return (id: string, run: () => Promise<void>) =>
    vscode.commands.registerCommand(id, () =>
      run().catch((error: unknown) => report(textOf(error))),
    );
}

/** Opens the panel. */
export function showHeld(): Promise<void> {
  return execute(focusSessionLog);
}

/** Opens the panel and shows a submission in it. */
export async function showInPanel(panel: GatePanel, submission: string): Promise<void> {
  panel.reveal(submission);
  await showHeld();
}

async function execute(id: string, ...words: unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...words);
}

async function openLog({ place }: GateService): Promise<void> {
  if (!place) throw new HumanError('Nothing is recorded yet: no agent has submitted a command.');
  await vscode.window.showTextDocument(vscode.Uri.file(place.file));
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

/** The one that waits longest. */
async function approveNext(deps: CommandDeps): Promise<void> {
  const [item] = deps.gate.held;
  if (item) await approveInModal(item, deps);
  else deps.prompts.inform('No command is held.');
}

/** Denying may act at once: it lets nothing run. */
function denyNext(deps: CommandDeps): void {
  const { gate, prompts } = deps;
  const [item] = gate.held;
  if (!item) {
    prompts.inform('No command is held.');
    return;
  }
  const answer = { answer: 'deny', where: 'command', message: undefined } as const;
  if (giveAnswer(item, answer, deps))
    prompts.inform(`Denied: ${showInMessage(pickText(item).label)}`);
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
