// A call without the options before its subcommand: `terraform -chdir=prod destroy` is a `terraform destroy` to whoever
// wrote a rule against that. Invariant: only what denies or asks looks at these forms; nothing is allowed by them.

import type { Invocation, Word } from '../shell/types.ts';
import { parseCall } from './options.ts';
import { syntaxOf } from './registry.ts';

/** Most forms that a call is looked at in, and most words of a call that is looked at in more than one. */
const MAX_FORMS = 12;
const MAX_WORDS = 500;

/** The call as it is, then in the forms that it may also be meant in. With too many of them any words may be meant. */
export function plainCalls(call: Invocation): readonly Invocation[] {
  const [program, ...words] = call.argv;
  if (program === undefined || !words.some(isOption)) return [call];
  if (words.length > MAX_WORDS) return [call, anyWords(call, program)];
  const { subcommand, options, operands } = parseCall(call, syntaxOf(call.program ?? ''));
  const taken = new Set(options.flatMap(({ word, value }) => [word, value]));
  const verbs = subcommand.length > 0 ? subcommand : leadingVerbs(operands);
  const others = [
    ...withoutOptionsBetween(words, verbs, taken),
    // Which of its options take a value is not known.
    ...(subcommand.length === 0 ? byDashes(words) : []),
  ];
  const forms = others.slice(0, MAX_FORMS).map((rest) => ({ ...call, argv: [program, ...rest] }));
  return others.length > MAX_FORMS ? [call, ...forms, anyWords(call, program)] : [call, ...forms];
}

/** The program with words that are not known: every rule that denies or asks for a call of it is met. */
function anyWords(call: Invocation, program: Word): Invocation {
  return { ...call, argv: [program], isRepeated: true, hasUnknownOperands: true };
}

/** `s3 rm` of `aws s3 rm s3://b`: tools with many subcommands are read without knowing how deep these go. */
function leadingVerbs(operands: readonly Word[]): readonly string[] {
  const end = operands.findIndex(({ value = '' }) => !/^[a-z][\w:-]*$/.test(value));
  return operands.slice(0, end < 0 ? undefined : end).map(({ value = '' }) => value);
}

function withoutOptionsBetween(
  words: readonly Word[],
  verbs: readonly string[],
  taken: ReadonlySet<Word | undefined>,
): readonly Word[][] {
  let found = 0;
  const rest = words.filter((word) => {
    if (found === verbs.length) return true;
    const isVerb = word.value === verbs[found] && !taken.has(word);
    if (isVerb) found += 1;
    return isVerb;
  });
  return found > 0 && rest.length < words.length ? [rest] : [];
}

/** The ways to take off what starts with dashes, each with or without a value behind it; one more than are looked at. */
function byDashes(words: readonly Word[]): readonly Word[][] {
  const starts = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined && starts.size <= MAX_FORMS; at = open.pop()) {
    if (!isOption(words[at])) continue;
    for (const next of [at + 1, at + 2]) {
      if (next > words.length || starts.has(next)) continue;
      starts.add(next);
      open.push(next);
    }
  }
  return [...starts].map((start) => words.slice(start));
}

function isOption(word: Word | undefined): boolean {
  return word?.value === undefined ? word !== undefined : /^[-+]./.test(word.value);
}
