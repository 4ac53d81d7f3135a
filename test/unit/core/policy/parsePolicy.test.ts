// Rules as people write them: what is wrong is named at its place, and never makes the gate looser.
import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/policy/parsePolicy.ts';

const parse = (rules: unknown, workspaceRules?: unknown) =>
  parsePolicy({ autoApprove: undefined, rules, workspaceRules });

describe('parsePolicy', () => {
  for (const [entry, field, message] of [
    ['npm test', undefined, /has to be an object/],
    [{ action: 'allow' }, 'match', /"match" has to be a command/],
    [{ match: ' ', action: 'allow' }, 'match', /"match" has to be a command/],
    [{ match: 'a', action: 'permit' }, 'action', /"allow", "ask" or "deny"/],
    [{ match: 'a', action: 'allow', kind: 'glob' }, 'kind', /"tokens", "exact" or "regex"/],
    [{ match: 'a', action: 'allow', upTo: 'CRITICAL' }, 'upTo', /nothing frees CRITICAL/],
    [{ match: 'a', action: 'deny', upTo: 'HIGH' }, 'upTo', /allow rules only/],
    [{ match: 'a "b', action: 'allow' }, 'match', /quote .* not closed/],
    [{ match: '(a', kind: 'regex', action: 'allow' }, 'match', /bracket is not closed/],
    [{ match: '(?!a)', kind: 'regex', action: 'allow' }, 'match', /ahead or behind/],
    [{ match: '* x', action: 'allow' }, 'match', /has to name its program/],
    [{ match: '**', action: 'allow' }, 'match', /has to name its program/],
    [{ match: '/tmp/npm test', action: 'allow' }, 'match', /without its folder/],
    [{ match: 'a', action: 'allow', cwd: '' }, 'cwd', /"cwd" has to be a text/],
    [{ match: 'a', action: 'allow', agent: 7 }, 'agent', /"agent" has to be a text/],
    [{ match: 'a', action: 'allow', expires: 'soon' }, 'expires', /date such as/],
    [{ match: 'a', action: 'allow', expires: '2026-06-31' }, 'expires', /date such as/],
    [{ match: 'a', action: 'allow', examples: ['a'] }, 'examples', /lists of command lines/],
    [{ match: 'a {1..201}', action: 'allow' }, 'match', /braces stand for too many/],
    [{ match: 'a', action: 'allow', cwd: '/{1..201}' }, 'cwd', /braces stand for too many/],
    [{ match: 'a', action: 'allow', upto: 'LOW' }, 'upto', /nothing that a rule can hold/],
  ] as const) {
    it(`${JSON.stringify(entry)} is refused at ${field ?? 'the entry'}`, () => {
      const { rules, problems } = parse([entry]);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? '', message);
      assert.deepEqual(
        [problems[0]?.setting, problems[0]?.index, problems[0]?.field],
        ['interlock.rules', 0, field],
      );
      assert.ok(!rules.some((rule) => rule.source === 'user' && rule.action === 'allow'));
    });
  }

  it('a deny rule that cannot be used makes everything ask', () => {
    const { rules } = parse([{ match: 'rm **', action: 'deny', kind: 'globs' }]);
    assert.deepEqual(
      rules.filter(({ source }) => source === 'user').map((rule) => [rule.match, rule.action]),
      [['**', 'ask']],
    );
  });

  it('braces that stand for more words than anybody can try are no rule, and cost nothing', () => {
    const { problems } = parse(undefined, [{ match: `a ${'{a,b}'.repeat(60)}`, action: 'deny' }]);
    assert.match(problems[0]?.message ?? '', /braces stand for too many/);
    assert.deepEqual(parse([{ match: 'a {b,c}{1..9} **', action: 'deny' }]).problems, []);
  });

  it('an allow rule that cannot be used is only left out', () => {
    const { rules } = parse([{ match: 'rm **', action: 'allow', kind: 'globs' }]);
    assert.ok(!rules.some(({ source }) => source === 'user'));
  });

  it('a list of rules that is none makes everything ask', () => {
    assert.ok(parse({ match: 'a' }).rules.some(({ isStandIn }) => isStandIn));
  });

  it('I7 – a workspace cannot allow', () => {
    const { rules, problems } = parse(undefined, [{ match: 'rm **', action: 'allow' }]);
    assert.ok(!rules.some(({ source }) => source === 'workspace'));
    assert.match(problems[0]?.message ?? '', /can only ask and deny/);
  });

  it('rules keep their place in the setting', () => {
    const { rules } = parse([{ match: '' }, { match: 'make', action: 'allow' }]);
    assert.equal(rules.find(({ match }) => match === 'make')?.index, 1);
  });

  it('a dial or an observe mode that is none is the strict one', () => {
    const { dial, observe, problems } = parsePolicy({
      autoApprove: 'everything',
      rules: undefined,
      workspaceRules: undefined,
      observe: 'yes',
    });
    assert.equal(dial, 'listed');
    assert.equal(observe, false);
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ['interlock.autoApprove', 'interlock.observe'],
    );
  });
});
