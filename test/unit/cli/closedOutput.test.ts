// `interlock … | head`: the reader goes before all is written. That is no crash, and no verdict either.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as path from 'node:path';

const MAIN = path.resolve(import.meta.dirname, '../../../src/cli/main.ts');

describe('an output that nobody reads any more', () => {
  it('ends the command without a stack trace and without the code of an allow', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'help'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => {
      complaint += text.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(complaint, '');
    assert.equal(code, 141);
  });
});
