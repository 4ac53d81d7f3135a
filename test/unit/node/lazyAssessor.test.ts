// The assessor of a window is loaded with the first command, once; where that fails, nothing is assessed.
import assert from 'node:assert/strict';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import type { Policy } from '../../../src/core/policy/types.ts';
import { LazyAssessor } from '../../../src/node/lazyAssessor.ts';
import { createTestGate } from '../../helpers/gate.ts';

const none: Policy = { dial: 'readOnly', rules: [], problems: [], observe: false };

describe('lazy assessor', () => {
  it('loads with the first command, and once', async () => {
    const test = createTestGate();
    let loads = 0;
    const lazy = new LazyAssessor(
      async () => {
        loads += 1;
        return test.options.assessor;
      },
      () => none,
    );
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
    const assessor = new LazyAssessor(
      async () => {
        throw new Error('engine.js is missing');
      },
      () => none,
    );
    const test = createTestGate({ assessor });
    const { decision, reason } = await test.submit('ls').result;
    assert.equal(decision, 'failed');
    assert.match(reason, /engine\.js is missing.*not a refusal/s);
    assert.ok(!test.events().some(({ type }) => type === 'run'));
    await test.dispose();
  });

  it('a policy without examples is given as it is; only examples load it', async () => {
    const test = createTestGate();
    let loads = 0;
    let policy = none;
    const lazy = new LazyAssessor(
      async () => {
        loads += 1;
        return test.options.assessor;
      },
      () => policy,
    );
    assert.equal(await lazy.checkedPolicy(), none);
    assert.equal(loads, 0);
    const examples = { match: ['npm run lint'], noMatch: [] };
    const { rules } = parsePolicy({
      autoApprove: undefined,
      workspaceRules: undefined,
      rules: [{ match: 'npm run lint', action: 'allow', examples }],
    });
    policy = { ...none, rules };
    await lazy.checkedPolicy();
    assert.equal(loads, 1);
    await test.dispose();
  });

  it('what failed is tried again with the next command', async () => {
    const test = createTestGate();
    let loads = 0;
    const lazy = new LazyAssessor(
      async () => {
        loads += 1;
        if (loads === 1) throw new Error('busy');
        return test.options.assessor;
      },
      () => none,
    );
    const request = { cwd: test.root, agent: undefined };
    await assert.rejects(lazy.assess('ls', request));
    assert.equal((await lazy.assess('ls', request)).ruling.verdict, 'allow');
    await test.dispose();
  });
});
