// The made-ready place patterns say the same as minimatch on every path.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { placePatterns } from '../../../../src/core/effects/places.ts';
import { placeTests, splitPath } from '../../../../src/core/effects/placeTests.ts';

const names = placePatterns
  .flatMap(({ patterns }) => patterns.flatMap((pattern) => minimatch.braceExpand(pattern)))
  .flatMap((pattern) => pattern.split('/'))
  .filter((part) => part !== '' && part !== '~' && !part.includes('**'))
  .flatMap((part) => [part, part.replaceAll('*', 'x'), `${part}x`, `x${part}`, part.toUpperCase()])
  .filter((part) => !/[*?]/.test(part));

describe('ready place patterns', () => {
  it('match what minimatch matches', () => {
    const path = fc
      .array(fc.constantFrom(...names, 'home', 'dev', 'a', '.x', 'a.b'), {
        minLength: 1,
        maxLength: 5,
      })
      .chain((parts) => fc.constantFrom(`/${parts.join('/')}`, `/home/dev/${parts.join('/')}`));
    fc.assert(
      fc.property(path, fc.boolean(), (given, isFolded) => {
        const seen = isFolded ? given.toLowerCase() : given;
        placePatterns.forEach(({ place, patterns }, index) => {
          const wanted = patterns.some((pattern) =>
            minimatch(seen, pattern.replace(/^~/, '/home/dev'), { dot: true, nocase: isFolded }),
          );
          const atHome = seen.startsWith('/home/dev/') ? splitPath(seen.slice(9)) : undefined;
          const found = placeTests[index]?.matches(splitPath(seen), atHome, isFolded);
          assert.equal(found, wanted, `${place} ${seen}`);
        });
      }),
      { numRuns: 2000 },
    );
  });
});
