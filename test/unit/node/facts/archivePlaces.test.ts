// Members of an archive that would land where files do more than lie there: each is named, and weighs what a write there weighs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { needs } from '../../../helpers/installed.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('what an archive would put where', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
    machine.git('init', '-q');
    machine.write('in/a.txt');
  });
  afterEach(() => machine.dispose());

  const run = (program: string, folder: string, ...argv: string[]) =>
    execFileSync(program, argv, { cwd: path.join(machine.workspace, folder), stdio: 'pipe' });
  const put = async (command: string) => {
    const { assessment } = await machine.assess(command);
    const places = assessment.effects
      .filter(({ rule }) => rule === 'files/extract-there')
      .map(({ target }) => path.relative(machine.workspace, target.path ?? ''));
    return [assessment.level, ...places.sort()];
  };

  it('nothing of note', async () => {
    run('tar', 'in', '-cf', '../a.tar', 'a.txt');
    assert.deepEqual(await put('tar xf a.tar'), ['MEDIUM']);
  });

  it('hooks, start-up files and the settings of the editor', async () => {
    for (const file of ['.git/hooks/pre-commit', '.vscode/settings.json', '.envrc', 'b.txt'])
      machine.write(`in/${file}`);
    run('tar', 'in', '-cf', '../a.tar', '.');
    run('tar', '.', '-czf', 'deep.tgz', 'in');
    const all = ['.envrc', '.git/hooks/pre-commit', '.vscode/settings.json'];
    for (const command of [
      'tar xf a.tar',
      'tar -xzf deep.tgz --strip-components=1',
      'tar xkf a.tar',
    ]) {
      const [level, ...places] = await put(command);
      assert.equal(level, 'CRITICAL', command);
      assert.deepEqual(places, all, command);
    }
    assert.deepEqual(await put('tar xf a.tar ./b.txt'), ['MEDIUM']);
    assert.deepEqual(await put('tar xf a.tar ./.envrc'), ['HIGH', '.envrc']);
    assert.deepEqual((await put('tar xf a.tar -C ..'))[0], 'CRITICAL');
    const { headline } = (await machine.assess('tar xf a.tar')).assessment;
    assert.match(headline, /The archive puts a file at .*settings\.json/);
  });

  it('a zip, also where it is not deep', async function () {
    needs(this, 'zip');
    needs(this, 'unzip');
    machine.write('in/.git/hooks/pre-push');
    run('zip', 'in', '-qr', '../a.zip', '.');
    assert.deepEqual(await put('unzip -o a.zip'), ['HIGH', '.git/hooks/pre-push']);
    assert.deepEqual(await put('unzip -o a.zip -d out'), ['HIGH', 'out/.git/hooks/pre-push']);
    assert.deepEqual(await put('unzip -oj a.zip -d .git/hooks'), [
      'HIGH',
      '.git/hooks/a.txt',
      '.git/hooks/pre-push',
    ]);
  });

  it('behind a link that the archive brings along, or that stands there', async () => {
    fs.symlinkSync('.git/hooks', path.join(machine.workspace, 'in/x'));
    run('tar', 'in', '-cf', '../a.tar', 'x');
    fs.rmSync(path.join(machine.workspace, 'in/x'));
    machine.write('in/x/pre-commit');
    run('tar', 'in', '-rf', '../a.tar', 'x/pre-commit');
    assert.deepEqual(await put('tar xf a.tar'), ['HIGH', '.git/hooks/pre-commit']);
    run('tar', '.', 'xf', 'a.tar');
    assert.ok(fs.existsSync(path.join(machine.workspace, '.git/hooks/pre-commit')), 'it is so');
    run('tar', 'in', '-cf', '../b.tar', 'x/pre-commit');
    assert.deepEqual(await put('tar xf b.tar'), ['HIGH', 'x/pre-commit']);
  });

  it('absolute names and names that climb, where they are taken as they are', async () => {
    const outside = path.join(machine.home, '.bashrc');
    fs.writeFileSync(outside, 'x\n');
    run('tar', '.', '-cPf', 'a.tar', outside);
    run('tar', 'in', '-cPf', '../b.tar', '../../.bashrc', 'a.txt');
    assert.deepEqual(await put('tar xPf a.tar'), ['HIGH', '../.bashrc']);
    assert.deepEqual(await put('tar -xf b.tar --absolute-names -C in'), ['HIGH', '../.bashrc']);
    fs.mkdirSync(path.join(machine.workspace, 'out'));
    assert.deepEqual(await put('tar xf b.tar -C out'), ['MEDIUM'], 'tar leaves it out');
    assert.equal((await put('tar xf a.tar'))[0], 'HIGH', 'below the workspace it is one too');
  });

  it('a program, where programs are looked for', async () => {
    machine.write('in/.venv/bin/ls');
    fs.mkdirSync(path.join(machine.workspace, '.venv/bin'), { recursive: true });
    machine.environment.PATH = `${machine.workspace}/.venv/bin:${machine.environment.PATH}`;
    run('tar', 'in', '-cf', '../a.tar', '.venv/bin/ls');
    assert.deepEqual(await put('tar xf a.tar'), ['HIGH', '.venv/bin/ls']);
  });
});
