// Does a rule apply to a call? The whole matching vocabulary of rule data is here.
// Invariant: `none` and `only` (read-only proofs) do not hold where a word could hide an option.
import { minimatch } from 'minimatch';
import type { Word } from '../shell/types.ts';
import { actingOption } from './actingOptions.ts';
import { isSameOption } from './options.ts';
import { classifyPath } from './targets.ts';
import type { Call, Condition, EffectContext, OperandTest, ProgramSyntax, Rule } from './types.ts';

/** True where every part of the rule's condition holds for the call. */
export function matches(
  rule: Rule,
  call: Call,
  context: EffectContext,
  syntax?: ProgramSyntax,
): boolean {
  const { when } = rule;
  // What is proved by a word that may be no deed at all is not proved.
  const isLight = rule.severity === 'none' || rule.severity === 'minor';
  if (isLight && syntax?.hasVerb === true && call.isVerbUnsure) return false;
  return (
    (when.subcommand === undefined || matchesSubcommand(when.subcommand, call)) &&
    matchesOptions(rule, call, syntax) &&
    matchesOperands(when, call, context) &&
    (when.test === undefined || when.test(call, context)) &&
    !isUndone(rule, call, syntax)
  );
}

/** A proof of reading beside an option that acts, where the rule itself does not name that option. */
function isUndone(
  { verb, severity, when: { any = [], all = [], only } }: Rule,
  call: Call,
  syntax: ProgramSyntax | undefined,
): boolean {
  if (verb !== 'read' || severity !== 'none' || only !== undefined) return false;
  const acting = actingOption(call, syntax);
  return acting !== undefined && !any.includes(acting.name) && !all.includes(acting.name);
}

function matchesSubcommand(patterns: readonly string[], call: Call): boolean {
  return patterns.some((pattern) => matchesWords(pattern.split(' '), call.subcommand));
}

/** Word by word from the start; `*` is one word, `**` any number. Words beyond the pattern are free. */
function matchesWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return true;
  if (head === '**') {
    if (rest.length === 0) return true;
    return words.some((_, index) => matchesWords(rest, words.slice(index)));
  }
  const [word, ...others] = words;
  return word !== undefined && fits(word, head) && matchesWords(rest, others);
}

function matchesOptions(rule: Rule, call: Call, syntax: ProgramSyntax | undefined): boolean {
  const { when } = rule;
  // A hidden option may undo a proof that a call only reads; that it undoes the harm is not assumed.
  const isProof = rule.severity === 'none';
  if (when.any !== undefined && !call.has(...when.any)) return false;
  if (when.all !== undefined && !when.all.every((name) => call.has(name))) return false;
  if (when.none !== undefined && ((isProof && call.mayHaveHiddenOptions) || call.has(...when.none)))
    return false;
  const { only } = when;
  if (only === undefined) return true;
  if (call.mayHaveHiddenOptions) return false;
  return call.options.every((option) =>
    only.some((name) => isSameOption(option.name, name, syntax)),
  );
}

function matchesOperands(when: Condition, call: Call, context: EffectContext): boolean {
  const { operands } = when;
  if (operands === undefined) return true;
  const words = call.operands;
  if (operands.min !== undefined && words.length < operands.min) return false;
  if (operands.max !== undefined && words.length > operands.max) return false;
  const { some, every } = operands;
  if (some !== undefined && !words.some((word) => passes(some, word, call, context))) return false;
  return every === undefined || words.every((word) => passes(every, word, call, context));
}

function passes(test: OperandTest, word: Word, call: Call, context: EffectContext): boolean {
  if ('dynamic' in test) return word.value === undefined;
  if ('place' in test) {
    const { place } = classifyPath(word, call.cwd, context);
    return place !== undefined && test.place.includes(place);
  }
  const { value } = word;
  if (value === undefined) return false;
  if ('equals' in test) return test.equals.includes(value);
  return test.pattern.some((pattern) => fits(value, pattern));
}

/** Most patterns are plain words, which need no matcher of patterns. */
function fits(value: string, pattern: string): boolean {
  return /^[\w.-]+$/.test(pattern) ? value === pattern : minimatch(value, pattern, { dot: true });
}
