// The taxonomy table of the product (requirements X1–X8): every example in its row, with all columns.
import assert from 'node:assert/strict';
import { blastRadiusOf } from '../../../../src/core/risk/assess.ts';
import type { Assessment, BlastRadius, Fact } from '../../../../src/core/risk/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const SHARED: readonly Fact[] = [
  { id: 'git.branch.shared', effect: 0, value: true, text: 'Others have it.', how: 'test' },
];
const PRIVATE: readonly Fact[] = [
  { id: 'git.branch.shared', effect: 0, value: false, text: 'Only here.', how: 'test' },
];

/** What the third column says, in the answers that the assessment gives. */
type Recovery = 'nothing to undo' | 'usually reversible' | 'backup' | 'hours' | 'coordination';

const TABLE: readonly (readonly [string, string, Assessment['category'], BlastRadius, Recovery])[] =
  [
    ['X1', 'ls', 'read-only', 'Zero', 'nothing to undo'],
    ['X1', 'cat README.md', 'read-only', 'Zero', 'nothing to undo'],
    ['X1', 'git log', 'read-only', 'Zero', 'nothing to undo'],
    ['X2', 'chmod +x build.sh', 'config-change', 'Contained', 'usually reversible'],
    ['X2', 'export ENV=test', 'config-change', 'Contained', 'usually reversible'],
    ['X2', 'git config user.name Ada', 'config-change', 'Contained', 'usually reversible'],
    ['X3', 'rm -rf notes', 'data-mutation', 'Severe', 'backup'],
    ['X3', 'psql -c "DROP TABLE users"', 'data-mutation', 'Severe', 'backup'],
    ['X3', 'truncate -s 0 app.db', 'data-mutation', 'Severe', 'backup'],
    ['X4', 'kubectl delete deployment web', 'infrastructure', 'Catastrophic', 'hours'],
    ['X4', 'terraform destroy', 'infrastructure', 'Catastrophic', 'hours'],
    ['X5', 'git push --force origin main', 'history-rewrite', 'Severe', 'coordination'],
    ['X5', 'git rebase main', 'history-rewrite', 'Severe', 'coordination'],
  ];

describe('taxonomy', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const [id, line, category, radius, recovery] of TABLE) {
    it(`${id} – ${line} – ${category}, ${radius}, ${recovery}`, () => {
      const facts = line.startsWith('git rebase') ? SHARED : [];
      const { assessment } = tester.judge(line, { facts });
      assert.equal(assessment.category, category);
      assert.equal(assessment.blastRadius, radius);
      assert.equal(recoveryOf(assessment), recovery);
    });
  }

  it('X6 – all 13 examples are there', () => assert.equal(TABLE.length, 13));

  it('X7 – a rebase counts for more where others have the branch', () => {
    const shared = tester.judge('git rebase main', { facts: SHARED }).assessment;
    const alone = tester.judge('git rebase main', { facts: PRIVATE }).assessment;
    assert.equal(shared.level, 'HIGH');
    assert.ok(alone.score < 50, `alone: ${alone.score}`);
  });

  it('X8 – the radius grows from reading to infrastructure', () => {
    const order: readonly BlastRadius[] = ['Zero', 'Contained', 'Severe', 'Catastrophic'];
    const rows = ['read-only', 'config-change', 'data-mutation', 'infrastructure'] as const;
    assert.deepEqual(
      rows.map((row) => blastRadiusOf[row]),
      order,
    );
  });

  for (const [line, radius] of [
    ['ls && chmod +x a.sh', 'Contained'],
    ['git log; rm -rf notes', 'Severe'],
    ['rm -rf notes && terraform destroy', 'Catastrophic'],
    ['terraform destroy && ls', 'Catastrophic'],
  ] as const)
    it(`X8 – a line takes its worst part – ${line}`, () =>
      assert.equal(tester.judge(line).assessment.blastRadius, radius));
});

/** The recovery column, read from the answers and the advice. */
function recoveryOf({ questions, effects, category }: Assessment): Recovery | string {
  const { reversible } = questions;
  if (category === 'read-only')
    return /nothing/i.test(reversible.why) ? 'nothing to undo' : reversible.why;
  if (category === 'config-change')
    return reversible.answer === 'yes' ? 'usually reversible' : reversible.why;
  const advice = effects.map(({ recovery }) => recovery).join(' ');
  if (category === 'history-rewrite') return /clone|reflog/.test(advice) ? 'coordination' : advice;
  if (category === 'infrastructure') return /again/.test(advice) ? 'hours' : advice;
  return reversible.answer === 'no' && /backup/.test(advice) ? 'backup' : advice;
}
