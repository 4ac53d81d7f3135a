// Many small reads become few steps; nothing is lost, reordered or cut.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { OutputBatch } from '../../../src/node/outputBatch.ts';

function batch(): { taken: OutputBatch; got: string[] } {
  const got: string[] = [];
  return { taken: new OutputBatch((data) => got.push(data)), got };
}

describe('outputBatch', () => {
  it('what comes after a pause – is passed on at once', async () => {
    const { taken, got } = batch();
    taken.take(Buffer.from('a'));
    assert.deepEqual(got, ['a']);
    await wait(50);
    taken.take(Buffer.from('b'));
    assert.deepEqual(got, ['a', 'b']);
    taken.end();
  });

  it('what follows closely – comes together, soon', async () => {
    const { taken, got } = batch();
    for (const text of ['a', 'b', 'c']) taken.take(Buffer.from(text));
    assert.deepEqual(got, ['a']);
    await wait(50);
    assert.deepEqual(got, ['a', 'bc']);
  });

  it('characters cut by reads – are whole; the end gives what is left', () => {
    const text = 'größe 東京 🚀 '.repeat(20_000);
    const bytes = Buffer.from(text);
    const { taken, got } = batch();
    for (let at = 0; at < bytes.length; at += 4095) taken.take(bytes.subarray(at, at + 4095));
    taken.end();
    assert.equal(got.join(''), text);
    assert.ok(got.length < 20, `${got.length} steps`);
    assert.ok(got.every((piece) => !piece.includes('\ufffd')));
  });

  it('an unfinished character at the end – shows as one that cannot be read', () => {
    const { taken, got } = batch();
    taken.take(Buffer.from('a€').subarray(0, 3));
    taken.end();
    assert.equal(got.join(''), 'a\ufffd');
  });

  it('text that the system decoded – keeps its place', () => {
    const { taken, got } = batch();
    taken.take(Buffer.from('a'));
    taken.take(Buffer.from('b'));
    taken.take('c');
    taken.end();
    assert.equal(got.join(''), 'abc');
  });
});
