// Messages between the extension host and the session log panel: two discriminated unions.
import type { GateState } from '../core/gate/types.ts';
import type { Level } from '../core/risk/types.ts';
import type { AuditEvent, RecordedAssessment } from '../core/session/events.ts';

export const PROTOCOL_VERSION = 1;

/** A held command as the panel shows it. `shown` is the escaped text; the answer carries the hash of what was shown. */
export interface HeldItem {
  id: string;
  token: string;
  /** The command as submitted, for marking spans. */
  command: string;
  /** SHA-256 of `command`, in hex; sent back with the answer. */
  sha256: string;
  agent: string;
  cwd: string;
  intent: string | undefined;
  level: Level;
  score: number;
  heldAt: string;
  /** ISO time at which it is denied by the clock; undefined where it waits for ever. */
  expiresAt: string | undefined;
  assessment: RecordedAssessment;
  because: readonly string[];
}

export type ToPanel =
  | {
      v: 1;
      type: 'snapshot';
      /** Sequence of the last change that is in it. */
      revision: number;
      held: readonly HeldItem[];
      events: readonly AuditEvent[];
      session: string | undefined;
      logFolder: string | undefined;
      degraded: string | undefined;
      observe: boolean;
      lockdown: boolean;
    }
  | { v: 1; type: 'event'; revision: number; event: AuditEvent }
  | { v: 1; type: 'held'; revision: number; held: readonly HeldItem[] }
  | {
      v: 1;
      type: 'status';
      revision: number;
      degraded: string | undefined;
      observe: boolean;
      lockdown: boolean;
    }
  /** Show this submission (from a notification's Details). */
  | { v: 1; type: 'reveal'; submission: string }
  | { v: 1; type: 'refused'; submission: string; why: string };

export type FromPanel =
  | { v: 1; type: 'ready' }
  | {
      v: 1;
      type: 'answer';
      submission: string;
      token: string;
      sha256: string;
      answer: 'approve' | 'deny';
      message: string | undefined;
    }
  | { v: 1; type: 'copy'; submission: string }
  | { v: 1; type: 'openLog' };

/** The state names, re-exported so that the panel can switch over them. */
export type GateStateName = GateState['state'];
