// Settings as people write them, right and wrong.
import assert from 'node:assert/strict';
import { settings } from '../../../src/contributions.ts';
import {
  type RawSettings,
  readGateSettings,
  settingsChange,
} from '../../../src/host/gateSettings.ts';

function read(changes: Partial<RawSettings> = {}) {
  const unset = Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]));
  return readGateSettings({ ...(unset as RawSettings), ...changes });
}

describe('gateSettings', () => {
  it('nothing set – the shipped gate, without problems', () => {
    const { policy, timeoutMs } = read();
    assert.equal(policy.dial, 'readOnly');
    assert.equal(timeoutMs, 60_000);
    assert.deepEqual(policy.problems, []);
  });

  for (const [seconds, timeoutMs] of [
    [0, undefined],
    [5, 30_000],
    [45, 45_000],
    [9999, 600_000],
    [-1, 60_000],
    ['x', 60_000],
  ] as const) {
    it(`a time limit of ${seconds} – ${timeoutMs ?? 'waits for ever'}`, () => {
      assert.equal(read({ timeoutSeconds: seconds }).timeoutMs, timeoutMs);
    });
  }

  it('patterns that are no text are left out and named', () => {
    const { protectedPaths, policy } = read({ protectedPaths: ['a/**', 7] });
    assert.deepEqual(protectedPaths, ['a/**']);
    assert.deepEqual(
      policy.problems.map(({ setting, index }) => [setting, index]),
      [['interlock.protectedPaths', 1]],
    );
  });

  it('a list that is none is named', () => {
    const { disposablePaths, policy } = read({ disposablePaths: '**' });
    assert.deepEqual(disposablePaths, []);
    assert.equal(policy.problems.length, 1);
  });

  it('I7 – a workspace rule that allows is refused', () => {
    const { policy } = read({ workspaceRules: [{ match: 'rm **', action: 'allow' }] });
    assert.ok(!policy.rules.some((rule) => rule.source === 'workspace' && rule.action === 'allow'));
    assert.match(policy.problems[0]?.message ?? '', /can only ask and deny/);
  });

  const allow = { match: 'make **', action: 'allow' };
  const deny = { match: 'rm **', action: 'deny' };
  for (const [name, before, after, loosens] of [
    ['a wider dial', {}, { autoApprove: 'contained' }, true],
    ['a narrower dial', {}, { autoApprove: 'listed' }, false],
    ['a new allow rule', {}, { rules: [allow] }, true],
    ['an allow rule less', { rules: [allow] }, {}, false],
    ['a new deny rule', {}, { rules: [deny] }, false],
    ['a deny rule less', { workspaceRules: [deny] }, {}, true],
    ['more that may be lost', {}, { disposablePaths: ['x'] }, true],
    ['less that is protected', { protectedPaths: ['x'] }, {}, true],
    ['more that is protected', {}, { protectedBranches: ['x'] }, false],
    ['less that is production', { production: ['x'] }, {}, true],
  ] as const) {
    it(`${name} ${loosens ? 'loosens' : 'does not loosen'}`, () => {
      assert.equal(settingsChange(read(before), read(after)).loosens, loosens);
    });
  }
});
