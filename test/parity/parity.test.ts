// The native engine gives the same trees, and an independent parser finds the same programs.
import assert from 'node:assert/strict';
import type { ShellParser } from '../../src/core/shell/types.ts';
import { loadNativeParser } from '../../src/node/nativeParser.ts';
import { createTester, type Tester, testParser } from '../helpers/analysis.ts';
import { SAMPLES } from '../oracle/samples.ts';
import {
  isSameAnalysis,
  loadOtherSyntax,
  otherCalls,
  ownCalls,
  treeDifference,
} from './compare.ts';

describe('parity', () => {
  let tester: Tester;
  let wasm: ShellParser;
  let native: ShellParser | string;

  before(async () => {
    tester = await createTester();
    wasm = await testParser();
    native = await loadNativeParser().catch((error: unknown) => String(error));
  });

  it('the native engine gives the same trees and analyses', function () {
    if (typeof native === 'string') {
      // It is optional: a machine without a compiler has no build of it.
      process.stdout.write(`      not compared: ${native}\n`);
      this.skip();
    }
    for (const line of SAMPLES) {
      assert.equal(treeDifference(wasm, native, line), undefined, line);
      assert.ok(isSameAnalysis(wasm, native, line), line);
    }
  });

  it('an independent parser sees no program that we do not see', () => {
    const syntax = loadOtherSyntax();
    for (const line of SAMPLES) {
      const analysis = tester.read(line);
      const theirs = otherCalls(syntax, line);
      if (theirs && analysis.notUnderstood.length === 0) {
        const ours = ownCalls(analysis);
        const missed = [...theirs].filter((at) => !ours.has(at));
        assert.deepEqual(missed, [], line);
      }
    }
  });
});
