// What is left running, and what a loop without an end starts.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const CASES: readonly (readonly [line: string, keepsOn: string])[] = [
  ['ls', ''],
  ['ls &', 'background'],
  ['ls; (cd a && ls) &', 'background'],
  ['while true; do ls; done', 'endless'],
  ['while :; do ls; done', 'endless'],
  ['until false; do ls; done', 'endless'],
  ['for ((;;)); do ls; done', 'endless'],
  ['while true; do ls; done &', 'endless-background'],
  ['while true; do ls & done', 'multiplies'],
  ['while true; do (ls; ls) & done', 'multiplies'],
  ['while true; do ls; break; done', ''],
  ['while true; do ls || exit 1; done', ''],
  ['while ! ls; do sleep 1; done', ''],
  ['for ((i=0;i<3;i++)); do ls; done', ''],
  ['for i in 1 2; do ls; done', ''],
];

describe('what keeps on running', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const [line, keepsOn] of CASES)
    it(`${line} – ${keepsOn || 'ends by itself'}`, () => {
      const call = tester.read(line).invocations.findLast(({ program }) => program === 'ls');
      assert.equal(call?.keepsOn ?? '', keepsOn);
    });

  it('export, set and cd print nothing that a pipe would hand on, unless they are told to', () => {
    const input = (line: string) => tester.read(line).invocations.at(-1)?.input.kind;
    for (const line of ['export -p | cat', 'export | cat', 'set -o | cat', 'set | cat'])
      assert.equal(input(line), 'pipe', line);
    for (const line of ['export A=b | cat', 'set -o pipefail | cat', 'set -e | cat'])
      assert.equal(input(line), 'text', line);
  });
});
