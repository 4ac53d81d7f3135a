// The built-in patterns of places, made ready once: most of them are plain endings or parts of a path and need no matcher.
// Invariant: a path passes here exactly where minimatch with `dot` matches one of the patterns.
import { Minimatch, minimatch } from 'minimatch';
import { placePatterns } from './places.ts';
import type { PathPlace } from './types.ts';

/** One place with its test; `home` is the path as seen from home, undefined where it does not lie there. */
export interface PlaceTest {
  place: PathPlace;
  matches(path: SplitPath, home: SplitPath | undefined, isCaseInsensitive: boolean): boolean;
}

/** An absolute, normalised path and its parts, taken apart once for all tests. */
export interface SplitPath {
  path: string;
  folders: readonly string[];
  base: string;
  extension: string;
}

export function splitPath(path: string): SplitPath {
  const folders = path.split('/');
  const base = folders.at(-1) ?? '';
  return { path, folders, base, extension: extensionOf(base) };
}

const PLAIN = String.raw`[^*?!+@[\]{}()/\\]+`;
const ENDING = new RegExp(`^\\*\\*((/${PLAIN})+)$`);
const INSIDE = new RegExp(`^\\*\\*((/${PLAIN})+)/\\*\\*$`);
const EXACT = new RegExp(`^(/${PLAIN})+$`);
const BELOW = new RegExp(`^((/${PLAIN})+)/\\*\\*$`);
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
      return tests.fixed(path) || (home !== undefined && tests.atHome(home));
    },
  };
});

/** A test for any of the patterns on an absolute, normalised path; `isFolded` expects it in lower case. */
function testOf(patterns: readonly string[], isFolded: boolean): (split: SplitPath) => boolean {
  // Each kind is found by one part of the path, because every path of a line is held against all patterns.
  const endings = new Map<string, string[]>();
  const insides = new Map<string, string[]>();
  const extensions = new Map<string, string[]>();
  const exact = new Set<string>();
  const folders: string[] = [];
  const others: { literal: string; matcher: Minimatch }[] = [];
  const fold = (text: string) => (isFolded ? text.toLowerCase() : text);
  for (const pattern of patterns.flatMap((given) => minimatch.braceExpand(given))) {
    const [, ending] = ENDING.exec(pattern) ?? [];
    const [, inside] = INSIDE.exec(pattern) ?? [];
    const [, extension] = EXTENSION.exec(pattern) ?? [];
    const [, folder] = BELOW.exec(pattern) ?? [];
    if (ending !== undefined) add(endings, fold(baseOf(ending)), fold(ending));
    else if (inside !== undefined) add(insides, fold(firstOf(inside)), `${fold(inside)}/`);
    else if (extension !== undefined)
      add(extensions, fold(extensionOf(extension)), fold(extension));
    else if (folder !== undefined) folders.push(`${fold(folder)}/`);
    else if (EXACT.test(pattern)) exact.add(fold(pattern));
    else
      others.push({
        literal: fold(literalOf(pattern)),
        matcher: new Minimatch(pattern, { dot: true, nocase: isFolded }),
      });
  }
  return ({ path, folders: parts, base, extension }) =>
    exact.has(path) ||
    endings.get(base)?.some((ending) => path.endsWith(ending)) === true ||
    extensions.get(extension)?.some((end) => base.endsWith(end) && base !== end) === true ||
    folders.some((folder) => path.startsWith(folder)) ||
    parts.some((part) => insides.get(part)?.some((inside) => path.includes(inside)) === true) ||
    others.some(({ literal, matcher }) => path.includes(literal) && matcher.match(path));
}

/** The longest text that every path has which the pattern matches: looking for it is cheaper than matching. */
function literalOf(pattern: string): string {
  const runs = pattern.replace(/[!?+*@]\(.*\)|\[.*\]/g, '*').split(/[*?]+/);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function firstOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function extensionOf(base: string): string {
  return base.slice(base.lastIndexOf('.'));
}

function add(all: Map<string, string[]>, key: string, value: string): void {
  all.set(key, [...(all.get(key) ?? []), value]);
}
