// The short form of events, in which lists have them: the host sends it, and the panel makes it of whole events.
import type { Verdict } from '../core/policy/types.ts';
import type { Level } from '../core/risk/types.ts';
import type { AuditEvent } from '../core/session/events.ts';

/** An assessment in the list; `details` brings the whole. */
export type AssessedEvent = Omit<
  Extract<AuditEvent, { type: 'assessment' }>,
  'assessment' | 'ruling'
> & { level: Level; score: number; headline: string; verdict: Verdict };

/** An event in the list. */
export type LogEvent = Exclude<AuditEvent, { type: 'assessment' }> | AssessedEvent;

/** An event for a list; an assessment keeps what a row shows. */
export function logEvent(event: AuditEvent): LogEvent {
  if (event.type !== 'assessment') return event;
  const { assessment, ruling, ...rest } = event;
  const { level, score, headline } = assessment;
  return { ...rest, level, score, headline, verdict: ruling.verdict };
}
