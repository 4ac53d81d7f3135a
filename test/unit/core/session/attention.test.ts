// How a person has decided: counted from the events of a session.
import assert from 'node:assert/strict';
import type { Decision } from '../../../../src/core/gate/types.ts';
import type { Level } from '../../../../src/core/risk/types.ts';
import { attentionOf } from '../../../../src/core/session/attention.ts';
import type { AuditEvent } from '../../../../src/core/session/events.ts';

let next = 0;

/** The events of one answered hold. */
function answered(
  command: string,
  level: Level,
  kind: Decision['kind'],
  waitedMs: number,
): AuditEvent[] {
  const id = `s${next++}`;
  const by = kind === 'expired' ? 'timeout' : 'person';
  return [
    { type: 'submission', submission: { id, command } },
    { type: 'assessment', submission: id, assessment: { level } },
    { type: 'decision', submission: id, decision: { kind, by, waitedMs } },
  ] as unknown as AuditEvent[];
}

const times = (count: number, make: () => AuditEvent[]) =>
  Array.from({ length: count }, make).flat();

describe('attention', () => {
  it('nothing answered', () => {
    assert.deepEqual(attentionOf([]), {
      answers: 0,
      approvalRate: 0,
      medianDecisionMs: undefined,
      fastHigh: 0,
      expired: 0,
      advice: [],
      often: [],
    });
  });

  it('counts answers of a person, and what nobody answered apart', () => {
    const { answers, approvalRate, medianDecisionMs, expired } = attentionOf([
      ...answered('a', 'MEDIUM', 'approved', 1000),
      ...answered('b', 'MEDIUM', 'denied', 5000),
      ...answered('c', 'MEDIUM', 'approved', 3000),
      ...answered('d', 'MEDIUM', 'expired', 60_000),
    ]);
    assert.deepEqual([answers, medianDecisionMs, expired], [3, 3000, 1]);
    assert.equal(approvalRate, 2 / 3);
  });

  it('HIGH approved almost at once is named', () => {
    const { fastHigh, advice } = attentionOf([
      ...answered('a', 'HIGH', 'approved', 500),
      ...answered('b', 'HIGH', 'approved', 9000),
      ...answered('c', 'MEDIUM', 'approved', 500),
      ...answered('d', 'HIGH', 'denied', 500),
    ]);
    assert.equal(fastHigh, 1);
    assert.match(advice[0] ?? '', /^One HIGH or CRITICAL command was approved within 2 seconds/);
  });

  it('approving everything at once gets advice', () => {
    const { advice } = attentionOf(times(12, () => answered(`x${next}`, 'LOW', 'approved', 300)));
    assert.match(advice[0] ?? '', /approved 100 % of 12 commands/);
  });

  it('a command approved five times is suggested, exactly', () => {
    const { often } = attentionOf(
      times(5, () => answered('npm run lint', 'MEDIUM', 'approved', 4000)),
    );
    assert.deepEqual(often, [
      { command: 'npm run lint', cwd: '', facts: [], level: 'MEDIUM', times: 5 },
    ]);
  });

  for (const [name, more] of [
    ['four times', []],
    ['denied once', answered('npm run lint', 'MEDIUM', 'denied', 4000)],
    ['HIGH once', answered('npm run lint', 'HIGH', 'approved', 4000)],
  ] as const) {
    it(`but not where it was approved ${name}`, () => {
      const count = more.length === 0 ? 4 : 6;
      const events = times(count, () => answered('npm run lint', 'MEDIUM', 'approved', 4000));
      assert.deepEqual(attentionOf([...events, ...more]).often, []);
    });
  }
});
