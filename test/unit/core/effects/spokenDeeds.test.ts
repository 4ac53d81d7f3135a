// Programs that no rule knows: what their words say is told, and raises the level where the call means it.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

/** The line, its level, and the word that the reason names. */
const CASES: readonly (readonly [string, 'MEDIUM' | 'HIGH', string | undefined])[] = [
  ['acme cluster list', 'MEDIUM', undefined],
  ['acme cluster destroy', 'MEDIUM', 'destroy'],
  ['acme cluster destroy --yes', 'HIGH', 'destroy'],
  ['acme db:drop --force', 'HIGH', 'db:drop'],
  ['acme deleteUser -f bob', 'HIGH', 'deleteUser'],
  ['acme delete all', 'HIGH', 'delete'],
  ['acme --delete-all', 'HIGH', '--delete-all'],
  ['bao kv destroy secret/app', 'HIGH', 'destroy'],
  ['bao kv list secret', 'MEDIUM', undefined],
  ['acme reset', 'MEDIUM', 'reset'],
  ['acme reset --hard', 'HIGH', 'reset'],
  ['acme purge --dry-run --force', 'MEDIUM', undefined],
  ['acme undelete x --force', 'MEDIUM', undefined],
  ['acme run delete.sql --force', 'MEDIUM', undefined],
  ['acme search "delete all"', 'MEDIUM', undefined],
  ['./manage delete-user bob --force', 'HIGH', 'delete-user'],
  ['./wipe-disk.sh --yes', 'HIGH', 'wipe-disk'],
  ['./run.sh --yes', 'MEDIUM', undefined],
];

describe('words of unknown programs', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const [line, level, word] of CASES) {
    it(`${line} – ${level}${word === undefined ? '' : ` – says ${word}`}`, () => {
      const { assessment } = tester.judge(line);
      assert.equal(assessment.level, level);
      const said = assessment.effects.map(({ reason }) => /The word `([^`]+)`/.exec(reason)?.[1]);
      assert.deepEqual(said, [word]);
    });
  }
});
