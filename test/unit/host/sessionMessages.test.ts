// What the panel may ask about recorded sessions.
import assert from 'node:assert/strict';
import { readSessionRequest } from '../../../src/host/sessionMessages.ts';

const filter = { levels: ['LOW'], verdicts: [], agent: '', text: 'rm' };
const timeline = { type: 'timeline', request: 1, session: 's', filter };

describe('messages about sessions', () => {
  it('a filter is taken, with its times made plain', () => {
    const read = readSessionRequest({
      ...timeline,
      filter: { ...filter, from: '2026-01-01T00:00:00Z', to: 'never' },
    });
    assert.ok(read?.type === 'timeline');
    assert.equal(read.filter.from, '2026-01-01T00:00:00.000Z');
    assert.equal(read.filter.to, undefined);
  });

  for (const [name, fields] of Object.entries({
    'a level that is none': { ...timeline, filter: { ...filter, levels: ['NONE'] } },
    'a list that is none': { ...timeline, filter: { ...filter, verdicts: 'ask' } },
    'a session that is no text': { ...timeline, session: 7 },
    'a place before the start': { ...timeline, before: -1 },
    'a text without end': { ...timeline, session: 'x'.repeat(10_000) },
    'an action that is none': { type: 'forSession', session: 's', action: 'approve' },
    'a search without a number': { type: 'findOutput', session: 's', text: 'x' },
    'a search without end': {
      ...{ type: 'findOutput', session: 's', request: 1 },
      text: 'x'.repeat(10_000),
    },
    'a recording without a name': { type: 'openRecording', session: 's', have: 0 },
    'a recording from before its start': {
      ...{ type: 'openRecording', session: 's', file: 'terminal.cast' },
      have: -1,
    },
  }))
    it(`${name} – refused`, () => assert.equal(readSessionRequest(fields), undefined));
});
