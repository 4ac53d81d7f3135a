// What git commands would lose for good, against real repositories.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createMachine, createRepository, type TestMachine } from '../../../helpers/machine.ts';

describe('what git would lose', () => {
  let machine: TestMachine;

  /** Looking changes nothing, so lines about the same state share one machine. */
  const prepared = new Map<() => unknown, TestMachine>();

  const start = (): TestMachine => {
    machine = createRepository({ '.gitignore': 'build/\n', 'a.txt': 'x\n', 'src/b.ts': 'x\n' });
    return machine;
  };
  after(() => {
    for (const own of prepared.values()) own.dispose();
  });

  const dirty = () => machine.write('a.txt', 'changed\n');
  const untracked = () => machine.write('new.txt');
  const ignored = () => machine.write('build/out.o');
  const stash = () => {
    dirty();
    machine.git('stash', '-q');
  };
  const branch = () => {
    machine.git('switch', '-qc', 'topic');
    machine.write('topic.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'topic work');
    machine.git('switch', '-q', 'main');
  };
  const merged = () => {
    branch();
    machine.git('merge', '-q', 'topic');
  };
  const nothing = () => undefined;

  const cases: readonly (readonly [string, string, () => unknown, string])[] = [
    ['git reset --hard', 'nothing', nothing, 'LOW'],
    ['git reset --hard', 'a changed file', dirty, 'HIGH'],
    ['git reset --hard', 'a new file, which stays', untracked, 'LOW'],
    ['git -C . reset --hard', 'nothing', nothing, 'LOW'],
    ['git --git-dir=.git reset --hard', 'nothing that can be told', nothing, 'HIGH'],
    ['GIT_DIR=x git reset --hard', 'nothing that can be told', nothing, 'HIGH'],
    ['git -C "$X" reset --hard', 'nothing that can be told', nothing, 'HIGH'],
    // Git lets -n win over -f, wherever it stands.
    ['git clean -nf', 'nothing, for it only lists', untracked, 'LOW'],
    ['git clean -f -d -n', 'nothing, for it only lists', untracked, 'LOW'],
    ['git clean -n -f --no-dry-run', 'a new file', untracked, 'HIGH'],
    ['git clean -fd', 'nothing', nothing, 'LOW'],
    ['git clean -fd', 'a new file', untracked, 'HIGH'],
    ['git clean -fdX', 'ignored files only', ignored, 'MEDIUM'],
    ['git clean -fdx', 'ignored files only', ignored, 'MEDIUM'],
    ['git clean -fdX', 'a new file, which stays', untracked, 'LOW'],
    ['git clean -fdx -e "$X"', 'nothing that can be told', untracked, 'HIGH'],
    ['git checkout -- a.txt', 'nothing', nothing, 'LOW'],
    ['git checkout -- a.txt', 'a changed file', dirty, 'HIGH'],
    ['git checkout -- src', 'a changed file elsewhere', dirty, 'LOW'],
    ['git checkout .', 'a changed file', dirty, 'HIGH'],
    ["git checkout -- '*.txt'", 'a changed file by a pattern', dirty, 'HIGH'],
    ['git restore a.txt', 'a changed file', dirty, 'HIGH'],
    ['git restore src/b.ts', 'a changed file elsewhere', dirty, 'LOW'],
    ['git switch --discard-changes main', 'a changed file', dirty, 'HIGH'],
    ['git stash drop', 'no stash', nothing, 'LOW'],
    ['git stash drop', 'a stash', stash, 'HIGH'],
    ['git stash clear', 'a stash', stash, 'HIGH'],
    ['git branch -D topic', 'a commit', branch, 'HIGH'],
    ['git branch -D topic', 'no commit that is not merged', merged, 'LOW'],
    ['git branch -D nothing', 'no such branch', nothing, 'LOW'],
  ];
  for (const [command, what, prepare, level] of cases) {
    it(`${command} with ${what} is ${level}`, async () => {
      if (!prepared.has(prepare)) {
        prepared.set(prepare, start());
        prepare();
      }
      const own = prepared.get(prepare) as TestMachine;
      const { assessment } = await own.assess(command);
      assert.equal(assessment.level, level, JSON.stringify([assessment.parts, assessment.facts]));
    });
  }
});

describe('what git would lose, in words', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createRepository({ 'a.txt': 'x\n' });
  });
  afterEach(() => machine.dispose());

  const dirty = () => machine.write('a.txt', 'changed\n');
  const untracked = () => machine.write('new.txt');
  const stash = () => {
    dirty();
    machine.git('stash', '-q');
  };
  const branch = () => {
    machine.git('switch', '-qc', 'topic');
    machine.write('topic.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'topic work');
    machine.git('switch', '-q', 'main');
  };

  it('counts the stashes that go', async () => {
    stash();
    machine.write('a.txt', 'changed again\n');
    machine.git('stash', '-q');
    const loses = async (command: string) =>
      machine.fact(await machine.assess(command), 'git.loses')?.value;
    assert.equal(await loses('git stash drop'), 1);
    assert.equal(await loses('git stash drop stash@{1}'), 1);
    assert.equal(await loses('git stash clear'), 2);
    assert.equal(await loses('git stash drop stash@{7}'), 'unknown');
  });

  it('names what goes', async () => {
    branch();
    dirty();
    untracked();
    const text = async (command: string) =>
      (await machine.assess(command)).assessment.facts.map((fact) => fact.text).join(' ');
    assert.match(await text('git reset --hard'), /1 changed and not committed: a\.txt/);
    assert.match(await text('git clean -fd'), /new\.txt/);
    assert.match(await text('git branch -D topic'), /topic work \(Dev\)/);
    machine.git('stash', '-q');
    assert.match(await text('git stash drop'), /stash@\{0\}: WIP on main/);
  });

  it('sees that two branches deleted together hold the same commit', async () => {
    branch();
    machine.git('branch', 'copy', 'topic');
    assert.equal((await machine.assess('git branch -D topic')).assessment.level, 'LOW');
    assert.equal((await machine.assess('git branch -D topic copy')).assessment.level, 'HIGH');
  });

  it('says which commits would be only in the reflog', async () => {
    machine.write('more.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'more');
    const assessed = await machine.assess('git reset --hard HEAD~1');
    assert.match(machine.fact(assessed, 'git.commits.only-here')?.text ?? '', /1 commit .*more/);
    assert.equal(assessed.assessment.level, 'MEDIUM');
  });

  it('looks into the work tree that would be removed', async () => {
    machine.git('worktree', 'add', '-q', '../tree', '-b', 'other');
    assert.equal(
      (await machine.assess('git worktree remove --force ../tree')).assessment.level,
      'LOW',
    );
    fs.writeFileSync(path.join(machine.home, 'tree/new.txt'), 'x');
    assert.equal(
      (await machine.assess('git worktree remove --force ../tree')).assessment.level,
      'HIGH',
    );
  });
});

