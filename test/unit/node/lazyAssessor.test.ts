// The assessor of a window is loaded with the first command, once; where that fails, nothing is assessed.
import assert from 'node:assert/strict';
import { LazyAssessor } from '../../../src/node/lazyAssessor.ts';
import { createTestGate } from '../../helpers/gate.ts';

describe('lazy assessor', () => {
  it('loads with the first command, and once', async () => {
    const test = createTestGate();
    let loads = 0;
    const lazy = new LazyAssessor(async () => {
      loads += 1;
      return test.options.assessor;
    });
    assert.equal(loads, 0);
    const request = { cwd: test.root, agent: undefined };
    const both = await Promise.all([lazy.assess('ls', request), lazy.assess('pwd', request)]);
    assert.deepEqual(
      both.map(({ ruling }) => ruling.verdict),
      ['allow', 'allow'],
    );
    assert.equal(loads, 1);
    await test.dispose();
  });

  it('I10 – cannot be loaded: even a harmless command does not run, and it is told as a fault', async () => {
    const assessor = new LazyAssessor(async () => {
      throw new Error('engine.js is missing');
    });
    const test = createTestGate({ assessor });
    const { decision, reason } = await test.submit('ls').result;
    assert.equal(decision, 'failed');
    assert.match(reason, /engine\.js is missing.*not a refusal/s);
    assert.ok(!test.events().some(({ type }) => type === 'run'));
    await test.dispose();
  });

  it('what failed is tried again with the next command', async () => {
    const test = createTestGate();
    let loads = 0;
    const lazy = new LazyAssessor(async () => {
      loads += 1;
      if (loads === 1) throw new Error('busy');
      return test.options.assessor;
    });
    const request = { cwd: test.root, agent: undefined };
    await assert.rejects(lazy.assess('ls', request));
    assert.equal((await lazy.assess('ls', request)).ruling.verdict, 'allow');
    await test.dispose();
  });
});
