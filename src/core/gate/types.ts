// The life of a submission: analysing → allowed | held → approved | denied | expired | withdrawn → running → done.
// Invariant: no state from which a process may start is reachable without a verdict or a decision that is on record.
import type { Ruling } from '../policy/types.ts';
import type { Assessment } from '../risk/types.ts';

/** One command line that an agent asks to run. */
export interface Submission {
  id: string;
  session: string;
  command: string;
  cwd: string;
  agent: string;
  /** What the agent says it is for; undefined where it gave none. */
  intent: string | undefined;
  /** The submission whose text a person edited to this one. */
  editedFrom?: string;
  via: 'task' | 'command' | 'chat-tool' | 'mcp' | 'hook' | 'terminal' | 'test';
  /** Variables that the agent asks to add to the environment. */
  environment: Readonly<Record<string, string>>;
  /** ISO time. */
  submittedAt: string;
}

/** `edited`: a person put another text in its place, which is a submission of its own. */
export type DecisionKind = 'approved' | 'denied' | 'expired' | 'withdrawn' | 'edited';

export interface Decision {
  kind: DecisionKind;
  /** Who or what ended the hold: a person's user interface, the clock, the agent, the host going away. */
  by: 'person' | 'timeout' | 'agent' | 'shutdown' | 'policy';
  /** Where a person answered: `notification`, `panel`, `modal`, `command`. */
  where: string | undefined;
  /** Words for the agent. */
  message: string | undefined;
  waitedMs: number;
}

export interface Outcome {
  exitCode: number | undefined;
  signal: string | undefined;
  durationMs: number;
  outputBytes: number;
  /** Set where the process could not be started. */
  failure?: string;
}

export type GateState =
  | { state: 'analysing'; submission: Submission }
  | { state: 'allowed'; submission: Submission; assessment: Assessment; ruling: Ruling }
  | {
      state: 'held';
      submission: Submission;
      assessment: Assessment;
      ruling: Ruling;
      /** One-time token: an answer counts only with it. */
      token: string;
      heldAt: string;
    }
  | {
      state: DecisionKind;
      submission: Submission;
      assessment: Assessment;
      ruling: Ruling;
      decision: Decision;
    }
  | {
      state: 'running';
      submission: Submission;
      assessment: Assessment;
      ruling: Ruling;
      decision: Decision | undefined;
    }
  | {
      state: 'done';
      submission: Submission;
      assessment: Assessment;
      ruling: Ruling;
      decision: Decision | undefined;
      outcome: Outcome;
    };

export type GateEvent =
  | { type: 'assessed'; assessment: Assessment; ruling: Ruling; token: string; at: string }
  /** An answer; `shownSha256` is of the command text that the person saw. */
  | {
      type: 'answered';
      token: string;
      shownSha256: string;
      /** What the person typed to confirm a CRITICAL approval. */
      typedWord: string | undefined;
      decision: Decision;
    }
  | { type: 'expired'; decision: Decision }
  | { type: 'withdrawn'; decision: Decision }
  /** Facts changed while held: back to analysing. */
  | { type: 'reassess' }
  /** The record of the release is on disk; only now may it run. */
  | { type: 'released' }
  | { type: 'finished'; outcome: Outcome };

/** A transition that is not allowed is a value, never an exception, and never a release. */
export type Transition = { ok: true; next: GateState } | { ok: false; why: string };
