// Tests that need a program of the system which is not everywhere.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A missing program is a failure where the whole suite is meant to run, and is said aloud elsewhere. */
export function needs(context: Mocha.Context, program: string): void {
  const folders = ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  if (folders.some((folder) => fs.existsSync(path.join(folder, program)))) return;
  assert.ok(!process.env.CI, `${program} is not installed, so its test cannot run.`);
  process.stderr.write(`    NOT TESTED: ${program} is not installed.\n`);
  context.skip();
}
