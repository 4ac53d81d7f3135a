// What bash itself executes is what the analyser found; and the jail that shows it keeps lines in.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { testParser } from '../helpers/analysis.ts';
import { type Checked, checkExpansions, checkLines } from './check.ts';
import { expansionLines } from './expansions.ts';
import { type Jail, openJail } from './jail.ts';
import { richLines } from './richLines.ts';
import { QUIET_SAMPLES, SAMPLES } from './samples.ts';
import { tracedCommands } from './trace.ts';

describe('execution oracle', function () {
  // Each line has its own limit in the jail; all of them take long on a busy machine.
  this.timeout(300_000);
  let jail: Jail;
  let results: ReadonlyMap<string, Checked | Error>;

  // Rejects with the reason where lines cannot be isolated here; that is a failure, never a skip.
  before(async () => {
    jail = await openJail();
    results = await checkLines(jail, await testParser(), SAMPLES);
  });

  for (const line of SAMPLES) {
    it(JSON.stringify(line), () => {
      const checked = results.get(line);
      assert.ok(checked && !(checked instanceof Error), String(checked));
      assert.ok(checked.isValid, 'bash does not accept this line');
      assert.deepEqual(checked.unseen, [], 'bash executed what the analyser did not find');
      assert.deepEqual(checked.misplaced, [], 'a program ran in another directory');
    });
  }

  it('values, words and directories are those of bash', async () => {
    for (const [line, result] of await checkExpansions(jail, await testParser(), QUIET_SAMPLES)) {
      assert.ok(!(result instanceof Error) && result.isValid, line);
      assert.deepEqual(result.unseen, [], line);
      assert.deepEqual(result.misplaced, [], line);
    }
  });

  it('values of random assignments and expansions are those of bash', async () => {
    const lines = fc.sample(expansionLines, { numRuns: 40, seed: 11 });
    const checked = [...(await checkLines(jail, await testParser(), lines))];
    for (const [line, result] of checked) {
      assert.ok(!(result instanceof Error), String(result));
      assert.deepEqual(result.unseen, [], line);
    }
    const hits = checked.filter(([, result]) => !(result instanceof Error) && result.isUnderstood);
    assert.ok(hits.length > 30, 'hardly any of the lines is understood');
  });

  it('what random lines keep between their commands is what bash keeps', async () => {
    const lines = fc.sample(richLines, { numRuns: 100, seed: 13 });
    for (const [line, result] of await checkExpansions(jail, await testParser(), lines)) {
      assert.ok(!(result instanceof Error), String(result));
      assert.deepEqual(result.unseen, [], line);
      assert.deepEqual(result.misplaced, [], line);
    }
  });

  it('the directory of each program is recorded', async () => {
    const { directories } = await jail.run('ls; cd /usr; ls; find / -maxdepth 0', 0);
    assert.deepEqual([...directories].sort(), ['/home/dev/app', '/usr', '/usr']);
  });

  it('a stub stands for every program, its words are recorded as they are', async () => {
    const { started } = await jail.run("rm -rf '' 'a b' $'c\\nd' é", 0);
    assert.deepEqual(started, [['/bin/rm', '-rf', '', 'a b', 'c\nd', 'é']]);
  });

  it('a line that never ends is ended, and what it did before is known', async () => {
    const { status, trace } = await jail.run('rm x; read -t 60 < <(while :; do :; done)', 0);
    assert.notEqual(status, 0);
    assert.deepEqual(tracedCommands(trace)[0], ['rm', 'x']);
  });

  it('a line that deletes everything loses no record', async () => {
    const { trace, started } = await jail.run('find / -delete', 0);
    assert.deepEqual(tracedCommands(trace), [['find', '/', '-delete']]);
    assert.ok(Array.isArray(started));
  });

  it('a fork bomb stays in its limits', async () => {
    assert.equal((await jail.run('f() { f | f & }; f', 0)).isValid, true);
  });

  it('reads quoted words of a trace', () => {
    const trace = "+ : 'a\nb' 'it'\\''s' $'\\001\\303\\251' ''\n+ A='b c'\n++ true\n+ [[ -f x ]]\n";
    assert.deepEqual(tracedCommands(trace), [[':', 'a\nb', "it's", '\x01é', ''], ['true']]);
  });
});
