// Runs mocha on TypeScript, as many files at once as there are processors, and counts what passed and what failed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
/** More at once would only be slower: files wait for the same disk. */
const MOST_JOBS = 4;
/** Processors that a browser with its page keeps busy; with fewer it does not keep up with what is typed. */
export const OF_A_WINDOW = 2;

/**
 * @param {readonly string[]} words for mocha, without a configuration file unless they name one
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number} [processors] that the tests of one file keep busy
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runMocha(words, env = {}, processors = 1) {
  const place = mkdtempSync(path.join(os.tmpdir(), 'interlock-mocha-'));
  const report = path.join(place, 'report.json');
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, mochaWords(words, processors), {
      cwd: root,
      env: { ...process.env, ...env, INTERLOCK_TEST_REPORT: report },
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    const counted = JSON.parse(readFileSync(report, 'utf8'));
    // Where mocha ends badly although no test failed, something else is broken.
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(place, { recursive: true });
  }
}

/**
 * @param {readonly string[]} words
 * @param {number} processors
 */
function mochaWords(words, processors) {
  const config = words.includes('--config') ? [] : ['--no-config'];
  const jobs = Math.min(Math.floor(os.availableParallelism() / processors), MOST_JOBS);
  return [
    '--import',
    'tsx',
    path.join('node_modules', 'mocha', 'bin', 'mocha.js'),
    ...config,
    '--reporter',
    path.join('test', 'host', 'reporter.mjs'),
    ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
    ...words,
  ];
}
