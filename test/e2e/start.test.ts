// `npm start`: the sample workspace opens, its agent works, and what could do harm waits for the person who looks.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { recordedEvents } from '../helpers/recordedEvents.ts';
import { launchBrowser, openPage, storyOf } from './editor.ts';
import { until } from './screen.ts';

const root = path.join(__dirname, '..', '..');
const RAN = ['cat README.md src/sum.js', 'git log --oneline', 'npm test'];
const HELD = ['git push --force origin main', 'rm -rf notes', 'terraform destroy -auto-approve'];

describe('npm start', () => {
  let child: ChildProcess;
  let printed = '';
  let browser: Browser | undefined;

  after(async () => {
    await browser?.close();
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  });

  it('prints an address, at which the agent works and its forced push is held', async () => {
    child = spawn(process.execPath, ['test/host/start.mjs', '--server'], { cwd: root });
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.stderr?.pipe(process.stderr);
    await until('the address is printed', () => addressIn(printed) !== undefined, 170_000);
    const address = addressIn(printed) ?? '';
    const folder = new URL(address).searchParams.get('folder') ?? '';
    browser = await launchBrowser();
    const screen = await openPage(browser, address);

    for (const command of HELD) {
      const toast = screen.toasts(command);
      // Three commands run before the first hold, on a busy machine slowly.
      await toast.waitFor({ timeout: 180_000 });
      await screen.screenshot(`start-${command.split(' ')[0]}`);
      assert.equal(storyOf(folder, command).at(-1), 'hold');
      await screen.answerToast(command, 'Deny');
      await until('the denial is on record', () => storyOf(folder, command).at(-1) === 'decision');
    }
    for (const command of RAN) {
      assert.deepEqual(storyOf(folder, command), ['submission', 'assessment', 'run', 'outcome']);
    }
    for (const event of recordedEvents(folder)) {
      if (event.type === 'outcome') assert.equal(event.outcome.exitCode, 0);
    }
    assert.ok(fs.existsSync(path.join(folder, 'notes', 'ideas.md')));
  });
});

function addressIn(text: string): string | undefined {
  return /http:\/\/localhost:\S+/.exec(text)?.[0];
}
