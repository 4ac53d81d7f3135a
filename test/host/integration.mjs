// Runs test/integration inside VS Code: builds, makes a workspace for it, opens the editor, and reads the report.
// `INTERLOCK_TEST_EDITOR=desktop` takes a VS Code that is downloaded in place of the server build.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { makeSampleWorkspace } from './sampleWorkspace.mjs';
import { run, say } from './say.mjs';
import { isServerUsable } from './testEditor.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const out = path.join(root, 'out', 'integration');

/**
 * @param {{ grep?: string }} [options]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runIntegration({ grep } = {}) {
  await run(process.execPath, [path.join(root, 'esbuild.mjs')]);
  await buildTests();
  const place = mkdtempSync(path.join(os.tmpdir(), 'interlock-integration-'));
  try {
    const { folder, remote } = await makeSampleWorkspace(place);
    const isDesktop = process.env.INTERLOCK_TEST_EDITOR === 'desktop' || !isServerUsable();
    say(`running the integration tests in ${isDesktop ? 'VS Code' : 'the server build'} …`);
    await runTests({
      ...(isDesktop
        ? {}
        : { vscodeExecutablePath: path.join(import.meta.dirname, 'launcher.mjs') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(out, 'index.js'),
      launchArgs: [folder, `--user-data-dir=${path.join(place, 'data')}`],
      extensionTestsEnv: { INTERLOCK_TEST_REMOTE: remote, INTERLOCK_TEST_GREP: grep ?? '' },
    }).catch((error) => say(`the integration tests did not pass: ${error.message}`));
    return readReport();
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** One bundle for each test file, so that the runner finds them by walking the folder. */
async function buildTests() {
  rmSync(out, { recursive: true, force: true });
  const folder = path.join(root, 'test', 'integration');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  await build({
    entryPoints: files
      .filter((file) => file.endsWith('.test.ts') || file === 'index.ts')
      .map((file) => path.join(folder, file)),
    outdir: out,
    outbase: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** Where the run ended without a report, that is a failure. */
function readReport() {
  try {
    return JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runIntegration({ grep: process.argv[2] });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
