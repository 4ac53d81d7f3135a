// The gate from submission to outcome, with a real log and a real shell.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditEvent } from '../../../src/core/session/events.ts';
import { logEvent } from '../../../src/shared/logEvent.ts';
import type { HeldItem, ToPanel } from '../../../src/shared/protocol.ts';
import { createTestGate, requestOf, type TestGate } from '../../helpers/gate.ts';

const types = (events: readonly AuditEvent[]) => events.map((event) => event.type);

let test: TestGate;
const work = () => path.join(test.root, 'work.txt');

function writeWork(): void {
  fs.writeFileSync(work(), 'not saved anywhere else');
}

describe('gateService', () => {
  beforeEach(() => {
    test = createTestGate();
    writeWork();
  });
  afterEach(() => test.dispose());

  it('what only reads runs at once and its output comes back', async () => {
    const result = await test.submit('cat work.txt').result;
    assert.equal(result.decision, 'allowed');
    assert.equal(result.exitCode, 0);
    assert.equal(result.output.trim(), 'not saved anywhere else');
    assert.deepEqual(types(test.events()), [
      'session.start',
      'submission',
      'assessment',
      'recording.start',
      'run',
      'recording.checkpoint',
      'outcome',
    ]);
  });

  it('exit codes come back', async () => {
    const result = await test.submit('ls does-not-exist').result;
    assert.equal(result.exitCode, 2);
  });

  it('what a person decided was changed behind its back: that is on record, and told', async () => {
    test.gate.noteTampering('The approvals that were kept are not stored as Interlock left them.');
    await test.submit('cat work.txt').result;
    const tampered = test.events().find(({ type }) => type === 'tamper');
    assert.match(JSON.stringify(tampered), /approvals that were kept/);
    assert.match(test.problems[0] ?? '', /approvals that were kept/);
  });

  it('I1 – held means nothing happened, and denied means it never does', async () => {
    const { running, item } = await test.hold('rm work.txt');
    assert.ok(fs.existsSync(work()));
    assert.equal(test.answer(item, 'deny', 'keep it'), undefined);
    const result = await running.result;
    assert.equal(result.decision, 'denied');
    assert.equal(result.exitCode, 126);
    assert.match(result.reason, /keep it/);
    assert.match(result.reason, /Do not try/);
    assert.ok(fs.existsSync(work()));
    assert.deepEqual(types(test.events()), [
      'session.start',
      'submission',
      'assessment',
      'hold',
      'decision',
    ]);
  });

  it('an approved command runs, and the log tells it in order', async () => {
    const { running, item } = await test.hold('rm work.txt');
    assert.equal(test.answer(item, 'approve'), undefined);
    const result = await running.result;
    assert.equal(result.decision, 'approved');
    assert.equal(result.exitCode, 0);
    assert.ok(!fs.existsSync(work()));
    assert.deepEqual(types(test.events()), [
      'session.start',
      'submission',
      'assessment',
      'hold',
      'decision',
      'recording.start',
      'run',
      'recording.checkpoint',
      'outcome',
    ]);
    const decision = test.events().find((event) => event.type === 'decision');
    assert.equal(decision?.type === 'decision' && decision.shownSha256, item.sha256);
  });

  it('an answer that comes after another one is told what became of the command', async () => {
    const { running, item } = await test.hold('rm work.txt');
    test.answer(item, 'deny');
    await running.result;
    assert.match(
      test.answer(item, 'approve') ?? '',
      /any more: it was denied in the notification\./,
    );
    assert.ok(fs.existsSync(work()));
    const second = await test.hold('rm work.txt');
    test.runOutOfTime();
    await second.running.result;
    assert.match(test.answer(second.item, 'approve') ?? '', /nobody answered in time/);
  });

  it('I6 – decision and run are in the log before the process starts', async () => {
    const seen: string[][] = [];
    await test.dispose();
    test = createTestGate({
      startShell: () => {
        seen.push(types(test.events()));
        throw new Error('bash is away');
      },
    });
    writeWork();
    const { running, item } = await test.hold('rm work.txt');
    test.answer(item, 'approve');
    const result = await running.result;
    assert.deepEqual(
      seen.map((events) => events.slice(-3)),
      [['decision', 'recording.start', 'run']],
    );
    assert.equal(result.decision, 'failed');
    assert.match(result.reason, /bash is away.*Nothing ran/);
    assert.equal(types(test.events()).at(-1), 'outcome');
  });

  it('I6 – a log that cannot be written runs nothing, and a person is told', async () => {
    await test.dispose();
    let room = 2;
    test = createTestGate({
      write: (handle, bytes, from) => {
        if (room-- <= 0) throw new Error('no space left');
        return fs.writeSync(handle, bytes, from);
      },
    });
    writeWork();
    const result = await test.submit('touch made.txt; cat work.txt').result;
    assert.equal(result.decision, 'failed');
    assert.match(result.reason, /no space left.*not a refusal/);
    assert.ok(test.problems.some((problem) => problem.includes('no space left')));
    assert.ok(!fs.existsSync(path.join(test.root, 'made.txt')));
  });

  it('I6 – a log that was deleted while a command was held: it does not run, the next session says so', async () => {
    const { running, item } = await test.hold('rm work.txt');
    fs.rmSync(path.join(test.root, '.interlock'), { recursive: true });
    assert.match(test.answer(item, 'approve') ?? '', /deleted, moved or replaced/);
    assert.equal((await running.result).decision, 'failed');
    assert.ok(fs.existsSync(work()));
    await test.submit('cat work.txt').result;
    assert.deepEqual(types(test.events()).slice(0, 2), ['session.start', 'tamper']);
  });

  it('I9 – an answer counts only with its token and the hash of what was shown', async () => {
    const { running, item } = await test.hold('rm work.txt');
    assert.match(test.answer({ ...item, token: 'guessed' }, 'approve') ?? '', /another question/);
    assert.match(test.answer({ ...item, sha256: 'other' }, 'approve') ?? '', /not what would run/);
    assert.equal(test.gate.held.length, 1);
    assert.ok(fs.existsSync(work()));
    test.answer(item, 'deny');
    await running.result;
    assert.match(test.answer(item, 'approve') ?? '', /does not wait/);
  });

  it('I10 – nobody answers: told as expired, never as a refusal', async () => {
    const { running, item } = await test.hold('rm work.txt');
    assert.ok(item.expiresAt);
    test.runOutOfTime();
    const result = await running.result;
    assert.equal(result.decision, 'expired');
    assert.match(result.reason, /Nobody answered.*not a refusal/);
    assert.ok(fs.existsSync(work()));
    assert.equal(test.gate.held.length, 0);
  });

  it('a hold without a time limit says so', async () => {
    test.timeoutMs = undefined;
    const { running, item } = await test.hold('rm work.txt');
    assert.equal(item.expiresAt, undefined);
    test.runOutOfTime();
    assert.equal(test.gate.held.length, 1);
    running.withdraw('agent', 'chat');
  });

  it('I10 – the window closes: withdrawn, not run, and the log ends properly', async () => {
    const { running } = await test.hold('rm work.txt');
    await test.gate.close('window closed');
    const result = await running.result;
    assert.equal(result.decision, 'withdrawn');
    assert.match(result.reason, /window or the terminal.*was closed.*not a refusal/);
    assert.ok(fs.existsSync(work()));
    assert.deepEqual(types(test.events()).slice(-2), ['decision', 'session.end']);
    assert.equal((await test.submit('ls').result).decision, 'failed');
  });

  it('the agent takes it back', async () => {
    const { running } = await test.hold('rm work.txt');
    running.withdraw('agent', 'chat');
    assert.equal((await running.result).decision, 'withdrawn');
    assert.ok(fs.existsSync(work()));
  });

  it('taken back before it was assessed, it never starts', async () => {
    const running = test.submit('cat work.txt > copy.txt; cat work.txt');
    running.withdraw('agent', 'chat');
    const free = test.submit('cat work.txt');
    free.withdraw('agent', 'chat');
    assert.equal((await running.result).decision, 'withdrawn');
    assert.equal((await free.result).decision, 'withdrawn');
    assert.ok(!types(test.events()).includes('run'));
  });

  it('withdrawing a running command ends it', async () => {
    test.policy.rules = [{ match: 'sleep *', action: 'allow' }];
    const running = test.submit('sleep 60', { onStart: () => running.withdraw('agent', 'chat') });
    const result = await running.result;
    assert.equal(result.exitCode, 128 + 15);
  });

  it('I2 – the rules changed while it was held: a deny rule wins over the approval', async () => {
    const { running, item } = await test.hold('rm work.txt');
    test.policy.rules = [{ match: 'rm **', action: 'deny', reason: 'Use the bin.' }];
    assert.equal(test.answer(item, 'approve'), undefined);
    const result = await running.result;
    assert.equal(result.decision, 'denied');
    assert.match(result.reason, /Use the bin/);
    assert.ok(fs.existsSync(work()));
  });

  it('I2 – what would be hit changed while it was held: held again with a note, the old answer is void', async () => {
    const held: HeldItem[] = [];
    await test.dispose();
    test = withChangingScore();
    writeWork();
    const running = test.submit('rm work.txt', { onHeld: (item) => held.push(item) });
    await until(() => held.length === 1);
    const [first] = held;
    assert.ok(first);
    assert.equal(test.answer(first, 'approve'), undefined);
    await until(() => held.length === 2);
    const second = held[1];
    assert.ok(second);
    assert.match(second.because[0] ?? '', /no longer what was shown/);
    assert.notEqual(second.token, first.token);
    assert.ok(fs.existsSync(work()));
    assert.match(test.answer(first, 'approve') ?? '', /another question/);
    assert.equal(test.answer(second, 'approve'), undefined);
    assert.equal((await running.result).decision, 'approved');
    assert.ok(!fs.existsSync(work()));
  });

  it('I2 – the folder was replaced by a link while it was held: nothing runs', async () => {
    const folder = path.join(test.root, 'sub');
    fs.mkdirSync(folder);
    const held = new Promise<HeldItem>((resolve) => {
      void test.gate.submit(requestOf('touch made.txt', folder), { onHeld: resolve });
    });
    const item = await held;
    fs.rmdirSync(folder);
    fs.symlinkSync(test.root, folder);
    assert.equal(test.answer(item, 'approve'), undefined);
    await until(() => test.problems.length > 0);
    assert.match(test.problems[0] ?? '', /is not the folder that it was/);
    assert.ok(!fs.existsSync(path.join(test.root, 'made.txt')));
  });

  it('a deny rule refuses without a question', async () => {
    test.policy.rules = [{ match: 'npm publish **', action: 'deny', reason: 'CI does that.' }];
    const result = await test.submit('npm publish').result;
    assert.equal(result.decision, 'denied');
    assert.match(result.reason, /CI does that/);
    assert.deepEqual(types(test.events()).slice(-2), ['assessment', 'decision']);
  });

  it('the grammar does not load: every command asks, and the state says why', async () => {
    await test.dispose();
    const { createAssessor } = await import('../../../src/node/assessor.ts');
    const { parsePolicy } = await import('../../../src/core/policy/parsePolicy.ts');
    test = createTestGate({
      assessor: createAssessor({
        loadParser: () => Promise.reject(new Error('the file is broken')),
        home: '/home/dev',
        environment: {},
        workspaceRoots: [],
        gatePaths: [],
        settings: () => ({
          policy: parsePolicy(test.policy),
          protectedPaths: [],
          disposablePaths: [],
          protectedBranches: [],
          production: [],
        }),
        now: () => new Date(),
      }),
    });
    const messages: ToPanel[] = [];
    test.panel.onDidChange((message) => messages.push(message));
    const { running, item } = await test.hold('ls');
    assert.match(item.because.join(' '), /grammar could not be loaded/);
    assert.equal(test.gate.degraded, 'the file is broken');
    assert.ok(messages.some((message) => message.type === 'status' && message.status.degraded));
    assert.ok(types(test.events()).includes('gate.degraded'));
    running.withdraw('agent', 'chat');
  });

  it('the panel gets every change once, with rising revisions, and a snapshot that fits', async () => {
    const messages: ToPanel[] = [];
    test.panel.onDidChange((message) => messages.push(message));
    const { running, item } = await test.hold('rm work.txt');
    assert.deepEqual(test.panel.snapshot().held, [item]);
    test.answer(item, 'deny');
    await running.result;
    const revisions = messages.map((message) => ('revision' in message ? message.revision : -1));
    assert.deepEqual(
      revisions,
      revisions.map((_, index) => index + 1),
    );
    const snapshot = test.panel.snapshot();
    assert.equal(snapshot.revision, revisions.at(-1));
    assert.deepEqual(
      JSON.parse(JSON.stringify(snapshot.events)),
      JSON.parse(JSON.stringify(test.events().map(logEvent))),
    );
    assert.ok(snapshot.status.actions.includes('openLog'));
    assert.deepEqual(snapshot.held, []);
  });

  it('a folder that does not exist is told, not run elsewhere', async () => {
    const result = await test.gate.submit(requestOf('ls', path.join(test.root, 'gone'))).result;
    assert.equal(result.decision, 'failed');
  });

  it('text that bash would get cut is refused', async () => {
    const result = await test.submit('echo a\0; rm work.txt').result;
    assert.equal(result.decision, 'failed');
    assert.match(result.reason, /zero byte/);
    assert.ok(fs.existsSync(work()));
  });

  it('the log has a place once there is one', async () => {
    assert.equal(test.gate.place?.file, undefined);
    await test.submit('ls').result;
    assert.match(test.gate.place?.file ?? '', /audit\.ndjson$/);
  });
});

/** A gate whose second look at a line finds more at stake than the first. */
function withChangingScore(): TestGate {
  const inner = createTestGate();
  let looks = 0;
  const { assessor } = inner.options;
  void inner.dispose();
  return createTestGate({
    assessor: {
      degraded: undefined,
      checkedPolicy: () => assessor.checkedPolicy(),
      assess: async (command, request) => {
        looks += 1;
        const assessed = await assessor.assess(command, request);
        if (looks === 1) return assessed;
        const assessment = { ...assessed.assessment, score: assessed.assessment.score + 1 };
        return { ...assessed, assessment };
      },
    },
  });
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
