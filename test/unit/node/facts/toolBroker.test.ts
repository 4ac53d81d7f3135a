// The small process that starts tools: its answers are those of a tool that is started directly, whatever becomes of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type StartOptions, startTool } from '../../../../src/node/facts/startTool.ts';
import { ToolBroker } from '../../../../src/node/facts/toolBroker.ts';
import { buildProgram } from '../../../helpers/buildProgram.ts';

describe('the process that starts tools', () => {
  let folder: string;
  let script: string;
  let log: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-tools-'));
    script = buildProgram('src/node/facts/toolProcess.ts', folder);
    log = path.join(folder, 'parents');
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  const options = (more: Partial<StartOptions> = {}): StartOptions => ({
    cwd: folder,
    timeLimitMs: 20_000,
    env: { PATH: '/usr/bin:/bin', MARK: 'given' },
    ...more,
  });

  /** A broker whose process is up. */
  const ready = async (): Promise<ToolBroker> => {
    const broker = new ToolBroker(script);
    while ((await parentOf(broker)) === process.pid) await wait(20);
    return broker;
  };

  const parentOf = async (broker: ToolBroker): Promise<number> =>
    Number((await broker.start('/bin/sh', ['-c', 'echo $PPID'], options())).stdout);

  const cases: readonly (readonly [string, string, Partial<StartOptions>?])[] = [
    ['output', 'echo out; echo err >&2'],
    ['an exit code with what was said', 'echo out; echo err >&2; exit 3'],
    ['the environment that is given, and no other', 'env | sort | grep -v "^_=\\|^PWD=\\|^SHLVL="'],
    ['the folder', 'pwd'],
    ['too slow', 'exec sleep 30', { timeLimitMs: 100 }],
    ['too much', 'head -c 100000 /dev/zero', { maxBytes: 1000 }],
    ['ended by a signal', 'kill -9 $$'],
    ['a folder that is not there', 'true', { cwd: '/nowhere' }],
    ['closed input', 'cat; echo end'],
  ];
  it('gives the same answers as a direct start', async () => {
    const broker = await ready();
    for (const [what, line, more] of cases) {
      const argv = ['-c', line];
      assert.deepEqual(
        await broker.start('/bin/sh', argv, options(more)),
        await startTool('/bin/sh', argv, options(more)),
        what,
      );
    }
    const missing = path.join(folder, 'no-such-program');
    assert.deepEqual(
      await broker.start(missing, [], options()),
      await startTool(missing, [], options()),
    );
  });

  it('answers side by side', async () => {
    const broker = await ready();
    const say = (text: string) => broker.start('/bin/echo', [text], options());
    const answers = await Promise.all(['a', 'b', 'c'].map(say));
    assert.deepEqual(
      answers.map(({ stdout }) => stdout),
      ['a\n', 'b\n', 'c\n'],
    );
  });

  it('answers all the same where the process is killed meanwhile, and starts another', async () => {
    const broker = await ready();
    const first = await parentOf(broker);
    const line = `echo $PPID >> ${log}; sleep 0.3; echo done`;
    const answer = broker.start('/bin/sh', ['-c', line], options());
    while (!fs.existsSync(log)) await wait(10);
    process.kill(first, 'SIGKILL');
    assert.equal((await answer).stdout, 'done\n');
    while ((await parentOf(broker)) === process.pid) await wait(20);
    assert.notEqual(await parentOf(broker), first);
  });

  it('answers where there is no such process at all', async () => {
    const broker = new ToolBroker(path.join(folder, 'nothing.cjs'));
    for (let round = 0; round < 6; round++) {
      assert.equal(await parentOf(broker), process.pid);
      await wait(30);
    }
  });

  it('ends with the process that started it', async () => {
    const source = `
      const { ToolBroker } = require(${JSON.stringify(buildProgram('src/node/facts/toolBroker.ts', folder))});
      const broker = new ToolBroker(${JSON.stringify(script)});
      const options = { cwd: '/', timeLimitMs: 5000, env: {} };
      const ask = async () => Number((await broker.start('/bin/sh', ['-c', 'echo $PPID'], options)).stdout);
      (async () => { let own = process.pid; while ((own = await ask()) === process.pid); console.log(own); })();`;
    const own = Number(execFileSync(process.execPath, ['-e', source], { encoding: 'utf8' }));
    assert.ok(own > 0);
    const isThere = () => {
      try {
        return process.kill(own, 0);
      } catch {
        // No such process any more.
        return false;
      }
    };
    for (let round = 0; round < 200 && isThere(); round++) await wait(20);
    assert.equal(isThere(), false);
  });
});
