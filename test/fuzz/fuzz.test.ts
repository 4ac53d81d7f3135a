// Any text gets an answer, and none that is broken gets through. How fast: `npm run fuzz`.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShellParser } from '../../src/core/shell/types.ts';
import { createTester, type Tester, testParser } from '../helpers/analysis.ts';
import { judgeText } from './check.ts';
import { fuzzLines } from './lines.ts';

describe('any text', function () {
  this.timeout(60_000);
  let tester: Tester;
  let parser: ShellParser;

  before(async () => {
    tester = await createTester();
    parser = await testParser();
  });

  it('gets a verdict, and is not allowed where it is broken', () => {
    const property = fc.property(fuzzLines, (text) => {
      const { fault } = judgeText(tester, parser, text, Number.POSITIVE_INFINITY);
      assert.equal(fault, undefined);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
