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
  /** Program calls in order: words (null where not constant), span, layers around it from the outside in. */
  invocations: readonly {
    argv: readonly (string | null)[];
    span: Span;
    nesting: readonly { label: string; span: Span }[];
    /** It only starts others that are listed themselves. */
    isTransparent: boolean;
  }[];
}

/** What is kept of a session whose records were deleted. */
export interface DeletedSession {
  sid: string;
  /** Folder of the day, such as `2026-11-28`. */
  day: string;
  /** Number of its last line and the hash of it. */
  seq: number;
  h: string;
  bytes: number;
  /** Of its manifest; undefined where it had none. */
  manifestSha256: string | undefined;
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
      /** Name of the computer: a process number means something only there. */
      machine: string;
      dial: string;
      policySha256: string;
      /** 32 random bytes in hex: the chain of hashes starts from them. */
      nonce: string;
      /** Key whose owner signs the heads and the manifest (SPKI, in hex); empty where there is none. */
      publicKey: string;
    }
  /** Opens each file of the log but the first; `previous` is the hash that the file before ends with. */
  | { type: 'segment.start'; segment: number; previous: string }
  /** By `recovery` where the window died and a later one closed the log. */
  | { type: 'session.end'; reason: string; by: 'window' | 'recovery' }
  | { type: 'submission'; submission: Submission; commandSha256: string }
  | {
      type: 'assessment';
      submission: string;
      assessment: RecordedAssessment;
      ruling: Ruling;
      /** Of the settings and grants that it was ruled by. */
      policySha256?: string;
    }
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
  /** The first `bytes` of a file in the session's folder; the last one of a file stands for all of it. */
  | { type: 'recording.checkpoint'; file: string; bytes: number; sha256: string }
  /** Where a command's output stands: `at` is seconds from the start of the recording, `bytes` its length before it. */
  | { type: 'recording.start'; submission: string; file: string; at: number; bytes: number }
  /** The output was longer than what is kept of one command. */
  | { type: 'recording.truncated'; submission: string; file: string; leftOut: number }
  | { type: 'recording.failed'; submission: string; why: string }
  /** Bytes after the last whole line of `file`, kept beside it. */
  | { type: 'log.recovered'; file: string; bytes: number; sha256: string; text: string }
  /** Sessions whose records are deleted after this line, with what proves them. */
  | { type: 'retention'; sessions: readonly DeletedSession[]; why: string }
  | { type: 'gate.degraded'; why: string }
  /** Submissions that were not taken because too many waited; a later event of the same flood counts on. */
  | { type: 'gate.full'; refused: number; agents: readonly string[]; first: string }
  | { type: 'tamper'; text: string }
  | { type: 'lockdown'; on: boolean; by: string; text: string }
  | { type: 'recovery.point'; submission: string; text: string };

/** One line of `audit.ndjson` without its hash. `mono` is milliseconds since the session started. */
export type AuditEvent = { v: 1; seq: number; ts: string; mono: number; sid: string } & AuditBody;
