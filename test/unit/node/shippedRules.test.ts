// The shipped rules on a real machine.
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../helpers/machine.ts';

describe('shipped rules', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
    machine.write('package.json', '{ "scripts": { "test": "node t.js" } }');
    machine.write('sub/package.json', '{ "scripts": { "test": "node t.js" } }');
    machine.write('../other/package.json', '{ "scripts": { "test": "node t.js" } }');
  });
  afterEach(() => machine.dispose());

  const verdict = async (command: string, cwd?: string) =>
    (await machine.assess(command, cwd)).ruling.verdict;

  it('npm test runs the tests of the workspace, not what an agent wrote elsewhere', async () => {
    const other = path.join(machine.home, 'other');
    assert.equal(await verdict('npm test'), 'allow');
    assert.equal(await verdict('cd sub && npm test'), 'allow');
    assert.equal(await verdict('npm test', other), 'ask');
    assert.equal(await verdict(`cd ${other} && npm test`), 'ask');
    assert.equal(await verdict('cd "$SOMEWHERE" && npm test'), 'ask');
  });
});
