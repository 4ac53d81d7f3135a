// Does the text of a rule match a call or a line? Cooked words are compared, so nothing can ride along.
// Invariant: an allow rule never matches a word that is not constant, except under a wildcard that is told to take it.
import { braceExpand, escape as escaped, Minimatch } from 'minimatch';
import type { Invocation, Word } from '../shell/types.ts';
import { compileRegex, type LinearRegex } from './linearRegex.ts';
import type { PolicyRule } from './types.ts';

/** Only stars, question marks, classes and braces: a rule that starts with `!` or `#` means that letter. */
export const GLOB = { dot: true, nonegate: true, nocomment: true } as const;

/** Words of a token pattern. Quotes group, as in a shell; undefined where a quote is not closed. */
export function tokensOf(pattern: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const reader = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)/gy;
  let end = 0;
  for (let match = reader.exec(pattern); match; match = reader.exec(pattern)) {
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
    end = reader.lastIndex;
  }
  return pattern.slice(end).trim() === '' && tokens.length > 0 ? tokens : undefined;
}

/** True where a word of a pattern stands for more than itself. */
export function isWildcard(token: string): boolean {
  return token === '**' || (!/^[\w.-]+$/.test(token) && new Minimatch(token, GLOB).hasMagic());
}

/** A pattern that means this text and nothing else. */
export function literalPattern(text: string): string {
  return escaped(text);
}

/** Words that the braces of one pattern may stand for: a list in the rules of a repository must not stop the editor. */
const MOST_ALTERNATIVES = 200;

/** True where the braces of a pattern stand for more words than are tried. */
export function hasTooManyBraces(pattern: string): boolean {
  if (!pattern.includes('{')) return false;
  const words = braceExpand(pattern, { braceExpandMax: MOST_ALTERNATIVES + 1 });
  return words.length > MOST_ALTERNATIVES;
}

/** The whole of an allow rule's pattern against one call, strictly: what is not certain does not match. */
export function allowMatchesCall(rule: PolicyRule, call: Invocation): boolean {
  // Written as a path it may be another program of that name.
  if (call.program === undefined || call.argv[0]?.value !== call.program) return false;
  if (rule.kind === 'regex') {
    const text = call.isRepeated ? undefined : callText(call);
    return text !== undefined && (regexOf(rule)?.test(text) ?? false);
  }
  const tokens = rule.kind === 'tokens' ? wordTestsOf(rule.match) : undefined;
  return tokens !== undefined && matchesTokens(tokens, call, true);
}

/** A deny or ask rule takes the line as soon as one of its calls, or the text itself, may be meant. */
export function strictRuleTouches(
  rule: PolicyRule,
  command: string,
  calls: readonly Invocation[],
): boolean {
  switch (rule.kind) {
    case 'exact':
      return isSameText(rule, command) || calls.some((call) => callText(call) === rule.match);
    case 'regex': {
      const regex = regexOf(rule);
      if (!regex) return true;
      const texts = calls.map((call) => callText(call) ?? '');
      return [command, ...texts].some((text) => regex.test(text));
    }
    case 'tokens': {
      const tokens = wordTestsOf(rule.match);
      if (!tokens || tokens[0]?.pattern === '**') return true;
      return calls.some((call) => matchesTokens(tokens, call, false));
    }
  }
}

/** An exact rule means the whole line, letter by letter, but for what bash itself drops at its ends. */
export function isSameText(rule: PolicyRule, command: string): boolean {
  return exactText(rule.match) === exactText(command);
}

/** Without blanks, tabs and line ends around it: other spaces are letters to bash, and so is a blank behind a backslash. */
export function exactText(text: string): string {
  const start = text.replace(/^[ \t\n]+/, '');
  const end = start.replace(/[ \t\n]+$/, '');
  return end.endsWith('\\') ? start : end;
}

/** A call as a regular expression sees it: its cooked words with one space between; a word that holds a space or is empty stands in quotes. Undefined where a word is not constant. */
export function callText(call: Invocation): string | undefined {
  if (call.argv.some((word) => word.value === undefined || word.isGlob)) return undefined;
  const [first, ...rest] = call.argv.map((word) => word.value ?? '');
  return [call.program ?? first ?? '', ...rest].map(quoted).join(' ');
}

function quoted(word: string): string {
  return word === '' || /[\s"']/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word;
}

function regexOf(rule: PolicyRule): LinearRegex | undefined {
  const compiled = compileRegex(rule.match);
  return compiled.ok ? compiled.regex : undefined;
}

/** One word of a pattern. */
interface WordTest {
  pattern: string;
  /** `*` stands for any one word, also with slashes, but for allow rules not for an option that was not written. */
  takes(word: string, isStrict: boolean): boolean;
}

function wordTestsOf(match: string): readonly WordTest[] | undefined {
  return tokensOf(match)?.map(wordTest);
}

/** A matcher is made once, with the first word that needs it: a call may have thousands. */
function wordTest(pattern: string): WordTest {
  let glob: Minimatch | 'none' | undefined;
  const byGlob = (word: string) => {
    glob ??= isWildcard(pattern) ? new Minimatch(pattern, GLOB) : 'none';
    return glob !== 'none' && glob.match(word);
  };
  return {
    pattern,
    takes: (word, isStrict) => {
      if (pattern === word) return true;
      if (isStrict && word.startsWith('-') && !pattern.startsWith('-')) return false;
      return pattern === '*' || byGlob(word);
    },
  };
}

/**
 * Matches a token pattern against one call. `strict` (for allow): a word that is not constant matches nothing
 * but `**`, and a wildcard stands for no option; otherwise (ask, deny) an unknown word may be anything.
 */
function matchesTokens(
  tokens: readonly WordTest[],
  { argv, program, isRepeated }: Invocation,
  isStrict: boolean,
): boolean {
  const [head, ...rest] = tokens;
  if (program === undefined || head === undefined) return false;
  if (!head.takes(program, isStrict)) return false;
  // More words than can be seen may follow.
  if (isStrict && isRepeated && tokens.at(-1)?.pattern !== '**') return false;
  return matchesRest(rest, argv.slice(1), isStrict, !isStrict && isRepeated);
}

/** `isOpen`: any words may follow those that are there. */
function matchesRest(
  tokens: readonly WordTest[],
  words: readonly Word[],
  isStrict: boolean,
  isOpen: boolean,
): boolean {
  // Row by row from behind, so that many `**` cost no more than words times tokens.
  let row = words.map(() => false).concat(true);
  for (const token of [...tokens].reverse()) {
    const isAnyNumber = token.pattern === '**';
    const next: boolean[] = new Array(words.length + 1).fill(false);
    next[words.length] = isOpen || (isAnyNumber && row[words.length] === true);
    for (let at = words.length - 1; at >= 0; at--) {
      const word = words[at] as Word;
      const isHere = row[at] === true;
      const isBehind = row[at + 1] === true;
      const isSkipped = next[at + 1] === true;
      if (isAnyNumber) next[at] = isHere || isSkipped;
      else if (word.value !== undefined && !word.isGlob)
        next[at] = isBehind && token.takes(word.value, isStrict);
      // What is not known may stand for any words, or for none.
      else next[at] = !isStrict && (isBehind || isHere || isSkipped);
    }
    row = next;
  }
  return row[0] === true;
}
