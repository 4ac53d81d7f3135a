// What makes one reading of the settings looser than another, and the strictest of two.
// Invariant: whatever is not certainly as strict as before counts as looser; the strictest of both allows nothing that either asks about.
import type { Policy, PolicyRule } from '../core/policy/types.ts';
import { DIALS } from '../core/policy/types.ts';
import type { GateSettings } from './gateSettings.ts';
import { count } from './messages.ts';
import type { RecordSettings } from './recordSettings.ts';

/** What the second reading would let pass that the first would not, one sentence each; empty where it is as strict. */
export function loosenings(before: GateSettings, after: GateSettings): string[] {
  const [old, now] = [before.policy, after.policy];
  const found: string[] = [];
  if (dialRank(now) > dialRank(old))
    found.push(`autoApprove goes from "${old.dial}" to "${now.dial}".`);
  if (now.observe && !old.observe)
    found.push('observe is switched on: commands are recorded, but not held.');
  for (const rule of added(allows(old), allows(now))) found.push(`It allows ${ruleText(rule)}.`);
  for (const rule of added(limits(now), limits(old)))
    found.push(`It no longer has the rule that says ${rule.action} to ${ruleText(rule)}.`);
  for (const path of missing(after.disposablePaths, before.disposablePaths))
    found.push(`Paths like \`${path}\` may be lost.`);
  for (const [name, of] of STRICT_LISTS)
    for (const entry of missing(of(before), of(after)))
      found.push(`\`${entry}\` is no longer in ${name}.`);
  return [...found, ...recordLoosenings(before.records, after.records)];
}

/** A record that is kept for less time proves less; one that is sent elsewhere tells more. */
function recordLoosenings(before: RecordSettings, after: RecordSettings): string[] {
  const found: string[] = [];
  const { retention: old, otlpUrl } = before;
  const { retention: now } = after;
  if (isLess(now.days, old.days))
    found.push(`Records are deleted after ${count(now.days ?? 0, 'day')}.`);
  if (isLess(now.bytes, old.bytes))
    found.push(`Records are deleted above ${Math.round((now.bytes ?? 0) / 1e6)} MB.`);
  if (after.otlpUrl !== undefined && after.otlpUrl !== otlpUrl)
    found.push(`Every recorded event is sent to ${after.otlpUrl}.`);
  if (before.onFailure === 'deny' && after.onFailure === 'warn')
    found.push('Commands run even where they cannot be recorded.');
  if (after.mostRecorded < before.mostRecorded) found.push('Less of each output is recorded.');
  return found;
}

/** Undefined is without a limit. */
function isLess(now: number | undefined, old: number | undefined): boolean {
  return now !== undefined && (old === undefined || now < old);
}

/** Both readings at once: what either asks about is asked about. */
export function strictest(before: GateSettings, after: GateSettings): GateSettings {
  const [old, now] = [before.policy, after.policy];
  const kept = new Set(allows(old).map(keyOf));
  const rules = [
    ...now.rules.filter((rule) => rule.action !== 'allow' || kept.has(keyOf(rule))),
    ...added(limits(now), limits(old)),
  ];
  return {
    ...after,
    disposablePaths: after.disposablePaths.filter((path) => before.disposablePaths.includes(path)),
    protectedPaths: union(before.protectedPaths, after.protectedPaths),
    protectedBranches: union(before.protectedBranches, after.protectedBranches),
    production: union(before.production, after.production),
    records:
      recordLoosenings(before.records, after.records).length > 0 ? before.records : after.records,
    policy: {
      dial: dialRank(now) > dialRank(old) ? old.dial : now.dial,
      observe: old.observe && now.observe,
      rules,
      problems: now.problems,
    },
  };
}

type ListOf = (settings: GateSettings) => readonly string[];

const STRICT_LISTS: readonly [string, ListOf][] = [
  ['protectedPaths', ({ protectedPaths }) => protectedPaths],
  ['protectedBranches', ({ protectedBranches }) => protectedBranches],
  ['production', ({ production }) => production],
];

function dialRank({ dial }: Policy): number {
  return DIALS.indexOf(dial);
}

function allows({ rules }: Policy): PolicyRule[] {
  return rules.filter(({ action }) => action === 'allow');
}

/** A stand-in for a rule that cannot be used is no rule that anybody wrote. */
function limits({ rules }: Policy): PolicyRule[] {
  return rules.filter(({ action, isStandIn }) => action !== 'allow' && !isStandIn);
}

function added(before: readonly PolicyRule[], after: readonly PolicyRule[]): PolicyRule[] {
  const known = new Set(before.map(keyOf));
  return after.filter((rule) => !known.has(keyOf(rule)));
}

/** What a rule does; where it stands in its list, its words and its examples do not matter. */
function keyOf({ match, kind, action, upTo, cwd, branch, agent, expires }: PolicyRule): string {
  return JSON.stringify([match, kind, action, upTo, cwd, branch, agent, expires]);
}

function ruleText({ match, kind, upTo }: PolicyRule): string {
  const level = upTo === undefined ? '' : ` up to ${upTo}`;
  return `\`${match}\`${kind === 'tokens' ? '' : ` (${kind})`}${level}`;
}

function missing(of: readonly string[], from: readonly string[]): string[] {
  return of.filter((text) => !from.includes(text));
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
