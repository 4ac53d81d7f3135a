// Reading git's index ourselves: the same answer as `git ls-files`, or none.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { IndexFile } from '../../../../src/node/facts/indexFile.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('the index of git', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
    machine.git('init', '-q');
    for (let index = 0; index < 60; index++)
      machine.write(`d${index % 7}/${'n'.repeat(index)}${index}`);
    machine.git('add', '.');
    machine.git('commit', '-qm', 'start');
  });
  afterEach(() => machine.dispose());

  const folder = () => path.join(machine.workspace, '.git');
  const isRead = async () => (await IndexFile.read(folder())) !== undefined;
  const areWatched = () =>
    machine
      .git('ls-files', '-v')
      .split('\n')
      .every((line) => line.startsWith('H '));

  it('is read where git watches every file, and only there', async () => {
    assert.deepEqual([await isRead(), areWatched()], [true, true]);
    machine.git('update-index', '--assume-unchanged', 'd3/nnn3');
    assert.deepEqual([await isRead(), areWatched()], [false, false]);
    machine.git('update-index', '--no-assume-unchanged', 'd3/nnn3');
    assert.deepEqual([await isRead(), areWatched()], [true, true]);
    machine.git('update-index', '--skip-worktree', 'd3/nnn3');
    assert.deepEqual([await isRead(), areWatched()], [false, false]);
  });

  it('names the same files as git, below any paths', async () => {
    machine.write('d1x');
    machine.write('ä ö/ü');
    machine.write(`deep/${'long/'.repeat(900)}`.slice(0, 4_000).replace(/\/?$/, '/x'));
    machine.git('add', '.');
    machine.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${machine.git('rev-parse', 'HEAD')},mod`,
    );
    const index = await IndexFile.read(folder());
    for (const paths of [['.'], ['d1'], ['d1', 'd3/nnn3'], ['none'], ['ä ö'], ['mod'], ['deep']]) {
      const lines = machine
        .git('ls-files', '-s', '-z', '--', ...paths)
        .split('\0')
        .filter(Boolean);
      const links = lines.filter((line) => line.startsWith('160000'));
      const names = lines.map((line) => line.slice(line.indexOf('\t') + 1));
      const found = index?.below(paths, new Set());
      assert.equal(found?.plain, lines.length - links.length, paths.join());
      assert.deepEqual(
        found?.others,
        links.map(() => ({ name: 'mod', isLink: true })),
        paths.join(),
      );
      assert.deepEqual(index?.below(paths, new Set(names)), { plain: 0, others: [] });
    }
  });

  it('leaves other forms to git', async () => {
    machine.git('update-index', '--split-index');
    assert.equal(await isRead(), false);
    machine.git('update-index', '--no-split-index');
    machine.git('update-index', '--index-version', '4');
    assert.equal(await isRead(), false);
    machine.git('update-index', '--index-version', '2');
    assert.equal(await isRead(), true);
    machine.git('sparse-checkout', 'set', '--sparse-index', 'd1');
    assert.equal(await isRead(), false);
    fs.rmSync(path.join(folder(), 'index'));
    assert.equal(await isRead(), false);
  });

  it('is never sure of an index that is cut off or scrambled', async () => {
    const file = path.join(folder(), 'index');
    const whole = fs.readFileSync(file);
    for (let length = 0; length < whole.length; length += 97) {
      fs.writeFileSync(file, whole.subarray(0, length));
      assert.equal(await isRead(), false, `${length} bytes`);
    }
    fs.writeFileSync(
      file,
      Buffer.concat([whole.subarray(0, -20), Buffer.from('link\0\0\0\0'), whole.subarray(-20)]),
    );
    assert.equal(await isRead(), false);
  });
});
