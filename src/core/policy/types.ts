// Settings and verdicts. Policy sees an assessment and answers allow, ask or deny with its reasons.
import type { Level } from '../risk/types.ts';

export type Verdict = 'allow' | 'ask' | 'deny';
export type Dial = 'listed' | 'readOnly' | 'contained';

export interface PolicyRule {
  match: string;
  kind: 'tokens' | 'exact' | 'regex';
  action: Verdict;
  /** Highest level that an allow rule may free; MEDIUM where not said; never CRITICAL. */
  upTo?: Level;
  reason?: string;
  cwd?: string;
  branch?: string;
  agent?: string;
  /** ISO date or time; the rule ends then. */
  expires?: string;
  examples?: { match?: readonly string[]; noMatch?: readonly string[] };
  /** Where it comes from; workspace rules may only ask or deny. */
  source: 'shipped' | 'user' | 'workspace' | 'grant';
}

/** A setting that could not be used, with its place. An invalid deny or ask rule makes the gate stricter. */
export interface PolicyProblem {
  setting: string;
  index?: number;
  message: string;
  suggestion?: string;
}

export interface Policy {
  dial: Dial;
  rules: readonly PolicyRule[];
  /** Non-empty: the gate is stricter until they are mended. */
  problems: readonly PolicyProblem[];
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
}
