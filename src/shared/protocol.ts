// Messages between the extension host and the panel: two discriminated unions. Those about recorded sessions stand in
// `sessionProtocol.ts`.
// Invariant: the panel gets data, never markup; what it sends back is checked by the host before anything is done.
import type { Level } from '../core/risk/types.ts';
import type { AuditEvent, RecordedAssessment } from '../core/session/events.ts';
import type { LogEvent } from './logEvent.ts';
import type { SessionMessage, SessionRequest } from './sessionProtocol.ts';

export const PROTOCOL_VERSION = 1;

/** A pattern that an approval of this hold could be kept under. The exact command comes first. */
export interface GrantOffer {
  kind: 'exact' | 'tokens';
  /** The command as submitted, or words with `*` and `**`. */
  match: string;
  /** The level of this hold: what the grant would cover at most. */
  upTo: Level;
}

/** What a person chose to allow from now on. */
export interface GrantChoice extends GrantOffer {
  scope: 'session' | 'workspace' | 'always';
  expiry: 'hour' | 'today' | 'month' | 'never';
}

/** What a grant would do, told before it is given. */
export interface GrantPreview {
  /** Why it cannot be given; undefined where it can. */
  refused: string | undefined;
  /** Commands of the history that it would have let run, of how many. */
  matched: number;
  outOf: number;
  /** Those of them that were asked about or denied, newest first; the first few. */
  newlyAllowed: readonly { command: string; level: Level }[];
  newlyAllowedCount: number;
  /** One sentence for a person. */
  text: string;
}

/** A held command as the panel shows it. */
export interface HeldItem {
  id: string;
  /** One-time: an answer counts only with it. */
  token: string;
  /** The command as it may be shown: secrets stand as marks. Places in `assessment` are places in this text. */
  command: string;
  /** True where marks stand in it; `unmask` brings the command as submitted while it is held. */
  hasSecrets: boolean;
  /** SHA-256 of `command`, in hex. The panel sends back the hash of what it showed, which has to be the same. */
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
  /** What may be allowed from now on; empty where nothing may. */
  offers: readonly GrantOffer[];
  /** False where whoever runs the command cannot take another text for it. */
  canEdit: boolean;
  /** What a person types before it is approved; undefined where a click is enough. */
  confirmWord: string | undefined;
}

/** What the panel's buttons may ask for besides answers. */
export type PanelAction =
  | 'openLog'
  | 'openSettings'
  | 'openWalkthrough'
  | 'testRules'
  | 'listGrants'
  | 'stopAgent'
  /** Asks a person in a native modal. */
  | 'liftLockdown';

export interface Lockdown {
  /** ISO time. */
  since: string;
  why: string;
}

/** The state of the gate as a whole. */
export interface GateStatus {
  /** Why commands cannot be read; undefined where they can. */
  degraded: string | undefined;
  /** Commands are recorded and scored, but not held. */
  observe: boolean;
  lockdown: Lockdown | undefined;
  session: string | undefined;
  logFolder: string | undefined;
  /** What can be done now; the panel shows buttons for these only. */
  actions: readonly PanelAction[];
}

/** A command that was approved often: an exact grant is offered. */
export interface Suggestion {
  id: string;
  command: string;
  /** One sentence for a person. */
  text: string;
}

/** How the person has decided lately, with plain advice. */
export interface DecisionSummary {
  /** Answers of a person. */
  answers: number;
  /** Share of them that were approvals, 0 to 1. */
  approvalRate: number;
  medianDecisionMs: number | undefined;
  /** HIGH and CRITICAL commands that were approved almost at once. */
  fastHigh: number;
  advice: readonly string[];
  suggestions: readonly Suggestion[];
  /** Rules that were made wider over time, one sentence each. */
  widened: readonly string[];
}

export type ToPanel =
  | {
      v: 1;
      type: 'snapshot';
      /** Sequence of the last change that is in it. */
      revision: number;
      held: readonly HeldItem[];
      /** The newest of the session, oldest first. */
      events: readonly LogEvent[];
      /** How many older ones there are; `page` brings them. */
      earlier: number;
      status: GateStatus;
      summary: DecisionSummary | undefined;
    }
  | { v: 1; type: 'event'; revision: number; event: LogEvent }
  | { v: 1; type: 'held'; revision: number; held: readonly HeldItem[] }
  | { v: 1; type: 'status'; revision: number; status: GateStatus }
  | { v: 1; type: 'summary'; revision: number; summary: DecisionSummary }
  /** Answer to `page`: events before `before`, oldest first. */
  | { v: 1; type: 'page'; before: number; events: readonly LogEvent[]; earlier: number }
  /** Answer to `details`: all events of one submission, oldest first. */
  | { v: 1; type: 'details'; submission: string; events: readonly AuditEvent[] }
  /** Answer to `previewGrant`. */
  | { v: 1; type: 'grantPreview'; request: number; submission: string; preview: GrantPreview }
  /** Answer to `unmask`; never kept beyond the hold. */
  | { v: 1; type: 'unmasked'; submission: string; command: string }
  | SessionMessage
  /** Show this submission (from a notification's Details). */
  | { v: 1; type: 'reveal'; submission: string }
  /** Why something was not done, for a person; `submission` is undefined where it is about none. */
  | { v: 1; type: 'refused'; submission: string | undefined; why: string };

/** What proves that a person answered this hold and saw this text. */
export interface Proof {
  submission: string;
  token: string;
  /** Of the text that the panel showed. */
  sha256: string;
}

export type FromPanel =
  | { v: 1; type: 'ready' }
  | ({
      v: 1;
      type: 'answer';
      answer: 'approve' | 'deny';
      /** Words for the agent. */
      message: string | undefined;
      /** With an approval: what else is allowed from now on. */
      grant: GrantChoice | undefined;
    } & Proof)
  /** The hold ends; the edited text is a new submission. */
  | ({ v: 1; type: 'editAndRun'; command: string } & Proof)
  | { v: 1; type: 'previewGrant'; request: number; submission: string; grant: GrantChoice }
  | { v: 1; type: 'takeSuggestion'; id: string }
  | { v: 1; type: 'page'; before: number }
  | { v: 1; type: 'details'; submission: string }
  | { v: 1; type: 'copy'; submission: string }
  | SessionRequest
  /** Show a held command with its secrets. */
  | { v: 1; type: 'unmask'; submission: string }
  | { v: 1; type: 'act'; action: PanelAction };
