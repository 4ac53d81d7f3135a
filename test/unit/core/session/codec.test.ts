// Audit events as lines: what goes in comes out, and no line can pass for two.
import assert from 'node:assert/strict';
import { decodeEvent, encodeEvent } from '../../../../src/core/session/codec.ts';
import type { AuditEvent } from '../../../../src/core/session/events.ts';

const base = { v: 1, seq: 3, ts: '2026-01-02T03:04:05.000Z', mono: 12.5, sid: 's1' } as const;

function tamper(text: string): AuditEvent {
  return { ...base, type: 'tamper', text };
}

describe('encodeEvent and decodeEvent', () => {
  const texts = [
    'plain',
    'two\nlines\r\n',
    '\u2028\u2029\u0085\u009b\u0000\u007f',
    'quote " backslash \\ ,"h":"0"}',
    '\uD800 lone',
    '🚀 東京',
  ];
  for (const text of texts) {
    it(`comes back as it was: ${JSON.stringify(text)}`, () => {
      const line = encodeEvent(tamper(text));
      assert.doesNotMatch(line, /[\n\r\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      assert.deepEqual(decodeEvent(line), { ok: true, event: tamper(text) });
    });
  }

  const bad: [line: string, why: RegExp][] = [
    ['', /not JSON/],
    ['{', /not JSON/],
    ['null', /not an object/],
    ['[]', /not an object/],
    ['{}', /version undefined/],
    [JSON.stringify({ ...tamper('x'), v: 2 }), /version 2/],
    [JSON.stringify({ ...tamper('x'), seq: -1 }), /seq/],
    [JSON.stringify({ ...tamper('x'), seq: 1.5 }), /seq/],
    [JSON.stringify({ ...tamper('x'), ts: 5 }), /time/],
    [JSON.stringify({ ...tamper('x'), sid: undefined }), /session/],
    [JSON.stringify({ ...tamper('x'), type: 'toString' }), /type "toString"/],
    [JSON.stringify({ ...tamper('x'), type: 'later' }), /type "later"/],
  ];
  for (const [line, why] of bad) {
    it(`not an event – says why: ${line}`, () => {
      const decoded = decodeEvent(line);
      assert.ok(!decoded.ok);
      assert.match(decoded.why, why);
    });
  }
});
