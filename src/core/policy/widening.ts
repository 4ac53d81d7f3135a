// Rules that became wider over time: `npm run lint`, then `npm run *`, then `npm **`. Drift that nobody decided on as a whole.
import { minimatch } from 'minimatch';
import { GLOB, isWildcard, tokensOf } from './ruleMatch.ts';
import type { PolicyRule } from './types.ts';

/** Chains of allow rules, oldest first, each of which takes all that the one before took. One sentence each. */
export function widenedRules(rules: readonly PolicyRule[]): string[] {
  const allows = rules.filter(({ action, kind }) => action === 'allow' && kind !== 'regex');
  const chains = allows.map((rule, index) => chainTo(rule, allows.slice(0, index)));
  const isPart = (chain: readonly PolicyRule[]) =>
    chains.some((other) => other !== chain && chain.every((rule) => other.includes(rule)));
  return chains
    .filter((chain) => chain.length > 1 && !isPart(chain))
    .map((chain) => {
      const steps = chain.map(({ match }) => `\`${match}\``).join(', then ');
      return `Allowed first ${steps}. Do you want all of the last one?`;
    });
}

function chainTo(rule: PolicyRule, earlier: readonly PolicyRule[]): PolicyRule[] {
  const before = [...earlier].reverse().find((other) => isWider(rule, other));
  return before ? [...chainTo(before, earlier.slice(0, earlier.indexOf(before))), rule] : [rule];
}

/** True where `wide` takes everything that `narrow` takes, and more. */
export function isWider(wide: PolicyRule, narrow: PolicyRule): boolean {
  if (wide.kind !== 'tokens') return false;
  const outer = tokensOf(wide.match);
  const inner = tokensOf(narrow.match);
  if (!outer || !inner || outer.join(' ') === inner.join(' ')) return false;
  return takesAll(outer, inner);
}

function takesAll(outer: readonly string[], inner: readonly string[]): boolean {
  const [head, ...rest] = outer;
  if (head === undefined) return inner.length === 0;
  if (head === '**') {
    return (
      rest.length === 0 ||
      inner.some((_, at) => takesAll(rest, inner.slice(at))) ||
      takesAll(rest, [])
    );
  }
  const [word, ...others] = inner;
  if (word === undefined || word === '**') return false;
  const isTaken =
    head === word || head === '*' || (isWildcard(head) && minimatch(word, head, GLOB));
  return isTaken && takesAll(rest, others);
}
