// An event as a log record of OpenTelemetry: words, severity and the fields that people search by.
// Invariant: the hash of the line goes along, so that a copy elsewhere shows where the log went.
import type { Level } from '../risk/types.ts';
import type { AuditEvent } from './events.ts';
import { eventText } from './eventText.ts';
import { submissionOf } from './exportEvents.ts';

export interface OtelLog {
  /** ISO time. */
  at: string;
  severity: number;
  severityText: string;
  eventName: string;
  body: string;
  attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Numbers of OpenTelemetry's data model. */
const INFO = 9;
const WARN = 13;
const ERROR = 17;
const FATAL = 21;

const TEXTS: Readonly<Record<number, string>> = {
  [INFO]: 'INFO',
  [WARN]: 'WARN',
  [ERROR]: 'ERROR',
  [FATAL]: 'FATAL',
};

const LEVELS: Readonly<Record<Level, number>> = {
  LOW: INFO,
  MEDIUM: WARN,
  HIGH: ERROR,
  CRITICAL: FATAL,
};

/** `hash`: of the event's line. */
export function otelLog(event: AuditEvent, hash: string): OtelLog {
  const severity = severityOf(event);
  const submission = submissionOf(event);
  const attributes: Record<string, string | number | boolean> = {
    'interlock.session': event.sid,
    'interlock.seq': event.seq,
    'interlock.hash': hash,
    ...(submission === undefined ? {} : { 'interlock.submission': submission }),
    ...ownAttributes(event),
  };
  return {
    at: event.ts,
    severity,
    severityText: TEXTS[severity] ?? '',
    eventName: `interlock.${event.type}`,
    body: eventText(event),
    attributes,
  };
}

function severityOf(event: AuditEvent): number {
  switch (event.type) {
    case 'assessment':
      return LEVELS[event.assessment.level];
    case 'tamper':
      return FATAL;
    case 'lockdown':
      return ERROR;
    case 'gate.degraded':
    case 'gate.full':
    case 'log.recovered':
    case 'recording.failed':
      return WARN;
    case 'policy.change':
      return event.loosens ? WARN : INFO;
    default:
      return INFO;
  }
}

function ownAttributes(event: AuditEvent): Record<string, string | number | boolean> {
  switch (event.type) {
    case 'session.start':
      return {
        'interlock.agent': event.agent,
        'interlock.workspace': event.workspace,
        'interlock.machine': event.machine,
      };
    case 'submission': {
      const { agent, command, cwd, via } = event.submission;
      return {
        'interlock.agent': agent,
        'interlock.command': command,
        'interlock.cwd': cwd,
        'interlock.via': via,
      };
    }
    case 'assessment': {
      const { level, score, category, blastRadius, effects } = event.assessment;
      return {
        'interlock.level': level,
        'interlock.score': score,
        'interlock.category': category,
        'interlock.blast_radius': blastRadius,
        'interlock.rules': [...new Set(effects.map(({ rule }) => rule))].join(' '),
        'interlock.verdict': event.ruling.verdict,
      };
    }
    case 'decision': {
      const { kind, by, waitedMs } = event.decision;
      return {
        'interlock.decision': kind,
        'interlock.decided_by': by,
        'interlock.waited_ms': waitedMs,
      };
    }
    case 'outcome': {
      const { exitCode, durationMs } = event.outcome;
      const duration = { 'interlock.duration_ms': durationMs };
      return exitCode === undefined ? duration : { ...duration, 'interlock.exit_code': exitCode };
    }
    default:
      return {};
  }
}
