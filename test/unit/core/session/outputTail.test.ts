// The end of a long output is what a plain cut of the whole would give, whatever the pieces.
import assert from 'node:assert/strict';
import { OutputTail } from '../../../../src/core/session/outputTail.ts';
import { seeded } from '../../../helpers/fakeSecrets.ts';

describe('outputTail', () => {
  it('pieces of all sizes – the last characters are kept, the others counted', () => {
    const random = seeded(5);
    for (const [most, largest, count] of [
      [100, 3, 20_000],
      [1000, 5000, 300],
      [64, 64, 500],
    ] as const) {
      const tail = new OutputTail(most);
      let all = '';
      for (let i = 0; i < count; i++) {
        const piece = String(i)
          .repeat(3)
          .slice(0, Math.floor(random() * largest));
        const data = piece.padEnd(Math.floor(random() * largest), '.');
        tail.add(data);
        all += data;
      }
      assert.equal(tail.text(), all.slice(-most));
      assert.equal(tail.dropped, all.length - most);
    }
  });

  it('a short output – is kept whole', () => {
    const tail = new OutputTail(10);
    tail.add('');
    tail.add('abc');
    assert.deepEqual([tail.text(), tail.dropped], ['abc', 0]);
  });
});
