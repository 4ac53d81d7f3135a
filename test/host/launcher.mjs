#!/usr/bin/env node
// Looks like the `code` program to @vscode/test-electron, but opens the server build in a browser without a screen.
// Invariant: it ends with the exit code of the tests, and with 1 where they do not come to an end.
import { mkdtempSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { chromium } from 'playwright-core';
import { BROWSER_WORDS, prepareChromium } from './chromium.mjs';
import { startServer } from './editorServer.mjs';
import { prepareTestEditor } from './testEditor.mjs';

const LONGEST_SILENCE_MS = 5 * 60_000;
const words = process.argv.slice(2);

/** @param {string} name */
function option(name) {
  const start = `--${name}=`;
  return words.filter((word) => word.startsWith(start)).map((word) => word.slice(start.length));
}

/** @param {string} name */
function needed(name) {
  const [value] = option(name);
  if (value === undefined) throw new Error(`--${name}=… is missing.`);
  return value;
}

/** What the editor itself writes to the console has nothing to do with the tests. */
const NOISE =
  /^\[[A-Z][A-Za-z ]+[\]#]|^(?:Ignoring|Creating|Creation|Updating|Timed out|Webview\.)/;

/**
 * The exit code of the tests, from the page's driver.
 * @param {import('playwright-core').Page} page
 * @param {string} address opened once everything listens
 * @returns {Promise<number>}
 */
async function testsEnd(page, address) {
  let heardAt = performance.now();
  /** @type {NodeJS.Timeout | undefined} */
  let watching;
  /** @type {(type: string, texts: unknown[]) => void} */
  const log = (type, texts) => {
    heardAt = performance.now();
    const words = Array.isArray(texts) ? texts : [type, texts];
    if (!NOISE.test(String(words[0]))) console.log(...words);
  };
  await page.exposeFunction('codeAutomationLog', log);
  const code = await new Promise((resolve) => {
    const fail = (/** @type {string} */ why) => {
      console.error(why);
      resolve(1);
    };
    page.on('crash', () => fail('The page of the editor crashed.'));
    watching = setInterval(() => {
      if (performance.now() - heardAt > LONGEST_SILENCE_MS) {
        fail(`Nothing came from the tests for ${LONGEST_SILENCE_MS / 60_000} minutes.`);
      }
    }, 1000);
    page.exposeFunction('codeAutomationExit', resolve).then(() => page.goto(address), fail);
  });
  clearInterval(watching);
  return code;
}

async function main() {
  const editor = await prepareTestEditor();
  const executablePath = await prepareChromium();
  const folder = words.find((word) => !word.startsWith('-')) ?? os.homedir();
  const [dataFolder] = option('user-data-dir');
  const server = await startServer({
    editor,
    dataFolder: dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'interlock-editor-')),
    isDriven: true,
    asksForTrust: !words.includes('--disable-workspace-trust'),
  });
  const browser = await chromium.launch({ executablePath, args: BROWSER_WORDS });
  try {
    const remote = (/** @type {string} */ file) =>
      `vscode-remote://localhost:${server.port}${file}`;
    const extensions = option('extensionDevelopmentPath').map(
      (place) => /** @type {const} */ (['extensionDevelopmentPath', remote(place)]),
    );
    const address = server.address(path.resolve(folder), [
      ...extensions,
      ['extensionTestsPath', remote(needed('extensionTestsPath'))],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ]);
    process.exitCode = await testsEnd(await browser.newPage(), address);
  } finally {
    await browser.close();
    await server.stop();
  }
}

await main();
