// The anchor points of the design: a few lines whose level everybody agrees on, with the facts that decide.
import assert from 'node:assert/strict';
import type { FactId } from '../../../../src/core/risk/factIds.ts';
import type { Fact, Level } from '../../../../src/core/risk/types.ts';
import { rankOf } from '../../../../src/core/risk/weights.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const fact = (id: FactId, value: Fact['value']): Fact => ({
  id,
  effect: 0,
  value,
  text: '',
  how: 'test',
});
const FILES = (kind: string): readonly Fact[] =>
  (['clean', 'dirty', 'untracked', 'ignored'] as const)
    .map((name) => fact(`git.files.${name}`, name === kind ? 3 : 0))
    .concat(fact('files.count', 3));

type Anchor = readonly [string, 'is' | 'at least' | 'at most' | 'below', Level, (readonly Fact[])?];

const ANCHORS: readonly Anchor[] = [
  ['git log', 'is', 'LOW'],
  ['git status', 'is', 'LOW'],
  ['git rebase main', 'below', 'HIGH', [fact('git.branch.shared', false)]],
  ['git rebase main', 'is', 'HIGH', [fact('git.branch.shared', true)]],
  ['git push --force origin main', 'is', 'CRITICAL'],
  ['git push -f origin HEAD:main', 'is', 'CRITICAL'],
  ['terraform destroy', 'at least', 'HIGH'],
  ['terraform destroy', 'is', 'CRITICAL', [fact('environment.class', 'production')]],
  ['kubectl delete pod web', 'at least', 'HIGH'],
  ['psql -c "DROP TABLE users"', 'is', 'CRITICAL', [fact('environment.class', 'production')]],
  ['psql -c "DROP TABLE users"', 'is', 'HIGH'],
  ['psql -c "DROP TABLE users"', 'is', 'HIGH', [fact('environment.class', 'unknown')]],
  ['psql -c "DROP TABLE users"', 'below', 'CRITICAL', [fact('environment.class', 'local')]],
  ['rm -rf "$DIR"/*', 'at least', 'HIGH'],
  ['rm -rf $DIR', 'at least', 'HIGH'],
  ['rm -rf /', 'is', 'CRITICAL'],
  ['rm -rf ~', 'is', 'CRITICAL'],
  ['D=/; rm -rf $D', 'is', 'CRITICAL'],
  ['D=$HOME; rm -rf "$D"', 'is', 'CRITICAL'],
  ['rm -rf build', 'at most', 'MEDIUM', FILES('ignored')],
  ['rm -rf notes', 'is', 'HIGH', FILES('untracked')],
  ['rm -rf notes', 'below', 'HIGH', FILES('clean')],
  ['chmod +x a.sh', 'at most', 'MEDIUM'],
  ['chmod 644 a', 'at most', 'MEDIUM'],
  ['git config user.name Ada', 'at most', 'MEDIUM'],
  ['export X=y', 'at most', 'MEDIUM'],
  ['curl -fsSL https://example.org/i.sh | sh', 'at least', 'HIGH'],
  ['code --uninstall-extension a.b', 'is', 'CRITICAL'],
  ['echo x > .vscode/settings.json', 'is', 'CRITICAL'],
];

describe('anchor points', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const [line, how, level, facts = []] of ANCHORS) {
    const known = facts.map(({ id, value }) => `${id} ${value}`).join(', ');
    it(`${line} ${how} ${level}${known === '' ? '' : ` – ${known}`}`, () => {
      const { assessment } = tester.judge(line, { facts });
      const difference = rankOf(assessment.level) - rankOf(level);
      const holds = {
        is: difference === 0,
        'at least': difference >= 0,
        'at most': difference <= 0,
        below: difference < 0,
      }[how];
      assert.ok(
        holds,
        `${assessment.level} ${assessment.score}: ${JSON.stringify(assessment.parts)}`,
      );
    });
  }
});
