// `$1`, `$@` in text that a shell is given: the words that stand for them may be the program.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const FILES = { '/home/dev/app/arg.sh': '$1 -rf src\n' };

describe('positional parameters of text that is run', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const line of [
    `bash -s rm -rf src <<< 'ls; "$@"'`,
    "bash -s rm <<< '$1 -rf src'",
    "bash -s -- rm <<< '$1 -rf src'",
    "bash -s - rm <<< '$1 -rf src'",
    "echo '$1 -rf src' | bash -s rm",
    "sudo sh -s rm <<< '$1 -rf src'",
    "ssh h bash -s rm <<< '$1 -rf src'",
    "bash /dev/stdin rm <<< '$1 -rf src'",
    "source /dev/stdin rm <<< '$1 -rf src'",
    "bash -s rm <<'E'\n$1 -rf src\nE\n",
    'bash -s rm < arg.sh',
    'cat arg.sh | bash -s rm',
    'bash - arg.sh rm',
    'bash arg.sh rm',
    "su root -c '$1 -rf src' _ rm",
    "git -c 'alias.x=!$1 -rf src #' x rm",
  ])
    it(JSON.stringify(line), () => {
      const found = tester
        .read(line, FILES)
        .invocations.map(({ argv }) => argv.map(({ value }) => value ?? '?').join(' '));
      assert.ok(
        found.some((text) => text.startsWith('rm -rf src')),
        found.join(' | '),
      );
    });

  it('what source reads from its input runs in the shell itself', () => {
    const found = tester.read("x=a; source /dev/stdin <<< 'x=/etc; cd /'; rm -rf $x");
    const rm = found.invocations.at(-1);
    assert.equal(rm?.argv[2]?.value, '/etc');
    assert.deepEqual(rm?.cwd, { kind: 'known', path: '/' });
  });

  it('the parameters of the shell itself are there again behind it', () => {
    const found = tester.read("set -- rm; source /dev/stdin ls <<< '$1 a'; $1 b").invocations;
    const texts = found.map(({ argv }) => argv.map(({ value }) => value).join(' '));
    assert.ok(texts.includes('ls a') && texts.includes('rm b'), texts.join(' | '));
  });
});
