// Reads the editor's settings, and keeps what a person confirmed of them.
// Invariant (I7): what can loosen the gate is read from the user's own settings only, whatever a workspace says.
import * as vscode from 'vscode';
import { EXTENSION_NAME, settings } from '../contributions.ts';
import { sha256 } from '../core/session/chain.ts';
import type { RawSettings } from './gateSettings.ts';
import type { KeptValues } from './keptValues.ts';
import type { Prompts } from './prompts.ts';
import { type ConfirmedStore, SettingsGuard } from './settingsGuard.ts';
import type { SignedStore } from './signedStore.ts';
import { workspaceRoots } from './workspace.ts';

const CONFIRMED = 'confirmedSettings';

/** The settings of this window behind their guard. */
export function createSettings(
  context: vscode.ExtensionContext,
  prompts: Prompts,
  kept: KeptValues,
  report: (problem: string) => void,
): SettingsGuard {
  return new SettingsGuard({
    read: readRaw,
    confirmed: confirmedStore(context, kept),
    prompts,
    isFocused: () => vscode.window.state.focused,
    report,
  });
}

/** Follows what may change them. */
export function followSettings(guard: SettingsGuard, kept: KeptValues): vscode.Disposable {
  // With the key it can be told what was confirmed; what changed while no window was open is asked about then.
  void kept.key().then(() => guard.refresh());
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(EXTENSION_NAME)) guard.refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => guard.refresh()),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) guard.refresh();
    }),
  );
}

const SETTINGS = {
  name: 'The settings that you confirmed',
  effect: 'What loosens the gate waits until you confirm it again.',
};

/** In the editor's own storage: the user's settings for all windows, a workspace's rules with the workspace. */
function confirmedStore(
  { globalState, workspaceState }: vscode.ExtensionContext,
  kept: KeptValues,
): ConfirmedStore {
  const own = kept.store(globalState, CONFIRMED, () => '', SETTINGS);
  const shared = kept.store(workspaceState, CONFIRMED, workspaceName, SETTINGS);
  const keep = (store: SignedStore, value: object) => {
    if (sha256(JSON.stringify(store.read() ?? '')) !== sha256(JSON.stringify(value)))
      store.write(value);
  };
  return {
    isReady: () => own.isReady,
    read: () => ({
      ...(own.read() as Partial<RawSettings> | undefined),
      ...(shared.read() as Partial<RawSettings> | undefined),
    }),
    write: ({ workspaceRules, ...rest }) => {
      keep(own, rest);
      keep(shared, { workspaceRules });
    },
  };
}

function workspaceName(): string {
  return vscode.workspace.workspaceFile?.toString() ?? workspaceRoots()[0] ?? '';
}

function readRaw(): RawSettings {
  const configuration = vscode.workspace.getConfiguration();
  const read = ([name, { key, scope }]: [string, { key: string; scope: string }]) => [
    name,
    scope === 'application' ? configuration.inspect(key)?.globalValue : everywhere(key),
  ];
  return Object.fromEntries(Object.entries(settings).map(read)) as RawSettings;
}

/** What each place says to a setting that all may add to, with its file; undefined stands for the user's own. */
export function ruleSources(key: string): { file: string | undefined; value: unknown }[] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const inspected = vscode.workspace.getConfiguration().inspect(key);
  const own = userValues(inspected).map((value) => ({ file: undefined, value }));
  const settingsOf = (folder: vscode.WorkspaceFolder | undefined) =>
    folder && vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json').fsPath;
  const shared = {
    file: workspaceFile?.fsPath ?? settingsOf(workspaceFolders[0]),
    value: inspected?.workspaceValue,
  };
  // With a single folder its settings are the workspace's.
  const folders = workspaceFile === undefined ? [] : workspaceFolders;
  const byFolder = folders.map((folder) => ({
    file: settingsOf(folder),
    value: vscode.workspace.getConfiguration(undefined, folder.uri).inspect(key)
      ?.workspaceFolderValue as unknown,
  }));
  return [...own, shared, ...byFolder].filter(({ value }) => value !== undefined);
}

/**
 * In a remote window the machine's settings stand in `globalValue` instead of the user's, and a development container can
 * write them. Both are told apart in fields that the API's types do not declare (seen in VS Code 1.139); without them the one value counts.
 */
function userValues(inspected: Inspected | undefined): unknown[] {
  const { globalValue, globalLocalValue, globalRemoteValue } = inspected ?? {};
  const apart = [globalLocalValue, globalRemoteValue].filter((value) => value !== undefined);
  return apart.length > 0 ? apart : [globalValue];
}

interface Inspected {
  globalValue?: unknown;
  globalLocalValue?: unknown;
  globalRemoteValue?: unknown;
}

/** All places' lists in one: a place cannot take away what another asks for. */
function everywhere(key: string): unknown {
  const given = ruleSources(key).map(({ value }) => value);
  // What is no list goes on as it is, to be refused there; beside other places' lists it is one bad entry of them.
  return given.length > 1 ? given.flat() : given[0];
}
