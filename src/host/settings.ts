// Reads the editor's settings.
// Invariant (I7): what can loosen the gate is read from the user's own settings only, whatever a workspace says.
import * as vscode from 'vscode';
import { commandIds, EXTENSION_NAME, settings } from '../contributions.ts';
import { sha256 } from '../core/session/chain.ts';
import type { GateService } from './gateService.ts';
import {
  type GateSettings,
  type RawSettings,
  readGateSettings,
  settingsChange,
} from './gateSettings.ts';
import { count } from './messages.ts';

export class EditorSettings {
  current: GateSettings;
  sha256: string;

  constructor() {
    const raw = readRaw();
    this.current = readGateSettings(raw);
    this.sha256 = sha256(JSON.stringify(raw));
  }

  /** Follows changes, records them, and shows what cannot be used. */
  register(gate: GateService): vscode.Disposable {
    showProblems(this.current);
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(EXTENSION_NAME)) this.update(gate);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.update(gate)),
    );
  }

  private update(gate: GateService): void {
    const before = this.current;
    const raw = readRaw();
    const hash = sha256(JSON.stringify(raw));
    if (hash === this.sha256) return;
    this.current = readGateSettings(raw);
    this.sha256 = hash;
    gate.notePolicy({ policySha256: hash, ...settingsChange(before, this.current) });
    showProblems(this.current);
  }
}

function readRaw(): RawSettings {
  const read = ([name, { key, scope }]: [string, { key: string; scope: string }]) => [
    name,
    scope === 'application' ? userValue(key) : everywhere(key),
  ];
  return Object.fromEntries(Object.entries(settings).map(read)) as RawSettings;
}

function userValue(key: string): unknown {
  return vscode.workspace.getConfiguration().inspect(key)?.globalValue;
}

/** All places' lists in one: a place cannot take away what another asks for. */
function everywhere(key: string): unknown {
  const values: unknown[] = [userValue(key)];
  values.push(vscode.workspace.getConfiguration().inspect(key)?.workspaceValue);
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const inspected = vscode.workspace.getConfiguration(undefined, folder.uri).inspect(key);
    values.push(inspected?.workspaceFolderValue);
  }
  const given = values.filter((value) => value !== undefined);
  // What is no list goes on as it is, so that it is refused as a whole.
  return given.find((value) => !Array.isArray(value)) ?? given.flat();
}

function showProblems({ policy: { problems } }: GateSettings): void {
  const [first] = problems;
  if (!first) return;
  const place =
    first.index === undefined ? first.setting : `${first.setting}, entry ${first.index + 1}`;
  const more = problems.length > 1 ? ` (${count(problems.length, 'problem')} in all)` : '';
  const text = `Interlock cannot use ${place}: ${first.message}${more}`;
  const openSettings = 'Open Settings';
  void vscode.window.showWarningMessage(text, openSettings).then((choice) => {
    if (choice === openSettings) void vscode.commands.executeCommand(commandIds.openSettings);
  });
}
