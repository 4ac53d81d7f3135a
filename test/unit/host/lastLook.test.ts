// What can still go wrong between a verdict and a start, and what a flood or a stubborn process does to the gate.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ShellProcess } from '../../../src/node/shellProcess.ts';
import { createTestGate, requestOf, type TestGate } from '../../helpers/gate.ts';

describe('between the verdict and the start', () => {
  let test: TestGate;
  /** Called while the line of the log that says "it runs" is written. */
  let meanwhile = () => undefined as unknown;
  const at = (name: string) => path.join(test.root, name);

  beforeEach(() => {
    test = createTestGate({
      write: (handle, bytes, from) => {
        if (bytes.includes('"type":"run"')) meanwhile();
        return fs.writeSync(handle, bytes, from);
      },
    });
    meanwhile = () => undefined;
    fs.writeFileSync(at('look.sh'), 'ls\n');
  });
  afterEach(() => test.dispose());

  it('I2 – a script that was read as harmless and is written over before the start does not run', async () => {
    assert.equal((await test.submit('bash look.sh').result).decision, 'allowed');
    meanwhile = () => fs.writeFileSync(at('look.sh'), 'touch made\n');
    const result = await test.submit('bash look.sh').result;
    assert.equal(result.decision, 'failed');
    assert.match(result.reason, /look\.sh was changed after it was read.*Nothing ran/);
    assert.ok(!fs.existsSync(at('made')));
    assert.equal(test.events().at(-1)?.type, 'outcome');
  });

  it('I2 – the same after an approval, also for a file that is not read but run', async () => {
    fs.writeFileSync(at('tool.py'), 'import made\n');
    for (const command of ['bash look.sh; rm look.sh', 'python3 tool.py']) {
      const { running, item } = await test.hold(command);
      const file = command.includes('tool') ? 'tool.py' : 'look.sh';
      meanwhile = () => fs.appendFileSync(at(file), '# other\n');
      test.answer(item, 'approve');
      const result = await running.result;
      assert.match(result.reason, new RegExp(`${file} was changed`), command);
    }
    assert.ok(fs.existsSync(at('look.sh')));
  });

  it('I2 – a folder that becomes a link to another one is not run in', async () => {
    fs.mkdirSync(at('sub'));
    fs.mkdirSync(at('other'));
    meanwhile = () => {
      fs.renameSync(at('sub'), at('gone'));
      fs.symlinkSync(at('other'), at('sub'));
    };
    const result = await test.gate.submit(requestOf('ls', at('sub'))).result;
    assert.match(result.reason, /not the folder that it was.*Nothing ran/);
  });

  it('a process that cannot be ended is named', async () => {
    await test.dispose();
    let end = () => undefined as unknown;
    const stubborn: ShellProcess = {
      ...{ pid: 1, hasTty: false, onData: () => undefined, write: () => undefined },
      ...{
        resize: () => undefined,
        pause: () => undefined,
        echo: async () => 'line',
        interrupt: () => undefined,
      },
      onExit: (listener) => {
        end = () => listener({ exitCode: 0, signal: undefined });
      },
      kill: async () => [4242],
    };
    test = createTestGate({ startShell: () => stubborn });
    const started = new Promise<void>((resolve) => {
      const running = test.submit('ls', { onStart: () => resolve() });
      void running.result;
    });
    await started;
    test.gate.stopAgent();
    await new Promise(setImmediate);
    assert.match(test.problems.join('\n'), /1 process could not be ended \(4242\)/);
    end();
  });

  it('Stop Agent ends what a finished command left running, and nothing else', async function () {
    if (process.platform !== 'linux') this.skip();
    const isThere = () => runs('sleep 987654');
    const until = async (isSo: boolean) => {
      for (let turn = 0; isThere() !== isSo && turn < 200; turn++) await wait(50);
      assert.equal(isThere(), isSo);
    };
    const other = spawn('sleep', ['98765.4'], { stdio: 'ignore' });
    try {
      // Without nohup the terminal's hang-up may come before it has left the session.
      await test.submit('nohup setsid -f sleep 987654 > /dev/null 2>&1').result;
      // The command has ended, and what it left may start a moment later.
      await until(true);
      test.gate.stopAgent();
      await until(false);
      assert.equal(other.exitCode ?? other.signalCode, null);
    } finally {
      other.kill();
    }
  });

  it('a flood of commands is refused, told once, counted on record, and leaves room again', async () => {
    const holds = await Promise.all(
      Array.from({ length: 100 }, (_, number) => test.hold(`rm work${number}.txt`)),
    );
    const told = () => test.problems.filter((problem) => problem.includes('100 commands')).length;
    const counted = () =>
      test.events().flatMap((event) => (event.type === 'gate.full' ? [event.refused] : []));
    const deny = async (number: number) => {
      for (const { item, running } of holds.splice(0, number)) {
        test.answer(item, 'deny');
        await running.result;
      }
    };
    for (let number = 0; number < 12; number++) {
      const { decision, reason } = await test.submit(`ls ${number} --token=ghp_${'a1B2'.repeat(9)}`)
        .result;
      assert.equal(decision, 'failed');
      assert.match(reason, /100 commands of agents wait or run already.*Nothing ran/);
    }
    assert.deepEqual([told(), counted()], [1, [1, 10]]);
    await deny(1);
    assert.equal((await test.submit('ls').result).decision, 'allowed');
    holds.push(await test.hold('rm another.txt'));
    assert.equal((await test.submit('ls').result).decision, 'failed');
    assert.equal(told(), 1, 'room for one is no end of the flood');
    await deny(50);
    assert.deepEqual(counted(), [1, 10, 13]);
    const event = test.events().findLast(({ type }) => type === 'gate.full');
    assert.ok(event?.type === 'gate.full');
    assert.deepEqual(event.agents, ['tester']);
    assert.match(event.first, /^ls 0 /);
    assert.doesNotMatch(event.first, /a1B2a1B2/);
  });
});

/** True where a process has these words, as Linux tells. */
function runs(words: string): boolean {
  return fs.readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/.test(name) && commandOf(name) === words;
    } catch {
      // It has just ended.
      return false;
    }
  });
}

function commandOf(pid: string): string {
  return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}
