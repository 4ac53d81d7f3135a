// Facts through the whole gate: a force push that moves nothing while it is held, and approvals that facts overtake (I2).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RunningSubmission } from '../../../src/host/gateTypes.ts';
import type { HeldItem } from '../../../src/shared/protocol.ts';
import { createTestGate, requestOf, type TestGate } from '../../helpers/gate.ts';

describe('facts at the gate', () => {
  let test: TestGate;
  let base: string;

  const git = (folder: string, ...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.com', ...argv], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (name: string, text: string) => fs.writeFileSync(path.join(test.root, name), text);
  const remoteSha = () => git(path.join(base, 'remote.git'), 'rev-parse', 'main');

  beforeEach(() => {
    base = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-remote-'));
    git(base, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
    test = createTestGate();
    git(test.root, 'init', '-q', '-b', 'main');
    git(test.root, 'config', 'user.email', 'dev@example.com');
    write('.gitignore', '.interlock/\n');
    write('a.txt', 'one\n');
    git(test.root, 'add', '.');
    git(test.root, 'commit', '-qm', 'one');
    git(test.root, 'remote', 'add', 'origin', path.join(base, 'remote.git'));
    git(test.root, 'push', '-q', '-u', 'origin', 'main');
  });
  afterEach(async () => {
    await test.dispose();
    fs.rmSync(base, { recursive: true, force: true });
  });

  it('G4: a force push moves nothing while it is held and after it is denied', async () => {
    const before = remoteSha();
    git(test.root, 'commit', '-q', '--amend', '-m', 'other');
    const held = await test.hold('git push --force origin main');
    assert.equal(held.item.level, 'CRITICAL');
    assert.match(JSON.stringify(held.item.assessment.facts), /protects main/);
    assert.equal(remoteSha(), before);
    test.answer(held.item, 'deny');
    await held.running.result;
    assert.equal(remoteSha(), before);
  });

  it('I2: the branch got commits of others while a push was held: it is held anew', async () => {
    git(test.root, 'switch', '-qc', 'topic');
    git(test.root, 'push', '-q', 'origin', 'topic');
    git(test.root, 'commit', '-q', '--amend', '-m', 'other');
    const topicSha = () => git(path.join(base, 'remote.git'), 'rev-parse', 'topic');
    const { item, running } = await test.hold('git push --force origin topic');
    git(base, 'clone', '-q', '-b', 'topic', 'remote.git', 'ana');
    fs.writeFileSync(path.join(base, 'ana/b.txt'), 'b\n');
    git(path.join(base, 'ana'), 'add', '.');
    git(path.join(base, 'ana'), '-c', 'user.email=ana@example.com', 'commit', '-qm', 'Fix');
    git(path.join(base, 'ana'), 'push', '-q', 'origin', 'topic');
    git(test.root, 'fetch', '-q');
    const before = topicSha();
    assert.equal(test.answer(item, 'approve'), undefined);
    const again = await untilHeld(item.token, running);
    assert.match(again.because[0] ?? '', /no longer what was shown/);
    assert.equal(topicSha(), before);
    test.answer(again, 'deny');
    await running.result;
    assert.equal(topicSha(), before);
  });

  it('I2: a file was changed while its deletion was held: it is held anew', async () => {
    const { item, running } = await test.hold('rm a.txt');
    assert.equal(item.level, 'MEDIUM');
    write('a.txt', 'work that is not committed\n');
    test.answer(item, 'approve');
    const again = await untilHeld(item.token, running);
    assert.equal(again.level, 'HIGH');
    assert.ok(fs.existsSync(path.join(test.root, 'a.txt')));
    test.answer(again, 'deny');
    await running.result;
  });

  it('I2: a script was changed while it was held: it is held anew', async () => {
    write('job.sh', 'rm a.txt\n');
    const { item, running } = await test.hold('bash job.sh');
    write('job.sh', 'rm a.txt # and more\n');
    test.answer(item, 'approve');
    const again = await untilHeld(item.token, running);
    test.answer(again, 'deny');
    await running.result;
    assert.ok(fs.existsSync(path.join(test.root, 'a.txt')));
  });

  it('what is the same when it is approved runs', async () => {
    const { item, running } = await test.hold('rm a.txt');
    test.answer(item, 'approve');
    assert.equal((await running.result).exitCode, 0);
    assert.ok(!fs.existsSync(path.join(test.root, 'a.txt')));
  });

  it('a variable that the agent asks for decides what is meant, as it will for the command', async () => {
    const command = 'psql -c "DROP TABLE users"';
    const request = { ...requestOf(command, test.root), environment: { PGHOST: 'prod-db' } };
    const running = test.gate.submit(request);
    const item = await untilHeld('', running);
    assert.equal(item.level, 'CRITICAL');
    assert.match(JSON.stringify(item.assessment.facts), /prod-db is production/);
    test.answer(item, 'deny');
    await running.result;
  });

  /** The next hold, under another token; fails where the submission ends instead. */
  async function untilHeld(token: string, running: RunningSubmission): Promise<HeldItem> {
    let isOver = false;
    void running.result.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const item = test.gate.held.find((held) => held.token !== token);
      if (item) return item;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('It was not held again.');
  }
});
