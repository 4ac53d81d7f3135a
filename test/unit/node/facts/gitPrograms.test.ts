// A git call that the repository makes start programs is no mere reading or recording.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createRepository, type TestMachine } from '../../../helpers/machine.ts';

describe('programs that git starts because the repository says so', () => {
  let machine: TestMachine;

  beforeEach(() => {
    machine = createRepository({ 'a.txt': 'x\n' });
  });
  afterEach(() => machine.dispose());

  const verdict = async (command: string) => (await machine.assess(command)).ruling.verdict;
  const hook = (name: string, folder = '.git/hooks') =>
    fs.chmodSync(machine.write(path.join(folder, name), '#!/bin/sh\n'), 0o755);

  it('without any, reading and recording run without a question', async () => {
    for (const command of ['git status', 'git diff', 'git commit -m x', 'git log -p'])
      assert.equal(await verdict(command), 'allow', command);
  });

  it('a new branch or tag and what a known remote has flow, unless the repository makes more of it', async () => {
    machine.git('remote', 'add', 'origin', '../nowhere.git');
    for (const command of ['git checkout -b x', 'git switch -c x', 'git branch x', 'git fetch'])
      assert.equal(await verdict(command), 'allow', command);
    assert.equal(await verdict('git tag x'), 'allow');
    machine.git('config', 'gpg.program', './sign.sh');
    assert.equal(await verdict('git tag x'), 'ask');
    machine.git('config', '--unset', 'gpg.program');
    hook('post-checkout');
    assert.equal(await verdict('git checkout -b x'), 'ask');
    assert.equal(await verdict('git branch x'), 'allow');
    hook('reference-transaction');
    assert.equal(await verdict('git branch x'), 'ask');
    assert.equal(await verdict('git fetch'), 'ask');
  });

  it('a check of Go code flows, unless git would start programs for its stamp', async () => {
    assert.equal(await verdict('go build -o /dev/null ./...'), 'allow');
    assert.equal(await verdict('go build -o app .'), 'ask');
    machine.git('config', 'core.fsmonitor', './watch.sh');
    assert.equal(await verdict('go build -o /dev/null ./...'), 'ask');
    assert.equal(await verdict('go vet ./...'), 'allow');
  });

  it('a fetch that sets branches by a setting asks under every dial, and says which', async () => {
    machine.policy = { autoApprove: 'contained' };
    machine.git('remote', 'add', 'origin', '../nowhere.git');
    assert.equal(await verdict('git fetch origin'), 'allow');
    machine.git('config', '--add', 'remote.origin.fetch', '+refs/heads/*:refs/heads/*');
    const { assessment, ruling } = await machine.assess('git fetch origin');
    assert.equal(ruling.verdict, 'ask');
    assert.match(assessment.headline, /remote\.origin\.fetch/);
  });

  it('a hook makes the command that starts it ask, and only that one', async () => {
    hook('pre-commit');
    const { assessment, ruling } = await machine.assess('git commit -m x');
    assert.equal(ruling.verdict, 'ask');
    assert.match(assessment.headline, /hook pre-commit/);
    assert.equal(await verdict('git status'), 'allow');
    assert.equal(await verdict('git add a.txt'), 'allow');
  });

  it('hooks that are files of the workspace run under contained, as its tests do; others ask', async () => {
    machine.policy = { autoApprove: 'contained' };
    hook('pre-commit');
    assert.equal(await verdict('git commit -m x'), 'allow');
    hook('pre-commit', '.husky/_');
    machine.git('config', 'core.hooksPath', '.husky/_');
    assert.equal(await verdict('git commit -m x'), 'allow');
    hook('pre-commit', path.join(machine.home, 'hooks'));
    machine.git('config', 'core.hooksPath', path.join(machine.home, 'hooks'));
    assert.equal(await verdict('git commit -m x'), 'ask');
    machine.git('config', '--unset', 'core.hooksPath');
    machine.git('config', 'core.fsmonitor', './watch.sh');
    assert.equal(await verdict('git commit -m x'), 'ask');
    const other = path.join(machine.home, 'other');
    fs.mkdirSync(other);
    machine.gitIn(other, 'init', '-q');
    hook('pre-commit', path.join(other, '.git/hooks'));
    assert.equal(await verdict(`git -C ${other} commit -m x`), 'ask');
  });

  it('a file that is no program, as the samples are, is no hook', async () => {
    machine.write('.git/hooks/pre-commit', '#!/bin/sh\n');
    hook('pre-commit.sample');
    assert.equal(await verdict('git commit -m x'), 'allow');
  });

  it('a folder of hooks in the workspace counts, whoever set it', async () => {
    hook('pre-commit', '.husky/_');
    machine.git('config', 'core.hooksPath', '.husky/_');
    assert.equal(await verdict('git commit -m x'), 'ask');
    machine.git('config', '--unset', 'core.hooksPath');
    assert.equal(await verdict('git commit -m x'), 'allow');
    machine.git('config', '--global', 'core.hooksPath', '.husky/_');
    assert.equal(await verdict('git commit -m x'), 'ask');
    assert.equal(await verdict('git status'), 'allow');
  });

  for (const [name, value, command] of [
    ['core.fsmonitor', './watch.sh', 'git status'],
    ['diff.external', './show.sh', 'git diff'],
    ['diff.x.textconv', './text.sh', 'git show HEAD'],
    ['filter.x.clean', './clean.sh', 'git add .'],
    ['pager.status', './page.sh', 'git status'],
    ['pager.branch', './page.sh', 'git branch -a'],
    ['core.sshCommand', './ssh.sh', 'git ls-remote origin'],
  ] as const) {
    it(`${name} of the repository makes ${command} ask, also behind other words`, async () => {
      machine.git('config', name, value);
      assert.equal(await verdict(command), 'ask');
      assert.equal(await verdict(`cd ${machine.workspace} && ${command}`), 'ask');
      assert.equal(await verdict('git rev-parse HEAD'), 'allow');
    });
  }

  it('settings that name no program, and Git LFS, do not ask', async () => {
    machine.git('config', 'core.fsmonitor', 'true');
    machine.git('config', 'pager.status', 'false');
    machine.git('config', 'filter.lfs.process', 'git-lfs filter-process');
    assert.equal(await verdict('git status'), 'allow');
  });

  it('settings that are included, and those of a submodule, count', async () => {
    machine.write('more.cfg', '[core]\n\tfsmonitor = ./watch.sh\n');
    machine.git('config', 'include.path', '../more.cfg');
    assert.equal(await verdict('git status'), 'ask');
    machine.git('config', '--unset', 'include.path');
    assert.equal(await verdict('git status'), 'allow');
    machine.write('.git/modules/sub/config', '[core]\n\tfsmonitor = ./watch.sh\n');
    assert.equal(await verdict('git status'), 'ask');
  });

  it('where the repository cannot be told, it asks', async () => {
    assert.equal(await verdict('cd "$SOMEWHERE" && git status'), 'ask');
  });

  it('a repository that the line does not name first is the one that is looked at', async () => {
    const other = path.join(machine.home, 'other');
    fs.mkdirSync(other);
    machine.gitIn(other, 'init', '-q');
    machine.gitIn(other, 'config', 'core.fsmonitor', './watch.sh');
    assert.equal(await verdict(`git -C ${other} status`), 'ask');
    assert.equal(await verdict('git status'), 'allow');
  });
});
