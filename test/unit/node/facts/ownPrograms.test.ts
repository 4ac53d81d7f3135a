// Which program really runs: a file of the workspace that PATH finds first is not the program that its name says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OwnPrograms } from '../../../../src/node/facts/ownPrograms.ts';
import { needs } from '../../../helpers/installed.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('programs found in a folder of the workspace', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
    machine.environment.PATH = `${place('.venv/bin')}:${place('node_modules/.bin')}:/usr/bin:/bin`;
  });
  afterEach(() => machine.dispose());

  const place = (file: string) => path.join(machine.workspace, file);
  const program = (file: string, text = '#!/bin/sh\ntrue\n') =>
    fs.chmodSync(machine.write(file, text), 0o755);
  const link = (file: string, target: string) => {
    fs.mkdirSync(path.dirname(place(file)), { recursive: true });
    fs.symlinkSync(target, place(file));
  };
  const verdicts = async (command: string) => {
    const given: string[] = [];
    for (const autoApprove of ['readOnly', 'contained']) {
      machine.policy = { autoApprove };
      given.push((await machine.assess(command)).ruling.verdict);
    }
    return given.join(' ');
  };

  const READS = ['ls', 'git status', 'grep -r x src', 'cat a.txt', 'ls --help', 'which ls'];

  it('without any, reading runs without a question', async () => {
    fs.mkdirSync(place('.venv/bin'), { recursive: true });
    for (const command of READS) assert.equal(await verdicts(command), 'allow allow', command);
  });

  it('a file that stands in for a program that reads asks, and says so', async () => {
    for (const command of READS) {
      const [name = ''] = command.split(' ');
      program(`.venv/bin/${name}`);
      assert.equal(await verdicts(command), 'ask ask', command);
      const { headline } = (await machine.assess(command)).assessment;
      assert.match(headline, new RegExp(`\`${name}\` is here the file \\.venv/bin/${name}`));
      fs.rmSync(place(`.venv/bin/${name}`));
    }
  });

  it('so does one behind a wrapper, in a pipe, in a substitution, in a function, by its path', async () => {
    program('.venv/bin/ls');
    program('.venv/bin/echo');
    for (const command of [
      'nice ls',
      'timeout 5 ls',
      'echo a | xargs echo',
      'echo "$(ls)"',
      'true && ls',
      'f() { ls; }; f',
      'if true; then ls; fi',
      'command ls',
      'exec ls',
      '\\ls',
      'l""s',
      'bash -c ls',
      'find . -exec ls {} +',
      '.venv/bin/ls',
      './.venv/bin/ls',
      place('.venv/bin/ls'),
      'cd /tmp && ls',
    ])
      assert.match(await verdicts(command), /^ask ask$/, command);
    assert.equal(await verdicts('echo a'), 'allow allow', 'the shell itself does that');
    assert.equal(await verdicts('/bin/ls'), 'allow allow', 'named by its path');
  });

  it('what is written in it is looked at, and so is what that starts', async () => {
    program('.venv/bin/ls', '#!/bin/sh\ngit push --force origin main\n');
    assert.equal((await machine.assess('ls')).assessment.level, 'CRITICAL');
    program('.venv/bin/ls', '#!/bin/sh\ncat a\n');
    program('.venv/bin/cat', '#!/bin/sh\nterraform destroy\n');
    const { assessment } = await machine.assess('ls');
    assert.ok(assessment.effects.some(({ rule }) => rule === 'code/stand-in'));
    assert.match(assessment.level, /HIGH|CRITICAL/);
  });

  it('a link to the system is the system, a link to the workspace is not', async () => {
    link('.venv/bin/ls', '/bin/ls');
    assert.equal(await verdicts('ls'), 'allow allow');
    link('.venv/bin/cat', 'mine');
    program('.venv/bin/mine');
    assert.equal(await verdicts('cat a'), 'ask ask');
    fs.symlinkSync(place('.venv/bin/mine'), path.join(machine.bin, 'head'));
    machine.environment.PATH = `${machine.bin}:/usr/bin:/bin`;
    assert.equal(await verdicts('head a'), 'ask ask', 'from a folder outside');
  });

  it('what is no program, or comes later in PATH, does not count', async () => {
    machine.write('.venv/bin/ls', 'notes\n');
    fs.mkdirSync(place('.venv/bin/cat'), { recursive: true });
    assert.equal(await verdicts('ls'), 'allow allow');
    assert.equal(await verdicts('cat a'), 'allow allow');
    program('.venv/bin/ls');
    machine.environment.PATH = `/usr/bin:/bin:${place('.venv/bin')}`;
    assert.equal(await verdicts('ls'), 'allow allow');
  });

  it('tools that projects install run under contained as its tests do, whatever they promise to read', async () => {
    program('.venv/bin/pytest');
    program('.venv/bin/pip');
    program('node_modules/.bin/eslint');
    program('node_modules/.bin/tsc');
    for (const command of ['pytest', 'eslint .', 'tsc --noEmit', 'pip list', '.venv/bin/pip list'])
      assert.equal(await verdicts(command), 'ask allow', command);
    assert.match(
      (await machine.assess('pip list')).assessment.headline,
      /\.venv\/bin\/pip, a tool of the workspace/,
    );
  });

  it('the python of a virtual environment is the one of the system', async () => {
    link('.venv/bin/python', '/usr/bin/env');
    assert.equal(await verdicts('python --version'), 'allow allow');
    assert.equal(await verdicts('.venv/bin/python --version'), 'allow allow');
  });

  it('a file that others start by its name asks with them', async () => {
    assert.equal(await verdicts('git fetch'), 'allow allow');
    program('.venv/bin/ssh');
    assert.equal(await verdicts('git fetch'), 'ask ask');
    const { assessment } = await machine.assess('git log');
    assert.match(assessment.headline, /Where git starts other programs, .*\.venv\/bin\/ssh/);
    assert.equal(await verdicts('ls'), 'allow allow', 'it starts none');
  });

  it('what the line itself puts before PATH is looked through, as what an activation puts there', async () => {
    machine.environment.PATH = '/usr/bin:/bin';
    program('.venv/bin/ls');
    machine.write('.venv/bin/activate', `PATH="${place('.venv/bin')}:$PATH"\nexport PATH\n`);
    assert.equal(await verdicts(`PATH=${place('.venv/bin')}:$PATH ls`), 'ask ask');
    assert.equal(await verdicts('source .venv/bin/activate && ls'), 'ask ask');
    fs.rmSync(place('.venv/bin/ls'));
    machine.write('tool');
    for (const text of ['', `PATH="$(dirname "$0"):$PATH"\n`]) {
      machine.write('.venv/bin/activate', text);
      program('.venv/bin/ls');
      assert.equal(await verdicts('. .venv/bin/activate; ls'), 'ask ask', text);
      fs.rmSync(place('.venv/bin/ls'));
      const line = 'source .venv/bin/activate && cp tool .venv/bin/ls && ls';
      assert.equal(await verdicts(line), 'ask ask', text);
      const { effects } = (await machine.assess(line)).assessment;
      assert.ok(effects.some(({ rule }) => rule === 'code/plant-program'));
    }
    program('.venv/bin/ls');
    const asked = { PATH: `${place('.venv/bin')}:/usr/bin:/bin` };
    const { ruling } = await machine.assess('ls', machine.workspace, true, asked);
    assert.equal(ruling.verdict, 'ask', 'the variables of the submission');
  });

  it('an environment that Python makes is activated under contained, and its programs are looked through', async function () {
    needs(this, 'python3');
    execFileSync('python3', ['-m', 'venv', '--without-pip', place('.venv')]);
    machine.environment.PATH = '/usr/bin:/bin';
    assert.equal(await verdicts('source .venv/bin/activate && ls'), 'ask allow');
    assert.equal(await verdicts('. .venv/bin/activate; python -m pytest'), 'ask allow');
    program('.venv/bin/ls');
    assert.equal(await verdicts('source .venv/bin/activate && ls'), 'ask ask');
    fs.rmSync(place('.venv/bin/ls'));
    program('evil/ls');
    for (const before of [
      '_OLD_VIRTUAL_PATH=$PWD/evil',
      'export _OLD_VIRTUAL_PATH=evil',
      'read _OLD_VIRTUAL_PATH < a',
    ]) {
      const line = `${before}; source .venv/bin/activate; ls`;
      assert.equal(await verdicts(line), 'ask ask', line);
    }
    assert.equal(
      await verdicts('_OLD_VIRTUAL_PATH=$PWD/evil source .venv/bin/activate; ls'),
      'ask ask',
    );
    fs.appendFileSync(place('.venv/bin/activate'), 'terraform destroy\n');
    assert.equal(await verdicts('source .venv/bin/activate && ls'), 'ask ask');
  });

  it('putting a file where programs are looked for asks, in whatever way', async () => {
    program('.venv/bin/pip');
    machine.write('tool');
    for (const command of [
      'echo x > .venv/bin/ls',
      'cp tool .venv/bin/ls',
      'cp tool .venv/bin',
      'ln -s ../../tool .venv/bin/ls',
      'mv tool .venv/bin/ls',
      'install -m 755 tool .venv/bin/ls',
      'tee .venv/bin/ls < tool',
      'chmod +x .venv/bin/ls',
      'cp -r tools .venv',
      'cd .venv/bin && cp ../../tool ls',
    ])
      assert.equal(await verdicts(command), 'ask ask', command);
    for (const command of ['touch .venv/notes', 'mkdir -p out', 'cp tool other'])
      assert.equal(await verdicts(command), 'ask allow', command);
  });

  it('no rule that names the program frees a file that stands in for it; an approval of that very file is kept', async () => {
    program('.venv/bin/ls');
    for (const rule of [
      { match: 'ls **', action: 'allow', upTo: 'HIGH' },
      { match: 'ls', kind: 'exact', action: 'allow', upTo: 'HIGH' },
      { match: '^ls$', kind: 'regex', action: 'allow', upTo: 'HIGH' },
    ]) {
      machine.policy = { rules: [rule] };
      assert.equal((await machine.assess('ls')).ruling.verdict, 'ask', JSON.stringify(rule));
      assert.equal((await machine.assess('/bin/ls')).ruling.verdict, 'allow');
    }
    machine.policy = {};
    const offers = (await machine.assess('ls')).offers();
    assert.deepEqual(offers, [{ kind: 'exact', match: 'ls', upTo: 'MEDIUM' }]);
  });

  it('a name that leads elsewhere right before the start is told', async () => {
    const assessed = await machine.assess('ls');
    assert.equal(await assessed.changedCode(), undefined);
    program('.venv/bin/ls');
    assert.equal(await assessed.changedCode(), 'ls');
  });

  it('a folder among temporary files is no folder of the system; what the user installed is trusted', () => {
    program('tools/ls');
    const look = (home: string, roots: readonly string[]) =>
      new OwnPrograms([place('tools')], roots, home).ownFolders()?.paths;
    assert.deepEqual(look('/home/dev', ['/home/dev/app']), [place('tools')]);
    assert.equal(look(machine.home, ['/srv/app']), undefined);
    assert.equal(look(machine.home, [machine.home]), undefined, 'the workspace is the home');
  });
});
