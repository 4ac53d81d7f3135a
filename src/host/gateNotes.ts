// Puts on record what is no submission: changes of the settings, what somebody tampered with, what failed.
// Invariant: where it cannot be written, a person is told.
import type { AuditBody } from '../core/session/events.ts';
import { textOf } from './errors.ts';
import type { SessionRecord } from './sessionRecord.ts';

export class GateNotes {
  constructor(
    private readonly record: SessionRecord,
    /** No session is started for a note any more. */
    private readonly isClosing: () => boolean,
    private readonly report: (problem: string) => void,
  ) {}

  /** Starts a session for it where none runs. */
  now(body: AuditBody): void {
    if (this.isClosing() && !this.record.place) return;
    this.record.noteNow(body).catch((error: unknown) => this.report(textOf(error)));
  }

  /** Now, or with the next session where none runs; nothing waits until it is on disk. */
  soon(body: AuditBody): void {
    try {
      this.record.noteSoon(body);
    } catch (error) {
      this.report(textOf(error));
    }
  }
}
