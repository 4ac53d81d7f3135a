// What rules say to a line, to the lines of the past, and to each other.
import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/policy/parsePolicy.ts';
import {
  grantOverPast,
  type PastLine,
  reportOn,
  ruleOverPast,
} from '../../../../src/core/policy/ruleReport.ts';
import { widenedRules } from '../../../../src/core/policy/widening.ts';
import { createTester, type Tester, WORKSPACE } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

const context = {
  now: new Date('2026-06-01T12:00:00Z'),
  agent: 'claude',
  cwd: WORKSPACE,
  branch: undefined,
};
const line = (command: string): PastLine => ({
  assessment: tester.judge(command).assessment,
  context,
});
const policyOf = (rules: unknown) =>
  parsePolicy({ autoApprove: undefined, rules, workspaceRules: undefined });

describe('ruleReport', () => {
  const why = (command: string, rule: object) => {
    const policy = policyOf([rule]);
    const { findings } = reportOn(line(command), policy);
    return findings.find((finding) => finding.rule.source === 'user');
  };

  it('the rule that takes the line, and no others', () => {
    const { ruling, findings } = reportOn(line('git status'), policyOf([]));
    assert.equal(ruling.verdict, 'allow');
    assert.deepEqual(
      findings.map(({ rule, takes }) => [rule.match, takes]),
      [['git status **', true]],
    );
  });

  for (const [command, rule, expected] of [
    ['npm run lint > x', { match: 'npm run lint', action: 'allow' }, /redirect/],
    ['rm x', { match: 'rm *', action: 'allow' }, /level is above/],
    ['sudo make', { match: 'make', action: 'allow' }, /other rights/],
    ['make', { match: 'make', action: 'allow', agent: 'codex' }, /another agent/],
    ['make', { match: 'make', action: 'allow', branch: 'main' }, /another branch/],
    ['make', { match: 'make', action: 'allow', cwd: '/x' }, /another folder/],
    ['make', { match: 'make', action: 'allow', expires: '2020-01-01' }, /expired/],
  ] as const) {
    it(`\`${command}\` – ${expected.source}`, () => {
      const finding = why(command, rule);
      assert.equal(finding?.takes, false);
      assert.match(finding?.why ?? '', expected);
    });
  }

  it('a rule about something else is not listed', () => {
    assert.equal(why('make', { match: 'npm **', action: 'allow' }), undefined);
  });

  const past = () => ['make a', 'npm run lint', 'npm run build', 'ls', 'npm run a; make'].map(line);

  it('a grant over the past: what it matches and what it would newly allow, newest first', () => {
    const effect = grantOverPast(
      { kind: 'tokens', match: 'npm run *', upTo: 'MEDIUM' },
      past(),
      policyOf([]),
    );
    assert.deepEqual([effect.matched, effect.outOf], [3, 5]);
    assert.deepEqual(
      effect.newlyAllowed.map(({ command }) => command),
      ['npm run build', 'npm run lint'],
    );
  });

  it('a rule over the past: what it allowed that nothing else would', () => {
    const policy = policyOf([{ match: 'npm run *', action: 'allow' }]);
    const rule = policy.rules.at(-1);
    assert.ok(rule);
    assert.equal(ruleOverPast(rule, past(), policy).newlyAllowed.length, 2);
  });
});

describe('widenedRules', () => {
  const widened = (...matches: string[]) =>
    widenedRules(
      policyOf(matches.map((match) => ({ match, action: 'allow' }))).rules.filter(
        ({ source }) => source === 'user',
      ),
    );

  it('a chain from narrow to wide is one sentence', () => {
    assert.deepEqual(widened('npm run lint', 'make', 'npm run *', 'npm **'), [
      'Allowed first `npm run lint`, then `npm run *`, then `npm **`. Do you want all of the last one?',
    ]);
  });

  it('paths that climb', () => {
    assert.equal(widened('rm src/a/x', 'rm src/a/*', 'rm src/**').length, 1);
  });

  it('rules beside each other, or from wide to narrow, are none', () => {
    assert.deepEqual(widened('npm run lint', 'npm run build', 'make **', 'make all'), []);
  });
});
