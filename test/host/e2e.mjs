// Packs the extension, installs it into the server build, and runs test/e2e (or the files that are named) against it.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareChromium } from './chromium.mjs';
import { OF_A_WINDOW, runMocha } from './mocha.mjs';
import { installPackaged } from './packaged.mjs';
import { say } from './say.mjs';
import { isServerUsable, prepareTestEditor } from './testEditor.mjs';

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
    const words = ['--timeout', '400000', ...(files.length > 0 ? files : allFiles())];
    return await runMocha(words, { INTERLOCK_E2E: prepared }, OF_A_WINDOW);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The longest first, so that no long one is left over when all others are done. */
function allFiles() {
  const folder = path.join(import.meta.dirname, '..', 'e2e');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name))
    .sort((one, other) => statSync(other).size - statSync(one).size);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runE2e(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
