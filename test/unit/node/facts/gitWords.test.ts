// What is said of branches and files where git is hard to ask: true, or unknown with the reason in words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FactId } from '../../../../src/core/risk/factIds.ts';
import { createRepository, type TestMachine } from '../../../helpers/machine.ts';

describe('git that is hard to ask', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createRepository({ 'a.txt': 'x\n' });
  });
  afterEach(() => machine.dispose());

  const factOf = async (command: string, id: FactId, cwd?: string) =>
    machine.fact(await machine.assess(command, cwd), id);

  const commit = (name: string) => {
    machine.write(`${name}.txt`);
    machine.git('add', '.');
    machine.git('commit', '-qm', name);
  };
  const addRemote = (name: string) => {
    machine.gitIn(machine.base, 'init', '-q', '--bare', `${name}.git`);
    machine.git('remote', 'add', name, path.join(machine.base, `${name}.git`));
  };

  /** Both kinds of lines say that it is not known, and why. */
  const sayWhy = async (why: RegExp) => {
    const files = await factOf('rm a.txt', 'git.files.clean');
    const loses = await factOf('git reset --hard', 'git.loses');
    for (const fact of [files, loses]) {
      assert.equal(fact?.value, 'unknown', JSON.stringify(fact));
      assert.match(fact?.text ?? '', why);
    }
    assert.equal((await machine.assess('git reset --hard')).assessment.level, 'HIGH');
    assert.equal((await machine.assess('rm a.txt')).assessment.level, 'HIGH');
  };

  it('git is not installed', async () => {
    machine.environment.PATH = machine.bin;
    await sayWhy(/git is not installed/);
  });

  it('git does not answer', async () => {
    fs.writeFileSync(path.join(machine.bin, 'git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    await sayWhy(/did not answer in time/);
  });

  it('git refuses a folder of another user', async function () {
    if (process.getuid?.() !== 0) {
      process.stderr.write('    NOT TESTED: only root can give a folder away.\n');
      this.skip();
    }
    execFileSync('chown', ['-R', '65534:65534', machine.workspace]);
    await sayWhy(/belongs to another user \(safe\.directory\)/);
    fs.appendFileSync(
      path.join(machine.home, '.gitconfig'),
      `[safe]\n\tdirectory = ${machine.workspace}\n`,
    );
    assert.equal((await factOf('git reset --hard', 'git.loses'))?.value, 0);
  });

  it('settings that cannot be read', async () => {
    fs.writeFileSync(path.join(machine.workspace, '.git/config'), '[core\n');
    await sayWhy(/git could not read|not known|cannot be told/);
  });

  it('a bare repository has no work tree', async () => {
    machine.gitIn(machine.base, 'init', '-q', '--bare', 'bare.git');
    const fact = await factOf('git reset --hard', 'git.loses', path.join(machine.base, 'bare.git'));
    assert.equal(fact?.value, 'unknown');
  });

  it('inside git’s own folder', async () => {
    const inside = path.join(machine.workspace, '.git/refs/heads');
    assert.equal((await factOf('git clean -fdx', 'git.loses', inside))?.value, 'unknown');
    assert.equal(await factOf('rm main', 'git.files.clean', inside), undefined);
  });

  it('a branch without upstream', async () => {
    machine.git('switch', '-qc', 'topic');
    assert.equal((await factOf('git rebase', 'git.branch.shared'))?.value, 'unknown');
    assert.equal((await factOf('git rebase main', 'git.branch.shared'))?.value, false);
  });

  it('an upstream decides what a rebase without words changes', async () => {
    addRemote('origin');
    machine.git('push', '-qu', 'origin', 'main');
    commit('more');
    assert.equal((await factOf('git rebase', 'git.branch.shared'))?.value, false);
    machine.git('push', '-q', 'origin', 'HEAD:other');
    assert.equal((await factOf('git rebase', 'git.branch.shared'))?.value, true);
  });

  it('a rebase of another branch is about that branch', async () => {
    machine.git('branch', 'topic');
    assert.equal((await factOf('git rebase main topic', 'git.branch.name'))?.value, 'topic');
    assert.equal((await factOf('git rebase main', 'git.branch.name'))?.value, 'main');
  });

  it('a detached head is no branch', async () => {
    machine.git('checkout', '-q', '--detach');
    assert.equal(await factOf('git reset --hard', 'git.branch.current'), undefined);
    addRemote('origin');
    assert.equal((await factOf('git push -f origin HEAD', 'git.branch.name'))?.value, 'unknown');
  });

  it('an unborn branch has nothing to amend', async () => {
    machine.git('checkout', '-q', '--orphan', 'fresh');
    assert.equal((await factOf('git commit --amend', 'git.branch.shared'))?.value, 'unknown');
    assert.equal(
      (await factOf('git status; git reset --hard', 'git.branch.current'))?.value,
      'fresh',
    );
  });

  it('several remotes: the one that is pushed to', async () => {
    addRemote('origin');
    addRemote('team');
    machine.git('push', '-q', 'team', 'main:topic');
    machine.git('switch', '-qc', 'topic');
    machine.git('commit', '-q', '--amend', '-m', 'other');
    const drops = async (command: string) => (await factOf(command, 'git.push.drops'))?.value;
    assert.equal(await drops('git push -f team topic'), 1);
    assert.equal((await factOf('git push -f origin topic', 'git.branch.shared'))?.value, 'unknown');
    machine.git('config', 'branch.topic.pushRemote', 'team');
    assert.equal(await drops('git push -f'), 1);
    machine.git('config', 'branch.topic.pushRemote', 'origin');
    assert.equal((await factOf('git push -f', 'git.branch.shared'))?.value, 'unknown');
    machine.git('config', 'remote.pushDefault', 'team');
    machine.git('config', '--unset', 'branch.topic.pushRemote');
    assert.equal(await drops('git push -f'), 1);
  });

  it('refs are found loose, packed, and behind a symbolic one', async () => {
    addRemote('origin');
    machine.git('push', '-q', 'origin', 'main');
    machine.git('remote', 'set-head', 'origin', 'main');
    machine.git('commit', '-q', '--amend', '-m', 'other');
    const facts = async () => {
      const assessed = await machine.assess('git push -f origin main');
      const ids = ['git.branch.shared', 'git.push.drops', 'git.branch.default'] as const;
      return ids.map((id) => machine.fact(assessed, id)?.value);
    };
    assert.deepEqual(await facts(), [true, 1, true]);
    machine.git('pack-refs', '--all', '--prune');
    assert.deepEqual(await facts(), [true, 1, true]);
    const tree = path.join(machine.home, 'tree');
    machine.git('worktree', 'add', '-q', tree, '-b', 'other');
    assert.equal((await factOf('git push -f origin other:main', 'git.push.drops', tree))?.value, 1);
    assert.equal((await factOf('git rebase main', 'git.branch.name', tree))?.value, 'other');
  });

  it('a shallow clone may hold only part of what would be dropped', async () => {
    const shallow = path.join(machine.base, 'shallow');
    commit('more');
    machine.gitIn(machine.base, 'clone', '-q', '--depth=1', `file://${machine.workspace}`, shallow);
    machine.gitIn(shallow, 'commit', '-q', '--amend', '-m', 'other');
    const fact = await factOf('git push -f origin main', 'git.push.drops', shallow);
    assert.match(fact?.text ?? '', /^At least 1 commit of origin\/main would be dropped/);
  });

  it('names of branches that are paths, patterns or options', async () => {
    addRemote('origin');
    for (const name of ['feature/a', 'a+b', 'v1.0'])
      machine.git('push', '-q', 'origin', `main:refs/heads/${name}`);
    machine.git('commit', '-q', '--amend', '-m', 'other');
    const drops = async (name: string) =>
      (await factOf(`git push -f origin HEAD:${name}`, 'git.push.drops'))?.value;
    for (const name of ['feature/a', 'a+b', 'v1.0']) assert.equal(await drops(name), 1, name);
    for (const name of ['feature', 'feature/', '../main', 'a..b', 'main.lock', "'*'"])
      assert.equal(await drops(name), undefined, name);
    machine.git('branch', 'feature/b');
    assert.equal((await factOf('git branch -D feature', 'git.loses'))?.value, 0);
    assert.equal((await factOf('git branch -D ../../config', 'git.loses'))?.value, 0);
  });

  it('the workspace’s git is asked in the folder of the line, not in the first one', async () => {
    const other = path.join(machine.home, 'other');
    fs.mkdirSync(other);
    machine.gitIn(other, 'init', '-q', '-b', 'elsewhere');
    fs.writeFileSync(path.join(other, 'b.txt'), 'work\n');
    const fact = await factOf('cd ../other && rm b.txt', 'git.files.untracked');
    assert.equal(fact?.value, 1);
    assert.equal((await factOf('git -C ../other clean -fd', 'git.files.untracked'))?.value, 1);
    const both = await machine.assess('rm a.txt ../other/b.txt');
    const untracked = both.assessment.facts.filter(({ id }) => id === 'git.files.untracked');
    assert.deepEqual(
      untracked.map(({ effect, value }) => [effect, value]),
      [
        [0, 0],
        [1, 1],
      ],
    );
  });
});
