// The built-in patterns of places, made ready once: most of them are plain endings or parts of a path and need no matcher.
// Invariant: a path passes here exactly where minimatch with `dot` matches one of the patterns.
import { Minimatch, minimatch } from 'minimatch';
import { placePatterns } from './places.ts';
import type { PathPlace } from './types.ts';

/** One place with its test; `home` is undefined where it is not known. */
export interface PlaceTest {
  place: PathPlace;
  matches(path: string, home: string | undefined, isCaseInsensitive: boolean): boolean;
}

const PLAIN = String.raw`[^*?!+@[\]{}()/\\]+`;
const ENDING = new RegExp(`^\\*\\*((/${PLAIN})+)$`);
const INSIDE = new RegExp(`^\\*\\*((/${PLAIN})+)/\\*\\*$`);
const EXTENSION = new RegExp(`^\\*\\*/\\*(\\.${PLAIN})$`);

/** In order of precedence, as in the table. */
export const placeTests: readonly PlaceTest[] = placePatterns.map(({ place, patterns }) => {
  const fixed = patterns.filter((pattern) => !pattern.startsWith('~/'));
  const atHome = patterns.flatMap((pattern) => (pattern.startsWith('~/') ? pattern.slice(1) : []));
  const exact = { fixed: testOf(fixed, false), atHome: testOf(atHome, false) };
  const folded = { fixed: testOf(fixed, true), atHome: testOf(atHome, true) };
  return {
    place,
    matches: (path, home, isCaseInsensitive) => {
      const tests = isCaseInsensitive ? folded : exact;
      if (tests.fixed(path)) return true;
      return (
        home !== undefined && path.startsWith(`${home}/`) && tests.atHome(path.slice(home.length))
      );
    },
  };
});

/** A test for any of the patterns on an absolute, normalised path; `isFolded` expects it in lower case. */
function testOf(patterns: readonly string[], isFolded: boolean): (path: string) => boolean {
  const endings: string[] = [];
  const insides: string[] = [];
  const extensions: string[] = [];
  const others: Minimatch[] = [];
  const fold = (text: string) => (isFolded ? text.toLowerCase() : text);
  for (const pattern of patterns.flatMap((given) => minimatch.braceExpand(given))) {
    const [, ending] = ENDING.exec(pattern) ?? [];
    const [, inside] = INSIDE.exec(pattern) ?? [];
    const [, extension] = EXTENSION.exec(pattern) ?? [];
    if (ending !== undefined) endings.push(fold(ending));
    else if (inside !== undefined) insides.push(`${fold(inside)}/`);
    else if (extension !== undefined) extensions.push(fold(extension));
    else others.push(new Minimatch(pattern, { dot: true, nocase: isFolded }));
  }
  return (path) =>
    endings.some((ending) => path.endsWith(ending)) ||
    insides.some((inside) => path.includes(inside)) ||
    extensions.some((extension) => path.endsWith(extension) && !path.endsWith(`/${extension}`)) ||
    others.some((matcher) => matcher.match(path));
}
