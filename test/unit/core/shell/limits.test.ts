// Lines that are made to be slow or endless get an answer, and that answer is to ask. How fast: the bench.
import assert from 'node:assert/strict';
import { analyzeShell } from '../../../../src/core/shell/analyze.ts';
import type { ShellParser } from '../../../../src/core/shell/types.ts';
import { createTester, type Tester, testContext, testParser } from '../../../helpers/analysis.ts';

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join('');

describe('limits', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
    tester.judge('ls');
  });

  for (const [name, line] of [
    [
      'functions that call each other twice',
      `${times(20, (i) => `f${i + 1}() { f${i}; f${i}; }; `)}f20`,
    ],
    ['a variable that doubles', `${times(18, (i) => `a${i + 1}=$a${i}$a${i}; `)}$a18`],
    ['parameters that double', `set -- b b; ${times(20, () => 'set -- "$@" "$@"; ')}"$@"`],
    [
      'loops in loops',
      `${times(22, (i) => `for v${i} in 1 2; do a=$a$v${i}; `)}ls; ${'done; '.repeat(22)}`,
    ],
    ['evaluated text that doubles', `a='ls; ls'; ${'a="eval $a; eval $a"; '.repeat(14)}$a`],
    ['braces in a row', `rm ${'{1..9}'.repeat(1_500)}`],
    ['braces that do not close', '{a,'.repeat(6_000)],
    ['a long list', 'a && '.repeat(3_900) + 'a'],
    ['many commands', 'a; '.repeat(6_000)],
    ['operators in a row', `ls ${'|'.repeat(19_000)}`],
    ['a comment for a target', 'cat <#x'],
    ['a descriptor for a target', 'cat <3>f'],
    ['many function headers', `rm x; ${'f()'.repeat(6_000)}`],
    ['many redirects', 'ls >f '.repeat(3_000)],
    ['a line of 64 kB', 'ls '.repeat(22_000)],
  ] as const) {
    it(name, () => {
      const { ruling, assessment } = tester.judge(line);
      assert.equal(ruling.verdict, 'ask');
      assert.ok(!assessment.notUnderstood.some(({ code }) => code === 'internal-error'));
    });
  }

  it('a span never reaches past the text', () => {
    for (const text of ['${', 'x${', 'bash -c "\\${"', '$(', '<', '((', '[[']) {
      for (const { span } of tester.read(text).notUnderstood) {
        assert.ok(span.end <= text.length, text);
      }
    }
    for (const { span } of tester.read('eval xargs eval until').notUnderstood) {
      assert.ok(span.start <= span.end);
    }
  });

  for (const [open, close] of [
    ['$((', '))'],
    ['$((a[', ']))'],
    ['$(', ')'],
    ['${a:-', '}'],
  ] as const) {
    it(`deep nesting of ${open} is refused in words, and breaks nothing`, () => {
      const count = Math.floor(19_000 / (open + close).length);
      const text = `echo ${open.repeat(count)}${close.repeat(count)}`;
      const codes = new Set(tester.read(text).notUnderstood.map(({ code }) => code));
      assert.ok(codes.has('too-deep'));
      assert.ok(!codes.has('internal-error'));
    });
  }

  it('a long script is still read in full', () => {
    const { invocations, notUnderstood } = tester.read('echo a b | wc -l\n'.repeat(95));
    assert.equal(invocations.length, 190);
    assert.deepEqual(notUnderstood, []);
  });

  // The grammar takes quadratic time over a broken pipeline, and cannot be stopped while it recovers.
  for (const line of ['rm x | '.repeat(900), `\`${'rm x|'.repeat(900)}\``]) {
    it(`never hands a pipeline of a thousand programs to the grammar: ${line.slice(0, 8)}…`, async () => {
      const parser = await testParser();
      const parsed: string[] = [];
      const spy: ShellParser = {
        parse: (text) => {
          parsed.push(text);
          return parser.parse(text);
        },
      };
      const { notUnderstood, invocations } = analyzeShell(line, spy, testContext().shell);
      assert.ok(notUnderstood.some(({ code }) => code === 'too-long'));
      assert.equal(invocations.filter(({ program }) => program === 'rm').length > 100, true);
      assert.ok(parsed.every((text) => text.split('|').length < 500));
    });
  }
});
