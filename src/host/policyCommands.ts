// The commands about the policy: stop the agent and let it go on, review settings, try rules.
// Invariant: what lifts a lockdown or loosens asks in a modal that only a person can answer; what stops acts at once (I9).
import * as vscode from 'vscode';
import { commandIds } from '../contributions.ts';
import { commandRegistrar } from './commands.ts';
import type { GateService } from './gateService.ts';
import { liftLockdown, stopAgent } from './lockdown.ts';
import type { PolicyDesk } from './policyDesk.ts';
import type { Prompts } from './prompts.ts';
import { ruleReportText } from './ruleReportText.ts';
import type { RuleTester } from './ruleTester.ts';
import type { SettingsGuard } from './settingsGuard.ts';
import { baseFolder } from './workspace.ts';

export interface PolicyCommandDeps {
  gate: GateService;
  desk: PolicyDesk;
  settings: SettingsGuard;
  tester: RuleTester;
  prompts: Prompts;
  report(problem: string): void;
}

/** Registers all of them. */
export function registerPolicyCommands(deps: PolicyCommandDeps): vscode.Disposable {
  const register = commandRegistrar(deps.report);
  const pages = new ReportPages();
  return vscode.Disposable.from(
    pages,
    register(commandIds.stopAgent, async () => stopAgent(deps)),
    register(commandIds.liftLockdown, () => liftLockdown(deps)),
    register(commandIds.reviewSettings, () => reviewSettings(deps)),
    register(commandIds.testRules, () => testRules(deps, pages)),
  );
}

async function reviewSettings({ settings, prompts }: PolicyCommandDeps): Promise<void> {
  if (settings.waiting.length === 0)
    return prompts.inform('No change of the settings waits: the gate uses them as they are.');
  await settings.review();
}

async function testRules({ desk, tester }: PolicyCommandDeps, pages: ReportPages): Promise<void> {
  const command = await vscode.window.showInputBox({
    title: 'Test Rules',
    prompt: 'A command line. It is read, never run.',
    placeHolder: 'git push origin main',
    ignoreFocusOut: true,
  });
  if (command === undefined || command.trim() === '') return;
  const report = await tester.report(command, baseFolder(undefined), desk.policy);
  await pages.show(ruleReportText(report));
}

/** Pages that cannot be written to. Each is one of its own, so that none shows for a moment what an earlier one said. */
class ReportPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private static readonly scheme = 'interlock-rules';
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(
    ReportPages.scheme,
    this,
  );
  private text = '';
  private count = 0;

  async show(text: string): Promise<void> {
    this.text = text;
    this.count += 1;
    const page = { scheme: ReportPages.scheme, path: '/Test Rules.txt', query: `${this.count}` };
    await vscode.window.showTextDocument(vscode.Uri.from(page), { preview: true });
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
