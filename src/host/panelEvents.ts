// The session's events in the form in which the panel gets them: few at a time, and without what only details need.
import type { AuditEvent } from '../core/session/events.ts';
import type { LogEvent } from '../shared/protocol.ts';

/** In the first message: enough for the first screens. */
const FIRST = 300;
const PAGE = 2000;

export interface EventPage {
  /** Oldest first. */
  events: readonly LogEvent[];
  /** How many there are before these. */
  earlier: number;
}

/** An event for the list; an assessment keeps what a row shows. */
export function logEvent(event: AuditEvent): LogEvent {
  if (event.type !== 'assessment') return event;
  const { assessment, ruling, ...rest } = event;
  const { level, score, headline } = assessment;
  return { ...rest, level, score, headline, verdict: ruling.verdict };
}

/** The newest. `events` is oldest first. */
export function newestPage(events: readonly AuditEvent[]): EventPage {
  return pageEnding(events, events.length, FIRST);
}

/** Those before the event with this sequence number. */
export function pageBefore(events: readonly AuditEvent[], before: number): EventPage {
  let end = events.length;
  while (end > 0 && (events[end - 1]?.seq ?? 0) >= before) end -= 1;
  return pageEnding(events, end, PAGE);
}

/** Everything about one submission, whole. */
export function eventsOf(events: readonly AuditEvent[], submission: string): AuditEvent[] {
  return events.filter((event) => submissionOf(event) === submission);
}

function pageEnding(events: readonly AuditEvent[], end: number, most: number): EventPage {
  const start = Math.max(0, end - most);
  return { events: events.slice(start, end).map(logEvent), earlier: start };
}

function submissionOf(event: AuditEvent): string | undefined {
  if (!('submission' in event)) return undefined;
  return typeof event.submission === 'string' ? event.submission : event.submission.id;
}
