// Invocations in, effects out: every invocation gets at least one, so nothing passes unnamed.
// Invariant: a program that no rule knows is `unknown/program`; a path to a program in the workspace is foreign code.

import type { Invocation, ShellAnalysis, Word } from '../shell/types.ts';
import { actingOption } from './actingOptions.ts';
import { assignmentEffects, bareEffects, changeEffects } from './assignments.ts';
import { combinedEffects } from './families/combined.ts';
import {
  disguised,
  foreignCode,
  isDisguised,
  isPathToForeignCode,
  unknownProgram,
} from './foreignCode.ts';
import { gateEffects } from './gateTouch.ts';
import { helpEffect, isHelp } from './helpCalls.ts';
import { effectsOfCode, inlineEffects } from './inlineEffects.ts';
import { withOwnThings } from './madeHere.ts';
import { matches } from './matches.ts';
import { parseCall } from './options.ts';
import { ownFileOf, ownProgram, plantEffects, standInEffects } from './ownPrograms.ts';
import { redirectEffects } from './redirects.ts';
import { rulesFor, syntaxOf } from './registry.ts';
import { secretReadEffects } from './secretReads.ts';
import { SHOWS_SECRET } from './secretRule.ts';
import { type SeenScript, seenScripts } from './seenScripts.ts';
import { pathTarget } from './targets.ts';
import type { Call, Effect, EffectContext, Rule, Target, Verb } from './types.ts';

/** All effects of all invocations, in order. Pure and total. */
export function nameEffects(given: ShellAnalysis, context: EffectContext): Effect[] {
  const analysis = withinReach(given);
  const own = analysis.invocations
    .flatMap((invocation) => [
      ...unseenWords(invocation, given.invocations[invocation.id]),
      ...programEffects(invocation, inlineEffects(analysis, invocation, context), context).filter(
        (effect) => !isCoveredByTask(effect, invocation),
      ),
      ...assignmentEffects(invocation),
      ...bareEffects(invocation),
      ...redirectEffects(invocation, context),
      ...elevationEffects(invocation),
      ...standInEffects(invocation, context),
    ])
    .map(byPlace);
  own.push(
    ...changeEffects(analysis),
    ...secretReadEffects(analysis, own, context),
    ...plantEffects(own, context),
  );
  const seen = seenScripts(analysis, own);
  const bySeen =
    seen.size === 0 ? own : own.flatMap((effect) => judgeSeen(effect, seen, analysis, context));
  const judged = withOwnThings(analysis, bySeen, context);
  const ofGate = gateEffects(analysis, judged, context);
  return [
    ...judged,
    ...ofGate,
    ...combinedEffects(analysis, judged, new Set(seen.keys()), context),
  ];
}

/** Most words of a line that are looked at one by one, and most of one call behind which others may still follow. */
const MAX_WORDS = 600;
const FEW_WORDS = 20;

/** The calls with no more words than can be looked at before anybody notices. */
function withinReach(analysis: ShellAnalysis): ShellAnalysis {
  let left = MAX_WORDS;
  const cut = analysis.invocations.map((invocation) => {
    const count = Math.max(left, FEW_WORDS);
    left -= invocation.argv.length;
    const { argv } = invocation;
    return argv.length > count ? { ...invocation, argv: argv.slice(0, count) } : invocation;
  });
  return left < 0 ? { ...analysis, invocations: cut } : analysis;
}

function unseenWords(seen: Invocation, { argv }: Invocation = seen): Effect[] {
  if (argv.length === seen.argv.length) return [];
  const effect = unknownProgram(
    seen,
    `only ${seen.argv.length} of its ${argv.length} words are looked at`,
  );
  return [
    {
      ...effect,
      rule: 'unknown/too-many-words',
      severity: 'serious',
      alternative: 'Run it in parts.',
    },
  ];
}

/**
 * A script whose text stands in the line does what that text does. What a test of the workspace imports is the
 * workspace's own code, as it is in `pytest`.
 */
