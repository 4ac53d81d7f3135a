// Is a rule in force here and now: date, agent, branch, folder?
// Invariant: what is not known never makes an allow rule count, and never keeps a deny or ask rule from counting.
import { minimatch } from 'minimatch';
import type { Invocation } from '../shell/types.ts';
import { GLOB } from './ruleMatch.ts';
import type { PolicyContext, PolicyRule } from './types.ts';

/** Why a rule does not count at all for this line; undefined where it does. */
export type OutOfForce = 'expired' | 'agent' | 'branch';

export function outOfForce(rule: PolicyRule, context: PolicyContext): OutOfForce | undefined {
  if (rule.expires !== undefined && hasEnded(rule, rule.expires, context.now)) return 'expired';
  if (!fits(rule, rule.agent, context.agent)) return 'agent';
  return fits(rule, rule.branch, context.branch) ? undefined : 'branch';
}

/** The folder counts call by call: `cd elsewhere && …` moves what stands behind it. */
export function fitsFolder(rule: PolicyRule, call: Invocation): boolean {
  const folder = call.cwd.kind === 'known' ? call.cwd.path : undefined;
  return (
    fits(rule, rule.cwd, folder) || (folder !== undefined && fits(rule, rule.cwd, `${folder}/`))
  );
}

/** A plain date ends with its last moment in UTC. What cannot be read as a date has ended for allow rules only. */
function hasEnded(rule: PolicyRule, expires: string, now: Date): boolean {
  const end = endOf(expires);
  return end === undefined ? rule.action === 'allow' : now.getTime() > end;
}

/** The last moment of an expiry, in milliseconds; undefined where it cannot be read. */
export function endOf(expires: string): number | undefined {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(expires);
  const end = Date.parse(day ? `${expires}T23:59:59.999Z` : expires);
  if (!Number.isFinite(end)) return undefined;
  // The 31st of June would quietly become the 1st of July.
  if (day && new Date(end).getUTCDate() !== Number(day[3])) return undefined;
  return end;
}

function fits(rule: PolicyRule, pattern: string | undefined, value: string | undefined): boolean {
  if (pattern === undefined) return true;
  if (value === undefined) return rule.action !== 'allow';
  return minimatch(value, pattern, GLOB);
}