describe('rebase and amend', () => {
  let machine: TestMachine;

  beforeEach(() => {
    machine = createMachine();
    machine.gitIn(machine.base, 'init', '-q', '--bare', 'remote.git');
    machine.git('clone', '-q', '../../remote.git', '.');
    machine.write('a.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'start');
    machine.git('push', '-q', 'origin', 'HEAD:main');
    machine.git('switch', '-qc', 'topic');
    machine.write('b.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'topic');
  });
  afterEach(() => machine.dispose());

  it('X7: are below HIGH on a private branch, HIGH on a shared one', async () => {
    for (const command of ['git rebase main', 'git commit --amend --no-edit'])
      assert.equal((await machine.assess(command)).assessment.level, 'LOW', command);
    machine.git('push', '-q', 'origin', 'topic');
    for (const command of ['git rebase main', 'git commit --amend --no-edit']) {
      const { assessment } = await machine.assess(command);
      assert.equal(assessment.level, 'HIGH', command);
      assert.equal(assessment.blastRadius, 'Severe');
    }
  });

  it('are asked under every dial, private or not', async () => {
    machine.policy = { autoApprove: 'contained' };
    assert.equal((await machine.assess('git commit --amend --no-edit')).ruling.verdict, 'ask');
  });

  it('are not called private where a part of the line may push first', async () => {
    const { assessment } = await machine.assess('git push origin topic; git rebase main');
    assert.ok(!assessment.parts.some(({ id }) => id === 'fact/private-branch'));
  });
});
