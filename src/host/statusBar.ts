// One item in the status bar: how many commands wait, and whether the gate can read commands.
import * as vscode from 'vscode';
import { commandIds, contextKeys } from '../contributions.ts';
import type { GateService } from './gateService.ts';
import { statusText } from './statusText.ts';

const BACKGROUNDS = {
  plain: undefined,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
} as const;

/** Shows the item and keeps it and the context keys up to date. */
export function registerStatusBar(gate: GateService): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'interlock.status',
    vscode.StatusBarAlignment.Left,
    90,
  );
  item.name = 'Interlock';
  item.command = commandIds.showHeld;
  const update = () => {
    const { text, tooltip, label, tone } = statusText(gate.held, gate.degraded);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label, role: 'button' };
    const background = BACKGROUNDS[tone];
    item.backgroundColor = background && new vscode.ThemeColor(background);
    setContext(contextKeys.heldCount, gate.held.length);
    setContext(contextKeys.degraded, gate.degraded !== undefined);
  };
  update();
  item.show();
  return vscode.Disposable.from(item, gate.onDidChangeState(update));
}

function setContext(key: string, value: number | boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
