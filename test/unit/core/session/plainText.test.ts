// Terminal output as an agent reads it.
import assert from 'node:assert/strict';
import { CappedOutput, plainText } from '../../../../src/core/session/plainText.ts';

describe('plainText', () => {
  const cases: [name: string, output: string, text: string][] = [
    ['lines end as text lines do', 'a\r\nb\r\r\n', 'a\nb\n'],
    ['colours – gone', '\x1b[1;31mred\x1b[0m', 'red'],
    ['8-bit control sequence – gone', 'a\x9b2Kb', 'ab'],
    ['title and link – gone', '\x1b]0;title\x07\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['unfinished control string – gone', 'a\x1b]52;c;abc', 'a'],
    ['unfinished sequence – gone', 'a\x1b[', 'a'],
    ['character set choice – gone', '\x1b(Ba', 'a'],
    ['progress bar – its last state', '10%\r50%\r100%\r\ndone', '100%\ndone'],
    ['a line that ends with a carriage return – stays', 'abc\r', 'abc'],
    ['backspaces – take back', 'ab\x08c', 'ac'],
    ['bell and zero – gone', 'a\x07\0b', 'ab'],
    ['tab and other scripts – stay', 'a\tß東', 'a\tß東'],
  ];
  for (const [name, output, text] of cases) {
    it(name, () => assert.equal(plainText(output), text));
  }
});

describe('CappedOutput', () => {
  it('short output – whole', () => {
    const output = new CappedOutput(30);
    output.add('0123456789');
    output.add('0123456789');
    assert.equal(output.text(), '01234567890123456789');
  });

  it('long output – start, gap with its length, end; whatever the size of the pieces', () => {
    for (const size of [1, 7, 100, 1000]) {
      const all = Array.from({ length: 1000 }, (_, i) => String(i % 10)).join('');
      const output = new CappedOutput(30);
      for (let i = 0; i < all.length; i += size) {
        output.add(all.slice(i, i + size));
      }
      const [head, tail] = [all.slice(0, 10), all.slice(-20)];
      assert.equal(output.text(), `${head}\n[… 970 characters left out …]\n${tail}`);
    }
  });
});
