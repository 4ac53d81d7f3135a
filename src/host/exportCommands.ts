// `Interlock: Set Token for Log Export…`: a person types the bearer token of the team's collector, hidden.
import * as vscode from 'vscode';
import { commandIds, settings } from '../contributions.ts';
import { commandRegistrar } from './commands.ts';
import { HumanError } from './errors.ts';
import { type ExportToken, faultOfToken } from './exportToken.ts';
import type { Prompts } from './prompts.ts';

export interface ExportCommandDeps {
  token: ExportToken;
  /** Address of the collector; undefined where none is set. */
  url(): string | undefined;
  prompts: Prompts;
  report(problem: string): void;
}

export function registerExportCommands(deps: ExportCommandDeps): vscode.Disposable {
  return commandRegistrar(deps.report)(commandIds.setExportToken, () => setToken(deps));
}

async function setToken({ token, url, prompts }: ExportCommandDeps): Promise<void> {
  const address = url();
  if (address === undefined) {
    throw new HumanError(`Set the address of the collector first: ${settings.otlpEndpoint.key}.`);
  }
  const typed = await vscode.window.showInputBox({
    title: 'Token for Log Export',
    prompt: `Bearer token for ${new URL(address).origin}. It is kept in the editor's secret storage and goes to no other address. Leave empty to take it away.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? undefined : faultOfToken(text)),
  });
  if (typed === undefined) return;
  await token.set(address, typed);
  prompts.inform(typed === '' ? 'The token is taken away.' : 'The token is kept.');
}
