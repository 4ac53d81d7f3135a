// The decision function: an assessment and a policy in, allow, ask or deny out, with every reason.
// Invariants: deny wins over ask, ask over allow (I4); nothing frees CRITICAL (I8); not understood asks (I3).
import type { Assessment, Level } from '../risk/types.ts';
import { rankOf } from '../risk/weights.ts';
import type { Invocation } from '../shell/types.ts';
import { regexOf } from './parsePolicy.ts';
import { isInForce, matchesTokens, tokensOf } from './ruleMatch.ts';
import type { Because, Policy, PolicyContext, PolicyRule, Ruling } from './types.ts';

/** Highest level that an allow rule frees where it does not say. */
const DEFAULT_UP_TO: Level = 'MEDIUM';

/** Rules on one line. Pure; the only clock is `context.now`, for expiry. */
export function decide(assessment: Assessment, policy: Policy, context: PolicyContext): Ruling {
  const rules = policy.rules.filter((rule) => isInForce(rule, context));
  const denied = rules.filter((rule) => rule.action === 'deny' && touches(rule, assessment));
  if (denied.length > 0) return { verdict: 'deny', because: denied.map(becauseOfRule) };
  const questions = reasonsToAsk(assessment, rules);
  if (questions.length > 0) return { verdict: 'ask', because: questions };
  return freeOrAsk(assessment, policy, rules);
}

/** A deny or ask rule takes the line as soon as one of its calls, or the text itself, matches. */
function touches(rule: PolicyRule, assessment: Assessment): boolean {
  if (rule.kind !== 'tokens') return matchesText(rule, assessment.command);
  const tokens = tokensOf(rule.match);
  if (!tokens) return true;
  if (tokens[0] === '**') return true;
  return assessment.shell.invocations.some((call) => matchesTokens(tokens, call, false));
}

function matchesText(rule: PolicyRule, command: string): boolean {
  if (rule.kind === 'exact') return rule.match.trim() === command.trim();
  return regexOf(rule.match)?.test(command) ?? rule.action !== 'allow';
}

function reasonsToAsk(assessment: Assessment, rules: readonly PolicyRule[]): Because[] {
  const asked = rules.filter((rule) => rule.action === 'ask' && touches(rule, assessment));
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

function freeOrAsk(assessment: Assessment, policy: Policy, rules: readonly PolicyRule[]): Ruling {
  const allows = rules.filter((rule) => rule.action === 'allow');
  const byText = allows.find(
    (rule) =>
      rule.kind !== 'tokens' &&
      isHighEnough(rule, assessment) &&
      matchesText(rule, assessment.command),
  );
  if (byText) return { verdict: 'allow', because: [becauseOfRule(byText)] };
  const because = freeByRules(assessment, policy, allows) ?? freeByDial(assessment, policy);
  if (because) return { verdict: 'allow', because };
  return { verdict: 'ask', because: [whyNotFree(assessment, policy)] };
}

/** Every call has to be allowed: by a rule, by a rule on the task or script that it stands in, or by the dial. */
function freeByRules(
  assessment: Assessment,
  policy: Policy,
  allows: readonly PolicyRule[],
): Because[] | undefined {
  const { invocations } = assessment.shell;
  const used = new Map<Invocation, PolicyRule>();
  for (const call of invocations) {
    const rule = allows.find((candidate) => allowsCall(candidate, call, assessment));
    if (rule) used.set(call, rule);
    else if (!isFreeByItself(call, assessment, policy) && !isInsideAllowed(call, used))
      return undefined;
  }
  if (used.size === 0) return undefined;
  return [...new Set(used.values())].map(becauseOfRule);
}

/** A part of a longer line that the dial would free by itself; wrappers that do nothing else count as their parts. */
function isFreeByItself(call: Invocation, assessment: Assessment, policy: Policy): boolean {
  const { effects, containedEffects } = assessment;
  const isEmpty = call.isTransparentWrapper || call.argv.length === 0;
  const own = effects.flatMap((effect, index) =>
    effect.invocation === call.id
      ? [{ effect, isContained: containedEffects[index] === true }]
      : [],
  );
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

/** Calls of a script or task that was looked through are part of the call that a rule names; their level counts for it. */
function isInsideAllowed(call: Invocation, used: ReadonlyMap<Invocation, PolicyRule>): boolean {
  return call.nesting.some(
    (step, depth) =>
      step.kind === 'file' &&
      [...used.keys()].some(
        (outer) =>
          outer.nesting.length <= depth &&
          outer.span.start <= step.span.start &&
          step.span.end <= outer.span.end,
      ),
  );
}

function allowsCall(rule: PolicyRule, call: Invocation, assessment: Assessment): boolean {
  if (rule.kind !== 'tokens' || !isHighEnough(rule, assessment)) return false;
  if (hasOwnWrites(call, assessment) || call.place.kind !== 'local' || call.isElevated)
    return false;
  const tokens = tokensOf(rule.match);
  return tokens !== undefined && matchesTokens(tokens, call, true);
}

/** A redirect or a variable is not part of what a pattern of words allows, unless it does nothing. */
function hasOwnWrites(call: Invocation, assessment: Assessment): boolean {
  return assessment.effects.some(
    (effect) =>
      effect.invocation === call.id &&
      effect.severity !== 'none' &&
      /^(redirects|shell|network)\//.test(effect.rule),
  );
}

function isHighEnough(rule: PolicyRule, assessment: Assessment): boolean {
  return (
    assessment.level !== 'CRITICAL' &&
    rankOf(assessment.level) <= rankOf(rule.upTo ?? DEFAULT_UP_TO)
  );
}

function freeByDial(assessment: Assessment, policy: Policy): Because[] | undefined {
  if (policy.dial === 'listed') return undefined;
  if (assessment.isReadOnly)
    return [
      {
        code: 'dial',
        text: 'It is proved to only read or to add to the local history (autoApprove: readOnly).',
      },
    ];
  if (policy.dial === 'contained' && assessment.isContained)
    return [
      {
        code: 'dial',
        text: 'It stays inside the workspace and can be taken back (autoApprove: contained).',
      },
    ];
  return undefined;
}

function whyNotFree(assessment: Assessment, policy: Policy): Because {
  const text = `No rule allows it, and autoApprove is ${policy.dial}. ${assessment.headline}`;
  const isFinal = assessment.questions.reversible.answer === 'no';
  return isFinal ? { code: 'irreversible', text } : { code: 'not-listed', text };
}

function becauseOfRule(rule: PolicyRule): Because {
  const where = { shipped: 'shipped', user: 'user', workspace: 'workspace', grant: 'granted' };
  const reason = rule.reason === undefined ? '' : ` ${rule.reason}`;
  return {
    code: 'rule',
    text: `The ${where[rule.source]} rule \`${rule.match}\` says ${rule.action}.${reason}`,
    rule,
  };
}
