// Gets the packages that the lock file names, where they are not there as it says.
// Runs before there are any packages: it uses only what Node has.
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { run, say } from './say.mjs';

const root = path.join(import.meta.dirname, '..', '..');

/** Node's own test: what the tools need is there. */
export function checkNode() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
}

export async function ensureDependencies() {
  checkNode();
  if (isInstalled()) return;
  say('getting the npm packages (npm ci) …');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
}

/** npm keeps a lock file of what it has installed; each package in it has to be the one of ours. */
function isInstalled() {
  const installed = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    const there = installed[place];
    return there ? there.version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}
