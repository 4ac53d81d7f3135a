// What a rule takes: for deny and ask rules the line, for allow rules each call by itself, with the reason where it does not.
// Invariant: an allow rule frees nothing that its text does not say: no redirect, no variable, no other rights or machine,
// no input from another program, no level above `upTo`, and nothing that cannot be taken back unless `upTo` is written.
import type { Effect } from '../effects/types.ts';
import type { Assessment, Level } from '../risk/types.ts';
import { levelOf, rankOf } from '../risk/weights.ts';
import type { Invocation, Redirect } from '../shell/types.ts';
import { changedPin } from './pinnedFiles.ts';
import { fitsFolder, type OutOfForce, outOfForce } from './ruleForce.ts';
import { allowMatchesCall, isSameText, strictRuleTouches, tokensOf } from './ruleMatch.ts';
import type { PolicyContext, PolicyRule } from './types.ts';

/** Highest level that an allow rule frees where it does not say. */
const DEFAULT_UP_TO: Level = 'MEDIUM';

/** Why an allow rule does not free a call, in the order in which it is looked at. */
export type Miss =
  | OutOfForce
  | 'words'
  | 'folder'
  | 'place'
  | 'elevated'
  | 'redirect'
  | 'variable'
  | 'input'
  | 'branch-may-change'
  | 'code'
  | 'program'
  | 'level'
  | 'irreversible';

/** True where a deny or ask rule takes the line. */
export function touches(
  rule: PolicyRule,
  { command, plainCalls }: Assessment,
  context: PolicyContext,
): boolean {
  if (outOfForce(rule, context) !== undefined) return false;
  const here = plainCalls.filter((call) => fitsFolder(rule, call));
  // A line in which no call was found has no folder to look at.
  if (here.length === 0 && plainCalls.length > 0) return false;
  return strictRuleTouches(rule, command, here);
}

/** Why an allow rule does not free this call; undefined where it does. */
export function missOfCall(
  rule: PolicyRule,
  call: Invocation,
  assessment: Assessment,
  context: PolicyContext,
  weights: Weights = weigh(assessment),
): Miss | undefined {
  const force = outOfForce(rule, context);
  if (force !== undefined) return force;
  if (!allowMatchesCall(rule, call)) return 'words';
  if (!fitsFolder(rule, call) || !isInPlace(rule, call, context)) return 'folder';
  if (call.place.kind !== 'local') return 'place';
  if (call.isElevated) return 'elevated';
  if (!call.redirects.every(isHarmlessRedirect)) return 'redirect';
  const own = weights.get(call.id) ?? [];
  if (setsVariables(own)) return 'variable';
  if (runsStandIn(own)) return 'program';
  if (takesInput(call, own)) return 'input';
  if (rule.branch !== undefined && mayLeaveBranch(call, assessment, context))
    return 'branch-may-change';
  const inside = callsInside(rule, call, assessment);
  const others = inside.filter((id) => id !== call.id).flatMap((id) => weights.get(id) ?? []);
  return missOfWeight(rule, [...own, ...others]);
}

/** Why an exact allow rule does not free this line; undefined where it does. */
export function missOfLine(
  rule: PolicyRule,
  assessment: Assessment,
  context: PolicyContext,
): Miss | undefined {
  const force = outOfForce(rule, context);
  if (force !== undefined) return force;
  if (!isSameText(rule, assessment.command)) return 'words';
  if (rule.folder !== undefined && context.cwd !== rule.folder) return 'folder';
  const { invocations } = assessment.shell;
  if (!invocations.every((call) => fitsFolder(rule, call))) return 'folder';
  if (
    rule.branch !== undefined &&
    invocations.some((call) => mayLeaveBranch(call, assessment, context))
  )
    return 'branch-may-change';
  // What a person saw and kept is told by the file itself.
  if (!rule.pinned && runsStandIn([...weigh(assessment).values()].flat())) return 'program';
  if (rule.pinned && changedPin(rule.pinned, assessment.facts) !== undefined) return 'code';
  if (rankOf(assessment.level) > rankOf(rule.upTo ?? DEFAULT_UP_TO)) return 'level';
  return missOfWeight(rule, [...weigh(assessment).values()].flat());
}

