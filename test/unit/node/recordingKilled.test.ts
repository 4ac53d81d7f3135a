// The window is killed in the middle of a recording: what is vouched for is there, the rest is readable up to a torn line.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readCast } from '../../../src/core/session/asciicast.ts';
import { verifySession } from '../../../src/node/verifySession.ts';
import { sessionFolder } from '../../helpers/recordings.ts';

const program = path.join(__dirname, '..', '..', 'helpers', 'recordForever.ts');
const UNTRUSTED = { heads: undefined, keys: undefined };

function hasOutput(folder: string): boolean {
  const file = path.join(folder, 'terminal.cast');
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes('line 1 ');
}

describe('a recording whose writer is killed', () => {
  for (const delay of [1, 150, 400, 900]) {
    it(`after ${delay} ms – the log holds, every checkpoint fits, and the output reads back`, async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(child.stdout, 'data');
      const [root = '', built = ''] = String(line).trim().split('\n');
      try {
        // On a busy machine the first output may take its time.
        while (!hasOutput(sessionFolder(root))) await wait(5);
        await wait(delay);
        child.kill('SIGKILL');
        await once(child, 'exit');
        const folder = sessionFolder(root);
        assert.equal(verifySession(folder, UNTRUSTED).state, 'sound');
        const read = readCast(fs.readFileSync(path.join(folder, 'terminal.cast'), 'utf8'));
        assert.ok(read.ok);
        assert.deepEqual(read.cast.badLines, []);
        const text = read.cast.events.map(({ data }) => data).join('');
        const numbers = [...text.matchAll(/line (\d+) größe 東京 🚀\r\n/g)].map((match) =>
          Number(match[1]),
        );
        assert.ok(numbers.length > 0);
        assert.ok(numbers.every((number, index) => number === index + 1));
      } finally {
        for (const made of [root, built]) fs.rmSync(made, { recursive: true, force: true });
      }
    });
  }
});
