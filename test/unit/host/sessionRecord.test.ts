// When a session's log is opened, and what happens where that is not possible.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createTestGate, type TestGate } from '../../helpers/gate.ts';

let test: TestGate;
/** Lends its folders. */
let base: TestGate | undefined;

/** A gate whose key and heads cannot be had as long as `isBroken` says so. */
function withAnchor(isBroken: () => boolean): TestGate {
  base = createTestGate();
  const { session } = base.options;
  return createTestGate({
    session: {
      ...session,
      anchor: async () => {
        if (isBroken()) throw new Error('EACCES: permission denied, mkdir heads');
        return session.anchor();
      },
    },
  });
}

describe('the log of a session', () => {
  afterEach(async () => {
    await test.dispose();
    await base?.dispose();
    base = undefined;
  });

  it('several first commands at once – one session, one start', async () => {
    test = createTestGate();
    const results = await Promise.all(['ls', 'pwd', 'ls -l'].map((c) => test.submit(c).result));
    assert.deepEqual(
      results.map(({ decision }) => decision),
      ['allowed', 'allowed', 'allowed'],
    );
    const starts = test.events().filter(({ type }) => type === 'session.start');
    assert.equal(starts.length, 1);
  });

  it('I6 – heads cannot be kept – nothing runs, it is said once, and the next command tries again', async () => {
    let isBroken = true;
    test = withAnchor(() => isBroken);
    const { decision, reason } = await test.submit('ls').result;
    assert.equal(decision, 'failed');
    assert.match(reason, /session log cannot be made: EACCES.*Nothing ran/);
    assert.equal(test.problems.length, 1);
    isBroken = false;
    assert.equal((await test.submit('ls').result).decision, 'allowed');
  });

  it('a denial is signed for before the agent hears of it', async () => {
    test = createTestGate();
    const { running, item } = await test.hold('rm -rf "$HOME"');
    test.answer(item, 'deny');
    await running.result;
    const decision = test.events().find(({ type }) => type === 'decision');
    const { heads } = await test.options.session.anchor();
    const head = heads.read(decision?.sid ?? '');
    assert.ok(head?.ok && decision);
    assert.ok(head.value.seq >= decision.seq);
  });

  it('a session that ends is sealed', async () => {
    test = createTestGate();
    await test.submit('ls').result;
    const { heads } = await test.options.session.anchor();
    await test.gate.close('over');
    const [head] = heads.list().heads;
    assert.equal(head?.isClosed, true);
    assert.ok(fs.existsSync(path.join(head?.folder ?? '', 'manifest.json')));
  });
});
