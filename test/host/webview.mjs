// Builds the panel and runs test/webview: the real page in a headless browser, without an editor.
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareChromium } from './chromium.mjs';
import { OF_A_WINDOW, runMocha } from './mocha.mjs';
import { run } from './say.mjs';

const root = path.join(import.meta.dirname, '..', '..');

/**
 * @param {{ grep?: string }} [options]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runWebview({ grep } = {}) {
  const chromium = await prepareChromium();
  await run(process.execPath, [path.join(root, 'esbuild.mjs')]);
  const words = ['--config', 'test/webview/mocharc.json', ...(grep ? ['--grep', grep] : [])];
  return runMocha(words, { INTERLOCK_CHROMIUM: chromium }, OF_A_WINDOW);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runWebview({ grep: process.argv[2] });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
