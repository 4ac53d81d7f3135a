// The settings about records: how long they are kept and where they are sent.
// Invariant: a value that cannot be used keeps everything and sends nothing, and is named as a problem.
import { settings } from '../contributions.ts';
import type { PolicyProblem } from '../core/policy/types.ts';
import type { RetentionLimits } from '../core/session/retention.ts';

export interface RecordSettings {
  retention: RetentionLimits;
  /** Address that takes OTLP logs over HTTP; undefined: nothing is sent. */
  otlpUrl: string | undefined;
}

type Raw = Readonly<Record<'retentionDays' | 'retentionMegabytes' | 'otlpEndpoint', unknown>>;

/** Reads them; what is wrong is added to `problems`. */
export function readRecordSettings(raw: Raw, problems: PolicyProblem[]): RecordSettings {
  const limit = (name: 'retentionDays' | 'retentionMegabytes') =>
    readLimit(raw[name], settings[name].key, problems);
  const megabytes = limit('retentionMegabytes');
  return {
    retention: {
      days: limit('retentionDays'),
      bytes: megabytes === undefined ? undefined : megabytes * 1_000_000,
    },
    otlpUrl: readUrl(raw.otlpEndpoint, problems),
  };
}

function readLimit(value: unknown, setting: string, problems: PolicyProblem[]): number | undefined {
  if (value === undefined || value === 0) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  const message = 'It has to be a whole number; 0 keeps everything.';
  problems.push({ setting, message, suggestion: '0' });
  return undefined;
}

function readUrl(value: unknown, problems: PolicyProblem[]): string | undefined {
  if (value === undefined || value === '') return undefined;
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (url) {
    // The address of a collector, as its documentation gives it, or the full one.
    if (url.pathname === '/') url.pathname = '/v1/logs';
    return url.href;
  }
  const message = 'It has to be an http or https address, such as http://localhost:4318.';
  problems.push({ setting: settings.otlpEndpoint.key, message });
  return undefined;
}

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
