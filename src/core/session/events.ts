// Everything that is recorded, as one versioned union. The codec and the hash chain work on these.

import type { Effect } from '../effects/types.ts';
import type { Decision, Outcome, Submission } from '../gate/types.ts';
import type { Ruling } from '../policy/types.ts';
import type { Fact, Level, Questions, ScorePart } from '../risk/types.ts';
import type { NotUnderstood, Span } from '../shell/types.ts';

/** The assessment as it is recorded: no parse trees, everything that a reader of the log needs. */
export interface RecordedAssessment {
  score: number;
  level: Level;
  category: string;
  blastRadius: string;
  headline: string;
  understood: boolean;
  notUnderstood: readonly NotUnderstood[];
  questions: Questions;
  effects: readonly Effect[];
  facts: readonly Fact[];
  parts: readonly ScorePart[];
  /** Program calls in order: words (null where not constant), span, nesting labels. */
  invocations: readonly {
    argv: readonly (string | null)[];
    span: Span;
    nesting: readonly string[];
  }[];
}

export type AuditBody =
  | {
      type: 'session.start';
      agent: string;
      workspace: string;
      interlock: string;
      /** Version of the editor or program that holds the session. */
      host: string;
      pid: number;
      dial: string;
      policySha256: string;
      /** 32 random bytes in hex: the chain of hashes starts from them. */
      nonce: string;
    }
  | { type: 'session.end'; reason: string }
  | { type: 'submission'; submission: Submission; commandSha256: string }
  | { type: 'assessment'; submission: string; assessment: RecordedAssessment; ruling: Ruling }
  | { type: 'hold'; submission: string }
  | { type: 'decision'; submission: string; decision: Decision; shownSha256: string | undefined }
  /** Written and synced before the process starts. */
  | {
      type: 'run';
      submission: string;
      commandSha256: string;
      cwd: string;
      shell: readonly string[];
    }
  | { type: 'outcome'; submission: string; outcome: Outcome }
  | { type: 'policy.change'; policySha256: string; loosens: boolean; text: string }
  | { type: 'grant'; action: 'add' | 'revoke'; text: string }
  | { type: 'recording.checkpoint'; bytes: number; sha256: string }
  | { type: 'log.recovered'; bytes: number; sha256: string }
  | { type: 'gate.degraded'; why: string }
  | { type: 'tamper'; text: string }
  | { type: 'lockdown'; on: boolean; by: string; text: string }
  | { type: 'recovery.point'; submission: string; text: string };

/** One line of `audit.ndjson` without its hash. `mono` is milliseconds since the session started. */
export type AuditEvent = { v: 1; seq: number; ts: string; mono: number; sid: string } & AuditBody;
