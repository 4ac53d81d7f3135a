// Settings and verdicts. Policy sees an assessment and answers allow, ask or deny with its reasons.
// The lists of words that settings may hold stand here once: types, checks and the settings' schema are made from them.
import type { Level } from '../risk/types.ts';
import type { PinnedFile } from './pinnedFiles.ts';

export const ACTIONS = ['allow', 'ask', 'deny'] as const;
export const DIALS = ['listed', 'readOnly', 'contained'] as const;
export const RULE_KINDS = ['tokens', 'exact', 'regex'] as const;
/** Nothing frees CRITICAL, so no rule can name it. */
export const RULE_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const satisfies readonly Level[];

export type Verdict = (typeof ACTIONS)[number];
export type Dial = (typeof DIALS)[number];
export type RuleKind = (typeof RULE_KINDS)[number];
export type RuleLevel = (typeof RULE_LEVELS)[number];

export interface PolicyRule {
  match: string;
  kind: RuleKind;
  action: Verdict;
  /** Highest level that an allow rule may free; MEDIUM where not said, and then nothing that cannot be taken back. */
  upTo?: RuleLevel;
  reason?: string;
  cwd?: string;
  branch?: string;
  agent?: string;
  /** ISO date or time; the rule ends then. */
  expires?: string;
  examples?: { match?: readonly string[]; noMatch?: readonly string[] };
  /** Of a grant: where it was given. A line counts that starts there, a call that runs there or below. */
  folder?: string;
  /** Of a grant: the files with code as they were when it was given; it counts only as long as they are. */
  pinned?: readonly PinnedFile[];
  /** Of a shipped rule: a call counts only in a folder of the workspace. */
  isOfWorkspace?: boolean;
  /** Where it comes from; workspace rules may only ask or deny. */
  source: 'shipped' | 'user' | 'workspace' | 'grant';
  /** Position in the setting that it was written in. */
  index?: number;
  /** True for the question that stands in for a rule that cannot be used. */
  isStandIn?: boolean;
}

/** A setting that could not be used, with its place. An invalid deny or ask rule makes the gate stricter. */
export interface PolicyProblem {
  setting: string;
  index?: number;
  /** The part of the entry that is wrong, such as `expires`. */
  field?: string;
  message: string;
  suggestion?: string;
}

export interface Policy {
  dial: Dial;
  rules: readonly PolicyRule[];
  /** Non-empty: the gate is stricter until they are mended. */
  problems: readonly PolicyProblem[];
  /** True: nothing is held but what is CRITICAL; it is only recorded what would have been. */
  observe: boolean;
}

/** One reason of a verdict, for the log and the panel. */
export interface Because {
  code:
    | 'rule'
    | 'dial'
    | 'not-understood'
    | 'critical'
    | 'irreversible'
    | 'not-listed'
    | 'invalid-rule'
    | 'degraded'
    | 'changed'
    | 'observe'
    | 'lockdown';
  text: string;
  rule?: PolicyRule;
}

export interface Ruling {
  verdict: Verdict;
  because: readonly Because[];
}

/** What policy needs besides the assessment. `now` is a parameter: expiry is the only clock. */
export interface PolicyContext {
  now: Date;
  agent: string | undefined;
  cwd: string | undefined;
  branch: string | undefined;
  /** Absolute; undefined where folders are not looked at. */
  workspaceRoots?: readonly string[];
  /** Why nothing may run at all: the agent was stopped. */
  lockdown?: string;
}
