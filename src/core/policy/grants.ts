// Approvals that last, as values: what they cover, for whom, until when. A grant becomes an allow rule like any other.
// Invariant: a grant covers no more than the hold that it came from showed, there where that was, and never CRITICAL (I8).
// The same words in another folder start another script: an agent chooses the folder, and may have written what lies in it.
import { isRecord, parseRule } from './parseRule.ts';
import { type PinnedFile, parsePinned } from './pinnedFiles.ts';
import { endOf } from './ruleForce.ts';
import { type Policy, type PolicyRule, RULE_LEVELS, type RuleLevel } from './types.ts';

export const GRANT_SCOPES = ['session', 'workspace', 'always'] as const;
export const GRANT_EXPIRIES = ['hour', 'today', 'month', 'never'] as const;

export type GrantScope = (typeof GRANT_SCOPES)[number];
export type GrantExpiry = (typeof GRANT_EXPIRIES)[number];

/** What may be kept of an approval. */
export interface GrantPattern {
  kind: 'exact' | 'tokens';
  match: string;
  upTo: RuleLevel;
  /** Where it was given; undefined: it counts in every folder. */
  folder?: string;
}

export interface Grant extends GrantPattern {
  id: string;
  scope: GrantScope;
  /** The session or the workspace folder that it is bound to; empty for `always`. */
  boundTo: string;
  /** ISO times. */
  createdAt: string;
  expires: string | undefined;
  /** The command that it was given for. */
  from: string;
  /** Of an exact one: the files with code that the command rested on. */
  pinned?: readonly PinnedFile[];
}

/** Where a line is submitted. */
export interface GrantPlace {
  session: string;
  workspace: string;
  now: Date;
}

/** When a grant ends; `endOfDay` is the last moment of the person's day. */
export function expiryOf(choice: GrantExpiry, now: Date, endOfDay: Date): string | undefined {
  const HOUR = 3_600_000;
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();
  switch (choice) {
    case 'hour':
      return after(HOUR);
    case 'today':
      return endOfDay.toISOString();
    case 'month':
      return after(30 * 24 * HOUR);
    case 'never':
      return undefined;
  }
}

/** The grants that count here, as rules. Expiry is looked at again with each decision. */
export function grantRules(grants: readonly Grant[], place: Omit<GrantPlace, 'now'>): PolicyRule[] {
  return grants
    .filter((grant) => isBoundTo(grant, place))
    .map(({ match, kind, upTo, folder, expires, pinned }) => ({
      match,
      kind,
      action: 'allow' as const,
      upTo,
      source: 'grant' as const,
      ...(folder !== undefined && { folder }),
      ...(expires !== undefined && { expires }),
      ...(pinned !== undefined && { pinned }),
    }));
}

/** True where it has not ended. */
export function isLive({ expires }: Grant, now: Date): boolean {
  return expires === undefined || now.getTime() <= (endOf(expires) ?? 0);
}

function isBoundTo(
  { scope, boundTo }: Grant,
  { session, workspace }: Omit<GrantPlace, 'now'>,
): boolean {
  if (scope === 'always') return true;
  return boundTo !== '' && boundTo === (scope === 'session' ? session : workspace);
}

/** What was stored, checked anew: what is no grant is left out. */
export function parseGrants(value: unknown): Grant[] {
  return Array.isArray(value) ? value.flatMap((entry: unknown) => parseGrant(entry) ?? []) : [];
}

function parseGrant(entry: unknown): Grant | undefined {
  if (!isRecord(entry)) return undefined;
  const { id, match, kind, upTo, scope, boundTo, createdAt, expires, from, folder } = entry;
  const pinned = parsePinned(entry.pinned);
  const level = RULE_LEVELS.find((known) => known === upTo);
  const bound = GRANT_SCOPES.find((known) => known === scope);
  const rule = parseRule({ match, kind, action: 'allow', upTo, expires }, 'grant');
  if ('fault' in rule || rule.kind === 'regex' || !level || !bound) return undefined;
  if (!isText(id) || !isText(boundTo) || !isText(createdAt) || !isText(from)) return undefined;
  if (bound === 'always' ? folder !== undefined : !isText(folder)) return undefined;
  // An exact one without its files would allow whatever a script has become.
  if (rule.kind === 'exact' ? pinned === undefined : entry.pinned !== undefined) return undefined;
  const { expires: end } = rule;
  const pattern = {
    ...{ match: rule.match, kind: rule.kind, upTo: level },
    ...(isText(folder) && { folder }),
  };
  const common = { ...pattern, id, scope: bound, boundTo, createdAt, expires: end, from };
  return pinned === undefined ? common : { ...common, pinned };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** One sentence for the log and for lists. */
export function grantText(grant: Grant): string {
  const { match, kind, upTo, scope, folder, expires, pinned = [] } = grant;
  const what = kind === 'exact' ? 'exactly' : 'the pattern';
  const where = {
    session: 'in this session',
    workspace: 'in this workspace',
    always: 'everywhere',
  };
  const until = expires === undefined ? 'until it is revoked' : `until ${expires}`;
  const place = folder === undefined ? '' : ` for ${folder}`;
  const files = pinned.map(({ file }) => file).join(', ');
  const unchanged = pinned.length === 0 ? '' : `, as long as nothing changes in ${files}`;
  return `Allows ${what} \`${match}\` up to ${upTo}, ${where[scope]}${place}, ${until}${unchanged}.`;
}

/** The policy as it would be with one more grant. */
export function withGrant(policy: Policy, pattern: GrantPattern): Policy {
  const rule: PolicyRule = { ...pattern, action: 'allow', source: 'grant' };
  return { ...policy, rules: [...policy.rules, rule] };
}
