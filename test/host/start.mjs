// `npm start`: opens the sample workspace with Interlock and a scripted agent, on a fresh machine too.
// Desktop VS Code where `code` is found; else, or with `--server`, the server build at an address that is printed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureGit } from './debian.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { makeSampleWorkspace } from './sampleWorkspace.mjs';
import { hasProgram, run, say } from './say.mjs';
import { writeSettings } from './userSettings.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const sampleAgent = path.join(root, 'test', 'sampleAgent');

async function main() {
  await ensureGit();
  await ensureDependencies();
  const place = mkdtempSync(path.join(os.tmpdir(), 'interlock-sample-'));
  say(`making a sample workspace in ${place} …`);
  const { folder, remote } = await makeSampleWorkspace(place, { runsAgent: true });
  const isDesktop = hasProgram('code') && !process.argv.includes('--server');
  const opened = isDesktop ? await openDesktop(folder, place) : await openServer(folder, place);
  say('the agent reads files and runs tests; its forced push is held until you answer.');
  say(`to see whether main moved: git -C ${remote} log --oneline main`);
  await opened.ended;
  await opened.close();
  rmSync(place, { recursive: true, force: true });
}

/**
 * @typedef {{ ended: Promise<unknown>, close: () => Promise<void> }} Opened
 */

/** @param {string} folder @param {string} place @returns {Promise<Opened>} */
async function openDesktop(folder, place) {
  say('building the extension …');
  await run(process.execPath, [path.join(root, 'esbuild.mjs')]);
  // Folders of its own: nothing of yours is read or changed.
  const dataFolder = path.join(place, 'user');
  await writeSettings(dataFolder);
  say('opening VS Code; close its window to end this …');
  const child = spawn(
    'code',
    [
      '--new-window',
      '--wait',
      '--disable-workspace-trust',
      `--user-data-dir=${path.join(dataFolder, 'data')}`,
      `--extensions-dir=${path.join(place, 'extensions')}`,
      `--extensionDevelopmentPath=${root}`,
      `--extensionDevelopmentPath=${sampleAgent}`,
      folder,
    ],
    { stdio: 'inherit', shell: process.platform === 'win32' },
  );
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { ended, close: async () => undefined };
}

/** @param {string} folder @param {string} place @returns {Promise<Opened>} */
async function openServer(folder, place) {
  const { prepareTestEditor } = await import('./testEditor.mjs');
  const { startServer } = await import('./editorServer.mjs');
  const { installPackaged } = await import('./packaged.mjs');
  const editor = await prepareTestEditor();
  const extensionsFolder = await installPackaged(editor, place, [sampleAgent]);
  const dataFolder = path.join(place, 'data');
  await writeSettings(dataFolder);
  const server = await startServer({ editor, dataFolder, extensionsFolder });
  say(`open this address in a browser: ${server.address(folder)}`);
  say('Ctrl-C ends it.');
  const ended = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  return { ended, close: () => server.stop() };
}

await main();
