// Any text gets an answer in time, and none that is broken gets through.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShellParser } from '../../src/core/shell/types.ts';
import { createTester, type Tester, testParser } from '../helpers/analysis.ts';
import { judgeText } from './check.ts';
import { fuzzLines } from './lines.ts';

/** A machine that runs tests beside each other is slower than the budget allows for. */
const PATIENCE_MS = 1_000;

describe('any text', function () {
  this.timeout(60_000);
  let tester: Tester;
  let parser: ShellParser;

  before(async () => {
    tester = await createTester();
    parser = await testParser();
  });

  it('gets a verdict, in time, and is not allowed where it is broken', () => {
    const property = fc.property(fuzzLines, (text) => {
      const { fault, readMs, judgeMs } = judgeText(tester, parser, text);
      assert.equal(fault, undefined);
      assert.ok(readMs + judgeMs < PATIENCE_MS, `it took ${readMs + judgeMs} ms`);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
