// However a call is written and wherever it stands, its effect is named and its level does not fall.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTester, type Tester } from '../helpers/analysis.ts';
import { destructiveMutants, harmlessMutants } from './mutants.ts';
import { faultOf } from './property.ts';
import { DESTRUCTIVE, HARMLESS } from './seeds.ts';
import { singleQuoted } from './spellings.ts';

describe('mutations', function () {
  this.timeout(60_000);
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  for (const seed of [...DESTRUCTIVE, ...HARMLESS]) {
    it(`every plain spelling of ${seed.argvs[0]?.join(' ')} is judged alike`, () => {
      for (const argv of seed.argvs) {
        const line = argv.map(singleQuoted).join(' ');
        const fault = faultOf(tester, { seed, plain: seed.argvs[0] ?? [], line });
        assert.equal(fault, undefined, line);
      }
    });
  }

  it('a destructive call stays what it is', () => {
    const property = fc.property(destructiveMutants, (mutant) => {
      assert.equal(faultOf(tester, mutant), undefined, mutant.line);
    });
    fc.assert(property, { numRuns: 1_200 });
  });

  it('a harmless call does not become HIGH', () => {
    const property = fc.property(harmlessMutants, (mutant) => {
      assert.equal(faultOf(tester, mutant), undefined, mutant.line);
    });
    fc.assert(property, { numRuns: 400 });
  });
});
