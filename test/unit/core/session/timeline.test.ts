// Commands are found as a whole, and counted over time.
import assert from 'node:assert/strict';
import type { AuditEvent } from '../../../../src/core/session/events.ts';
import { filterTimeline, sliceTimeline } from '../../../../src/core/session/timeline.ts';
import { NO_FILTER } from '../../../../src/shared/timeline.ts';

/** Three commands, five seconds apart, with what a log has of them. */
function events(): AuditEvent[] {
  const list: unknown[] = [{ type: 'gate.degraded', why: 'The grammar is missing' }];
  const add = (id: string, command: string, agent: string, level: string, verdict: string) => {
    list.push(
      { type: 'submission', submission: { id, command, agent, cwd: '/w', intent: undefined } },
      {
        type: 'assessment',
        submission: id,
        assessment: { level, headline: `about ${command}`, effects: [] },
        ruling: { verdict, because: [] },
      },
    );
  };
  add('a', 'git status', 'one', 'LOW', 'allow');
  add('b', 'git push --force origin main', 'two', 'CRITICAL', 'ask');
  add('c', 'npm install', 'one', 'MEDIUM', 'deny');
  return list.map(
    (body, seq) =>
      ({
        v: 1,
        seq,
        ts: new Date(Date.UTC(2026, 0, 1, 0, 0, seq * 5)).toISOString(),
        mono: 0,
        sid: 's',
        ...(body as object),
      }) as AuditEvent,
  );
}

const found = (filter: Partial<typeof NO_FILTER>) =>
  filterTimeline(events(), { ...NO_FILTER, ...filter }).map(({ seq }) => seq);

describe('timeline', () => {
  it('without a filter, everything', () => assert.equal(found({}).length, 7));
  it('words, in any order and case – the whole command', () =>
    assert.deepEqual(found({ text: 'MAIN push' }), [3, 4]));
  it('words of an assessment', () => assert.deepEqual(found({ text: 'about npm' }), [5, 6]));
  it('words of an event without a command', () =>
    assert.deepEqual(found({ text: 'grammar' }), [0]));
  it('level', () => assert.deepEqual(found({ levels: ['LOW', 'MEDIUM'] }), [1, 2, 5, 6]));
  it('verdict', () => assert.deepEqual(found({ verdicts: ['ask'] }), [3, 4]));
  it('agent', () => assert.deepEqual(found({ agent: 'one' }), [1, 2, 5, 6]));
  it('time – both ends count', () =>
    assert.deepEqual(
      found({ from: '2026-01-01T00:00:15.000Z', to: '2026-01-01T00:00:15.000Z' }),
      [3, 4],
    ));
  it('all together', () => assert.deepEqual(found({ agent: 'one', levels: ['CRITICAL'] }), []));

  it('slices hold every command once, by level', () => {
    const slices = sliceTimeline(events(), 10);
    const sum = (level: 'LOW' | 'MEDIUM' | 'CRITICAL') =>
      slices.reduce((total, { counts }) => total + counts[level], 0);
    assert.deepEqual([sum('LOW'), sum('MEDIUM'), sum('CRITICAL')], [1, 1, 1]);
    assert.equal(slices[0]?.counts.LOW, 1);
    assert.equal(slices.at(-1)?.counts.MEDIUM, 1);
  });
  it('one command is one slice, none is none', () => {
    assert.equal(sliceTimeline(events().slice(0, 3), 10).length, 1);
    assert.deepEqual(sliceTimeline([], 10), []);
  });
});
