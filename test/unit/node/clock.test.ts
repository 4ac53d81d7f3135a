// The time that expiry goes by.
import assert from 'node:assert/strict';
import { type Grant, isLive } from '../../../src/core/policy/grants.ts';
import { latestTime } from '../../../src/node/clock.ts';

describe('latestTime', () => {
  it('a grant that has ended does not count again when the clock is put back', () => {
    let hour = 12;
    const now = latestTime({ now: () => new Date(Date.UTC(2026, 5, 1, hour)) });
    const grant = { expires: '2026-06-01T13:00:00.000Z' } as Grant;
    assert.ok(isLive(grant, now()));
    hour = 14;
    assert.ok(!isLive(grant, now()));
    hour = 12;
    assert.ok(!isLive(grant, now()));
  });
});
