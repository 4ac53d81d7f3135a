// Which files archives, copies and syncs would replace or delete, held against what the real programs then do.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { needs } from '../../../helpers/installed.ts';
import { createRepository, type TestMachine } from '../../../helpers/machine.ts';

describe('what would be replaced', () => {
  let machine: TestMachine;

  beforeEach(() => {
    const names = ['clean.txt', 'dirty.txt', 'src/a.ts', 'src/sub/b.ts'];
    const files = Object.fromEntries(names.map((name) => [name, 'x\n']));
    machine = createRepository({ '.gitignore': 'build/\n*.tar\n*.tgz\n*.zip\n', ...files });
    machine.write('dirty.txt', 'changed\n');
    machine.write('new.txt', 'work\n');
    machine.write('dst/src/a.ts', 'work\n');
    machine.write('dst/old name.ts', 'work\n');
    for (const file of ['clean.txt', 'new.txt', 'fresh.txt', 'odd name (1).txt'])
      machine.write(`build/in/${file}`, 'from the archive\n');
  });
  afterEach(() => machine.dispose());

  const run = (program: string, ...argv: string[]) =>
    execFileSync(program, argv, { cwd: machine.workspace, stdio: 'pipe' });

  const pack = () => {
    const inside = ['clean.txt', 'new.txt', 'fresh.txt', 'odd name (1).txt'];
    run('tar', '-cf', 'a.tar', '-C', 'build/in', ...inside);
    run('tar', '-czf', 'deep.tgz', '-C', 'build', 'in');
  };

  const counts = async (command: string): Promise<unknown[]> => {
    const assessed = await machine.assess(command);
    const ids = ['files.count', 'git.files.untracked', 'git.files.dirty'] as const;
    return ids.map((id) => machine.fact(assessed, id)?.value);
  };

  const tars: readonly (readonly [string, readonly unknown[]])[] = [
    ['tar xf a.tar', [2, 1, 0]],
    ['tar -xvf a.tar', [2, 1, 0]],
    ['tar -x -f a.tar', [2, 1, 0]],
    ['tar --extract --file=a.tar', [2, 1, 0]],
    ['tar xf a.tar clean.txt', [1, 0, 0]],
    ['tar -xf a.tar -C dst', [0, undefined, undefined]],
    ['tar xfC a.tar dst', [0, undefined, undefined]],
    ['tar xzf deep.tgz', [0, undefined, undefined]],
    ['tar xzf deep.tgz --strip-components=1', [2, 1, 0]],
    ['tar -xzfdeep.tgz --strip-components 1', [2, 1, 0]],
    ['cd src && tar xf ../a.tar', [0, undefined, undefined]],
    ['tar xkf a.tar', [0, undefined, undefined]],
    // What could put the files elsewhere leaves it open.
    ['tar xf a.tar --transform s/fresh/dirty/', ['unknown', undefined, undefined]],
    ['tar xf a.tar -C dst -C ..', ['unknown', undefined, undefined]],
    ['tar xf "$A"', ['unknown', undefined, undefined]],
    ['tar xf a.tar "*.txt"', ['unknown', undefined, undefined]],
    ['cat a.tar | tar x', ['unknown', undefined, undefined]],
    ['tar xf nothing.tar', ['unknown', undefined, undefined]],
    ['tar -I ./evil -xf a.tar', ['unknown', undefined, undefined]],
  ];
  for (const [command, expected] of tars) {
    it(`${command}: ${expected}`, async () => {
      pack();
      assert.deepEqual(await counts(command), expected);
    });
  }

  it('is what tar then really replaces', async () => {
    pack();
    const before = fs.readFileSync(path.join(machine.workspace, 'new.txt'), 'utf8');
    assert.deepEqual(await counts('tar xf a.tar'), [2, 1, 0]);
    assert.equal(fs.readFileSync(path.join(machine.workspace, 'new.txt'), 'utf8'), before);
    run('tar', 'xf', 'a.tar');
    assert.notEqual(fs.readFileSync(path.join(machine.workspace, 'new.txt'), 'utf8'), before);
  });

  it('replaced work raises, and new files are no free pass', async () => {
    pack();
    machine.policy = { autoApprove: 'contained' };
    const { assessment } = await machine.assess('tar xf a.tar');
    assert.equal(assessment.questions.reversible.answer, 'no');
    assert.ok(assessment.parts.some(({ id }) => id === 'fact/replaces-unsaved'));
    const fresh = await machine.assess('tar xf a.tar -C dst');
    assert.equal(fresh.ruling.verdict, 'ask');
  });

  it('asks no program that the repository brings along', async () => {
    pack();
    const marker = path.join(machine.base, 'ran');
    const bin = path.join(machine.workspace, 'bin');
    fs.mkdirSync(bin);
    for (const name of ['tar', 'gzip', 'rsync', 'unzip'])
      fs.writeFileSync(path.join(bin, name), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    machine.environment.PATH = `${bin}:${machine.environment.PATH}`;
    machine.environment.TAR_OPTIONS = `--checkpoint=1 --checkpoint-action=exec=${bin}/tar`;
    assert.deepEqual(await counts('tar xzf deep.tgz --strip-components=1'), [2, 1, 0]);
    await machine.assess('rsync -a --delete src/ dst/');
    assert.equal(fs.existsSync(marker), false);
  });

  const copies: readonly (readonly [string, readonly unknown[]])[] = [
    ['cp -r src dst', [1, 1, 0]],
    ['cp -a src/. dst', [0, undefined, undefined]],
    ['cp -r src/. dst/src', [1, 1, 0]],
    ['cp -rT src dst', [0, undefined, undefined]],
    ['cp -r src fresh', [0, undefined, undefined]],
    ['cp -r dst/. .', [1, 0, 0]],
    ['cp clean.txt new.txt', [1, 1, 0]],
    ['cp clean.txt dst', [0, undefined, undefined]],
    ['cp clean.txt new.txt dirty.txt', [1, 0, 1]],
    ['cp -t dst clean.txt', [0, undefined, undefined]],
    ['cp "$X" dst', ['unknown', undefined, undefined]],
    ['mv clean.txt new.txt', [0, 1, 0]],
  ];
  for (const [command, expected] of copies) {
    it(`${command}: ${expected}`, async () => {
      assert.deepEqual(await counts(command), expected);
    });
  }

  it('unzip', async function () {
    needs(this, 'zip');
    needs(this, 'unzip');
    execFileSync('zip', ['-qr', '../../a.zip', '.'], {
      cwd: path.join(machine.workspace, 'build/in'),
    });
    assert.deepEqual(await counts('unzip -o a.zip'), [2, 1, 0]);
    assert.deepEqual(await counts('unzip a'), [2, 1, 0]);
    assert.deepEqual(await counts('unzip -qo a.zip -d dst'), [0, undefined, undefined]);
    assert.deepEqual(await counts('unzip -n a.zip'), [0, undefined, undefined]);
    assert.deepEqual(await counts('unzip -o a.zip clean.txt'), [1, 0, 0]);
    assert.deepEqual(await counts('unzip -o "*.zip"'), ['unknown', undefined, undefined]);
  });

  it('rsync --delete', async function () {
    needs(this, 'rsync');
    assert.deepEqual(await counts('rsync -a --delete src/ dst/'), [2, 2, 0]);
    assert.deepEqual(await counts('rsync -av --delete --exclude="old*" src/ dst'), [1, 1, 0]);
    assert.deepEqual(await counts('rsync -a --delete src dst'), [0, undefined, undefined]);
    assert.deepEqual(await counts('rsync -a --delete src/ fresh/'), [0, undefined, undefined]);
    // The history goes with the rest.
    const whole = await machine.assess('rsync -a --delete build/in/ .');
    const work = machine.fact(whole, 'git.files.untracked');
    assert.match(work?.text ?? '', /A git repository with all history would go/);
    assert.equal(machine.fact(whole, 'git.files.dirty')?.value, 1);
    for (const line of [
      'rsync -a --delete src/ host:dst/',
      'rsync -a --delete -e ssh src/ dst/',
      'rsync -a --delete --rsync-path=./evil src/ dst/',
      'rsync -a --delete --backup-dir=x src/ dst/',
      'rsync -a --delete "$S" dst/',
    ])
      assert.equal((await counts(line))[0], 'unknown', line);
    const marker = path.join(machine.base, 'ran');
    fs.writeFileSync(
      path.join(machine.home, '.popt'),
      `rsync exec --delete /usr/bin/touch ${marker}\n`,
    );
    assert.deepEqual(await counts('rsync -a --delete src/ dst/'), [2, 2, 0]);
    assert.equal(fs.existsSync(marker), false);
    fs.rmSync(path.join(machine.home, '.popt'));
    run('rsync', '-a', '--delete', 'src/', 'dst/');
    assert.deepEqual(fs.readdirSync(path.join(machine.workspace, 'dst')), ['a.ts', 'sub']);
  });
});
