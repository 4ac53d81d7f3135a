// One item in the status bar: how many commands wait, and in which state the gate is.
import * as vscode from 'vscode';
import { commandIds, contextKeys } from '../contributions.ts';
import type { GateService } from './gateService.ts';
import type { PolicyDesk } from './policyDesk.ts';
import type { SettingsGuard } from './settingsGuard.ts';
import { statusText } from './statusText.ts';

const BACKGROUNDS = {
  plain: undefined,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
} as const;

const SOON_MS = 1000;

/** Shows the item and keeps it and the context keys up to date. */
export function registerStatusBar(
  gate: GateService,
  desk: PolicyDesk,
  settings: SettingsGuard,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'interlock.status',
    vscode.StatusBarAlignment.Left,
    90,
  );
  item.name = 'Interlock';
  item.command = commandIds.showHeld;
  const context = new ContextKeys();
  const update = () => {
    const { held, degraded } = gate;
    const isLocked = desk.lockdown !== undefined;
    const isObserving = desk.policy.observe;
    const waiting = settings.waiting.length;
    const lastHash = gate.place?.lastHash;
    const shown = statusText({ held, degraded, isLocked, isObserving, waiting, lastHash });
    item.text = shown.text;
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.label, role: 'button' };
    const background = BACKGROUNDS[shown.tone];
    item.backgroundColor = background && new vscode.ThemeColor(background);
    context.set(contextKeys.heldCount, held.length);
    context.set(contextKeys.degraded, degraded !== undefined);
    context.set(contextKeys.isLocked, isLocked);
    context.set(contextKeys.isObserving, isObserving);
    context.set(contextKeys.waitingSettings, waiting);
  };
  // The hash changes with every event; nobody reads it that often.
  let later: NodeJS.Timeout | undefined;
  const updateSoon = () => {
    later ??= setTimeout(() => {
      later = undefined;
      update();
    }, SOON_MS);
  };
  update();
  item.show();
  return vscode.Disposable.from(
    item,
    gate.onDidChangeState(update),
    gate.onEvent(updateSoon),
    new vscode.Disposable(() => clearTimeout(later)),
  );
}

/** The keys that the editor's conditions read. Each is set once in any case: a host that ended may have left another value. */
class ContextKeys {
  private readonly values = new Map<string, number | boolean>();

  set(key: string, value: number | boolean): void {
    if (this.values.get(key) === value) return;
    this.values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
