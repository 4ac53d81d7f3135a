// What each rule says to a line, and what a rule would have done to the lines of the past. The page of *Test Rules*.
import type { Assessment } from '../risk/types.ts';
import { type Miss, missOfCall, missOfLine, touches } from './covers.ts';
import { decide } from './decide.ts';
import { type GrantPattern, withGrant } from './grants.ts';
import type { Policy, PolicyContext, PolicyRule, Ruling } from './types.ts';

/** A line of the past, read again as the gate reads it now. */
export interface PastLine {
  assessment: Assessment;
  context: PolicyContext;
}

export interface RuleFinding {
  rule: PolicyRule;
  takes: boolean;
  /** Why it does not, where it is about this line at all. */
  why: string | undefined;
}

/** Words for a person. `words` is left out: the rule is about something else. */
const WHY: Readonly<Record<Exclude<Miss, 'words'>, string>> = {
  expired: 'It has expired.',
  agent: 'It is for another agent.',
  branch: 'It is for another branch, or the branch is not known.',
  folder: 'It is for another folder, or the folder is not known.',
  place: 'It runs on another machine or in a container.',
  elevated: 'It runs with other rights.',
  redirect: 'It reads or writes a file by a redirect, which a pattern of words does not cover.',
  variable: 'It sets a variable that decides which code runs.',
  input: 'Another program writes into it, which a pattern of words does not cover.',
  'branch-may-change': 'The line leaves the folder or the branch that was looked at.',
  program: 'A file that stands in for the program would run, not the program itself.',
  code: 'A file whose code would run has changed since it was allowed.',
  level: 'Its level is above what the rule allows (upTo).',
  irreversible: 'It cannot be taken back, so the rule has to name a level (upTo).',
};

/** What each rule says to a line, in the order in which they stand; rules about other commands are left out. */
export function rulesOn(
  { assessment, context }: PastLine,
  { rules }: Pick<Policy, 'rules'>,
): RuleFinding[] {
  return rules.flatMap((rule) => {
    if (rule.action !== 'allow')
      return touches(rule, assessment, context) ? [{ rule, takes: true, why: undefined }] : [];
    const misses = missesOf(rule, assessment, context);
    if (misses.every((miss) => miss === 'words')) return [];
    const [first] = misses.filter((miss) => miss !== 'words' && miss !== undefined);
    const takes = misses.some((miss) => miss === undefined);
    const why = takes || first === undefined ? undefined : WHY[first];
    return [{ rule, takes, why }];
  });
}

function missesOf(
  rule: PolicyRule,
  assessment: Assessment,
  context: PolicyContext,
): (Miss | undefined)[] {
  if (rule.kind === 'exact') return [missOfLine(rule, assessment, context)];
  return assessment.shell.invocations.map((call) => missOfCall(rule, call, assessment, context));
}

export interface PastEffect {
  /** How many lines were looked at. */
  outOf: number;
  /** Lines that the rule takes. */
  matched: number;
  /** Lines that would be allowed with it and are asked about or denied without; newest first. */
  newlyAllowed: readonly Assessment[];
}

/** What one more grant would have done to the lines of the past, oldest first. */
export function grantOverPast(
  grant: GrantPattern,
  past: readonly PastLine[],
  policy: Policy,
): PastEffect {
  const rule: PolicyRule = { ...grant, action: 'allow', source: 'grant' };
  const wider = withGrant(policy, grant);
  const newlyAllowed = past.filter(
    ({ assessment, context }) =>
      decide(assessment, policy, context).verdict !== 'allow' &&
      decide(assessment, wider, context).verdict === 'allow',
  );
  return {
    outOf: past.length,
    matched: matchedBy(rule, past).length,
    newlyAllowed: newlyAllowed.map(({ assessment }) => assessment).reverse(),
  };
}

/** What one rule did to the lines of the past: those that it decided. */
export function ruleOverPast(
  rule: PolicyRule,
  past: readonly PastLine[],
  policy: Policy,
): PastEffect {
  const without = { ...policy, rules: policy.rules.filter((other) => other !== rule) };
  const isNew = ({ assessment, context }: PastLine) =>
    decide(assessment, policy, context).verdict === 'allow' &&
    decide(assessment, without, context).verdict !== 'allow';
  return {
    outOf: past.length,
    matched: matchedBy(rule, past).length,
    newlyAllowed: past
      .filter(isNew)
      .map(({ assessment }) => assessment)
      .reverse(),
  };
}

function matchedBy(rule: PolicyRule, past: readonly PastLine[]): PastLine[] {
  return past.filter(({ assessment, context }) =>
    rule.action === 'allow'
      ? missesOf(rule, assessment, context).some((miss) => miss === undefined)
      : touches(rule, assessment, context),
  );
}

/** The ruling on a line with the findings that led to it. */
export function reportOn(
  line: PastLine,
  policy: Policy,
): { ruling: Ruling; findings: RuleFinding[] } {
  return {
    ruling: decide(line.assessment, policy, line.context),
    findings: rulesOn(line, policy),
  };
}
