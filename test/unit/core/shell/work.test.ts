// What a line costs is counted in steps: nothing that a line can hold makes the walk go on once its budget is spent.
import assert from 'node:assert/strict';
import { analyzeShell } from '../../../../src/core/shell/analyze.ts';
import type { ShellParser } from '../../../../src/core/shell/types.ts';
import { MAX_WORK, Work } from '../../../../src/core/shell/work.ts';
import { CARRIERS, NESTED, nested, REPEATED, repeated } from '../../../fuzz/repeats.ts';
import { testContext, testParser } from '../../../helpers/analysis.ts';

/** What is under way when the budget is spent is brought to its end. */
const LIMIT = 1.5 * MAX_WORK;
const LENGTH = 19_900;
/** Texts that the grammar is asked about: each costs thirty steps. */
const MOST_PARSED = MAX_WORK / 30;

describe('work', () => {
  let parser: ShellParser;
  let parsed = 0;
  before(async () => {
    const given = await testParser();
    parser = {
      parse: (text) => {
        parsed++;
        return given.parse(text);
      },
    };
  });

  /** Reads the line; gives the steps that it took. */
  const stepsOf = (line: string) => {
    const work = new Work();
    parsed = 0;
    const { notUnderstood } = analyzeShell(line, parser, testContext().shell, work);
    assert.ok(work.spent < LIMIT, `${work.spent} steps`);
    assert.ok(parsed <= MOST_PARSED, `${parsed} texts are parsed`);
    assert.ok(!work.isSpent || notUnderstood.length > 0, 'it says that it gave up');
    return work.spent;
  };

  // Each piece stands in a few of the carriers, each carrier around a few of the pieces.
  for (const [at, carrier] of CARRIERS.entries())
    it(`is bounded within ${JSON.stringify(carrier.join('…'))}`, () => {
      REPEATED.forEach((piece, index) => {
        if (index % 51 === at % 51) stepsOf(repeated(piece, LENGTH, carrier));
      });
      NESTED.forEach((pair, index) => {
        if (index % 12 === at % 12) stepsOf(nested(pair, LENGTH, carrier));
      });
    });

  for (const piece of [
    '`a`',
    '$(a)',
    '<(a) ',
    'sh -c "a|b";',
    'eval "a;b";',
    'a[',
    '$((a[1]))',
    '(a);',
  ])
    it(`of many ${piece} grows no faster than the line`, () => {
      const [short, long] = [1_000, 2_000].map((length) =>
        stepsOf(repeated(piece, length, ['echo ;', ''])),
      );
      assert.ok((long ?? 0) < 2.2 * (short ?? 0), `${short} steps, then ${long}`);
    });

  it('what agents write takes a small part of it', () => {
    const script =
      'for f in src/*.ts; do grep -n "a b" "$f" | head -5 && echo "$(wc -l < "$f")"; done\n';
    assert.ok(stepsOf(script.repeat(10)) < MAX_WORK / 4);
  });
});
