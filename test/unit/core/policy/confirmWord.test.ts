// The word that is typed before a CRITICAL command runs.
import assert from 'node:assert/strict';
import { confirmWord } from '../../../../src/core/policy/confirmWord.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

describe('confirmWord', () => {
  for (const [line, word] of [
    ['git push --force origin main', 'main'],
    ['rm -rf ~/projects/.vscode', '.vscode'],
    ['rm -rf .interlock', '.interlock'],
    ['rm -rf /home', 'home'],
  ] as const) {
    it(`${line} – ${word}`, () => {
      const { assessment } = tester.judge(line);
      assert.equal(assessment.level, 'CRITICAL');
      assert.equal(confirmWord(assessment), word);
    });
  }

  it('there is always a word, and it can be typed', () => {
    for (const line of ['rm -rf /', 'rm -rf ~', ':(){ :|:& };:', 'rm -rf "/\u200b home"']) {
      assert.match(confirmWord(tester.judge(line).assessment), /^\S+$/);
    }
  });
});
