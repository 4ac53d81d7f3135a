// Does a rule of the settings match? Tokens are compared on cooked words, so nothing can ride along.
// Invariant: an allow rule never matches a word that is not constant, except under a wildcard that is told to take it.
import { Minimatch, minimatch } from 'minimatch';
import type { Invocation, Word } from '../shell/types.ts';
import type { PolicyContext, PolicyRule } from './types.ts';

/** True where the rule is in force here and now: not expired, right folder, branch and agent. */
export function isInForce(rule: PolicyRule, context: PolicyContext): boolean {
  if (rule.expires !== undefined && !isBefore(context.now, rule.expires)) return false;
  return (
    fits(rule.cwd, context.cwd) &&
    fits(rule.branch, context.branch) &&
    fits(rule.agent, context.agent)
  );
}

/** A plain date ends with its last moment in UTC; what cannot be read as a date has ended. */
function isBefore(now: Date, expires: string): boolean {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(expires);
  const end = Date.parse(isDay ? `${expires}T23:59:59.999Z` : expires);
  return Number.isFinite(end) && now.getTime() <= end;
}

function fits(pattern: string | undefined, value: string | undefined): boolean {
  if (pattern === undefined) return true;
  return value !== undefined && minimatch(value, pattern, { dot: true });
}

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

/**
 * Matches a token pattern against one call. `strict` (for allow): the program must be written as a plain
 * name, and a word that is not constant matches nothing but `**`; otherwise (ask, deny) an unknown word may be anything.
 */
export function matchesTokens(
  tokens: readonly string[],
  invocation: Invocation,
  isStrict: boolean,
): boolean {
  const { argv, program } = invocation;
  const first = argv[0];
  if (!first || program === undefined) return false;
  if (isStrict && first.value !== program) return false;
  const [head, ...rest] = tokens;
  if (head === undefined || !matchesWord(head, program, isStrict)) return false;
  return matchesRest(rest, argv.slice(1), isStrict);
}

function matchesRest(
  tokens: readonly string[],
  words: readonly Word[],
  isStrict: boolean,
): boolean {
  const [head, ...rest] = tokens;
  if (head === undefined) return words.length === 0;
  if (head === '**') {
    if (rest.length === 0) return true;
    return Array.from({ length: words.length + 1 }, (_, skip) => skip).some((skip) =>
      matchesRest(rest, words.slice(skip), isStrict),
    );
  }
  const [word, ...others] = words;
  if (!word) return false;
  const isUnknown = word.value === undefined || word.isGlob;
  const isMatch = isUnknown ? !isStrict : matchesWord(head, word.value ?? '', isStrict);
  return isMatch && matchesRest(rest, others, isStrict);
}

/** `*` stands for any one word, also with slashes, but for allow rules not for an option that was not written. */
function matchesWord(pattern: string, word: string, isStrict: boolean): boolean {
  if (pattern === word) return true;
  if (pattern === '*') return !(isStrict && word.startsWith('-'));
  if (!new Minimatch(pattern).hasMagic()) return false;
  return minimatch(word, pattern, { dot: true });
}
