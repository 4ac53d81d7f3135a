// Examples inside rules are tried when the rules are loaded.
import assert from 'node:assert/strict';
import { checkExamples, hasExamples } from '../../../../src/core/policy/examples.ts';
import { parsePolicy } from '../../../../src/core/policy/parsePolicy.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

function check(rule: object) {
  const policy = parsePolicy({ autoApprove: undefined, rules: [rule], workspaceRules: undefined });
  const checked = checkExamples(policy, (line) => tester.judge(line).assessment);
  const own = checked.rules.filter(({ source }) => source === 'user');
  return { problems: checked.problems, isUsed: own.length === 1 };
}

describe('examples of rules', () => {
  it('examples that fit change nothing', () => {
    const examples = { match: ['npm run lint'], noMatch: ['npm run lint --fix', 'npm ci'] };
    const { problems, isUsed } = check({ match: 'npm run *', action: 'allow', examples });
    assert.deepEqual(problems, []);
    assert.ok(isUsed);
  });

  it('an allow rule that takes what it must not is not used', () => {
    const examples = { noMatch: ['npm run deploy'] };
    const { problems, isUsed } = check({ match: 'npm run *', action: 'allow', examples });
    assert.match(problems[0]?.message ?? '', /takes `npm run deploy`, which it must not.*not used/);
    assert.deepEqual([problems[0]?.index, problems[0]?.field], [0, 'examples']);
    assert.ok(!isUsed);
  });

  it('an allow rule that does not take its example is not used', () => {
    const examples = { match: ['npm run lint --fix'] };
    assert.ok(!check({ match: 'npm run *', action: 'allow', examples }).isUsed);
  });

  it('an example above the level of its rule fails: it would not run', () => {
    const examples = { match: ['git push --force origin x'] };
    assert.ok(!check({ match: 'git push **', action: 'allow', examples }).isUsed);
  });

  it('a deny rule whose example fails still counts, and is named', () => {
    const examples = { match: ['npm ci'] };
    const { problems, isUsed } = check({ match: 'npm run *', action: 'deny', examples });
    assert.match(problems[0]?.message ?? '', /does not take.*still counts/);
    assert.ok(isUsed);
  });

  it('folder, branch, agent and date do not matter for examples', () => {
    const examples = { match: ['npm run lint'] };
    const limits = { cwd: '/x', branch: 'y', agent: 'z', expires: '2020-01-01' };
    const { problems } = check({ match: 'npm run *', action: 'allow', examples, ...limits });
    assert.deepEqual(problems, []);
  });

  it('a policy without examples needs no grammar for them', () => {
    assert.ok(!hasExamples(parsePolicy({ autoApprove: undefined, rules: [], workspaceRules: [] })));
  });
});