/** A grant counts where it was given, a rule about the workspace's own code there. */
function isInPlace(rule: PolicyRule, { cwd }: Invocation, context: PolicyContext): boolean {
  const places = [
    ...(rule.folder === undefined ? [] : [[rule.folder]]),
    ...(rule.isOfWorkspace && context.workspaceRoots ? [context.workspaceRoots] : []),
  ];
  const isBelow = (folder: string) =>
    cwd.kind === 'known' && (cwd.path === folder || cwd.path.startsWith(`${folder}/`));
  return places.every((folders) => folders.some(isBelow));
}

interface Weighed {
  effect: Effect;
  score: number;
  isContained: boolean;
}

/** The effects of each call with what they weigh: a line of many calls is gone through once. */
export type Weights = ReadonlyMap<number, readonly Weighed[]>;

/** Weighs the effects of a line, by the ids of its calls. */
export function weigh({ effects, effectScores, containedEffects }: Assessment): Weights {
  const weights = new Map<number, Weighed[]>();
  effects.forEach((effect, index) => {
    const score = effectScores[index] ?? 100;
    const weighed = { effect, score, isContained: containedEffects[index] === true };
    const own = weights.get(effect.invocation);
    if (own) own.push(weighed);
    else weights.set(effect.invocation, [weighed]);
  });
  return weights;
}

/** I8: a level that the rule does not name, and what cannot be taken back where it names none. */
function missOfWeight(rule: PolicyRule, weighed: readonly Weighed[]): Miss | undefined {
  const most = rankOf(rule.upTo ?? DEFAULT_UP_TO);
  if (weighed.some(({ score }) => rankOf(levelOf(score)) > most)) return 'level';
  const isFinal = ({ effect, isContained }: Weighed) =>
    effect.reversible === 'no' && effect.severity !== 'none' && !isContained;
  return rule.upTo === undefined && weighed.some(isFinal) ? 'irreversible' : undefined;
}

/**
 * Calls that are part of the call that a rule names: those of a script or task that was looked through, and the
 * program that a runner starts, where the rule writes its name (`npx eslint **` names eslint, `npx **` nothing).
 */
export function callsInside(
  rule: PolicyRule,
  outer: Invocation,
  { shell }: Assessment,
): readonly number[] {
  const named = rule.kind === 'tokens' ? (tokensOf(rule.match)?.slice(1) ?? []) : [];
  const isNamed = (call: Invocation) =>
    named.includes(call.program ?? '') &&
    !call.isRepeated &&
    !call.isElevated &&
    call.place.kind === 'local';
  const isInside = (call: Invocation) =>
    call.nesting.some(
      (step, depth) =>
        (step.kind === 'file' ||
          step.kind === 'task' ||
          (step.kind === 'wrapper' && isNamed(call))) &&
        outer.nesting.length <= depth &&
        outer.span.start <= step.span.start &&
        step.span.end <= outer.span.end,
    );
  return shell.invocations.filter((call) => call !== outer && isInside(call)).map(({ id }) => id);
}

const SINKS = /^\/dev\/(null|stdout|stderr|tty)$/;

/** `2>&1`, `>/dev/null`, `</dev/null`: nothing is written or read by them. */
function isHarmlessRedirect({ op, target }: Redirect): boolean {
  if (op === '<<' || op === '<<<') return false;
  const value = target.value ?? '';
  if (op.endsWith('&') && /^(\d+-?|-)$/.test(value)) return true;
  return SINKS.test(value);
}

/** Harmless variables (`NO_COLOR=1`) may stand before what a rule allows; those that decide which code runs may not. */
function setsVariables(own: readonly Weighed[]): boolean {
  return own.some(({ effect }) =>
    /^shell\/(environment|hook-variable|lost-variable|bare-environment)$/.test(effect.rule),
  );
}

/** The words of a rule mean the program of that name, not a file that PATH finds before it. */
function runsStandIn(own: readonly Weighed[]): boolean {
  return own.some(({ effect }) => /^code\/stand-in/.test(effect.rule));
}

/** What another program writes into it is no part of what a pattern of words says, unless it only reads. */
function takesInput(call: Invocation, own: readonly Weighed[]): boolean {
  if (call.input.kind !== 'pipe' && call.input.kind !== 'file') return false;
  return own.some(({ effect }) => effect.severity !== 'none');
}

/** The branch was looked up in the folder of the submission, before the line ran. */
function mayLeaveBranch(
  call: Invocation,
  { effects }: Assessment,
  context: PolicyContext,
): boolean {
  if (call.cwd.kind !== 'known' || call.cwd.path !== context.cwd) return true;
  return effects.some(
    ({ invocation, rule, severity }) =>
      invocation < call.id && rule.startsWith('git/') && severity !== 'none',
  );
}
