// *Test Rules*: which rule takes a command and why, and what the rules did to the session so far.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { grantsAsRules, previewText } from '../../../src/host/grantText.ts';
import { ruleReportText } from '../../../src/host/ruleReportText.ts';
import { createTestGate, type TestGate } from '../../helpers/gate.ts';

let test: TestGate;

const report = async (command: string) =>
  ruleReportText(await test.tester.report(command, test.root, test.desk.policy));

describe('Test Rules', () => {
  beforeEach(() => {
    test = createTestGate();
    test.policy.rules = [{ match: 'cp *', action: 'deny', reason: 'Use install.' }];
    test.policy.autoApprove = 'listed';
  });
  afterEach(() => test.dispose());

  it('says what would happen, by which rule, and that nothing was run', async () => {
    const page = await report('cp a');
    assert.match(page, /^cp a\n\nIs refused\./);
    assert.match(page, /✓ deny `cp \*` \(user, tokens\)\n {4}Use install\./);
    assert.match(page, /Policy in use: [0-9a-f]{16}\. Nothing was run\./);
  });

  it('says which rule nearly takes it, and why not', async () => {
    assert.match(
      await report('git status > out.txt'),
      /– allow `git status \*\*` \(shipped, tokens, up to LOW\)\n {4}It does not count here: It reads or writes a file by a redirect/,
    );
  });

  it('says what a rule did to the commands of the session', async () => {
    for (const command of ['git status', 'ls', 'ls -l', 'make --version']) {
      const running = test.submit(command, {
        onHeld: () => queueMicrotask(() => running.withdraw('agent', 'x')),
      });
      await running.result;
    }
    assert.match(await report('ls'), /It alone allows 2 of the last 4 commands: ls -l · ls\n/);
  });

  it('what facts said of a command when it came counts for its preview', async () => {
    fs.writeFileSync(path.join(test.root, 'a.json'), '{}');
    test.policy.rules = [];
    const { running, item } = await test.hold('cp a.json b.json');
    const [exact] = item.offers;
    assert.ok(exact && exact.upTo !== 'CRITICAL');
    const effect = await test.tester.grant({ ...exact, upTo: exact.upTo }, test.desk.policy);
    assert.equal(effect.newlyAllowed.length, 1);
    running.withdraw('agent', 'x');
    await running.result;
  });

  it('a command that no rule is about', async () => {
    assert.match(await report('make'), /Is held until a person decides.*No rule is about this/s);
  });

  it('hidden characters stand as marks', async () => {
    assert.match(await report('ls \u202e'), /^ls \{U\+202E\}/);
  });
});

describe('grant texts', () => {
  it('grants are exported as rules', () => {
    const grant = {
      id: 'g',
      kind: 'tokens',
      match: 'npm run *',
      upTo: 'MEDIUM',
      scope: 'always',
      boundTo: '',
      createdAt: '2026-06-01T12:00:00.000Z',
      expires: undefined,
      from: 'npm run lint',
    } as const;
    assert.deepEqual(JSON.parse(grantsAsRules([grant])), {
      'interlock.rules': [
        {
          match: 'npm run *',
          kind: 'tokens',
          action: 'allow',
          upTo: 'MEDIUM',
          reason: 'Granted 2026-06-01 (always).',
        },
      ],
    });
  });

  it('a preview without a past says so', () => {
    const text = previewText(
      { kind: 'exact', match: 'ls' },
      { outOf: 0, matched: 0, newlyAllowed: [] },
    );
    assert.match(text, /no command has come in this session/);
  });
});
