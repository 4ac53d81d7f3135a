// `npm test`: everything that has to be so before a change goes in, from nothing on a fresh machine.
// Ends with one line that counts all of it. Invariant: a suite that ran nothing is a failure.
import * as path from 'node:path';
import { ensureFactTools, ensureGit } from './debian.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { run, say } from './say.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

const root = path.join(import.meta.dirname, '..', '..');
/** @type {(name: string) => string} */
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

/** Each with what it runs, in the order of how soon they tell. @type {Record<string, () => Promise<Counts>>} */
const suites = {
  types: () => check(bin('tsc'), ['--noEmit']),
  'types of the panel': () => check(bin('tsc'), ['--noEmit', '-p', 'src/webview']),
  "types of the panel's tests": () => check(bin('tsc'), ['--noEmit', '-p', 'test/webview']),
  lint: () => check(bin('biome'), ['check', '--diagnostic-level=error', '.']),
  unit: async () => (await import('./mocha.mjs')).runMocha(['--config', 'test/mocharc.json']),
  panel: async () => (await import('./webview.mjs')).runWebview(),
  integration: async () => (await import('./integration.mjs')).runIntegration(),
  'end to end': async () => (await import('./e2e.mjs')).runE2e([]),
};

/** @param {string} program @param {readonly string[]} words @returns {Promise<Counts>} */
async function check(program, words) {
  try {
    await run(program, words, { cwd: root });
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(textOf(error));
    return { passed: 0, failed: 1 };
  }
}

/** @param {unknown} error */
function textOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {() => Promise<Counts>} suite @returns {Promise<Counts>} */
async function countsOf(suite) {
  try {
    const counts = await suite();
    return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
  } catch (error) {
    console.error(textOf(error));
    return { passed: 0, failed: 1 };
  }
}

async function main() {
  await ensureGit();
  await ensureFactTools();
  await ensureDependencies();
  /** @type {[string, Counts, number][]} */
  const results = [];
  for (const [name, suite] of Object.entries(suites)) {
    say(`— ${name}`);
    const startedAt = performance.now();
    const counts = await countsOf(suite);
    results.push([name, counts, Math.round((performance.now() - startedAt) / 1000)]);
  }
  console.log();
  for (const [name, { passed, failed }, seconds] of results) {
    say(`${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  /** @param {keyof Counts} kind */
  const sum = (kind) => results.reduce((total, [, counts]) => total + counts[kind], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

await main();
