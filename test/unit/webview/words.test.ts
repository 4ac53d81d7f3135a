// Times, keys, the tree of calls, what is kept, and the sentences of the panel.
import assert from 'node:assert/strict';
import type { Decision } from '../../../src/core/gate/types.ts';
import { callTree } from '../../../src/webview/model/callTree.ts';
import { commandWords, decisionWords, eventWords } from '../../../src/webview/model/eventWords.ts';
import type { CommandRow } from '../../../src/webview/model/logStore.ts';
import { readKept } from '../../../src/webview/model/route.ts';
import { rowForKey } from '../../../src/webview/model/rowKeys.ts';
import { byteSize, countdown, duration } from '../../../src/webview/model/time.ts';
import { questionRows, stakes } from '../../../src/webview/model/words.ts';

describe('time', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [999, '999 ms'],
    [4200, '4.2 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ] as const) {
    it(`${ms} – ${text}`, () => assert.equal(duration(ms), text));
  }
  it('bytes', () =>
    assert.deepEqual([3, 5120, 4_500_000].map(byteSize), ['3 B', '5 kB', '4.5 MB']));

  const heldAt = '2026-06-01T12:00:00.000Z';
  const expiresAt = '2026-06-01T12:01:00.000Z';
  const at = (seconds: number) => Date.parse(heldAt) + seconds * 1000;
  it('countdown – counts to zero, urgent at the end, never below', () => {
    assert.deepEqual(
      [0, 0.5, 19, 50, 60, 90].map((s) => countdown(heldAt, expiresAt, at(s)).left),
      ['1:00', '1:00', '0:41', '0:10', '0:00', '0:00'],
    );
    assert.equal(countdown(heldAt, expiresAt, at(49)).isUrgent, false);
    assert.equal(countdown(heldAt, expiresAt, at(50)).isUrgent, true);
    assert.equal(countdown(heldAt, expiresAt, at(15)).share, 0.75);
    assert.equal(countdown(heldAt, expiresAt, at(99)).share, 0);
  });
  it('countdown – waits for ever: no end, only how long it has waited', () => {
    const { left, waited } = countdown(heldAt, undefined, at(75));
    assert.deepEqual([left, waited], [undefined, '1 min 15 s']);
  });
  it('countdown – a clock that is behind the host shows no negative time', () => {
    assert.equal(countdown(heldAt, undefined, at(-5)).waited, '0 s');
  });
});

describe('rowForKey', () => {
  const from = (current: number, key: string) => rowForKey(key, { current, count: 10, page: 4 });
  it('arrows, pages, ends – stay in the list', () => {
    assert.deepEqual(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => from(1, key)),
      [2, 0, 5, 0, 0, 9],
    );
    assert.equal(from(9, 'ArrowDown'), 9);
  });
  it('other keys – not the list’s', () => assert.equal(from(1, 'Enter'), undefined));
});

describe('callTree', () => {
  const command = 'ssh prod "bash -c \\"rm -rf /srv\\"" && git push';
  const span = (text: string) => {
    const start = command.indexOf(text);
    return { start, end: start + text.length };
  };
  const ssh = { label: 'ssh prod', span: span('bash -c \\"rm -rf /srv\\"') };
  const bash = { label: 'bash -c', span: span('rm -rf /srv') };
  const drawn = (nodes: ReturnType<typeof callTree>): unknown[] =>
    nodes.map(({ label, children }) => (children.length > 0 ? [label, drawn(children)] : label));

  it('line → ssh → bash -c → rm, as it is on record', () => {
    const nodes = callTree(command, [
      {
        argv: ['ssh', 'prod', 'bash -c "rm -rf /srv"'],
        span: span(command.slice(0, command.indexOf(' &&'))),
        nesting: [],
        isTransparent: true,
      },
      { argv: ['bash', '-c', 'rm -rf /srv'], span: ssh.span, nesting: [ssh], isTransparent: true },
      { argv: ['rm', '-rf', null], span: bash.span, nesting: [ssh, bash], isTransparent: false },
      { argv: ['git', 'push'], span: span('git push'), nesting: [], isTransparent: false },
    ]);
    assert.deepEqual(drawn(nodes), [['ssh prod', [['bash -c', ['rm -rf …']]]], 'git push']);
  });

  it('words with blanks – in quotes; a bare redirect – its text', () => {
    const at = (start: number, end: number) => ({ span: { start, end }, nesting: [] });
    const nodes = callTree('rm x >f', [
      { argv: ['rm', 'a b', ''], ...at(0, 4), isTransparent: false },
      { argv: [], ...at(5, 7), isTransparent: false },
    ]);
    assert.deepEqual(drawn(nodes), ["rm 'a b' ''", '>f']);
  });

  it('a record with layers without end – is drawn as far as anybody would look', () => {
    const nesting = Array.from({ length: 50_000 }, () => ({ label: 'x', span: span('bash') }));
    const call = { argv: ['ls'], span: span('rm'), nesting, isTransparent: false };
    assert.ok(JSON.stringify(drawn(callTree(command, [call]))).includes('ls'));
  });
});

