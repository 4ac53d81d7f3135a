// Prepares the VS Code that tests and `npm start` use: the server build that the npm package code-server carries,
// with the Node that it needs, in a cache folder outside the checkout.
// Invariant: a folder of the cache is whole or not there; it is filled elsewhere and renamed.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureCompiler } from './debian.mjs';
import { run, say } from './say.mjs';

const SERVER = '4.139.1';
const NODE = '24.21.0';
/** Native modules without which the server does not work; the rest of them is not needed for tests. */
const NATIVE = ['@vscode/spdlog', '@vscode/native-watchdog'];

/**
 * @typedef {object} TestEditor
 * @property {string} node the Node that the server runs on
 * @property {string} server the script that starts the server
 */

/** The server build runs on Linux; elsewhere tests use a VS Code that is downloaded. */
export function isServerUsable() {
  return process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
}

/**
 * Installs it where it is not there yet, which takes some minutes.
 * @returns {Promise<TestEditor>}
 */
export async function prepareTestEditor() {
  if (!isServerUsable()) {
    throw new Error(`There is no server build for ${process.platform}-${process.arch}.`);
  }
  const folder = path.join(cacheFolder(), `code-server-${SERVER}-node-${NODE}-${process.arch}`);
  if (!existsSync(folder)) await install(folder);
  return {
    node: path.join(nodeFolder(folder), 'bin', 'node'),
    server: path.join(serverFolder(folder), 'out', 'server-main.js'),
  };
}

function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(base, 'interlock-test-host');
}

/** @param {string} folder */
function nodeFolder(folder) {
  return path.join(folder, 'node_modules', `node-linux-${process.arch}`);
}

/** @param {string} folder */
function serverFolder(folder) {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** @param {string} folder */
async function install(folder) {
  await ensureCompiler();
  say(`installing a VS Code for tests into ${folder} (once; about 800 MB, some minutes) …`);
  await mkdir(path.dirname(folder), { recursive: true });
  const building = await mkdtemp(`${folder}.`);
  try {
    await fill(building);
    await rename(building, folder).catch((error) => {
      // Somebody else was faster: theirs is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function fill(folder) {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  /** @type {(cwd: string, ...words: string[]) => Promise<string>} */
  const npm = (cwd, ...words) =>
    run('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env });
  const env = {
    ...process.env,
    PATH: `${path.join(nodeFolder(folder), 'bin')}${path.delimiter}${process.env.PATH}`,
    // Native modules are compiled against the headers of the Node that will load them.
    npm_config_nodedir: nodeFolder(folder),
  };
  const server = serverFolder(folder);
  say(`  Node ${NODE} …`);
  await npm(folder, 'install', `node-linux-${process.arch}@${NODE}`);
  // Its own install script would build modules that only log in to proxies and keep passwords.
  say(`  code-server ${SERVER} …`);
  await npm(folder, 'install', '--ignore-scripts', `code-server@${SERVER}`);
  say('  the modules of its VS Code …');
  await npm(server, 'install', '--ignore-scripts', '--omit=dev');
  await npm(path.join(server, 'extensions'), 'install', '--ignore-scripts', '--omit=dev');
  say('  native code …');
  await npm(server, 'rebuild', ...NATIVE);
}
