// Patterns of rules: the same answers as the language's own engine, without its traps.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileRegex } from '../../../../src/core/policy/linearRegex.ts';

function matches(source: string, text: string): boolean {
  const compiled = compileRegex(source);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.why);
  return compiled.regex.test(text);
}

describe('linearRegex', () => {
  for (const [source, text, isMatch] of [
    ['git (status|log)( .*)?', 'git log --oneline', true],
    ['^git (status|log)( .*)?$', 'git log', true],
    ['git (status|log)( .*)?', 'git push', false],
    ['npm run [\\w:-]+(?: --[a-z]+)*', 'npm run lint:fix --quiet --max', true],
    ['npm run [\\w:-]+(?: --[a-z]+)*', 'npm run lint; rm x', false],
    ['a{2,3}', 'aa', true],
    ['a{2,3}', 'aaaa', false],
    ['a{2,}', 'aaaaa', true],
    ['(ab){0}c', 'c', true],
    ['', '', true],
    ['(a|)b', 'b', true],
    ['\\p{L}+', 'äß', true],
    ['.', '\n', true],
    ['a+?b', 'aab', true],
    ['x\\.y\\(', 'x.y(', true],
    ['[\\]a]+', ']a', true],
  ] as const) {
    it(`${source || 'nothing'} ${isMatch ? 'takes' : 'leaves'} ${JSON.stringify(text)}`, () => {
      assert.equal(matches(source, text), isMatch);
    });
  }

  for (const [source, why] of [
    ['(?=a)a', /ahead or behind/],
    ['(?<!a)b', /ahead or behind/],
    ['(a)\\1', /earlier group/],
    ['\\bgit\\b', /whole text/],
    ['a$b', /only at the ends/],
    ['*a', /nothing that it could repeat/],
    ['(a', /not closed/],
    ['a)', /cannot be read/],
    ['[z-a]', /cannot be read/],
    ['a{3,2}', /counts down/],
    ['(a{1,99}){1,99}', /repeats too much/],
    ['a'.repeat(2000), /longer than/],
  ] as const) {
    it(`${source.slice(0, 20)} is refused with a reason`, () => {
      const compiled = compileRegex(source);
      assert.match(compiled.ok ? '' : compiled.why, why);
    });
  }

  for (const source of ['(a+)+', '(a|a)*', '(a|aa)+', '(.*a){12}', '(a*)*b']) {
    it(`${source} – no text keeps it busy`, () => {
      // A backtracking engine needs longer than the universe has lasted for this.
      assert.equal(matches(`${source}c`, `${'a'.repeat(20_000)}!`), false);
    });
  }

  it('gives the answers of the language itself', () => {
    const atom = fc.constantFrom('a', 'b', '-', '.', '\\w', '[ab]', '[^a]', '\\.');
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
        fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(${parts.join('|')})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,1}', '{2,}'))
          .map(([inner, count]) => `(?:${inner})${count}`),
      ),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '\n'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        const compiled = compileRegex(source);
        if (!compiled.ok) return;
        const native = new RegExp(`^(?:${source})$`, 'su');
        for (const entry of texts) {
          assert.equal(compiled.regex.test(entry), native.test(entry), `${source} on ${entry}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
