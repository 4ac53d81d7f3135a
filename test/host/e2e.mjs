// Packs the extension, installs it into the server build, and runs test/e2e (or the files that are named) against it.
// Invariant: a warning of the packer, or a package that is too large, is a failure.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareChromium } from './chromium.mjs';
import { installExtension } from './editorServer.mjs';
import { runMocha } from './mocha.mjs';
import { run, say } from './say.mjs';
import { isServerUsable, prepareTestEditor } from './testEditor.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const MOST_BYTES = 3 * 1024 * 1024;

/**
 * @param {readonly string[]} files all where none is named
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runE2e(files) {
  if (!isServerUsable()) {
    say(`the end-to-end tests need the server build, which ${process.platform} does not have.`);
    return { passed: 0, failed: 1 };
  }
  const chromium = await prepareChromium();
  const editor = await prepareTestEditor();
  const place = mkdtempSync(path.join(os.tmpdir(), 'interlock-e2e-'));
  try {
    const extensionsFolder = await installPackaged(editor, place);
    say('running the end-to-end tests …');
    const prepared = JSON.stringify({ editor, chromium, extensionsFolder });
    const specs = files.length > 0 ? files : ['test/e2e/**/*.test.ts'];
    const words = ['--timeout', '180000', ...specs];
    return await runMocha(words, { INTERLOCK_E2E: prepared });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Packs it and installs it as a person would.
 * @param {import('./testEditor.mjs').TestEditor} editor
 * @param {string} place a folder of the caller
 * @returns {Promise<string>} the folder of extensions to start a server with
 */
export async function installPackaged(editor, place) {
  const vsix = path.join(place, 'interlock.vsix');
  say('packing the extension …');
  const printed = await run(process.execPath, [path.join(root, 'package.mjs'), vsix]);
  if (/warn/i.test(printed) || !existsSync(vsix))
    throw new Error(`It was not packed cleanly:\n${printed}`);
  const { size } = statSync(vsix);
  if (size > MOST_BYTES) throw new Error(`The package is too large: ${size} bytes.`);
  say(`  ${(size / 1024 / 1024).toFixed(2)} MB, no warnings.`);
  const extensionsFolder = path.join(place, 'extensions');
  await installExtension(editor, {
    vsix,
    dataFolder: path.join(place, 'install'),
    extensionsFolder,
  });
  return extensionsFolder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runE2e(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
