// The events that the panel gets, a page at a time.
import assert from 'node:assert/strict';
import type { AuditEvent } from '../../../src/core/session/events.ts';
import { PanelEvents } from '../../../src/host/panelEvents.ts';
import { logEvent } from '../../../src/shared/logEvent.ts';
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

function feed(events: readonly AuditEvent[]): PanelEvents {
  const made = new PanelEvents((onEvent) => events.forEach(onEvent));
  for (const event of events) made.add(event);
  return made;
}

const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq);

describe('panelEvents', () => {
  it('pages join without a gap and without a double, back to the first', () => {
    const all = holds(7000);
    const events = feed(all);
    let page = events.newest();
    let seen = [...page.events];
    while (page.earlier > 0) {
      page = events.before(seen[0]?.seq ?? 0);
      seen = [...page.events, ...seen];
    }
    assert.deepEqual(seqs(seen), seqs(all));
  });

  it('few events – one page, none before', () => {
    assert.deepEqual(feed(holds(2)).newest(), { events: holds(2), earlier: 0 });
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

  it('details of a submission are its own events only, also where they are only in the log', () => {
    const all = holds(9000);
    const events = feed(all);
    const wanted = (id: string) =>
      seqs(all.filter((event) => 'submission' in event && event.submission === id));
    assert.deepEqual(seqs(events.of('c1')), wanted('c1'));
    const few = feed(holds(9));
    assert.deepEqual(seqs(few.of('c1')), [1, 4, 7]);
    assert.deepEqual(few.of('nobody'), []);
  });

  it('a new session – the one before is gone from the list', () => {
    const events = feed(holds(5));
    const start = { ...base, seq: 0, type: 'session.start' } as unknown as AuditEvent;
    events.add(start);
    assert.deepEqual(seqs(events.newest().events), [0]);
    assert.equal(events.newest().earlier, 0);
  });
});
