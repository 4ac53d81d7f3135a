// A line may be as long as it likes: what is looked at is bounded, and where something is left out the line asks and says so.
import assert from 'node:assert/strict';
import { analyzeShell } from '../../../../src/core/shell/analyze.ts';
import type { ShellParser } from '../../../../src/core/shell/types.ts';
import { createTester, type Tester, testContext, testParser } from '../../../helpers/analysis.ts';

/** More programs than any line of an agent starts. */
const MOST_CALLS = 200;

describe('long lines', () => {
  let tester: Tester;
  let parser: ShellParser;
  before(async () => {
    tester = await createTester();
    parser = await testParser();
  });

  const asks = (line: string) => {
    const { ruling, assessment } = tester.judge(line, { policy: { autoApprove: 'contained' } });
    assert.equal(ruling.verdict, 'ask');
    return assessment;
  };

  for (const [name, line] of [
    ['stages of a pipeline', `ls; ${many(4_000, 'cat', '|')}`],
    ['commands', many(4_000, 'ls', ';')],
    ['links of a chain', many(4_000, 'ls', '&&')],
    ['commands in the background', many(4_000, 'ls', '&')],
    ['lines', many(4_000, 'ls', '\n')],
    ['substitutions', `echo ${many(4_000, '$(ls)', '')}`],
    ['backticks', `echo ${many(3_900, '`ls`', '')}`],
    ['loops', many(600, 'while ls; do ls; done', ';')],
    ['functions', many(1_200, 'f() { ls; }', ';')],
    ['calls of a function', `f() { ls; }; ${many(4_000, 'f', ';')}`],
    ['shells', many(900, 'sh -c "ls|ls"', ';')],
    ['shells in a heredoc', `bash <<'E'\n${many(9_000, 'ls', '\n')}\nE\n`],
    ['variables', `${Array.from({ length: 1_200 }, (_, at) => `v${at}=1`).join(';')};ls`],
    ['redirects', many(4_000, '>a', ';')],
  ] as const)
    it(`many ${name}`, () => {
      const { shell, notUnderstood } = asks(line);
      assert.ok(shell.invocations.length <= MOST_CALLS, `${shell.invocations.length} are listed`);
      assert.ok(notUnderstood.some(({ code }) => code === 'too-long'));
    });

  it('a variable more costs the same, however many there are', () => {
    const names = Array.from({ length: 1_500 }, (_, at) => `v${at}=1`);
    const { shell } = testContext();
    const copied = countCopies(() => analyzeShell(`${names.join(' ')} :`, parser, shell));
    assert.ok(copied < 100 * names.length, `${copied} entries are copied`);
  });

  it('many words: the first are looked at, and it is said that others were not', () => {
    const { effects } = asks(`touch ${many(5_000, 'a', ' ')}`);
    const lost = effects.find(({ rule }) => rule === 'unknown/too-many-words');
    assert.match(lost?.reason ?? '', /only 600 of its 5001 words/);
    assert.ok(effects.length < 1_100);
  });

  it('many words in many calls', () => {
    const { effects } = asks(`${many(190, 'touch a a a a a a a a a a', ';')};rm -rf src`);
    assert.ok(effects.length < 5_000);
    assert.ok(effects.some(({ rule }) => rule === 'files/delete-recursive'));
  });

  it('a wide rule does not free what was not looked at', () => {
    const policy = { rules: [{ match: 'touch **', action: 'allow', upTo: 'MEDIUM' }] };
    const { ruling } = tester.judge(`touch ${many(5_000, 'a', ' ')}`, { policy });
    assert.equal(ruling.verdict, 'ask');
  });

  it('many folders: where it is not known which files are changed, it asks', () => {
    const folders = Array.from({ length: 190 }, (_, at) => `cd /d${at}`).join(';');
    const { effects } = asks(`${folders}; touch ${many(20, 'a', ' ')}`);
    assert.ok(effects.some(({ rule }) => rule === 'gate/too-many-folders'));
  });

  for (const text of ['a', '/*', '../', '{*}', 'ａ', '\\', '[', '~', '%s'])
    it(`one word of many ${text}`, () => {
      asks(`rm ${text.repeat(18_000 / text.length)}`);
      asks(text.repeat(18_000 / text.length));
    });

  for (const text of ['a', 'a[', '1+', 'a=1,', '++ '])
    it(`arithmetic of many ${text}`, () => {
      const { notUnderstood } = asks(`echo $((${text.repeat(18_000 / text.length)}1))`);
      assert.ok(notUnderstood.length > 0);
    });

  it('an assignment far behind blanks or a long subscript is seen', () => {
    asks(`(( PATH${' '.repeat(1_000)}= 0 )); ls`);
    asks(`(( PATH[${'0'.repeat(1_000)}] = 0 )); ls`);
    asks('(( PATH[a[0]] = 0 )); ls');
  });

  it('what agents write is far from the limits', () => {
    const line = `${many(90, 'ls', ';')}; ls ${many(200, 'a', ' ')}`;
    assert.equal(tester.judge(line).ruling.verdict, 'allow');
  });
});

function many(count: number, text: string, between: string): string {
  return Array.from({ length: count }, () => text).join(between);
}

/** Entries that maps are made of while something runs: what it costs to keep states apart. */
function countCopies(run: () => void): number {
  const { set } = Map.prototype;
  let count = 0;
  Map.prototype.set = function (this: Map<unknown, unknown>, name: unknown, value: unknown) {
    count++;
    return set.call(this, name, value);
  };
  try {
    run();
  } finally {
    Map.prototype.set = set;
  }
  return count;
}
