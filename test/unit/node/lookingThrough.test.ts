// What the product looks at beyond the text: scripts that a line runs, links, and variables that hold.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { knownVariables } from '../../../src/node/knownVariables.ts';
import { LocalSourceFiles } from '../../../src/node/sourceFiles.ts';
import { createMachine, type TestMachine } from '../../helpers/machine.ts';

describe('looking through files', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());

  it('names what a script would do, and that it was read', async () => {
    machine.write('clean.sh', 'rm -rf "$HOME"\n');
    const { assessment } = await machine.assess('bash clean.sh');
    assert.equal(assessment.level, 'CRITICAL');
    assert.match(assessment.facts.find(({ id }) => id === 'code.read')?.text ?? '', /clean\.sh/);
  });

  it('takes a script that has changed for another assessment', async () => {
    const { recordAssessment } = await import('../../../src/core/session/recordAssessment.ts');
    const { assessmentChange } = await import('../../../src/core/session/assessmentChange.ts');
    machine.write('job.py', 'print("one")\n');
    const before = recordAssessment((await machine.assess('python3 job.py')).assessment);
    machine.write('job.py', 'print("two")\n');
    const after = recordAssessment((await machine.assess('python3 job.py')).assessment);
    assert.match(assessmentChange(before, after) ?? '', /job\.py/);
  });

  it('knows the file that would run, whatever it is written in', async () => {
    machine.write('tool', '#!/usr/bin/env unknown\nrun\n');
    const mark = async () => machine.fact(await machine.assess('./tool x'), 'code.file')?.value;
    const before = await mark();
    machine.write('tool', '#!/usr/bin/env unknown\nrin\n');
    assert.match(String(before), /^[0-9a-f]{64}$/);
    assert.notEqual(await mark(), before);
  });

  it('never waits for a pipe, and reads no device, no folder, nothing large and nothing binary', () => {
    const pipe = path.join(machine.workspace, 'pipe');
    execFileSync('mkfifo', [pipe]);
    machine.write('large.sh', 'x'.repeat(40_000));
    fs.writeFileSync(path.join(machine.workspace, 'binary'), Buffer.from([0x7f, 0x45, 0, 1]));
    fs.writeFileSync(path.join(machine.workspace, 'latin'), Buffer.from([0x72, 0xff]));
    fs.symlinkSync('/dev/zero', path.join(machine.workspace, 'zero'));
    fs.symlinkSync('loop', path.join(machine.workspace, 'loop'));
    const files = new LocalSourceFiles();
    for (const name of ['pipe', 'large.sh', 'binary', 'latin', 'zero', 'loop', '.', 'nothing'])
      assert.equal(files.read(path.join(machine.workspace, name), 32_768), undefined, name);
    assert.equal(files.read('/proc/self/environ', 32_768), undefined);
    assert.deepEqual(files.fingerprints(), []);
  });

  it('follows a link to a script', async () => {
    fs.symlinkSync(machine.write('real.sh', 'rm -rf /\n'), path.join(machine.workspace, 'link.sh'));
    assert.equal((await machine.assess('sh link.sh')).assessment.level, 'CRITICAL');
  });

  it('stops after some files', () => {
    const files = new LocalSourceFiles();
    const read = Array.from({ length: 120 }, (_, index) =>
      files.read(machine.write(`s${index}`), 32_768),
    );
    assert.equal(read.filter((text) => text !== undefined).length, 100);
  });

  it('reads a file once for one line', () => {
    const files = new LocalSourceFiles();
    const file = machine.write('s', 'one\n');
    assert.equal(files.read(file, 100), 'one\n');
    machine.write('s', 'two\n');
    assert.equal(files.read(file, 100), 'one\n');
  });

  it('sees the SQL of a file', async () => {
    machine.write('drop.sql', 'drop table users;\n');
    const { assessment } = await machine.assess('psql -f drop.sql');
    assert.equal(assessment.effects[0]?.rule, 'databases/drop');
  });
});

describe('links in paths', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());
  const placeOf = async (command: string) =>
    (await machine.assess(command)).assessment.effects.find(({ target }) => target.kind === 'path')
      ?.target.place;
  const link = (target: string, name: string) =>
    fs.symlinkSync(target, path.join(machine.workspace, name));

  it('says where a path really lies', async () => {
    link('/etc', 'etc');
    link('/', 'all');
    fs.mkdirSync(path.join(machine.home, '.ssh'));
    link(path.join(machine.home, '.ssh'), 'keys');
    assert.equal(await placeOf('rm -rf etc/nginx'), 'system');
    assert.equal(await placeOf('rm -rf etc/'), 'root');
    assert.equal(await placeOf('rm -rf all/*'), 'root');
    assert.equal(await placeOf('touch keys/authorized_keys'), 'startup');
    assert.equal(await placeOf('cat keys/id_rsa'), 'secret');
  });

  it('knows that deleting a link leaves what it points to', async () => {
    link('/etc', 'etc');
    assert.equal(await placeOf('rm etc'), 'workspace');
    assert.equal(await placeOf('rm -rf etc'), 'workspace');
  });

  it('follows a link to a file that is not there yet', async () => {
    link('/etc/cron.d/new', 'job');
    assert.equal(await placeOf('echo x > job'), 'startup');
  });

  it('counts what is not there by its nearest folder', async () => {
    link('/etc', 'etc');
    assert.equal(await placeOf('mkdir -p etc/a/b/c'), 'system');
    assert.equal(await placeOf('mkdir -p new/a/b'), 'workspace');
  });

  it('calls a loop of links unknown', async () => {
    link('loop', 'loop');
    assert.equal(await placeOf('echo x > loop/a'), 'unknown');
  });

  it('knows a workspace by its real name as well', async () => {
    machine.write('a.txt');
    fs.symlinkSync(machine.workspace, path.join(machine.base, 'other'));
    const { assessment } = await machine.assess('rm a.txt', path.join(machine.base, 'other'));
    assert.equal(assessment.effects[0]?.target.place, 'workspace');
  });
});

describe('variables that hold when the command starts', () => {
  it('are plain names and places that exist, never secrets', () => {
    const known = knownVariables({
      HOME: '/home/dev',
      PROJECT: '/usr',
      GONE: '/not/there/at/all',
      API_TOKEN: '/usr',
      DB_PASSWORD: 'hunter2',
      WORDS: 'some text',
      BASH_ENV: '/usr',
      IFS: ',',
      PWD: '/usr',
    });
    assert.deepEqual(known, { HOME: '/home/dev', PROJECT: '/usr' });
  });

  it('decide where a deletion goes', async () => {
    const machine = createMachine();
    machine.environment.PROJECT = machine.home;
    const { assessment } = await machine.assess('rm -rf "$PROJECT"');
    machine.dispose();
    assert.equal(assessment.level, 'CRITICAL');
  });
});
