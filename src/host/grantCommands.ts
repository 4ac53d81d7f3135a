// The commands about grants: see them, take them back, write them down.
// Invariant: nothing here gives a grant; taking one back acts at once.
import * as vscode from 'vscode';
import { commandIds } from '../contributions.ts';
import { type Grant, grantText } from '../core/policy/grants.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import { commandRegistrar } from './commands.ts';
import { grantsAsRules } from './grantText.ts';
import { count } from './messages.ts';
import type { PolicyDesk } from './policyDesk.ts';
import type { Prompts } from './prompts.ts';

export interface GrantCommandDeps {
  desk: PolicyDesk;
  prompts: Prompts;
  report(problem: string): void;
}

/** Registers all of them. */
export function registerGrantCommands(deps: GrantCommandDeps): vscode.Disposable {
  const register = commandRegistrar(deps.report);
  return vscode.Disposable.from(
    register(commandIds.listGrants, () => listGrants(deps)),
    register(commandIds.exportGrants, () => exportGrants(deps)),
  );
}

const NONE = 'No approval is kept: you are asked each time.';

async function listGrants({ desk, prompts }: GrantCommandDeps): Promise<void> {
  const { grants } = desk;
  if (grants.length === 0) return prompts.inform(NONE);
  const picked = await vscode.window.showQuickPick(grants.map(entryOf), {
    title: `Grants (${grants.length}). Check those that you take back.`,
    placeHolder: 'Check the grants that shall end now',
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return;
  for (const { grant } of picked) desk.revoke(grant.id);
  prompts.inform(`${count(picked.length, 'grant')} taken back.`);
}

async function exportGrants({ desk, prompts }: GrantCommandDeps): Promise<void> {
  const { grants } = desk;
  if (grants.length === 0) return prompts.inform(NONE);
  const document = await vscode.workspace.openTextDocument({
    language: 'json',
    content: grantsAsRules(grants),
  });
  await vscode.window.showTextDocument(document);
}

function entryOf(grant: Grant): vscode.QuickPickItem & { grant: Grant } {
  const label = cutMiddle(showText(grant.match), 100);
  return { label, description: grant.kind, detail: showText(grantText(grant)), grant };
}
