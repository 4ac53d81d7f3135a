// Every rule has examples that match and examples that do not, and all of them are run.
import assert from 'node:assert/strict';
import { families } from '../../../../src/core/effects/registry.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('rules', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  it('no two rules have the same id', () => {
    const ids = families.flatMap((family) => family.rules.map((rule) => rule.id));
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    assert.deepEqual(twice, []);
  });

  it('no program has its words read in two ways', () => {
    const programs = families.flatMap((family) => family.syntax.flatMap((entry) => entry.programs));
    const twice = programs.filter((name, index) => programs.indexOf(name) !== index);
    assert.deepEqual(twice, []);
  });

  for (const family of families) {
    describe(family.name, () => {
      for (const rule of family.rules) {
        it(`${rule.id} – its examples say when it applies`, () => {
          const { match, noMatch } = rule.examples;
          assert.ok(match.length > 0 && noMatch.length > 0, 'both lists need an example');
          const applies = (line: string) =>
            tester.effects(line).some((effect) => effect.rule === rule.id);
          const wrong = [
            ...match.filter((line) => !applies(line)).map((line) => `should match: ${line}`),
            ...noMatch.filter(applies).map((line) => `should not match: ${line}`),
          ];
          assert.deepEqual(wrong, []);
        });
      }
    });
  }
});