function judgeSeen(
  effect: Effect,
  seen: ReadonlyMap<number, SeenScript>,
  analysis: ShellAnalysis,
  context: EffectContext,
): Effect[] {
  const script = seen.get(effect.invocation);
  const isOwnTest = effect.rule === 'interpreters/own-test';
  if (!script || (!isOwnTest && effect.rule !== 'interpreters/script')) return [effect];
  const invocation = analysis.invocations[effect.invocation] as Invocation;
  const found = effectsOfCode(script, invocation, context);
  if (!isOwnTest) return found;
  return [
    effect,
    ...found.filter(({ rule }) => !/^inline\/(code|import-unknown|reads)$/.test(rule)),
  ];
}

/** A task runner's own effect says already that the workspace's code runs; what a task is made of adds only what it names. */
function isCoveredByTask({ rule }: Effect, { nesting }: Invocation): boolean {
  return (
    /^(unknown\/program|code\/run-workspace-file|interpreters\/script)$/.test(rule) &&
    nesting.some((step) => step.kind === 'task')
  );
}

const CHANGES: ReadonlySet<Verb> = new Set<Verb>([
  'create',
  'modify',
  'overwrite',
  'delete',
  'change-config',
]);

/** Two places make a deed another one: reading a secret is no plain reading, and changing the gate's own files is tampering. */
function byPlace(effect: Effect): Effect {
  const { place, kind, name } = effect.target;
  if (kind !== 'path') return effect;
  if (place === 'gate' && CHANGES.has(effect.verb)) {
    return {
      ...effect,
      verb: 'tamper-gate',
      severity: 'extreme',
      reason: `It changes ${name}, which decides what agents may do or records what they did.`,
    };
  }
  if (
    place === 'secret' &&
    effect.verb === 'read' &&
    effect.severity === 'none' &&
    !READS_NO_CONTENT.has(effect.rule)
  ) {
    return {
      ...effect,
      ...SHOWS_SECRET,
      rule: 'secrets/read-file',
      reason: `It reads ${name}, which holds secrets.`,
    };
  }
  return effect;
}

/** Rules that tell names and sizes, not what stands in a file. */
const READS_NO_CONTENT: ReadonlySet<string> = new Set(['reads/list', 'reads/find', 'reads/file']);

function programEffects(
  invocation: Invocation,
  inline: readonly Effect[],
  context: EffectContext,
): Effect[] {
  if (invocation.argv.length === 0) return [];
  const own = ownFileOf(invocation, context);
  if (!own && isHelp(invocation)) return [helpEffect(invocation)];
  if (invocation.program === undefined)
    return [unknownProgram(invocation, 'its name is not constant')];
  if (isDisguised(invocation.argv[0])) return [disguised(invocation)];
  const isForeign = isPathToForeignCode(invocation.argv[0]);
  const foreign = isForeign ? [foreignCode(invocation, context)] : [];
  const syntax = syntaxOf(invocation.program);
  const call = parseCall(invocation, syntax);
  const rules = rulesFor(call.program).filter((rule) => matches(rule, call, context, syntax));
  const named = [
    ...rules.flatMap((rule) => effectsOfRule(rule, call, context)),
    ...(rules.length > 0 || !isWholeProof(inline, invocation.program) ? inline : []),
  ];
  if (own && (named.length > 0 || !own.isTool || isHelp(invocation)))
    return [ownProgram(invocation, own, context), ...beyondSmall(named, !own.isTool)];
  if (isForeign) return [...foreign, ...beyondSmall(named)];
  if (named.length > 0) return named;
  if (invocation.isTransparentWrapper) return [];
  const [why, advice] = whyUnknown(call, actingOption(call, syntax)?.word);
  const effect = unknownProgram(invocation, why);
  return [{ ...effect, alternative: effect.alternative ?? advice }];
}

