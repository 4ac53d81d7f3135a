// What passes as reading changes nothing: shown by running it with the machine's own programs. More: `npm run oracle -- --readings n`.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTester, type Tester } from '../helpers/analysis.ts';
import { liarsAmong, manualsOf, passesAsReading, readingLines } from './readings.ts';
import { openRealJail, type RealJail } from './realJail.ts';

/** Programs that every Linux machine with git has. */
const COMMON =
  'cat head tail wc sort uniq cut grep find ls stat diff date tar gzip sed awk od git'.split(' ');

describe('reading with real programs', function () {
  this.timeout(300_000);
  let jail: RealJail;
  let tester: Tester;

  // Rejects with the reason where lines cannot be isolated here; that is a failure, never a skip.
  before(async () => {
    [jail, tester] = await Promise.all([openRealJail(), createTester()]);
  });

  it('a file that a line writes, runs or deletes is seen', async () => {
    const lines = [
      'sort -o new a.txt',
      './new',
      'rm a.txt',
      'git branch x',
      'cat a.txt',
      'ls > /x',
    ];
    const runs = await jail.run(lines);
    assert.deepEqual(
      runs.map(({ changed }) => changed.length > 0),
      [true, true, true, true, false, true],
    );
  });

  it('calls that were taken for reading and are none', () => {
    for (const line of [
      'zstdcat -o new x.tar',
      'git config core.pager --get',
      'git branch --format -r b.txt main',
      'git tag --message --list main',
      'tar --index-file -t a.txt',
      'tar -tf x.tar --index-file=new',
      'xz -t -d a.xz',
      'rsync --list-only --only-write-batch new a.txt',
    ])
      assert.equal(passesAsReading(tester, line), false, line);
  });

  it('random calls with options of their own help texts change nothing', async () => {
    const manuals = await manualsOf(jail, COMMON);
    assert.ok(manuals.length > 50, `only ${manuals.length} programs answered`);
    const lines = fc.sample(readingLines(manuals), { numRuns: 600, seed: 7 });
    const { run, liars } = await liarsAmong(jail, tester, lines);
    assert.deepEqual(liars, []);
    assert.ok(run > 100, `only ${run} lines pass as reading`);
  });
});
