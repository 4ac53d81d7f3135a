// Assignments that run code or give names another meaning, however they are written.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const CODE = "'x[$(rm -rf src)]'";

describe('assignments', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const isUnderstood = (line: string): boolean => tester.read(line).notUnderstood.length === 0;

  // bash runs rm in each of them: an integer evaluates what it is given.
  for (const line of [
    `declare -i b; b=${CODE}`,
    `declare -i b=${CODE}`,
    `declare -i b; b+=${CODE}`,
    `declare -ia b; b=(${CODE})`,
    `declare -ia b=(${CODE})`,
    `declare -ia b; b[0]=${CODE}`,
    `declare -i b; read b <<< ${CODE}`,
    `declare -i b; read -r a b <<< "y "${CODE}`,
    `declare -i b; mapfile b <<< ${CODE}`,
    `declare -i b; printf -v b %s ${CODE}`,
    `declare -i b; for b in ${CODE}; do :; done`,
    `declare -i b; : \${b:=${CODE}}`,
    `declare -i b; export b=${CODE}`,
    `declare -i b; readonly b=${CODE}`,
    `a=${CODE}; declare -i b; b=a`,
    `f() { local -i b; b=$1; }; f ${CODE}`,
    `RANDOM=${CODE}`,
    `OPTIND=${CODE}`,
    `read RANDOM <<< ${CODE}`,
    `for RANDOM in ${CODE}; do :; done`,
    `export RANDOM=${CODE}`,
    `declare -n y; for y in ${CODE}; do y=1; done`,
    `declare -n y; y=${CODE}; echo $y`,
  ]) {
    it(`${line} is not understood: what an integer or a reference is given may be run`, () => {
      assert.ok(!isUnderstood(line));
      assert.equal(
        tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict,
        'ask',
      );
    });
  }

  for (const line of [
    'BASH_CMDS[ls]=/bin/rm; ls -rf src',
    "BASH_ALIASES[ls]='rm -rf src'; ls",
    'declare -n y=BASH_CMDS; y[ls]=/bin/rm; ls -rf src',
    'declare BASH_CMDS=x',
  ]) {
    it(`${line} is not understood: it gives a name another meaning`, () => {
      assert.ok(!isUnderstood(line));
    });
  }

  for (const line of [
    "PROMPT_COMMAND='rm -rf src'; ls",
    "export PROMPT_COMMAND='rm -rf src'",
    "PROMPT_COMMAND=('rm -rf src')",
    "PS4='$(rm -rf src)'; set -x; ls",
    "env PS4='`rm -rf src`' bash -xc ls",
    "PS4='$(rm -rf src)' bash -xc ls",
    "compgen -C 'rm -rf src'",
  ]) {
    it(`${line} runs rm`, () => {
      const { invocations } = tester.read(line);
      assert.ok(invocations.some(({ program }) => program === 'rm'));
      assert.ok(isUnderstood(line));
    });
  }

  for (const line of [
    'BASH_ENV=x.sh bash -c ls',
    'export BASH_ENV=<(echo rm x)',
    'PROMPT_COMMAND=$X',
    "compgen -W '$(rm -rf src)' a",
    'compgen -F f',
  ]) {
    it(`${line} is not understood: what runs is not seen`, () => {
      assert.ok(!isUnderstood(line));
    });
  }

  for (const line of [
    'declare -i n=0; n=5; n+=1; n=$((n+1)); n=n+2',
    'RANDOM=5; SECONDS=0; OPTIND=1',
    'f() { local -n out=$1; out=$(date); }; f x',
    "PS1='\\u@\\h \\w\\$ '; PS4='+ '",
    "compgen -W 'a b' a",
    'for i in 1 2; do ls $i; done',
  ]) {
    it(`${line} is understood`, () => {
      assert.deepEqual(tester.read(line).notUnderstood, []);
    });
  }
});

describe('values of expansions', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  function gives(line: string, ...wanted: (string | undefined)[]): void {
    it(`${line} – ${wanted.map((word) => word ?? 'unknown').join(', ')}`, () => {
      const argv = tester.read(line).invocations.at(-1)?.argv.slice(1);
      assert.deepEqual(
        argv?.map((word) => word.value),
        wanted,
      );
    });
  }

  // The quotes around an expansion are not around the pattern in it.
  gives('x=/a/b; rm "${x%/*}" "${x##*/}" "${x%%/*}"', '/a', 'b', '');
  gives('rm "${PWD%/*}"', '/home/dev');
  gives('x=a.b; rm "${x%"*"}" "${x%\'.b\'}"', 'a.b', 'a');
  gives('x=a.b y=.b; rm "${x%$y}" "${x%"$y"}"', 'a', 'a');
  gives('x=\'a*\'; rm "${x%\\*}"', 'a');
  gives('x=$HOME/a; rm "${x#~/}"', undefined);
  gives('x=äb; rm "${x:1}" ${#x}', undefined, undefined);
  gives('c=; rm "${c:-}" ${c:-}', '');
  // Braces are expanded before names are read: `$a` and `b` become `$ab`.
  gives('a=/; rm {$a,x}b', undefined);
  gives('export x={a,b}', 'x=a', 'x=b');
  // A tilde counts only where it is all of the directory's name.
  gives('rm k=~$x', undefined);
  gives('rm k=~""', 'k=~');
  gives('rm k=~/x k=~', 'k=/home/dev/x', 'k=/home/dev');

  it("$'\\x{72}m' is not understood: not every bash takes it for rm", () => {
    assert.notDeepEqual(tester.read("$'\\x{72}m' -rf src").notUnderstood, []);
  });

  it('words of "$@" and of an unquoted variable may be any number, whatever quoted their parts', () => {
    const parts = (line: string) => tester.read(line).invocations.at(-1)?.argv[1]?.parts;
    const isOneWord = (line: string) =>
      parts(line)?.every((part) => !('quoted' in part) || part.quoted) === true;
    assert.ok(isOneWord('rm "$x"'));
    assert.ok(!isOneWord('set -- $x; rm "$@"'));
    assert.ok(!isOneWord('y="$x"; rm $y'));
    assert.ok(!isOneWord('read -a y; rm "${y[@]}"'));
  });
});
