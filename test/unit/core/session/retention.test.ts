// What retention lets go, and what it never does.
import assert from 'node:assert/strict';
import { chooseExpired, type RetentionCandidate } from '../../../../src/core/session/retention.ts';

const NOW = new Date('2026-05-31T00:00:00Z');

function session(name: string, daysAgo: number, changes: Partial<RetentionCandidate> = {}) {
  const lastAt = new Date(NOW.getTime() - daysAgo * 86_400_000).toISOString();
  return { session: name, size: 1_000_000, lastAt, isSettled: true, ...changes };
}

const names = (
  sessions: readonly RetentionCandidate[],
  limits: { days?: number; bytes?: number },
): string[] =>
  chooseExpired(sessions, { days: limits.days, bytes: limits.bytes }, NOW).map(
    (entry) => entry.session.session,
  );

describe('chooseExpired', () => {
  it('no limits – nothing', () => {
    assert.deepEqual(names([session('a', 5000)], {}), []);
  });

  it('by age – the older ones, oldest first, with the setting named', () => {
    const sessions = [session('new', 1), session('old', 40), session('older', 50)];
    assert.deepEqual(names(sessions, { days: 30 }), ['older', 'old']);
    const [first] = chooseExpired(sessions, { days: 30, bytes: undefined }, NOW);
    assert.match(first?.why ?? '', /older than 30 days \(interlock\.retention\.days\)/);
  });

  it('by size – the oldest, until the rest fits', () => {
    const sessions = [session('a', 30), session('b', 20), session('c', 10)];
    assert.deepEqual(names(sessions, { bytes: 2_000_000 }), ['a']);
    assert.deepEqual(names(sessions, { bytes: 500_000 }), ['a', 'b', 'c']);
  });

  it('by size – sessions of the last days stay, so that a flood does not push out what it did', () => {
    const flood = session('flood', 0.1, { size: 1e12 });
    assert.deepEqual(names([session('yesterday', 1), flood], { bytes: 1 }), []);
  });

  it('open, broken or without a line – stays', () => {
    const sessions = [
      session('open', 400, { isSettled: false }),
      session('empty', 0, { lastAt: undefined }),
    ];
    assert.deepEqual(names(sessions, { days: 1, bytes: 1 }), []);
  });
});
