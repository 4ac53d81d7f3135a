// The process that holds a command is killed: nothing runs, and the log tells the story up to there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readSessionLog } from '../../../src/node/sessionLog.ts';

const program = path.join(__dirname, '..', '..', 'helpers', 'holdForever.ts');

describe('a killed host', () => {
  it('I10 – the held command never runs, and the log is whole up to the hold', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout, 'data');
    const root = String(line).trim();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await wait(300);
    try {
      assert.ok(fs.existsSync(path.join(root, 'work.txt')));
      const files = fs.readdirSync(path.join(root, '.interlock'), { recursive: true });
      const log = files.map(String).find((file) => file.endsWith('audit.ndjson'));
      assert.ok(log);
      const { events, bad, tornBytes } = readSessionLog(path.join(root, '.interlock', log));
      assert.equal(bad, undefined);
      assert.equal(tornBytes, 0);
      assert.deepEqual(
        events.map(({ type }) => type),
        ['session.start', 'submission', 'assessment', 'hold'],
      );
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });
});
