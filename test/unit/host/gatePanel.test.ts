// What a person may do in the panel, with the real gate behind it.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditEvent } from '../../../src/core/session/events.ts';
import { liftLockdown } from '../../../src/host/lockdown.ts';
import type { GrantChoice, HeldItem } from '../../../src/shared/protocol.ts';
import { clickingPrompts, createTestGate, type TestGate } from '../../helpers/gate.ts';

let test: TestGate;
const work = () => path.join(test.root, 'work.txt');
const ofType = <T extends AuditEvent['type']>(type: T) =>
  test.events().filter((event): event is Extract<AuditEvent, { type: T }> => event.type === type);

const answer = (
  { id, token, sha256 }: HeldItem,
  kind: 'approve' | 'deny' = 'approve',
  more: { grant?: GrantChoice; message?: string } = {},
) =>
  test.panel.answer({
    v: 1,
    type: 'answer',
    submission: id,
    token,
    sha256,
    answer: kind,
    message: more.message,
    grant: more.grant,
  });

const grantOf = ({ offers }: HeldItem, more: Partial<GrantChoice> = {}): GrantChoice => {
  const [offer] = offers;
  assert.ok(offer, 'nothing is offered');
  return { ...offer, scope: 'always', expiry: 'never', ...more };
};

/** Nothing reads or changes anything, and no rule knows it: it asks and is not HIGH. */
const QUESTION = 'make --version';

