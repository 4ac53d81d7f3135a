// Settings of the user in the editors that tests and `npm start` open: no welcome, no telemetry, nothing in the way.
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/** @type {Readonly<Record<string, unknown>>} */
export const userSettings = {
  'chat.agentHost.enabled': false,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'always',
  'telemetry.telemetryLevel': 'off',
  // Its text then stands in the page, where tests and screen readers find it.
  'terminal.integrated.gpuAcceleration': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcome.enabled': false,
};

/**
 * Writes what the server build reads: the user's settings, and the machine's.
 * @param {string} dataFolder
 * @param {Readonly<Record<string, unknown>>} [user] added to those above
 * @param {Readonly<Record<string, unknown>>} [machine]
 */
export async function writeSettings(dataFolder, user = {}, machine = {}) {
  const places = { User: { ...userSettings, ...user }, Machine: machine };
  for (const [place, settings] of Object.entries(places)) {
    const folder = path.join(dataFolder, 'data', place);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  }
}
