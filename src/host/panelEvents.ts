// The session's events in the form in which the panel gets them: few at a time, and without what only details need.
// Invariant: every event of the session can be reached, however long it is; what is not in memory is read from the log.
import type { AuditEvent } from '../core/session/events.ts';
import type { LogEvent } from '../shared/logEvent.ts';
import { logEvent } from '../shared/logEvent.ts';

/** In the first message: enough for the first screens. */
const FIRST = 300;
const PAGE = 2000;
/** Whole events that are kept, so that details of what is looked at most come at once. */
const MOST_WHOLE = 2000;

export interface EventPage {
  /** Oldest first. */
  events: readonly LogEvent[];
  /** How many there are before these. */
  earlier: number;
}

export class PanelEvents {
  /** All of the session, in the short form. */
  private short: LogEvent[] = [];
  /** The newest, whole. */
  private whole: AuditEvent[] = [];

  /** `readLog` hands out every event of the session's log in order. */
  constructor(private readonly readLog: (onEvent: (event: AuditEvent) => void) => void) {}

  /** The first event of a session ends the one before. Gives the event in the short form. */
  add(event: AuditEvent): LogEvent {
    if (event.type === 'session.start') {
      this.short = [];
      this.whole = [];
    }
    const short = logEvent(event);
    this.short.push(short);
    this.whole.push(event);
    if (this.whole.length > MOST_WHOLE * 1.2) this.whole = this.whole.slice(-MOST_WHOLE);
    return short;
  }

  newest(): EventPage {
    return this.pageEnding(this.short.length, FIRST);
  }

  /** Those before the event with this sequence number. */
  before(seq: number): EventPage {
    let end = this.short.length;
    while (end > 0 && (this.short[end - 1]?.seq ?? 0) >= seq) end -= 1;
    return this.pageEnding(end, PAGE);
  }

  /** Everything about one submission, whole, oldest first. */
  of(submission: string): AuditEvent[] {
    const first = this.short.find((event) => submissionOf(event) === submission);
    if (first === undefined) return [];
    const isHere = first.seq >= (this.whole[0]?.seq ?? Number.POSITIVE_INFINITY);
    if (isHere) return this.whole.filter((event) => submissionOf(event) === submission);
    const found: AuditEvent[] = [];
    this.readLog((event) => {
      if (submissionOf(event) === submission) found.push(event);
    });
    return found;
  }

  /** The command as it is on record; undefined where it is not known. */
  commandOf(submission: string): string | undefined {
    const isIt = (event: LogEvent) =>
      event.type === 'submission' && event.submission.id === submission;
    const event = this.short.findLast(isIt);
    return event?.type === 'submission' ? event.submission.command : undefined;
  }

  private pageEnding(end: number, most: number): EventPage {
    const start = Math.max(0, end - most);
    return { events: this.short.slice(start, end), earlier: start };
  }
}

function submissionOf(event: AuditEvent | LogEvent): string | undefined {
  if (!('submission' in event)) return undefined;
  return typeof event.submission === 'string' ? event.submission : event.submission.id;
}
