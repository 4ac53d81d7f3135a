// Facts about a world that another part of the line may change first give no comfort.
import assert from 'node:assert/strict';
import type { FactId } from '../../../../src/core/risk/factIds.ts';
import type { Fact } from '../../../../src/core/risk/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const fact = (id: FactId, value: Fact['value'], effect = 0): Fact => ({
  id,
  effect,
  value,
  text: 'It is so.',
  how: 'looked',
});

describe('settled facts', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  /** The facts about the last effect of a line, as the assessment has them. */
  const settled = (line: string, id: FactId, value: Fact['value']) => {
    const last = tester.effects(line).length - 1;
    const { assessment } = tester.judge(line, { facts: [fact(id, value, last)] });
    return assessment.facts[0];
  };

  const kept: readonly (readonly [string, FactId, Fact['value']])[] = [
    ['rm a.txt', 'git.files.clean', 1],
    ['cd sub && rm a.txt', 'files.count', 0],
    ['ls; cat b; rm a.txt', 'git.files.dirty', 0],
    ['rm b.txt; rm a.txt', 'git.files.clean', 1],
    ['mkdir x; rm a.txt', 'git.files.clean', 1],
    ['git status; git reset --hard', 'git.loses', 0],
    ['PGHOST=localhost psql -c "drop table a"', 'environment.class', 'local'],
    // What the line sets is part of what is looked up.
    ['export PGHOST=localhost; psql -c "drop table a"', 'environment.class', 'local'],
    ['PGHOST=localhost; psql -c "drop table a"', 'environment.class', 'staging'],
    ['echo x > b; psql -h prod -c "drop table a"', 'environment.class', 'production'],
    ['git stash; git stash drop', 'git.loses', 1],
    ['git stash; rm a.txt', 'git.files.untracked', 2],
  ];
  for (const [line, id, value] of kept) {
    it(`${id} ${value} stands in: ${line}`, () =>
      assert.equal(settled(line, id, value)?.value, value));
  }

  const open: readonly (readonly [string, FactId, Fact['value']])[] = [
    ['git stash; git stash drop', 'git.loses', 0],
    ['mv work x; rm x', 'files.count', 0],
    ['echo x > a.txt; rm a.txt', 'git.files.clean', 1],
    ['make; rm -rf out', 'git.files.ignored', 3],
    ['frobnicate; rm a.txt', 'git.files.untracked', 0],
    ['$X; rm a.txt', 'git.files.clean', 1],
    ['git push origin x; git rebase main', 'git.branch.shared', false],
    ['kubectl config use-context p; kubectl delete pod x', 'environment.class', 'local'],
    ['source env.sh; psql -c "drop table a"', 'environment.class', 'local'],
    ['. ./env.sh; psql -c "drop table a"', 'environment.class', 'local'],
    ['eval "$X"; psql -c "drop table a"', 'environment.class', 'local'],
    ['read $NAME; psql -c "drop table a"', 'environment.class', 'staging'],
    ['sudo psql -c "drop table a"', 'environment.class', 'local'],
  ];
  for (const [line, id, value] of open) {
    it(`${id} ${value} is open in: ${line}`, () => {
      const found = settled(line, id, value);
      assert.equal(found?.value, 'unknown');
      assert.match(found?.text ?? '', /Another part of the line may change that/);
    });
  }
});
