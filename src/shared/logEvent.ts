// The short form of events, in which lists have them: the host sends it, and the panel makes it of whole events.
import type { AuditEvent } from '../core/session/events.ts';
import type { LogEvent } from './protocol.ts';

/** An event for a list; an assessment keeps what a row shows. */
export function logEvent(event: AuditEvent): LogEvent {
  if (event.type !== 'assessment') return event;
  const { assessment, ruling, ...rest } = event;
  const { level, score, headline } = assessment;
  return { ...rest, level, score, headline, verdict: ruling.verdict };
}