describe('gatePanel', () => {
  beforeEach(() => {
    test = createTestGate();
    fs.writeFileSync(work(), 'not saved anywhere else');
    test.policy.rules = [{ match: 'true', action: 'allow' }];
    test.policy.autoApprove = 'listed';
  });
  afterEach(() => test.dispose());

  describe('grants', () => {
    it('an approval that is kept: the same command runs without a question', async () => {
      const { running, item } = await test.hold(QUESTION);
      assert.equal(await answer(item, 'approve', { grant: grantOf(item) }), undefined);
      assert.equal((await running.result).decision, 'approved');
      assert.equal((await test.submit(QUESTION).result).decision, 'allowed');
      assert.match(ofType('grant')[0]?.text ?? '', /Allows exactly `make --version`/);
    });

    it('what was not offered is not kept, and the hold goes on', async () => {
      const { running, item } = await test.hold(QUESTION);
      for (const change of [
        { match: 'make **', kind: 'tokens' },
        { match: 'rm -rf /' },
        { upTo: 'HIGH' },
        { upTo: 'CRITICAL' },
      ] as const) {
        const wider = grantOf(item, change);
        if (item.offers.some(({ match, upTo }) => match === wider.match && upTo === wider.upTo))
          continue;
        assert.match((await answer(item, 'approve', { grant: wider })) ?? '', /cannot be kept/);
      }
      assert.equal(test.gate.held.length, 1);
      assert.deepEqual(test.desk.grants, []);
      await answer(item, 'deny');
      await running.result;
    });

    it('I9 – a grant needs the token of its hold', async () => {
      const { running, item } = await test.hold(QUESTION);
      const grant = grantOf(item);
      assert.match((await answer({ ...item, token: 'x' }, 'approve', { grant })) ?? '', /another/);
      assert.deepEqual(test.desk.grants, []);
      await answer(item, 'deny');
      await running.result;
    });

    it('the preview says what it would have let run', async () => {
      const first = await test.hold(QUESTION);
      await answer(first.item, 'deny');
      await first.running.result;
      const { running, item } = await test.hold(QUESTION);
      const preview = await test.panel.previewGrant(item.id, grantOf(item));
      assert.deepEqual(
        [preview.refused, preview.matched, preview.outOf, preview.newlyAllowedCount],
        [undefined, 2, 2, 2],
      );
      assert.match(preview.text, /matches 2 of the last 2 commands; 2 commands would have run/);
      await answer(item, 'deny');
      await running.result;
    });

    it('I8 – a grant is for the folder that it was given in: elsewhere the same words start another script', async () => {
      fs.mkdirSync(path.join(test.root, 'web/deep'), { recursive: true });
      for (const folder of ['.', 'web', 'web/deep'])
        fs.writeFileSync(path.join(test.root, folder, 'deploy.sh'), 'touch made\n');
      const verdictIn = async (folder: string, command: string) => {
        const cwd = path.join(test.root, folder);
        return (await test.options.assessor.assess(command, { cwd, agent: undefined })).ruling
          .verdict;
      };
      const { item } = await test.hold('bash deploy.sh');
      await answer(item, 'approve', { grant: grantOf(item, { scope: 'workspace' }) });
      assert.equal(await verdictIn('.', 'bash deploy.sh'), 'allow');
      assert.equal(await verdictIn('web', 'bash deploy.sh'), 'ask');
      assert.equal(await verdictIn('.', 'cd web && bash deploy.sh'), 'ask');
      test.desk.addGrant(
        { kind: 'tokens', match: 'touch *', upTo: 'MEDIUM', scope: 'session', expiry: 'never' },
        { command: 'touch a', cwd: path.join(test.root, 'web'), facts: [] },
      );
      assert.equal(await verdictIn('web', 'touch a'), 'allow');
      assert.equal(await verdictIn('web/deep', 'touch a'), 'allow');
      assert.equal(await verdictIn('.', 'touch a'), 'ask');
      assert.equal(await verdictIn('web', 'cd .. && touch a'), 'ask');
    });

    it('I2 – a grant is for the code that was there: a changed script, or one that it starts, asks again', async () => {
      const write = (file: string, text: string) =>
        fs.writeFileSync(path.join(test.root, file), text, { mode: 0o755 });
      const judged = async (command: string) =>
        (await test.options.assessor.assess(command, { cwd: test.root, agent: undefined })).ruling;
      write('deploy.sh', '#!/bin/bash\n. ./part.sh\n');
      write('part.sh', 'touch made\n');
      for (const command of ['./deploy.sh', 'bash deploy.sh', 'sh -c ./deploy.sh']) {
        const { item, running } = await test.hold(command);
        await answer(item, 'approve', { grant: grantOf(item, { scope: 'workspace' }) });
        await running.result;
        assert.equal((await judged(command)).verdict, 'allow', command);
        for (const [file, text] of [
          ['deploy.sh', '#!/bin/bash\n. ./part.sh # other\n'],
          ['part.sh', 'touch other\n'],
        ] as const) {
          const before = fs.readFileSync(path.join(test.root, file), 'utf8');
          write(file, text);
          const { verdict, because } = await judged(command);
          assert.equal(verdict, 'ask', `${command}: ${file}`);
          assert.match(because[0]?.text ?? '', new RegExp(`allowed this before, but .*${file}`));
          write(file, before);
          assert.equal((await judged(command)).verdict, 'allow', command);
        }
      }
      fs.rmSync(path.join(test.root, 'part.sh'));
      assert.equal((await judged('bash deploy.sh')).verdict, 'ask', 'a part is gone');
    });

    it('a grant for this session ends with it; one for the workspace does not hold elsewhere', async () => {
      const { running, item } = await test.hold(QUESTION);
      await answer(item, 'approve', { grant: grantOf(item, { scope: 'session' }) });
      await running.result;
      assert.equal(test.stored.grants, undefined);
      test.desk.useSession('another');
      assert.deepEqual(test.desk.grants, []);
    });

    it('it ends with its hour', async () => {
      test.now = new Date('2026-06-01T12:00:00Z');
      const { running, item } = await test.hold(QUESTION);
      await answer(item, 'approve', { grant: grantOf(item, { expiry: 'hour' }) });
      await running.result;
      assert.equal((await test.submit(QUESTION).result).decision, 'allowed');
      test.now = new Date('2026-06-01T13:00:01Z');
      const again = await test.hold(QUESTION);
      again.running.withdraw('agent', 'chat');
      await again.running.result;
    });

    it('revoked, it asks again, and the log tells it', async () => {
      const { running, item } = await test.hold(QUESTION);
      await answer(item, 'approve', { grant: grantOf(item) });
      await running.result;
      test.desk.revoke(test.desk.grants[0]?.id ?? '');
      const again = await test.hold(QUESTION);
      again.running.withdraw('agent', 'chat');
      await again.running.result;
      assert.deepEqual(
        ofType('grant').map(({ action }) => action),
        ['add', 'revoke'],
      );
    });

    it('I8 – a grant never frees a CRITICAL, even one that was put into the storage', async () => {
      test.stored.grants = [
        {
          id: 'g',
          kind: 'exact',
          match: 'rm -rf /',
          upTo: 'CRITICAL',
          scope: 'always',
          boundTo: '',
          createdAt: '2026-01-01T00:00:00Z',
          from: 'rm -rf /',
        },
      ];
      const { running, item } = await test.hold('rm -rf /');
      assert.deepEqual(item.offers, []);
      await answer(item, 'deny');
      assert.equal((await running.result).decision, 'denied');
    });
  });

  describe('CRITICAL', () => {
    // Never let run: the shell is a stub that only tells that it was started.
    const line = () => 'git push --force origin main';

    it('I8 – a click in the panel is not enough: a modal and a typed word', async () => {
      const { running, item } = await test.hold(line());
      assert.equal(item.level, 'CRITICAL');
      assert.match((await answer(item)) ?? '', /not approved/);
      assert.match(test.modals[0] ?? '', /^Run this CRITICAL command/);
      test.clicks = ['Approve…'];
      test.typed = 'something else';
      assert.match((await answer(item)) ?? '', /not approved/);
      assert.equal(test.gate.held.length, 1);
      await answer(item, 'deny');
      assert.equal((await running.result).decision, 'denied');
    });

    it('I8 – an answer without the word is refused by the gate itself, wherever it comes from', async () => {
      const { running, item } = await test.hold(line());
      for (const typedWord of [undefined, '', 'critical', item.confirmWord?.toUpperCase()]) {
        if (typedWord === item.confirmWord) continue;
        const refusal = test.gate.decide(item.id, {
          token: item.token,
          sha256: item.sha256,
          answer: 'approve',
          where: 'modal',
          message: undefined,
          ...(typedWord !== undefined && { typedWord }),
        });
        assert.match(refusal ?? '', /CRITICAL; type/);
      }
      await answer(item, 'deny');
      await running.result;
    });

    it('with the word it is approved, by the modal', async () => {
      await test.dispose();
      const started: string[] = [];
      test = createTestGate({
        startShell: ({ command }) => {
          started.push(command);
          throw new Error('a stub');
        },
      });
      const { running, item } = await test.hold(line());
      test.clicks = ['Approve…'];
      test.typed = item.confirmWord;
      assert.equal(await answer(item), undefined);
      await running.result;
      assert.deepEqual(started, [line()]);
      const [decision] = ofType('decision');
      assert.deepEqual([decision?.decision.kind, decision?.decision.where], ['approved', 'modal']);
    });

    it('its approval is never kept', async () => {
      const { running, item } = await test.hold(line());
      const grant = { kind: 'exact', match: line(), upTo: 'HIGH' } as const;
      const kept = { ...grant, scope: 'always', expiry: 'never' } as const;
      assert.match((await answer(item, 'approve', { grant: kept })) ?? '', /never kept/);
      await answer(item, 'deny');
      await running.result;
    });

    it('I8 – observe mode holds it even so', async () => {
      test.policy.observe = true;
      const { running, item } = await test.hold(line());
      await answer(item, 'deny');
      assert.equal((await running.result).decision, 'denied');
    });
  });

  describe('edit and run', () => {
    const edit = ({ id, token, sha256 }: HeldItem, command: string) =>
      test.panel.editAndRun({ v: 1, type: 'editAndRun', submission: id, token, sha256, command });

    it('the edited text is assessed as a submission of its own; the agent gets its result', async () => {
      const { running, item } = await test.hold('rm work.txt');
      test.policy.autoApprove = 'readOnly';
      assert.equal(await edit(item, 'cat work.txt'), undefined);
      const result = await running.result;
      assert.match(result.output, /not saved anywhere else/);
      assert.match(result.reason, /A person changed your command to `cat work\.txt`/);
      assert.ok(fs.existsSync(work()));
      assert.deepEqual(
        ofType('decision').map(({ decision }) => decision.kind),
        ['edited'],
      );
      assert.equal(ofType('submission')[1]?.submission.editedFrom, item.id);
    });

    it('an edited text that is no better is held again', async () => {
      const { running, item } = await test.hold('rm work.txt');
      assert.equal(await edit(item, 'rm -f work.txt'), undefined);
      while (test.gate.held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const [again] = test.gate.held;
      assert.ok(again);
      assert.equal(again.command, 'rm -f work.txt');
      await answer(again, 'deny');
      assert.equal((await running.result).decision, 'denied');
      assert.ok(fs.existsSync(work()));
    });

    it('nothing, the same text, or a wrong token edits nothing', async () => {
      const { running, item } = await test.hold('rm work.txt');
      assert.match((await edit(item, '  ')) ?? '', /Write the command/);
      assert.match((await edit(item, 'rm work.txt')) ?? '', /same as before/);
      assert.match((await edit({ ...item, token: 'x' }, 'ls')) ?? '', /another question/);
      assert.equal(test.gate.held.length, 1);
      await answer(item, 'deny');
      await running.result;
    });

    it('taking the original back takes back what stands in its place', async () => {
      const { running, item } = await test.hold('rm work.txt');
      await edit(item, 'rm -f work.txt');
      running.withdraw('agent', 'chat');
      assert.equal((await running.result).decision, 'withdrawn');
      assert.ok(fs.existsSync(work()));
    });
  });

  describe('Stop Agent', () => {
    it('denies what waits, ends what runs, and refuses what comes, in words for the agent', async () => {
      test.policy.rules = [{ match: 'sleep *', action: 'allow' }];
      let hasStarted: () => void = () => undefined;
      const started = new Promise<void>((resolve) => {
        hasStarted = resolve;
      });
      const sleeping = test.submit('sleep 60', { onStart: () => hasStarted() });
      const { running } = await test.hold('rm work.txt');
      await started;
      test.gate.stopAgent();
      assert.equal((await running.result).decision, 'denied');
      assert.match((await running.result).reason, /stopped the agent.*Submit nothing more/);
      assert.equal((await sleeping.result).exitCode, 128 + 15);
      const late = await test.submit('cat work.txt').result;
      assert.equal(late.decision, 'denied');
      assert.match(late.reason, /stopped the agent/);
      assert.ok(ofType('decision').every(({ decision }) => decision.where === 'Stop Agent'));
      assert.ok(test.panel.snapshot().status.lockdown);
      assert.ok(test.panel.snapshot().status.actions.includes('liftLockdown'));
      assert.equal(ofType('lockdown')[0]?.on, true);
    });

    it('what was just submitted does not slip through', async () => {
      const late = test.submit('touch made.txt; cat work.txt');
      const free = test.submit('true');
      test.gate.stopAgent();
      assert.notEqual((await late.result).decision, 'allowed');
      assert.notEqual((await free.result).decision, 'allowed');
      assert.ok(!ofType('run').length);
    });

    it('where nobody knows whether the agent was stopped, it is told just that', async () => {
      await test.dispose();
      const lockdown = { since: '2026-06-01T12:00:00.000Z', why: 'What was kept is gone.' };
      test = createTestGate({ stored: { grants: undefined, lockdown } });
      const { decision, reason } = await test.submit('ls').result;
      assert.equal(decision, 'denied');
      assert.match(reason, /^What was kept is gone\. Nothing runs until a person .* lifts/);
      assert.doesNotMatch(reason, /person stopped/);
    });

    it('it lasts until a person lifts it in a modal, also over a restart', async () => {
      test.gate.stopAgent();
      const { stored } = test;
      await test.dispose();
      test = createTestGate({ stored });
      assert.equal((await test.submit('ls').result).decision, 'denied');
      const prompts = clickingPrompts(() => test);
      await liftLockdown({ desk: test.desk, prompts });
      assert.ok(test.desk.lockdown);
      test.clicks = ['Stay Stopped'];
      await liftLockdown({ desk: test.desk, prompts });
      assert.ok(test.desk.lockdown);
      test.clicks = ['Lift It'];
      await liftLockdown({ desk: test.desk, prompts });
      assert.ok(!test.desk.lockdown);
      assert.equal((await test.submit('ls').result).decision, 'allowed');
      assert.deepEqual(
        ofType('lockdown').map(({ on }) => on),
        [false],
      );
    });

    it('a lockdown that cannot be read is one', async () => {
      test.stored.lockdown = 'yes';
      assert.equal((await test.submit('true').result).decision, 'denied');
    });
  });

  describe('observe mode', () => {
    it('runs what would have been held, says so, and the status shows it', async () => {
      test.policy.observe = true;
      const result = await test.submit('rm work.txt').result;
      assert.equal(result.decision, 'allowed');
      assert.match(result.reason, /Observe mode is on/);
      assert.ok(test.panel.snapshot().status.observe);
      assert.equal(ofType('assessment')[0]?.ruling.because[0]?.code, 'observe');
    });
  });

  describe('summary and suggestions', () => {
    it('a command approved five times is suggested; taking it asks natively and allows it exactly', async () => {
      for (let time = 0; time < 5; time++) {
        const { running, item } = await test.hold(QUESTION);
        await answer(item);
        await running.result;
      }
      const { summary } = test.panel.snapshot();
      assert.equal(summary?.answers, 5);
      const [suggestion] = summary?.suggestions ?? [];
      assert.equal(suggestion?.command, QUESTION);
      await test.panel.takeSuggestion(suggestion?.id ?? '');
      assert.deepEqual(test.desk.grants, []);
      test.clicks = ['Allow'];
      await test.panel.takeSuggestion(suggestion?.id ?? '');
      assert.equal((await test.submit(QUESTION).result).decision, 'allowed');
      assert.deepEqual(test.panel.snapshot().summary?.suggestions, []);
      assert.match((await test.panel.takeSuggestion('made-up')) ?? '', /does not stand/);
    });
  });

  it('the policy hash stands with each assessment and changes with the policy', async () => {
    await test.submit('true').result;
    test.policy.rules = [
      { match: 'true', action: 'allow' },
      { match: 'rm **', action: 'deny' },
    ];
    await test.submit('true').result;
    const [first, second] = ofType('assessment').map(({ policySha256 }) => policySha256);
    assert.match(first ?? '', /^[0-9a-f]{64}$/);
    assert.notEqual(first, second);
  });

  it('a denial tells the agent what, why, what instead, and not to evade', async () => {
    const { running, item } = await test.hold('git push --force origin x');
    await answer(item, 'deny', { message: 'not on a Friday' });
    const { reason } = await running.result;
    assert.match(
      reason,
      /Denied by a person in the panel: `git push --force origin x` was not run/,
    );
    assert.match(reason, /They say: "not on a Friday"/);
    assert.match(reason, /It was held because/);
    assert.match(reason, /acceptable instead: .*force-with-lease/);
    assert.match(reason, /Do not try to reach the same effect in another way/);
  });

  it('rules with examples are tried before they count', async () => {
    test.policy.rules = [{ match: 'make *', action: 'allow', examples: { noMatch: ['make x'] } }];
    const { running } = await test.hold('make x');
    running.withdraw('agent', 'chat');
    await running.result;
    const { problems } = await test.options.assessor.checkedPolicy();
    assert.match(problems[0]?.message ?? '', /must not/);
  });
});
