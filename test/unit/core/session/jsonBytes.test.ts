// Text as bytes of JSON: the same as the language's own, whatever stands in it and however it lies in memory.
import assert from 'node:assert/strict';
import { JsonBytes, MOST_ESCAPED } from '../../../../src/core/session/jsonBytes.ts';
import { seeded } from '../../../helpers/fakeSecrets.ts';

const json = new JsonBytes();

function escaped(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length * MOST_ESCAPED);
  const view = (buffer: Buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const end = json.write(view(bytes), 0, bytes.length, view(out), 0);
  return out.toString('utf8', 0, end);
}

describe('JsonBytes', () => {
  it('every pair of ASCII characters – as JSON.stringify writes it', () => {
    for (let a = 0; a < 128; a++) {
      for (let b = 0; b < 128; b++) {
        const text = String.fromCharCode(a, b);
        assert.equal(escaped(Buffer.from(text)), JSON.stringify(text).slice(1, -1));
      }
    }
  });

  it('long texts of all kinds, at odd places in memory – the same', () => {
    const random = seeded(9);
    const letters = [
      'a',
      'Z',
      '"',
      '\\',
      '\n',
      '\r',
      '\x1b',
      '\0',
      'ö',
      '東',
      '🚀',
      '\u2028',
      '\x7f',
    ];
    for (let round = 0; round < 300; round++) {
      const length = Math.floor(random() * 200);
      const text = Array.from(
        { length },
        () => letters[Math.floor(random() * letters.length)],
      ).join('');
      const shifted = Buffer.from(`x${text}`).subarray(1);
      assert.equal(escaped(shifted), JSON.stringify(text).slice(1, -1));
    }
  });
});
