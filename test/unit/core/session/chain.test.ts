// The chain shows every change to a line before its end.
import assert from 'node:assert/strict';
import { chainEvent, genesisHash, readChain } from '../../../../src/core/session/chain.ts';
import type { AuditBody, AuditEvent } from '../../../../src/core/session/events.ts';
import { PLAIN_START as START } from '../../../helpers/sessions.ts';

function log(bodies: readonly AuditBody[], sid = 's1'): string[] {
  let previous = genesisHash(sid, 'n1');
  return bodies.map((body, seq) => {
    const event: AuditEvent = {
      v: 1,
      seq,
      ts: '2026-05-06T07:08:09.000Z',
      mono: seq,
      sid,
      ...body,
    };
    const { line, hash } = chainEvent(event, previous);
    previous = hash;
    return line;
  });
}

const notes = (count: number): AuditBody[] =>
  Array.from({ length: count }, (_, i) => ({ type: 'tamper', text: `größe ${i}` }));

const whole = log([START, ...notes(5)]);

function badLine(lines: readonly string[]): number | undefined {
  return readChain(lines.join('')).bad?.line;
}

describe('readChain', () => {
  it('an untouched log – all events, no fault', () => {
    const report = readChain(whole.join(''));
    assert.equal(report.bad, undefined);
    assert.equal(report.events.length, 6);
    assert.equal(report.goodBytes, Buffer.byteLength(whole.join('')));
    assert.equal(report.tornBytes, 0);
    assert.match(report.head ?? '', /^[0-9a-f]{64}$/);
  });

  it('an empty log – no events, no fault', () => {
    assert.deepEqual(readChain(''), {
      events: [],
      head: undefined,
      goodBytes: 0,
      tornBytes: 0,
      bad: undefined,
    });
  });

  it('a torn last line – counted, no fault', () => {
    const text = `${whole.join('')}{"v":1,"se`;
    const report = readChain(text);
    assert.equal(report.bad, undefined);
    assert.equal(report.tornBytes, 10);
    assert.equal(report.events.length, 6);
  });

  it('one byte changed anywhere – the line or the one after is named', () => {
    const text = whole.join('');
    for (let i = 0; i < text.length; i += 3) {
      const other = text[i] === '1' ? '2' : '1';
      const report = readChain(text.slice(0, i) + other + text.slice(i + 1));
      const isTornEnd = i === text.length - 1 && report.tornBytes > 0;
      assert.ok(report.bad !== undefined || isTornEnd, `offset ${i}`);
    }
  });

  it('a line taken out, doubled, swapped or put in – named', () => {
    assert.equal(badLine([...whole.slice(0, 2), ...whole.slice(3)]), 3);
    assert.equal(badLine([...whole.slice(0, 3), ...whole.slice(2)]), 4);
    const [a = '', b = '', c = '', d = ''] = whole;
    assert.equal(badLine([a, c, b, d]), 2);
    assert.equal(badLine([...whole.slice(0, 2), '\n', ...whole.slice(2)]), 3);
  });

  it('lines of another session with other start bytes – named', () => {
    const other = log([{ ...START, nonce: 'n1', agent: 'b' }, ...notes(5)]);
    assert.equal(badLine([...whole.slice(0, 3), ...other.slice(3)]), 4);
  });

  it('the start is missing – named', () => {
    assert.equal(badLine(log(notes(2))), 1);
  });

  it('JSON written again with other blanks – named, though the value is the same', () => {
    const [first = '', ...rest] = whole;
    assert.equal(badLine([first.replace('{"v":1,', '{"v": 1,'), ...rest]), 1);
  });

  it('events read back equal what was written, without the hash', () => {
    const { events } = readChain(whole.join(''));
    assert.deepEqual(events[1], {
      v: 1,
      seq: 1,
      ts: '2026-05-06T07:08:09.000Z',
      mono: 1,
      sid: 's1',
      ...notes(1)[0],
    });
  });
});
