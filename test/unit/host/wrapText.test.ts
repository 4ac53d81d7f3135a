// Sentences in a terminal break between words.
import assert from 'node:assert/strict';
import { wrapText } from '../../../src/host/wrapText.ts';

describe('wrapText', () => {
  for (const [name, line, columns, parts] of [
    ['what fits stays', 'one two three', 20, ['one two three']],
    [
      'between words, none lost',
      'one two three four five six',
      20,
      ['one two three four', 'five six'],
    ],
    [
      'below the text of a list, not below its mark',
      '    - one two three four five',
      20,
      ['    - one two three', '      four five'],
    ],
    [
      'colours take no place',
      '\x1b[1;31mone two three four\x1b[0m',
      20,
      ['\x1b[1;31mone two three four\x1b[0m'],
    ],
    [
      'a word that is too long stays whole',
      `see ${'x'.repeat(30)} end`,
      20,
      ['see', 'x'.repeat(30), 'end'],
    ],
    ['no room for sentences – left to the terminal', 'one two three', 5, ['one two three']],
  ] as const) {
    it(name, () => assert.deepEqual(wrapText(line, columns), parts));
  }
});
