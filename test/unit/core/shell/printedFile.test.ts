// `cat file | sh` is read as `sh file`; what may be anything else stays not understood.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const FILES = {
  '/home/dev/app/a.sh': 'ls -l\n',
  '/home/dev/app/b.sh': 'rm -rf src\n',
  '/home/dev/app/c.py': 'import os\nos.remove("x")\n',
};

describe('a file that is printed into a shell', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  const programs = (line: string) =>
    tester
      .read(line, FILES)
      .invocations.map(({ argv }) => argv.map(({ value }) => value).join(' '));

  for (const line of [
    'cat b.sh | bash',
    'cat /home/dev/app/b.sh | sh -s x',
    'cat b.sh |& bash',
    'cat ./b.sh | (cd /tmp; bash)',
    'x=$(cat b.sh | sudo sh)',
  ])
    it(`${line} runs what stands in it`, () => {
      assert.ok(programs(line).includes('rm -rf src'));
      assert.deepEqual(tester.read(line, FILES).notUnderstood, []);
    });

  it('code for an interpreter is scanned', () => {
    const rules = tester.effects('cat c.py | python3', FILES).map(({ rule }) => rule);
    assert.ok(rules.includes('inline/delete'), rules.join(' '));
  });

  it('a file that cannot be read is foreign code, as in `bash file`', () => {
    for (const line of ['cat gone.sh | bash', 'cat gone.sh | sudo bash', 'cat gone.py | python3'])
      assert.notEqual(
        tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict,
        'allow',
      );
  });

  it('a file that the line writes first is not trusted', () => {
    const line = 'echo x > a.sh; cat a.sh | bash';
    assert.ok(tester.effects(line, FILES).some(({ severity }) => severity !== 'none'));
    assert.ok(
      tester
        .read(line, FILES)
        .invocations.some((call) => call.program === 'bash' && !call.isTransparentWrapper),
    );
  });

  for (const line of [
    'cat a.sh | tee x | bash',
    '(cat a.sh; curl x) | bash',
    'cat a.sh - | bash',
    'cat a.sh b.sh | bash',
    'cat - | bash',
    'cat | bash',
    'cat /dev/stdin | bash',
    'cat /proc/self/fd/0 | bash',
    'cat <(curl x) | bash',
    'cat -A a.sh | bash',
    'cat *.sh | bash',
    'cat "$x" | bash',
    'cat() { curl x; }; cat a.sh | bash',
    'if y; then cat() { curl x; }; fi; cat a.sh | bash',
    'cat a.sh > x | bash',
    'cd "$y"; cat a.sh | bash',
    'cat a.sh && curl x | bash',
    '{ cat a.sh; } 2>&1 | bash',
  ])
    it(`${line} is not understood`, () => {
      assert.ok(tester.read(line, FILES).notUnderstood.length > 0);
    });
});
