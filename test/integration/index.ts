// Runs inside the extension host: finds the test files in its own folder, runs them, and leaves a report beside them.
import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/** Called by the editor; rejects where a test failed. */
export async function run(): Promise<void> {
  const grep = process.env.INTERLOCK_TEST_GREP;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: true, ...(grep ? { grep } : {}) });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.test.js')).sort()) {
    mocha.addFile(path.join(__dirname, file));
  }
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const report = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 1 };
  writeFileSync(path.join(__dirname, 'report.json'), JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} tests failed`);
}