describe('kept', () => {
  it('what was kept comes back; anything else is the first view', () => {
    const kept = { route: { view: 'command', id: 'a' }, mode: 'events' };
    assert.deepEqual(readKept(kept), kept);
    for (const value of [
      undefined,
      5,
      {},
      { route: { view: 'command' } },
      { route: 'x', mode: 1 },
    ]) {
      assert.deepEqual(readKept(value), { route: { view: 'log' }, mode: 'commands' });
    }
  });
});

describe('sentences', () => {
  const decision = (more: Partial<Decision>): Decision => ({
    kind: 'denied',
    by: 'person',
    where: 'panel',
    message: undefined,
    waitedMs: 4200,
    ...more,
  });
  for (const [more, text] of [
    [{}, 'Denied in the panel after 4.2 s'],
    [{ message: 'no' }, 'Denied in the panel after 4.2 s: “no”'],
    [{ by: 'policy', where: undefined, waitedMs: 0 }, 'Denied by a rule'],
    [{ by: 'policy', where: 'Stop Agent', waitedMs: 0 }, 'Denied by Stop Agent'],
    [{ where: 'Stop Agent' }, 'Denied by Stop Agent after 4.2 s'],
    [{ kind: 'approved', where: 'modal' }, 'Approved in the dialog after 4.2 s'],
    [
      { kind: 'withdrawn', by: 'agent', where: 'chat' },
      'Taken back by the agent before it started; not run',
    ],
  ] as [Partial<Decision>, string][]) {
    it(text, () => assert.equal(decisionWords(decision(more)).text, text));
  }
  it('I10 – a timeout and a closed window are never called a denial', () => {
    for (const more of [
      { kind: 'expired', by: 'timeout', where: undefined, waitedMs: 60_000 },
      { kind: 'withdrawn', by: 'shutdown', where: 'window' },
    ] as Partial<Decision>[]) {
      const { text, tone } = decisionWords(decision(more));
      assert.doesNotMatch(text, /denied|refused/i);
      assert.match(text, /not run/);
      assert.equal(tone, 'muted');
    }
  });

  const row: CommandRow = {
    kind: 'command',
    key: 'a',
    id: 'a',
    seq: 0,
    ts: '',
    submission: undefined,
    assessed: undefined,
    wasHeld: false,
    decision: undefined,
    hasStarted: false,
    outcome: undefined,
  };
  it('a command on its way – the furthest point', () => {
    assert.equal(commandWords(row).text, 'Being read');
    assert.equal(commandWords({ ...row, wasHeld: true }).text, 'Waits for you');
    assert.equal(commandWords({ ...row, hasStarted: true }).text, 'Allowed, running');
    const outcome = { exitCode: 2, signal: undefined, durationMs: 1200, outputBytes: 10 };
    const ended = commandWords({ ...row, hasStarted: true, outcome });
    assert.deepEqual(
      [ended.text, ended.tone],
      ['Allowed, exit 2 after 1.2 s, 10 B of output', 'bad'],
    );
  });
  it('a fault of the gate – not run, and why', () => {
    const outcome = {
      exitCode: undefined,
      signal: undefined,
      durationMs: 0,
      outputBytes: 0,
      failure: 'The disk is full.',
    };
    assert.equal(commandWords({ ...row, outcome }).text, 'Not run: The disk is full.');
  });
  it('an event that this version does not know – its type, not a blank', () => {
    const event = { v: 1, seq: 0, ts: '', mono: 0, sid: 's', type: 'new.kind' } as never;
    assert.equal(eventWords(event).text, 'new.kind');
  });

  it('not known is never shown as good', () => {
    const unknown = { answer: 'unknown', why: '' } as const;
    const questions = { reversible: unknown, needsPerson: unknown, sharedState: unknown };
    assert.ok(questionRows(questions).every(({ tone }) => tone !== 'good'));
    assert.deepEqual(stakes(questions), ['may not be undoable', 'may reach what others use']);
  });
});
