// Settings as people write them, right and wrong.
import assert from 'node:assert/strict';
import { settings } from '../../../src/contributions.ts';
import { type RawSettings, readGateSettings } from '../../../src/host/gateSettings.ts';
import { loosenings, strictest } from '../../../src/host/looseness.ts';

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
  const all = { autoApprove: 'contained', rules: [allow, deny], observe: true };
  for (const [name, before, after, loosens] of [
    ['a wider dial', {}, { autoApprove: 'contained' }, /from "readOnly" to "contained"/],
    ['a narrower dial', {}, { autoApprove: 'listed' }, undefined],
    ['observe mode', {}, { observe: true }, /not held/],
    ['the end of observe mode', { observe: true }, {}, undefined],
    ['a new allow rule', {}, { rules: [allow] }, /allows `make \*\*`/],
    ['an allow rule less', { rules: [allow] }, {}, undefined],
    ['a higher level', { rules: [allow] }, { rules: [{ ...allow, upTo: 'HIGH' }] }, /up to HIGH/],
    ['a later end', { rules: [{ ...allow, expires: '2026-01-01' }] }, { rules: [allow] }, /allows/],
    ['another order of rules', { rules: [allow, deny] }, { rules: [deny, allow] }, undefined],
    ['another reason', { rules: [deny] }, { rules: [{ ...deny, reason: 'x' }] }, undefined],
    ['a new deny rule', {}, { rules: [deny] }, undefined],
    ['a deny rule less', { rules: [deny] }, {}, /no longer has the rule that says deny to `rm/],
    ['a deny rule of a workspace less', { workspaceRules: [deny] }, {}, /no longer has the rule/],
    [
      'a deny rule with an end',
      { rules: [deny] },
      { rules: [{ ...deny, expires: '2026-01-01' }] },
      /no longer/,
    ],
    [
      'a deny rule made invalid',
      { rules: [deny] },
      { rules: [{ ...deny, kind: 'x' }] },
      /no longer/,
    ],
    ['an invalid rule mended', { rules: [{ ...deny, kind: 'x' }] }, { rules: [deny] }, undefined],
    ['more that may be lost', {}, { disposablePaths: ['x'] }, /`x` may be lost/],
    ['less that may be lost', { disposablePaths: ['x'] }, {}, undefined],
    ['less that is protected', { protectedPaths: ['x'] }, {}, /no longer in protectedPaths/],
    ['more that is protected', {}, { protectedBranches: ['x'] }, undefined],
    ['a branch less', { protectedBranches: ['x'] }, {}, /no longer in protectedBranches/],
    ['less that is production', { production: ['x'] }, {}, /no longer in production/],
    ['records kept for less time', {}, { retentionDays: 1 }, /deleted after 1 day/],
    ['records kept for longer', { retentionDays: 1 }, {}, undefined],
    ['less room for records', { retentionMegabytes: 9 }, { retentionMegabytes: 1 }, /above 1 MB/],
    ['events sent elsewhere', {}, { otlpEndpoint: 'http://x.example' }, /sent to http:\/\/x/],
    ['events sent no longer', { otlpEndpoint: 'http://x.example' }, {}, undefined],
    ['no recording needed', {}, { recordingOnFailure: 'warn' }, /cannot be recorded/],
    ['less recorded', {}, { recordingMegabytes: 1 }, /Less of each output/],
    ['a longer wait', {}, { timeoutSeconds: 0 }, undefined],
  ] as const) {
    it(`${name} ${loosens ? 'loosens, and the strictest of both does not' : 'does not loosen'}`, () => {
      const [old, now] = [read(before), read(after)];
      const found = loosenings(old, now);
      if (loosens) assert.match(found.join(' '), loosens);
      else assert.deepEqual(found, []);
      assert.deepEqual(loosenings(old, strictest(old, now)), []);
      assert.deepEqual(loosenings(now, strictest(old, now)), []);
    });
  }

  it('everything at once is told piece by piece', () => {
    assert.equal(loosenings(read({ protectedPaths: ['x'] }), read(all)).length, 4);
  });
});
