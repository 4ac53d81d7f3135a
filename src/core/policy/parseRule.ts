// One entry of a list of rules as it was written → a rule, or what is wrong with it and where.
import { compileRegex } from './linearRegex.ts';
import { endOf } from './ruleForce.ts';
import { hasTooManyBraces, isWildcard, tokensOf } from './ruleMatch.ts';
import { ACTIONS, type PolicyRule, RULE_KINDS, RULE_LEVELS } from './types.ts';

export type RuleFault = { fault: string; field: string | undefined };

const TEXTS = ['reason', 'cwd', 'branch', 'agent'] as const;
const FIELDS = ['match', 'kind', 'action', 'upTo', 'expires', 'examples', ...TEXTS];
const MOST_MATCH = 4000;
const MOST_TEXT = 500;
const TOO_MANY = 'Its braces stand for too many words. Write several rules.';

/** Reads one rule of the user or of a workspace. */
export function parseRule(
  entry: unknown,
  source: 'user' | 'workspace' | 'grant',
): PolicyRule | RuleFault {
  if (!isRecord(entry)) return wrong('A rule has to be an object with "match" and "action".');
  const unknown = Object.keys(entry).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    return wrong(`"${unknown}" is nothing that a rule can hold (${FIELDS.join(', ')}).`, unknown);
  const { match, kind = 'tokens', action } = entry;
  if (typeof match !== 'string' || match.trim() === '' || match.length > MOST_MATCH)
    return wrong('"match" has to be a command.', 'match');
  if (!isOneOf(kind, RULE_KINDS)) return wrong(`"kind" has to be ${orList(RULE_KINDS)}.`, 'kind');
  if (!isOneOf(action, ACTIONS)) return wrong(`"action" has to be ${orList(ACTIONS)}.`, 'action');
  if (source === 'workspace' && action === 'allow')
    return wrong(
      'A workspace can only ask and deny. Move this rule to your user settings.',
      'action',
    );
  const fault = faultOfMatch(match, kind, action);
  if (fault !== undefined) return wrong(fault, 'match');
  const limits = limitsOf(entry, action);
  if ('fault' in limits) return limits;
  return { match, kind, action, source, ...limits };
}

function faultOfMatch(
  match: string,
  kind: PolicyRule['kind'],
  action: PolicyRule['action'],
): string | undefined {
  if (kind === 'exact') return undefined;
  if (kind === 'regex') {
    const compiled = compileRegex(match);
    return compiled.ok ? undefined : `"match" cannot be used: ${compiled.why}`;
  }
  const tokens = tokensOf(match);
  if (!tokens) return 'A quote in "match" is not closed.';
  if (tokens.some(hasTooManyBraces)) return TOO_MANY;
  const [head = ''] = tokens;
  if (action !== 'allow') return undefined;
  if (head.includes('/')) return 'An allow rule names a program without its folder.';
  return isWildcard(head) ? 'An allow rule has to name its program.' : undefined;
}

type Limits = Omit<PolicyRule, 'match' | 'kind' | 'action' | 'source'>;

function limitsOf(
  entry: Record<string, unknown>,
  action: PolicyRule['action'],
): Limits | RuleFault {
  const { upTo, expires } = entry;
  if (upTo !== undefined && !isOneOf(upTo, RULE_LEVELS))
    return wrong(`"upTo" has to be ${orList(RULE_LEVELS)}; nothing frees CRITICAL.`, 'upTo');
  if (upTo !== undefined && action !== 'allow')
    return wrong('"upTo" belongs to allow rules only.', 'upTo');
  if (expires !== undefined && (typeof expires !== 'string' || endOf(expires) === undefined))
    return wrong('"expires" has to be a date such as 2026-12-31.', 'expires');
  for (const field of TEXTS) {
    const value = entry[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.trim() === '' || value.length > MOST_TEXT)
      return wrong(`"${field}" has to be a text of at most ${MOST_TEXT} characters.`, field);
    if (field !== 'reason' && hasTooManyBraces(value)) return wrong(TOO_MANY, field);
  }
  const examples = examplesOf(entry.examples);
  if (examples === 'wrong')
    return wrong(
      '"examples" has to hold "match" and "noMatch", lists of command lines.',
      'examples',
    );
  const texts = Object.fromEntries(
    TEXTS.flatMap((field) => (entry[field] === undefined ? [] : [[field, entry[field]]])),
  ) as Pick<PolicyRule, (typeof TEXTS)[number]>;
  return {
    ...texts,
    ...(upTo !== undefined && { upTo }),
    ...(expires !== undefined && { expires }),
    ...(examples && { examples }),
  };
}

function examplesOf(value: unknown): PolicyRule['examples'] | 'wrong' {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return 'wrong';
  const { match, noMatch, ...more } = value;
  if (!isTexts(match) || !isTexts(noMatch) || Object.keys(more).length > 0) return 'wrong';
  return { ...(match && { match }), ...(noMatch && { noMatch }) };
}

function isTexts(value: unknown): value is readonly string[] | undefined {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
  return known.some((word) => word === value);
}

function orList(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function wrong(fault: string, field?: string): RuleFault {
  return { fault, field };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
