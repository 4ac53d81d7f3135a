// What the panel makes of the host's messages.
import assert from 'node:assert/strict';
import type { ToPanel } from '../../../src/shared/protocol.ts';
import { PanelStore } from '../../../src/webview/model/panelStore.ts';
import { testHeldItem } from '../../helpers/heldItem.ts';

const status = {
  degraded: undefined,
  observe: false,
  lockdown: undefined,
  session: 's',
  logFolder: '/l',
  actions: [],
};

function snapshot(more: Partial<Extract<ToPanel, { type: 'snapshot' }>> = {}) {
  return {
    v: 1 as const,
    type: 'snapshot' as const,
    revision: 5,
    held: [],
    events: [],
    earlier: 0,
    status,
    summary: undefined,
    ...more,
  };
}

function held(revision: number, ...ids: string[]): Extract<ToPanel, { type: 'held' }> {
  const items = ids.map((id) => testHeldItem({ id, token: `t-${id}` }));
  return { v: 1, type: 'held', revision, held: items };
}

describe('panelStore', () => {
  let store: PanelStore;
  beforeEach(() => {
    store = new PanelStore();
  });

  it('a change before the snapshot or older than it – ignored', () => {
    store.take(held(4, 'a'));
    store.take(snapshot());
    store.take(held(5, 'a'));
    assert.deepEqual(store.held, []);
  });

  it('the next change – taken', () => {
    store.take(snapshot());
    assert.equal(store.take(held(6, 'a')).heldChanged, true);
    assert.equal(store.heldItem('a')?.id, 'a');
  });

  it('a gap – nothing is applied, a snapshot is asked for', () => {
    store.take(snapshot());
    assert.equal(store.take(held(7, 'a')).needsSnapshot, true);
    assert.deepEqual(store.held, []);
  });

  it('a new hold – is told with level, command and stakes; the same hold is not told twice', () => {
    store.take(snapshot());
    const { announcements } = store.take(held(6, 'a'));
    assert.match(announcements[0]?.text ?? '', /^Command held: HIGH, score 61\..*rm work\.txt/);
    assert.match(announcements[0]?.text ?? '', /cannot be undone/);
    assert.equal(announcements[0]?.isUrgent, true);
    assert.deepEqual(store.take(held(7, 'a')).announcements, []);
  });

  it('a hold that was held anew – is told again', () => {
    store.take(snapshot());
    store.take(held(6, 'a'));
    const again = { ...held(7, 'a'), held: [testHeldItem({ id: 'a', token: 'other' })] };
    assert.equal(store.take(again).announcements.length, 1);
  });

  it('a burst – one announcement', () => {
    store.take(snapshot());
    const { announcements } = store.take(held(6, 'a', 'b', 'c'));
    assert.deepEqual(announcements, [{ text: '3 commands wait for you.', isUrgent: true }]);
  });

  it('hidden characters are marks in what a screen reader is told', () => {
    store.take(snapshot());
    const item = testHeldItem({ command: 'rm \u202Etxt' });
    const { announcements } = store.take({ v: 1, type: 'held', revision: 6, held: [item] });
    assert.match(announcements[0]?.text ?? '', /rm \{U\+202E\}txt/);
  });

  it('a stop of the agent – is told at once, and once', () => {
    store.take(snapshot());
    const stopped = { ...status, lockdown: { since: '2026-06-01T12:00:00Z', why: 'x' } };
    const first = store.take({ v: 1, type: 'status', revision: 6, status: stopped });
    assert.equal(first.announcements[0]?.isUrgent, true);
    const second = store.take({ v: 1, type: 'status', revision: 7, status: stopped });
    assert.deepEqual(second.announcements, []);
  });

  it('a page that does not fit the list any more – ignored', () => {
    const event = { v: 1, ts: '', mono: 0, sid: 's', type: 'hold', submission: 'a' } as const;
    store.take(snapshot({ events: [{ ...event, seq: 9 }], earlier: 9 }));
    store.take({ v: 1, type: 'page', before: 4, events: [{ ...event, seq: 3 }], earlier: 3 });
    assert.equal(store.log.eventCount, 1);
    store.take({ v: 1, type: 'page', before: 9, events: [{ ...event, seq: 8 }], earlier: 8 });
    assert.equal(store.log.eventCount, 2);
    assert.equal(store.log.earlier, 8);
  });
});
