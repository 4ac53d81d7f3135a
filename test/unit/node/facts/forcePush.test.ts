// The force push of the requirements (G1–G5): another author's commits, a protected branch, a deployment in progress.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('a force push', () => {
  let machine: TestMachine;
  let remote: string;

  beforeEach(() => {
    machine = createMachine();
    remote = path.join(machine.base, 'remote.git');
    machine.gitIn(machine.base, 'init', '-q', '--bare', 'remote.git');
    machine.git('clone', '-q', remote, '.');
    machine.write('a.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'start');
    machine.git('push', '-q', 'origin', 'main');
    machine.git('remote', 'set-head', 'origin', 'main');
    machine.gitIn(machine.base, 'clone', '-q', remote, 'ana');
    const ana = path.join(machine.base, 'ana');
    fs.writeFileSync(path.join(ana, 'fix.txt'), 'fix\n');
    machine.gitIn(ana, 'add', '.');
    machine.gitIn(
      ana,
      '-c',
      'user.name=Ana',
      '-c',
      'user.email=ana@example.com',
      'commit',
      '-qm',
      'Fix the login',
    );
    machine.gitIn(ana, 'push', '-q', 'origin', 'main');
    machine.git('fetch', '-q');
    machine.git('commit', '-q', '--amend', '-m', 'start again');
    // The remote as gh knows it; nothing is fetched from there.
    machine.git('config', 'remote.origin.url', 'git@github.com:acme/shop.git');
    stubGh([
      { status: 'completed', workflowName: 'Test', headBranch: 'main' },
      { status: 'in_progress', workflowName: 'Deploy', headBranch: 'main' },
    ]);
  });
  afterEach(() => machine.dispose());

  /** A gh that answers with these runs and notes how it was called. */
  const stubGh = (runs: unknown, extra = '') => {
    const answer = machine.write('../answer.json', JSON.stringify(runs));
    const text = `#!/bin/sh\necho "$@" >> "${path.join(machine.base, 'gh.log')}"\n${extra}\ncat "${answer}"\n`;
    fs.writeFileSync(path.join(machine.bin, 'gh'), text, { mode: 0o755 });
  };
  const ghCalls = () => {
    const file = path.join(machine.base, 'gh.log');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  };

  it('names everything that the agent did not ask (G1–G3)', async () => {
    const assessed = await machine.assess('git push --force origin main');
    const { assessment, ruling } = assessed;
    const text = (id: Parameters<typeof machine.fact>[1]) => machine.fact(assessed, id)?.text ?? '';
    assert.deepEqual([assessment.level, ruling.verdict], ['CRITICAL', 'ask']);
    assert.match(text('git.branch.shared'), /Others work on origin\/main: Ana \(1\)/);
    assert.match(text('git.push.drops'), /2 commits .*Fix the login \(Ana\)/);
    assert.match(text('git.push.others'), /1 of them by other people: Ana/);
    assert.match(text('git.branch.protected'), /Team policy protects main/);
    assert.match(text('git.branch.default'), /default branch of origin/);
    assert.match(text('deploy.state'), /A deployment is in progress: Deploy on main/);
    assert.ok(assessment.parts.some(({ id }) => id === 'fact/deploying'));
    assert.ok(assessment.parts.some(({ id }) => id === 'fact/others-commits'));
    assert.equal(assessment.questions.sharedState.answer, 'yes');
    assert.match(assessment.effects[0]?.recovery ?? '', /reflog/);
    assert.match(assessment.effects[0]?.alternative ?? '', /--force-with-lease/);
  });

  it('says the same of a push without a refspec, and of a deletion', async () => {
    for (const command of ['git push -f', 'git push origin +HEAD:main', 'git push origin :main']) {
      const assessed = await machine.assess(command);
      assert.equal(assessed.assessment.level, 'CRITICAL', command);
      assert.equal(machine.fact(assessed, 'git.branch.name')?.value, 'main', command);
      assert.ok(Number(machine.fact(assessed, 'git.push.others')?.value) > 0, command);
    }
  });

  it('takes the policy of the team from the settings (G3)', async () => {
    machine.settings = { protectedBranches: ['team/**'] };
    machine.git('switch', '-qc', 'team/x');
    const assessed = await machine.assess('git push --force origin team/x');
    assert.match(machine.fact(assessed, 'git.branch.protected')?.how ?? '', /team\/\*\*/);
    assert.equal(assessed.assessment.level, 'CRITICAL');
  });

  it('says none, and unknown, as they are (G2)', async () => {
    const state = async () =>
      machine.fact(await machine.assess('git push -f origin main'), 'deploy.state');
    stubGh([{ status: 'completed', workflowName: 'Deploy', headBranch: 'main' }]);
    assert.equal((await state())?.value, 'none');
    stubGh('no list');
    assert.equal((await state())?.value, 'unknown');
    stubGh([], 'exit 1');
    assert.equal((await state())?.value, 'unknown');
    stubGh([], 'exec sleep 60');
    assert.equal((await state())?.value, 'unknown');
    fs.rmSync(path.join(machine.bin, 'gh'));
    assert.match((await state())?.text ?? '', /not known/);
  });

  it('asks no host that the user has not logged in to', async () => {
    machine.git('config', 'remote.origin.url', 'https://evil.example/acme/shop.git');
    const assessed = await machine.assess('git push -f origin main');
    assert.equal(machine.fact(assessed, 'deploy.state')?.value, 'unknown');
    assert.equal(ghCalls(), '');
    fs.mkdirSync(path.join(machine.home, '.config/gh'), { recursive: true });
    fs.writeFileSync(
      path.join(machine.home, '.config/gh/hosts.yml'),
      'evil.example:\n    user: dev\n',
    );
    await machine.assess('git push -f origin main');
    assert.match(ghCalls(), /-R evil\.example\/acme\/shop/);
  });

  it('asks the hosting service whether it protects the branch (G3)', async () => {
    const answers = (flag: string, rules: string) => {
      const text = `#!/bin/sh
case "$*" in
  *rules/branches/topic*) ${rules} ;;
  *branches/topic*) ${flag} ;;
  *) exit 1 ;;
esac\n`;
      fs.writeFileSync(path.join(machine.bin, 'gh'), text, { mode: 0o755 });
    };
    const protection = async () => {
      const assessed = await machine.assess('git push --force origin topic');
      const fact = machine.fact(assessed, 'git.branch.remote-protection');
      return [fact?.value, assessed.assessment.level] as const;
    };
    answers('echo true', 'echo');
    assert.deepEqual(await protection(), ['protected', 'CRITICAL']);
    answers('echo false', 'echo deletion non_fast_forward');
    assert.deepEqual(await protection(), ['protected', 'CRITICAL']);
    answers('exit 1', 'echo pull_request');
    assert.deepEqual(await protection(), ['protected', 'CRITICAL']);
    answers('echo false', 'echo');
    assert.deepEqual(await protection(), ['none', 'HIGH']);
    answers('echo false', 'exit 1');
    assert.deepEqual(await protection(), ['unknown', 'HIGH']);
    answers('exit 1', 'echo');
    assert.deepEqual(await protection(), ['unknown', 'HIGH']);
    fs.rmSync(path.join(machine.bin, 'gh'));
    const assessed = await machine.assess('git push --force origin topic');
    const fact = machine.fact(assessed, 'git.branch.remote-protection');
    assert.match(fact?.text ?? '', /not known: gh is not installed/);
  });

  it('says that a branch which was never fetched may be anybody’s', async () => {
    const assessed = await machine.assess('git push --force origin topic');
    assert.equal(machine.fact(assessed, 'git.branch.shared')?.value, 'unknown');
  });

  it('does not know the branch where git pushes all of them', async () => {
    machine.git('config', 'push.default', 'matching');
    for (const command of ['git push -f', 'git push --mirror origin', 'git push -f origin "$B"']) {
      const { assessment } = await machine.assess(command);
      assert.ok(assessment.level === 'HIGH' || assessment.level === 'CRITICAL', command);
      assert.equal(assessment.facts.find(({ id }) => id === 'git.branch.name')?.value, 'unknown');
    }
  });
});
