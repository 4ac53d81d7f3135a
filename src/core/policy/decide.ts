// The decision function: an assessment and a policy in, allow, ask or deny out, with every reason.
// Invariants: deny wins over ask, ask over allow (I4); nothing frees CRITICAL (I8); not understood asks (I3).
import type { Assessment } from '../risk/types.ts';
import type { Invocation } from '../shell/types.ts';
import { callsInside, missOfCall, missOfLine, touches, type Weights, weigh } from './covers.ts';
import { changedPin } from './pinnedFiles.ts';
import type { Because, Policy, PolicyContext, PolicyRule, Ruling } from './types.ts';

/** Rules on one line. Pure; the only clock is `context.now`, for expiry. */
export function decide(assessment: Assessment, policy: Policy, context: PolicyContext): Ruling {
  const stopped = context.lockdown;
  if (stopped !== undefined)
    return { verdict: 'deny', because: [{ code: 'lockdown', text: stopped }] };
  const { rules } = policy;
  const denied = rules.filter(
    (rule) => rule.action === 'deny' && touches(rule, assessment, context),
  );
  if (denied.length > 0) return { verdict: 'deny', because: denied.map(becauseOfRule) };
  const questions = reasonsToAsk(assessment, rules, context);
  const ruling: Ruling =
    questions.length > 0
      ? { verdict: 'ask', because: questions }
      : freeOrAsk(assessment, policy, context);
  return policy.observe ? observed(ruling, assessment) : ruling;
}

/** Observe mode lets pass what would have asked; what is CRITICAL, and what cannot be read at all, is held even so. */
function observed(ruling: Ruling, assessment: Assessment): Ruling {
  const isBlind = ruling.because.some(({ code }) => code === 'degraded');
  if (ruling.verdict !== 'ask' || assessment.level === 'CRITICAL' || isBlind) return ruling;
  const text = 'Observe mode is on: it would have been held.';
  return { verdict: 'allow', because: [{ code: 'observe', text }, ...ruling.because] };
}

function reasonsToAsk(
  assessment: Assessment,
  rules: readonly PolicyRule[],
  context: PolicyContext,
): Because[] {
  const asked = rules.filter((rule) => rule.action === 'ask' && touches(rule, assessment, context));
  const reasons: Because[] = asked.map(becauseOfRule);
  if (assessment.level === 'CRITICAL')
    reasons.push({
      code: 'critical',
      text: 'It is CRITICAL: no rule frees it, only a person, each time.',
    });
  for (const { why, code } of assessment.notUnderstood.slice(0, 3))
    reasons.push({
      code: code === 'parser-unavailable' ? 'degraded' : 'not-understood',
      text: why,
    });
  return reasons;
}

function freeOrAsk(assessment: Assessment, policy: Policy, context: PolicyContext): Ruling {
  const allows = policy.rules.filter((rule) => rule.action === 'allow');
  const exact = allows.find(
    (rule) => rule.kind === 'exact' && missOfLine(rule, assessment, context) === undefined,
  );
  if (exact) return { verdict: 'allow', because: [becauseOfRule(exact)] };
  const because =
    freeByRules(assessment, policy, allows, context) ?? freeByDial(assessment, policy);
  if (because) return { verdict: 'allow', because };
  const changed = allows.flatMap((rule) => whyOutdated(rule, assessment, context) ?? []);
  return { verdict: 'ask', because: [...changed, whyNotFree(assessment, policy)] };
}

/** A kept approval of this very line whose files are others by now. */
function whyOutdated(
  rule: PolicyRule,
  assessment: Assessment,
  context: PolicyContext,
): Because | undefined {
  if (!rule.pinned || missOfLine(rule, assessment, context) !== 'code') return undefined;
  const file = changedPin(rule.pinned, assessment.facts) ?? 'A file';
  const text = `You have allowed this before, but ${file} has changed since. Look at it again.`;
  return { code: 'changed', text, rule };
}

/** Every call has to be allowed: by a rule, by a rule on the task or script that it stands in, or by the dial. */
function freeByRules(
  assessment: Assessment,
  policy: Policy,
  allows: readonly PolicyRule[],
  context: PolicyContext,
): Because[] | undefined {
  const byCall = allows.filter((rule) => rule.kind !== 'exact');
  const used = new Set<PolicyRule>();
  const covered = new Set<number>();
  const { invocations } = assessment.shell;
  const weights = weigh(assessment);
  for (const call of invocations) {
    const rule = byCall.find(
      (candidate) => missOfCall(candidate, call, assessment, context, weights) === undefined,
    );
    if (!rule) continue;
    used.add(rule);
    for (const id of [call.id, ...callsInside(rule, call, assessment)]) covered.add(id);
  }
  const isFree = (call: Invocation) =>
    covered.has(call.id) || isFreeByItself(call, assessment, policy, weights);
  if (used.size === 0 || !invocations.every(isFree)) return undefined;
  return [...used].map(becauseOfRule);
}

/** A part of a longer line that the dial would free by itself; wrappers that do nothing else count as their parts. */
export function isFreeByItself(
  call: Invocation,
  assessment: Assessment,
  policy: Policy,
  weights: Weights = weigh(assessment),
): boolean {
  const isEmpty = call.isTransparentWrapper || call.argv.length === 0;
  const own = weights.get(call.id) ?? [];
  if (own.length === 0) return isEmpty && !call.isElevated;
  if (isEmpty && own.every(({ effect }) => effect.severity === 'none')) return !call.isElevated;
  switch (policy.dial) {
    case 'listed':
      return false;
    case 'readOnly':
      return own.every(
        ({ effect }) =>
          effect.severity === 'none' && (effect.verb === 'read' || effect.verb === 'create'),
      );
    case 'contained':
      return own.every(({ isContained }) => isContained);
  }
}

function freeByDial(assessment: Assessment, policy: Policy): Because[] | undefined {
  if (policy.dial === 'listed') return undefined;
  if (assessment.isReadOnly)
    return [
      {
        code: 'dial',
        text: onlyReads(assessment)
          ? 'It is proved to only read (autoApprove: readOnly).'
          : 'It only reads, adds to the local git history or tries whether code compiles (autoApprove: readOnly).',
      },
    ];
  if (policy.dial === 'contained' && assessment.isContained)
    return [
      {
        code: 'dial',
        text: runsCode(assessment)
          ? "It runs the workspace's own code, which is taken to stay inside it (autoApprove: contained)."
          : 'It stays inside the workspace and can be taken back (autoApprove: contained).',
      },
    ];
  return undefined;
}

function onlyReads({ effects }: Assessment): boolean {
  return effects.every(({ verb }) => verb === 'read');
}

/** Tests, builds and checkers: nobody has looked at what they do. */
function runsCode({ effects }: Assessment): boolean {
  return effects.some(({ verb }) => verb === 'execute-code');
}

function whyNotFree(assessment: Assessment, policy: Policy): Because {
  const text = `No rule allows it, and autoApprove is ${policy.dial}. ${assessment.headline}`;
  const isFinal = assessment.questions.reversible.answer === 'no';
  return isFinal ? { code: 'irreversible', text } : { code: 'not-listed', text };
}

function becauseOfRule(rule: PolicyRule): Because {
  if (rule.isStandIn) return { code: 'invalid-rule', text: rule.reason ?? '', rule };
  const where = { shipped: 'shipped', user: 'user', workspace: 'workspace', grant: 'granted' };
  const reason = rule.reason === undefined ? '' : ` ${rule.reason}`;
  return {
    code: 'rule',
    text: `The ${where[rule.source]} rule \`${rule.match}\` says ${rule.action}.${reason}`,
    rule,
  };
}
