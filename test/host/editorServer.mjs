// Starts and ends the server build of VS Code.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { run } from './say.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {import('./testEditor.mjs').TestEditor} editor
 * @property {string} dataFolder settings, logs and state; a fresh one for each start
 * @property {string} [extensionsFolder] under `dataFolder` where it is not given
 * @property {boolean} [isDriven] listens to the page's driver: tests run in the extension host, toasts are not shown
 * @property {boolean} [asksForTrust] opens unknown folders in Restricted Mode
 * @property {NodeJS.ProcessEnv} [env]
 *
 * @typedef {object} EditorServer
 * @property {number} port
 * @property {number} pid
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} address
 * @property {() => string} printed everything that it has printed so far
 * @property {() => Promise<void>} stop
 */

/**
 * Resolves when it takes connections.
 * @param {ServerOptions} options
 * @returns {Promise<EditorServer>}
 */
export async function startServer(options) {
  const { editor } = options;
  const port = await freePort();
  await mkdir(options.dataFolder, { recursive: true });
  const words = [editor.server, '--host', '127.0.0.1', '--port', String(port), ...wordsOf(options)];
  const child = spawn(editor.node, words, {
    env: { ...process.env, ...options.env, EXTENSIONS_GALLERY: '{}' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that everything that it started can be ended with it.
    detached: true,
  });
  let printed = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve, reject) => {
    const add = (/** @type {Buffer} */ chunk) => {
      printed += chunk.toString();
      if (printed.includes('Web UI available')) resolve(undefined);
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`The editor's server ended at once:\n${printed}`)));
  });
  const pid = /** @type {number} */ (child.pid);
  return {
    port,
    pid,
    printed: () => printed,
    address: (folder, payload) => {
      const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
      const query = new URLSearchParams({ [kind]: folder });
      if (payload) query.set('payload', JSON.stringify(payload));
      return `http://localhost:${port}/?${query}`;
    },
    stop: async () => {
      signalGroup(pid, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Installs a packed extension as a person would.
 * @param {import('./testEditor.mjs').TestEditor} editor
 * @param {{ vsix: string, dataFolder: string, extensionsFolder: string }} places
 */
export async function installExtension(editor, { vsix, dataFolder, extensionsFolder }) {
  const words = ['--install-extension', vsix, ...wordsOf({ dataFolder, extensionsFolder })];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}' };
  const printed = await run(editor.node, [editor.server, ...words], { env });
  if (!printed.includes('was successfully installed')) {
    throw new Error(`${path.basename(vsix)} was not installed:\n${printed}`);
  }
}

/** @param {Omit<ServerOptions, 'editor'>} options */
function wordsOf({ dataFolder, extensionsFolder, isDriven, asksForTrust }) {
  return [
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level=off',
    `--server-data-dir=${dataFolder}`,
    ...(extensionsFolder ? [`--extensions-dir=${extensionsFolder}`] : []),
    ...(isDriven ? ['--enable-smoke-test-driver'] : []),
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
  ];
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It has ended by itself.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}
