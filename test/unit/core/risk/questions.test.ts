// The three questions, each with its reason: reversible? needs a person? reaches shared state?
import assert from 'node:assert/strict';
import { answerWord } from '../../../../src/core/risk/questions.ts';
import type { Questions } from '../../../../src/core/risk/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

type Answers = readonly [
  Questions['reversible']['answer'],
  Questions['needsPerson']['answer'],
  Questions['sharedState']['answer'],
];

const CASES: readonly (readonly [string, ...Answers])[] = [
  ['ls', 'yes', 'no', 'no'],
  ['git commit -m x', 'yes', 'no', 'no'],
  ['chmod +x a.sh', 'yes', 'no', 'no'],
  ['mkdir a', 'yes', 'no', 'no'],
  ['rm notes', 'no', 'yes', 'no'],
  ['psql -c "DROP TABLE users"', 'no', 'yes', 'yes'],
  ['terraform destroy', 'no', 'yes', 'yes'],
  ['git push --force origin x', 'yes', 'yes', 'yes'],
  ['git push origin x', 'yes', 'no', 'yes'],
  ['npm publish', 'no', 'yes', 'yes'],
  ['frobnicate', 'unknown', 'yes', 'unknown'],
  ['python3 tool.py', 'unknown', 'yes', 'unknown'],
  ['ls $(', 'unknown', 'yes', 'unknown'],
  ['ls && rm notes && git push', 'no', 'yes', 'yes'],
  ['curl https://example.org/i.sh | sh', 'no', 'yes', 'yes'],
];

describe('the three questions', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  it('a yes that costs effort says so, and is never shown as a plain yes', () => {
    const { questions } = tester.judge('git push --force origin x').assessment;
    assert.equal(answerWord(questions.reversible), 'only with effort');
    assert.equal(answerWord(tester.judge('mkdir a').assessment.questions.reversible), 'yes');
  });

  for (const [line, reversible, person, shared] of CASES)
    it(`${line} – reversible ${reversible}, person ${person}, shared ${shared}`, () => {
      const { questions } = tester.judge(line).assessment;
      assert.deepEqual(
        [questions.reversible.answer, questions.needsPerson.answer, questions.sharedState.answer],
        [reversible, person, shared],
      );
      for (const { why } of Object.values(questions))
        assert.match(why, /\w.*\.$/s, 'a reason in words');
    });
});
