// What the ways in (task, command, chat tool) hand to the gate, and what they get back.
import type { Decision, Submission } from '../core/gate/types.ts';
import type { HeldItem } from '../shared/protocol.ts';

/** What an agent asks for. */
export interface SubmissionRequest {
  command: string;
  /** Absolute. */
  cwd: string;
  agent: string;
  intent: string | undefined;
  via: Submission['via'];
  environment: Readonly<Record<string, string>>;
  /** The submission that a person edited to this one. */
  editedFrom?: string;
  columns: number;
  rows: number;
}

/** What became of a submission. Only `allowed` and `approved` ran. `failed` is the gate's own fault, never a refusal. */
export interface SubmissionResult {
  decision: 'allowed' | 'approved' | 'denied' | 'expired' | 'withdrawn' | 'failed';
  /** 126 where it did not run; 128 and the signal's number where a signal ended it. */
  exitCode: number;
  /** Plain text; the middle of a long output is left out. */
  output: string;
  /** For the agent and for a person: why, and what to do next. */
  reason: string;
}

/** What a way in may want to show while it waits. */
export interface SubmissionObserver {
  /** Called each time that it is held; again where it was held anew. */
  onHeld?(item: HeldItem): void;
  /** It was read and is on record; `command` as it may be shown. */
  onRead?(command: string): void;
  /** The record is on disk and the process is there. */
  onStart?(start: { reason: string; hasTty: boolean; isRecorded: boolean }): void;
  /** A sentence about the run, for a person. */
  onNotice?(text: string): void;
  /** Output for a terminal. */
  onOutput?(data: string): void;
}

/** A submission on its way. */
export interface RunningSubmission {
  readonly id: string;
  readonly command: string;
  /** Never rejects. */
  readonly result: Promise<SubmissionResult>;
  /** Before the start: it never runs. Later: it is ended with everything that it started. */
  withdraw(by: 'agent' | 'person' | 'shutdown', where: string): void;
  /** Keystrokes for the process; nothing where there is none. */
  write(data: string): void;
  resize(columns: number, rows: number): void;
  /** Lets the process wait before it writes more, or go on; for who shows its output. */
  pause(isPaused: boolean): void;
}

/** What proves which hold was shown, and which text. */
export interface HoldProof {
  token: string;
  sha256: string;
}

/** An answer to a hold, with what was shown when it was given. */
export interface HoldAnswer extends HoldProof {
  answer: 'approve' | 'deny';
  where: NonNullable<Decision['where']>;
  message: string | undefined;
  /** What the person typed to confirm; needed for CRITICAL. */
  typedWord?: string;
}
