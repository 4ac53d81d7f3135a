// What the panel may see and do. The gate service implements it; the view only shows and forwards.
// Invariant: an answer counts only with the hold's one-time token and the hash of the text that was shown.
import type { AuditEvent } from '../core/session/events.ts';
import type { FromPanel, GrantChoice, GrantPreview, ToPanel } from '../shared/protocol.ts';
import type { EventPage } from './panelEvents.ts';

export type Snapshot = Extract<ToPanel, { type: 'snapshot' }>;
export type PanelAnswer = Extract<FromPanel, { type: 'answer' }>;
export type PanelEdit = Extract<FromPanel, { type: 'editAndRun' }>;

/** Anything that can be given back; the editor's own type fits it. */
export interface Disposable {
  dispose(): void;
}

export interface PanelModel {
  /** Everything there is to show, with the revision of the last change in it. */
  snapshot(): Snapshot;
  /** Calls back with every later change, in order; `revision` rises by one each time. Also carries `reveal`. */
  onDidChange(listener: (message: ToPanel) => void): Disposable;
  /** Undefined where the answer was taken; otherwise why it was refused, for a person. */
  answer(message: PanelAnswer): Promise<string | undefined>;
  /** Events of the session before the one with this sequence number. */
  page(before: number): EventPage;
  /** Everything on record about one submission, oldest first. */
  details(submission: string): readonly AuditEvent[];
  /** The command as submitted, with its secrets; undefined where it is not held any more. */
  original(submission: string): string | undefined;
  /** Puts the command of this submission on the clipboard: as submitted while it is held, later as it is on record. */
  copy(submission: string): Promise<void>;
}

/** What a person may decide beyond yes and no. Sentences that come back say why it was not done. */
export interface PanelPolicy {
  previewGrant(submission: string, grant: GrantChoice): Promise<GrantPreview>;
  editAndRun(message: PanelEdit): Promise<string | undefined>;
  takeSuggestion(id: string): Promise<string | undefined>;
}
