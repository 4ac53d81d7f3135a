// Packs extensions and installs them into the server build, as a person would.
// Invariant: a warning of the packer, or a package that is too large, is a failure.
import { mkdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { installExtension } from './editorServer.mjs';
import { run, say } from './say.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const MOST_BYTES = 3 * 1024 * 1024;

/**
 * @param {import('./testEditor.mjs').TestEditor} editor
 * @param {string} place a folder of the caller
 * @param {readonly string[]} [others] folders of further extensions
 * @returns {Promise<string>} the folder of extensions to start a server with
 */
export async function installPackaged(editor, place, others = []) {
  const dataFolder = path.join(place, 'install');
  const extensionsFolder = path.join(place, 'extensions');
  mkdirSync(extensionsFolder, { recursive: true });
  for (const vsix of [await packInterlock(place), ...(await packOthers(place, others))]) {
    await installExtension(editor, { vsix, dataFolder, extensionsFolder });
  }
  return extensionsFolder;
}

/** @param {string} place */
async function packInterlock(place) {
  const vsix = path.join(place, 'interlock.vsix');
  say('packing the extension …');
  const printed = await run('npm', ['run', '--silent', 'package', '--', vsix], { cwd: root });
  if (/warn/i.test(printed)) throw new Error(`It was not packed without warnings:\n${printed}`);
  const { size } = statSync(vsix);
  if (size > MOST_BYTES) throw new Error(`The package has ${size} bytes; ${MOST_BYTES} may be.`);
  say(`  ${(size / 1024 / 1024).toFixed(2)} MB, no warnings.`);
  return vsix;
}

/** @param {string} place @param {readonly string[]} folders */
async function packOthers(place, folders) {
  const { createVSIX } = await import('@vscode/vsce');
  const packed = [];
  for (const cwd of folders) {
    const packagePath = path.join(place, `${path.basename(cwd)}.vsix`);
    // Only for this machine: it needs no repository, licence or list of files.
    const lenient = { allowMissingRepository: true, skipLicense: true, dependencies: false };
    await createVSIX({ cwd, packagePath, ...lenient });
    packed.push(packagePath);
  }
  return packed;
}
