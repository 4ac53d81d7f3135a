// Text for shells other than bash inside of a line: `sh -c`, `zsh -c`, `fish -c`.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('text for another shell', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const codes = (line: string): string[] => tester.read(line).notUnderstood.map(({ code }) => code);

  // dash ends the string at the first backslash and quote, and runs rm; bash prints all of it.
  it('sh – a $ before a quote is read in two ways, so it is not understood', () => {
    const line = `sh -c "echo \\$'\\\\'\nrm x\n#\\\\''"`;
    assert.deepEqual(codes(line), ['unsupported-construct']);
    assert.equal(tester.judge(line).ruling.verdict, 'ask');
  });

  for (const text of ['((rm x))', '[[ a > b ]]', 'cat <<<x', 'ls {fd}>f', 'echo $"a"']) {
    it(`sh – ${text} is not understood`, () => {
      assert.deepEqual(codes(`sh -c '${text}'`), ['unsupported-construct']);
    });
  }

  // fish reads \' inside of single quotes as a quote, so that rm stands outside of them.
  it('fish – text with an escape in quotes is not understood', () => {
    const line = `fish -c "echo '\\'' ; rm x #'"`;
    assert.deepEqual(codes(line), ['shell']);
    assert.equal(tester.judge(line).ruling.verdict, 'ask');
  });

  for (const text of ['and rm x', 'repeat 2 rm x', 'echo (rm x)', 'echo $x', 'rm ~/x', 'ls =rm']) {
    it(`zsh and fish – ${text} is not understood`, () => {
      assert.ok(codes(`zsh -c '${text}'`).includes('shell'));
      assert.ok(codes(`fish -c '${text}'`).includes('shell'));
    });
  }

  it('zsh and fish – plain words, quotes, lists and pipes are read', () => {
    const text = 'ls -la src && grep "a b" notes.md | wc -l; rm -rf build';
    for (const shell of ['zsh', 'fish']) {
      const { invocations, notUnderstood } = tester.read(`${shell} -c '${text}'`);
      assert.deepEqual(notUnderstood, []);
      assert.equal(
        invocations
          .at(-1)
          ?.argv.map((word) => word.value)
          .join(' '),
        'rm -rf build',
      );
    }
  });
});
