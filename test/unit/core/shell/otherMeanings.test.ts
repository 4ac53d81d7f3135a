// Words that come to mean another program, another line or other words than they say.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('words that get another meaning', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const codes = (line: string): string[] =>
    tester.read(line).notUnderstood.map((problem) => problem.code);
  const lastCall = (line: string): (string | undefined)[] =>
    tester
      .read(line)
      .invocations.at(-1)
      ?.argv.map((word) => word.value) ?? [];

  for (const line of [
    "dash -c $'alias [=rm\\n[ x ]'",
    "dash -c $'command alias ls=rm\\nls x'",
    "alias if='rm x; if'",
    'alias "$name"',
    'bash -O expand_aliases -c ls',
    'bash -H -c ls',
    'set -H',
    'set -o histexpand',
    'fc',
    'fc -s ls=rm',
    'fc "$option" ls',
    'declare -n r=BASH_CMDS[ls]; r=/bin/rm; ls x',
    'x=\'$(rm y)\'; r=x; echo "${!r@P}"',
    'x=\'a[$(rm y)]\'; echo "${@:x}"',
    "x='a[$(rm y)]'; q=([b[0]+x]=1)",
    "x='a[$(rm y)]'; local -a q=([x]=1)",
    'IFS=m; x=armb; $x',
  ]) {
    it(`${line} is not understood`, () => {
      assert.notDeepEqual(codes(line), []);
    });
  }

  for (const line of [
    'alias ll="ls -l" gs="git status"',
    'fc -l -5',
    'jobs -l',
    'declare -A m=([a-b]=1 [c d]=2)',
    'declare -A m; m=([x y]=1)',
    'a=([0]=x [1]="$y"); b=([${#a[@]}]=z)',
    'IFS=:; x=a/b; ls $x',
    '[[ a < b && b > a ]]',
  ]) {
    it(`${line} is understood`, () => {
      assert.deepEqual(codes(line), []);
    });
  }

  function runs(line: string, ...argv: (string | undefined)[]): void {
    it(`${line} runs ${argv.join(' ')}`, () => {
      assert.deepEqual(lastCall(line), argv);
      assert.deepEqual(codes(line), []);
    });
  }

  runs('jobs -x rm x', 'rm', 'x');
  runs('builtin jobs -x rm x', 'rm', 'x');
  runs("bash -oc errexit 'rm x'", 'rm', 'x');
  runs("bash -oO errexit extglob -c 'rm x'", 'rm', 'x');
  runs('bash -c \'rm "$1"\' _ -oc', 'rm', '-oc');
  runs('bash own.sh -vo out +x', 'bash', 'own.sh', '-vo', 'out', '+x');

  it('[[ -e <(…) ]] – the commands in it are found', () => {
    assert.deepEqual(tester.read('[[ -e <(rm x) ]]').invocations[0]?.program, 'rm');
  });

  it('x=$* with another IFS – what stands between the words is not taken for a blank', () => {
    assert.deepEqual(lastCall('IFS=/; set -- "" etc; x=$*; rm "$x"'), ['rm', undefined]);
  });

  for (const line of [
    "cd /dev; . ./stdin <<< 'rm x'",
    "bash //dev/./fd/0 <<< 'rm x'",
    "bash /dev/std?n <<< 'rm x'",
    'bash /dev/../proc/self/fd/3 3<f',
    'source /dev/tty',
  ]) {
    it(`${line} – an open file stays one, however its path is spelled`, () => {
      assert.deepEqual(codes(line), ['unseen-code']);
    });
  }
});
