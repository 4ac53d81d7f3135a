// What the session log panel may see and do. The gate service implements it; the view only shows and forwards.
// Invariant: an answer counts only with the hold's one-time token and the hash of the text that was shown.
import type { FromPanel, ToPanel } from '../shared/protocol.ts';

export type Snapshot = Extract<ToPanel, { type: 'snapshot' }>;
export type PanelAnswer = Extract<FromPanel, { type: 'answer' }>;

/** Anything that can be given back; the editor's own type fits it. */
export interface Disposable {
  dispose(): void;
}

export interface PanelModel {
  /** Everything there is to show, with the revision of the last change in it. */
  snapshot(): Snapshot;
  /** Calls back with every later change, in order; `revision` rises by one each time. Also carries `reveal`. */
  onDidChange(listener: (message: ToPanel) => void): Disposable;
  /** Undefined where the answer was taken; otherwise why it was refused, for a person. CRITICAL needs no second step here: a click in the panel is a person's. */
  answer(message: PanelAnswer): Promise<string | undefined>;
  /** Opens the session's log file in an editor. */
  openLog(): Promise<void>;
  /** Puts the command of this submission, as submitted, on the clipboard. */
  copy(submission: string): Promise<void>;
}
