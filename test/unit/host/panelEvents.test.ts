// The events that the panel gets, a page at a time.
import assert from 'node:assert/strict';
import type { AuditEvent } from '../../../src/core/session/events.ts';
import { eventsOf, logEvent, newestPage, pageBefore } from '../../../src/host/panelEvents.ts';
import { testHeldItem } from '../../helpers/heldItem.ts';

const base = { v: 1, ts: '2026-06-01T12:00:00.000Z', mono: 0, sid: 's' } as const;

function holds(count: number): AuditEvent[] {
  return Array.from({ length: count }, (_, seq) => ({
    ...base,
    seq,
    type: 'hold' as const,
    submission: `c${seq % 3}`,
  }));
}

describe('panelEvents', () => {
  it('pages join without a gap and without a double, back to the first', () => {
    const all = holds(5000);
    let page = newestPage(all);
    let seen = [...page.events];
    while (page.earlier > 0) {
      page = pageBefore(all, seen[0]?.seq ?? 0);
      seen = [...page.events, ...seen];
    }
    assert.deepEqual(
      seen.map(({ seq }) => seq),
      all.map(({ seq }) => seq),
    );
  });

  it('few events – one page, none before', () => {
    assert.deepEqual(newestPage(holds(2)), { events: holds(2), earlier: 0 });
  });

  it('an assessment keeps what a row shows, and nothing heavy', () => {
    const { assessment } = testHeldItem();
    const ruling = { verdict: 'ask' as const, because: [] };
    const event: AuditEvent = {
      ...base,
      seq: 1,
      type: 'assessment',
      submission: 'c',
      assessment,
      ruling,
    };
    assert.deepEqual(logEvent(event), {
      ...base,
      seq: 1,
      type: 'assessment',
      submission: 'c',
      level: 'HIGH',
      score: 61,
      headline: 'It deletes work.txt.',
      verdict: 'ask',
    });
  });

  it('details of a submission are its own events only', () => {
    const found = eventsOf(holds(9), 'c1').map(({ seq }) => seq);
    assert.deepEqual(found, [1, 4, 7]);
  });
});
