// Settings as they were written → a policy and the problems in it.
// Invariant: a setting that cannot be used makes the gate stricter or loud, never looser.
import { shippedRules } from './defaults.ts';
import { isRecord, parseRule } from './parseRule.ts';
import { DIALS, type Dial, type Policy, type PolicyProblem, type PolicyRule } from './types.ts';

/** Raw values of the settings; anything may be in them. */
export interface RawPolicy {
  autoApprove: unknown;
  rules: unknown;
  workspaceRules: unknown;
  observe?: unknown;
}

const DEFAULT_DIAL: Dial = 'readOnly';

/** Reads the settings; every problem names the setting and the place in it. */
export function parsePolicy(raw: RawPolicy): Policy {
  const problems: PolicyProblem[] = [];
  return {
    dial: parseDial(raw.autoApprove, problems),
    rules: [
      ...shippedRules,
      ...parseRules(raw.rules, 'interlock.rules', 'user', problems),
      ...parseRules(raw.workspaceRules, 'interlock.workspaceRules', 'workspace', problems),
    ],
    problems,
    observe: parseObserve(raw.observe, problems),
  };
}

function parseDial(value: unknown, problems: PolicyProblem[]): Dial {
  if (value === undefined) return DEFAULT_DIAL;
  const dial = DIALS.find((known) => known === value);
  if (dial) return dial;
  problems.push({
    setting: 'interlock.autoApprove',
    message: `It is ${JSON.stringify(value)}, which is none of ${DIALS.join(', ')}. Only listed commands run without a question.`,
    suggestion: DEFAULT_DIAL,
  });
  return 'listed';
}

function parseObserve(value: unknown, problems: PolicyProblem[]): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  problems.push({
    setting: 'interlock.observe',
    message: 'It has to be true or false. Observe mode stays off.',
    suggestion: 'false',
  });
  return false;
}

function parseRules(
  value: unknown,
  setting: string,
  source: 'user' | 'workspace',
  problems: PolicyProblem[],
): PolicyRule[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ setting, message: 'It has to be a list of rules.', suggestion: '[]' });
    // Nobody can tell what the list would have denied.
    return [standIn(source, undefined)];
  }
  return value.flatMap((entry: unknown, index) => {
    const rule = parseRule(entry, source);
    if (!('fault' in rule)) return [{ ...rule, index }];
    const { fault: message, field } = rule;
    problems.push({ setting, index, ...(field !== undefined && { field }), message });
    const isAllow = isRecord(entry) && entry.action === 'allow';
    return isAllow ? [] : [standIn(source, index)];
  });
}

/** What stands in for a deny or ask rule that cannot be used: every command asks until it is mended. */
function standIn(source: 'user' | 'workspace', index: number | undefined): PolicyRule {
  return {
    match: '**',
    kind: 'tokens',
    action: 'ask',
    reason: 'A rule in the settings cannot be used; until it is mended every command asks.',
    source,
    isStandIn: true,
    ...(index !== undefined && { index }),
  };
}
