// Settings as they were written → a policy and the problems in it.
// Invariant: a setting that cannot be used makes the gate stricter or loud, never looser.
import { shippedRules } from './defaults.ts';
import { tokensOf } from './ruleMatch.ts';
import type { Dial, Policy, PolicyProblem, PolicyRule, Verdict } from './types.ts';

/** Raw values of the settings; anything may be in them. */
export interface RawPolicy {
  autoApprove: unknown;
  rules: unknown;
  workspaceRules: unknown;
}

const DIALS: readonly Dial[] = ['listed', 'readOnly', 'contained'];
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

function parseRules(
  value: unknown,
  setting: string,
  source: 'user' | 'workspace',
  problems: PolicyProblem[],
): PolicyRule[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ setting, message: 'It has to be a list of rules.', suggestion: '[]' });
    return [];
  }
  return value.flatMap((entry: unknown, index) => {
    const rule = parseRule(entry, source);
    if (typeof rule !== 'string') return [rule];
    problems.push({ setting, index, message: rule });
    return stricterThan(entry, source);
  });
}

/** What stands in for a deny or ask rule that cannot be used: every command asks until it is mended. */
function stricterThan(entry: unknown, source: 'user' | 'workspace'): PolicyRule[] {
  const action = isRecord(entry) ? entry['action'] : undefined;
  if (action === 'allow') return [];
  return [
    {
      match: '**',
      kind: 'tokens',
      action: 'ask',
      reason: 'A rule in the settings cannot be used; until it is mended every command asks.',
      source,
    },
  ];
}

/** A rule, or the sentence that says what is wrong with it. */
function parseRule(entry: unknown, source: 'user' | 'workspace'): PolicyRule | string {
  if (!isRecord(entry)) return 'A rule has to be an object with "match" and "action".';
  const { match, kind = 'tokens', action, upTo, expires } = entry;
  if (typeof match !== 'string' || match.trim() === '') return '"match" has to be a command.';
  if (kind !== 'tokens' && kind !== 'exact' && kind !== 'regex')
    return '"kind" has to be "tokens", "exact" or "regex".';
  if (!isAction(action)) return '"action" has to be "allow", "ask" or "deny".';
  if (source === 'workspace' && action === 'allow')
    return 'A workspace can only ask and deny. Move this rule to your user settings.';
  if (upTo !== undefined && upTo !== 'LOW' && upTo !== 'MEDIUM' && upTo !== 'HIGH')
    return '"upTo" has to be "LOW", "MEDIUM" or "HIGH"; nothing frees CRITICAL.';
  if (kind === 'tokens' && tokensOf(match) === undefined)
    return 'A quote in "match" is not closed.';
  if (kind === 'regex' && regexOf(match) === undefined)
    return '"match" is not a regular expression that can be used.';
  const texts = textsOf(entry);
  if (typeof texts === 'string') return texts;
  if (expires !== undefined && (typeof expires !== 'string' || Number.isNaN(Date.parse(expires))))
    return '"expires" has to be a date such as 2026-12-31.';
  const examples = examplesOf(entry['examples']);
  if (typeof examples === 'string') return examples;
  return {
    match,
    kind,
    action,
    source,
    ...texts,
    ...(upTo && { upTo }),
    ...(expires !== undefined && { expires }),
    ...(examples && { examples }),
  };
}

function textsOf(
  entry: Record<string, unknown>,
): Partial<Pick<PolicyRule, 'reason' | 'cwd' | 'branch' | 'agent'>> | string {
  const texts: Partial<Record<'reason' | 'cwd' | 'branch' | 'agent', string>> = {};
  for (const key of ['reason', 'cwd', 'branch', 'agent'] as const) {
    const value = entry[key];
    if (value === undefined) continue;
    if (typeof value !== 'string') return `"${key}" has to be a text.`;
    texts[key] = value;
  }
  return texts;
}

function examplesOf(value: unknown): PolicyRule['examples'] | string {
  if (value === undefined) return undefined;
  const wrong = '"examples" has to hold "match" and "noMatch", lists of command lines.';
  if (!isRecord(value)) return wrong;
  const { match, noMatch } = value;
  if (!isTexts(match) || !isTexts(noMatch)) return wrong;
  return { ...(match && { match }), ...(noMatch && { noMatch }) };
}

function isTexts(value: unknown): value is readonly string[] | undefined {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isAction(value: unknown): value is Verdict {
  return value === 'allow' || value === 'ask' || value === 'deny';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A regular expression that has to match the whole text; undefined where it is not valid. */
export function regexOf(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, 'su');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
