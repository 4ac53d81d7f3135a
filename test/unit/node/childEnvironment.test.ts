// The environment of an agent's command: git takes no folder of plain files for a repository.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { childEnvironment } from '../../../src/node/childEnvironment.ts';

describe('environment of a command', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-environment-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const environment = (base: Record<string, string> = {}) =>
    childEnvironment({ PATH: process.env.PATH, HOME: folder, ...base }, {}, 'run');

  it('files that look like a repository start nothing', () => {
    const bare = path.join(folder, 'notes');
    const mark = path.join(folder, 'started');
    execFileSync('git', ['init', '-q', '--bare', bare]);
    fs.appendFileSync(
      path.join(bare, 'config'),
      `\tworktree = .\n[core]\n\tbare = false\n\tfsmonitor = touch ${mark}; false\n`,
    );
    const status = (env: NodeJS.ProcessEnv) => spawnSync('git', ['status'], { cwd: bare, env });
    status({ PATH: process.env.PATH, HOME: folder });
    assert.ok(fs.existsSync(mark), 'git by itself falls into it, or this would prove nothing');
    fs.rmSync(mark);
    assert.notEqual(status({ ...environment() }).status, 0);
    assert.ok(!fs.existsSync(mark));
  });

  it('settings that a person gives git this way stay', () => {
    const given = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Ana',
    };
    const made = environment(given);
    assert.equal(made.GIT_CONFIG_COUNT, '2');
    assert.equal(made.GIT_CONFIG_VALUE_0, 'Ana');
    assert.equal(made.GIT_CONFIG_KEY_1, 'safe.bareRepository');
  });

  it('a push to a bare repository works', () => {
    const env = { ...environment() };
    const run = (...argv: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], {
        cwd: path.join(folder, 'work'),
        env,
        stdio: 'pipe',
      });
    execFileSync('git', ['init', '-q', '--bare', path.join(folder, 'remote.git')]);
    fs.mkdirSync(path.join(folder, 'work'));
    run('init', '-q', '-b', 'main');
    run('commit', '-q', '--allow-empty', '-m', 'x');
    run('push', '-q', path.join(folder, 'remote.git'), 'main');
    const head = execFileSync('git', [
      '--git-dir',
      path.join(folder, 'remote.git'),
      'log',
      '--format=%s',
      'main',
    ]);
    assert.equal(head.toString().trim(), 'x');
  });
});

describe('where bash starts', () => {
  it('I2 – variables that make bash read or walk otherwise than analysed are not handed on', () => {
    const given = {
      PWD: '/link',
      OLDPWD: '/x',
      POSIXLY_CORRECT: '1',
      BASH_COMPAT: '31',
      HOME: '/h',
    };
    const names = Object.keys(childEnvironment(given, {}, 'run'));
    assert.ok(names.includes('HOME'));
    for (const name of ['PWD', 'OLDPWD', 'POSIXLY_CORRECT', 'BASH_COMPAT'])
      assert.ok(!names.includes(name), name);
  });

  it('a file of the workspace does not stand in for a program, whatever PATH says', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-path-'));
    fs.writeFileSync(path.join(folder, 'ls'), '#!/bin/sh\necho mine\n', { mode: 0o755 });
    for (const PATH of ['.:/usr/bin:/bin', ':/usr/bin:/bin', '/usr/bin::/bin', '', undefined]) {
      const env = childEnvironment({ PATH }, {}, 'run');
      const run = spawnSync('/bin/bash', ['-c', 'ls'], { cwd: folder, env, encoding: 'utf8' });
      assert.equal(run.stdout, 'ls\n', PATH);
    }
    fs.rmSync(folder, { recursive: true });
  });
});
