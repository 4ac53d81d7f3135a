// Reading the flags of git's index ourselves: the same answer as `git ls-files -v`, or none.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hasUnwatched } from '../../../../src/node/facts/indexFlags.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('flags of the index', () => {
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
  const flagged = () =>
    machine
      .git('ls-files', '-v')
      .split('\n')
      .some((line) => !line.startsWith('H '));

  it('says what git says', async () => {
    assert.deepEqual([await hasUnwatched(folder()), flagged()], [false, false]);
    machine.git('update-index', '--assume-unchanged', 'd3/nnn3');
    assert.deepEqual([await hasUnwatched(folder()), flagged()], [true, true]);
    machine.git('update-index', '--no-assume-unchanged', 'd3/nnn3');
    assert.deepEqual([await hasUnwatched(folder()), flagged()], [false, false]);
    machine.git('update-index', '--skip-worktree', 'd3/nnn3');
    assert.deepEqual([await hasUnwatched(folder()), flagged()], [true, true]);
  });

  it('leaves other forms to git', async () => {
    machine.git('update-index', '--split-index');
    assert.equal(await hasUnwatched(folder()), undefined);
    machine.git('update-index', '--no-split-index');
    machine.git('update-index', '--index-version', '4');
    assert.equal(await hasUnwatched(folder()), undefined);
    machine.git('update-index', '--index-version', '2');
    assert.equal(await hasUnwatched(folder()), false);
    machine.git('sparse-checkout', 'set', '--sparse-index', 'd1');
    assert.notEqual(await hasUnwatched(folder()), false);
    fs.rmSync(path.join(folder(), 'index'));
    assert.equal(await hasUnwatched(folder()), undefined);
  });

  it('is never sure of an index that is cut off or scrambled', async () => {
    const file = path.join(folder(), 'index');
    const whole = fs.readFileSync(file);
    for (let length = 0; length < whole.length; length += 97) {
      fs.writeFileSync(file, whole.subarray(0, length));
      assert.notEqual(await hasUnwatched(folder()), false, `${length} bytes`);
    }
    fs.writeFileSync(
      file,
      Buffer.concat([whole.subarray(0, -20), Buffer.from('link\0\0\0\0'), whole.subarray(-20)]),
    );
    assert.equal(await hasUnwatched(folder()), undefined);
  });
});
