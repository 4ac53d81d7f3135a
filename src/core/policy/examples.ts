// Rules carry examples, and these are tried when the rules are loaded.
// Invariant: an allow rule whose examples fail is not used; a deny or ask rule still counts, and is named.
import type { Assessment } from '../risk/types.ts';
import { touches } from './covers.ts';
import { decide } from './decide.ts';
import type { Policy, PolicyContext, PolicyProblem, PolicyRule } from './types.ts';

/** Reads a line by its text alone, without facts. */
export type ReadExample = (line: string) => Assessment;

const MOST_EXAMPLES = 50;
const SETTINGS = { user: 'interlock.rules', workspace: 'interlock.workspaceRules' } as const;

/** The policy without the allow rules whose examples fail, with a problem for each example that does. */
export function checkExamples(policy: Policy, read: ReadExample): Policy {
  const problems: PolicyProblem[] = [];
  const rules = policy.rules.filter((rule) => {
    if (!rule.examples || (rule.source !== 'user' && rule.source !== 'workspace')) return true;
    const faults = faultsOf(rule, policy, read);
    const [first] = faults;
    if (first === undefined) return true;
    const isUsed = rule.action !== 'allow';
    problems.push({
      setting: SETTINGS[rule.source],
      ...(rule.index !== undefined && { index: rule.index }),
      field: 'examples',
      message: `${first} ${isUsed ? 'The rule still counts.' : 'The rule is not used until this is mended.'}`,
    });
    return isUsed;
  });
  if (problems.length === 0) return policy;
  return { ...policy, rules, problems: [...policy.problems, ...problems] };
}

/** True where a policy has examples to try, so that others need not load the grammar for it. */
export function hasExamples(policy: Policy): boolean {
  return policy.rules.some(({ examples }) => examples !== undefined);
}

function faultsOf(rule: PolicyRule, policy: Policy, read: ReadExample): string[] {
  const { match = [], noMatch = [] } = rule.examples ?? {};
  const wrong = (lines: readonly string[], isWanted: boolean) =>
    lines.slice(0, MOST_EXAMPLES).filter((line) => takes(rule, policy, read(line)) !== isWanted);
  return [
    ...wrong(match, true).map((line) => `It does not take its example \`${line}\`.`),
    ...wrong(noMatch, false).map((line) => `It takes \`${line}\`, which it must not.`),
  ];
}

/** Folder, branch, agent and date are of the moment, so examples are about the words alone. */
function takes(rule: PolicyRule, { dial }: Policy, assessment: Assessment): boolean {
  const { cwd: _cwd, branch: _branch, agent: _agent, expires: _expires, ...bare } = rule;
  const context: PolicyContext = {
    now: new Date(0),
    agent: undefined,
    cwd: undefined,
    branch: undefined,
  };
  if (rule.action !== 'allow') return touches(bare, assessment, context);
  const alone: Policy = { dial, rules: [bare], problems: [], observe: false };
  const { verdict, because } = decide(assessment, alone, context);
  return verdict === 'allow' && because.some(({ code }) => code === 'rule');
}