/** Why no rule vouches for the call, and what a person or an agent can do about it. */
function whyUnknown(call: Call, acting: Word | undefined): readonly [string, string] {
  if (acting)
    return [
      `its option ${acting.value ?? acting.text} may act, and no rule says that it only reads`,
      'Leave the option out, or look at what it does.',
    ];
  if (rulesFor(call.program).length === 0)
    return ['no rule knows this program', 'Look at its help first: `--help`.'];
  if (!call.mayHaveHiddenOptions)
    return ['no rule knows what it does with these words', 'Look at its help first: `--help`.'];
  const open = call.invocation.argv.slice(1).find(({ value }) => value === undefined);
  return open
    ? [
        `\`${open.text.slice(0, MOST_SHOWN)}\` may turn out to be an option or several words`,
        'Write the words out, or put what is not constant in quotes behind `--`.',
      ]
    : ['it gets words that are not seen here', 'Print the words first, with `echo` before them.'];
}

const MOST_SHOWN = 60;

/**
 * `sed -f own.sed -e p`: the text in the line only reads, but where the program has a rule that says under which options
 * it reads and that does not hold, the text is not the whole of what it does.
 */
function isWholeProof(inline: readonly Effect[], program: string): boolean {
  const hasRule = rulesFor(program).some(({ id }) => id.startsWith('reads/'));
  return hasRule && inline.every(({ severity }) => severity === 'none');
}

/** What a program that is not what its name says would do beside running: the harm is believed, the harmlessness is not. */
function beyondSmall(effects: readonly Effect[], isAnother = true): readonly Effect[] {
  return isAnother ? effects.filter(({ severity }) => !/none|minor/.test(severity)) : effects;
}

/** The effects of one rule on one call, one for each target. */
export function effectsOfRule(rule: Rule, call: Call, context: EffectContext): Effect[] {
  const targets = pickTargets(rule, call, context);
  return (targets.length > 0 ? targets : [NO_TARGET]).map((target) => ({
    rule: rule.id,
    verb: rule.verb,
    category: rule.category,
    severity: rule.severity,
    reversible: rule.reversible,
    reach: rule.reach,
    target,
    invocation: call.invocation.id,
    span: call.invocation.span,
    reason: rule.why.replaceAll('{target}', target.name === '' ? 'it' : target.name),
    recovery: rule.recovery,
    alternative: rule.alternative,
  }));
}

const NO_TARGET: Target = { kind: 'none', name: '' };

function pickTargets(rule: Rule, call: Call, context: EffectContext): readonly Target[] {
  const picker = rule.target;
  if (typeof picker === 'function') return picker(call, context);
  if (picker === 'none') return [];
  if (typeof picker === 'object') return pickNamed(picker, call);
  const words = call.operands;
  const chosen = {
    operands: words,
    first: words.slice(0, 1),
    last: words.slice(-1),
    rest: words.slice(1),
    'all-but-last': words.slice(0, -1),
  }[picker];
  return chosen.map((word) => pathTarget(word, call, context));
}

function pickNamed(
  picker: Exclude<Rule['target'], string | ((...given: never[]) => unknown)>,
  call: Call,
): readonly Target[] {
  if ('name' in picker) return [{ kind: picker.kind, name: picker.name }];
  const word = 'option' in picker ? call.valueOf(...picker.option) : call.operands[picker.operand];
  return word === undefined ? [] : [{ kind: picker.kind, name: word.value ?? word.text }];
}

function elevationEffects(invocation: Invocation): Effect[] {
  const isWrapper = /^(sudo|doas|su|pkexec|runuser)$/.test(invocation.program ?? '');
  if (!invocation.isElevated || isWrapper) return [];
  return [
    {
      rule: 'users/elevated',
      verb: 'escalate',
      category: 'config-change',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: { kind: 'program', name: invocation.program ?? '' },
      invocation: invocation.id,
      span: invocation.span,
      reason: `${invocation.program ?? 'The program'} runs with another user's rights.`,
      recovery: 'Depends on what it does.',
      alternative: 'Run it without sudo where that is enough.',
    },
  ];
}
