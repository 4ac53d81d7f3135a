// The settings about records: how long they are kept and where they are sent.
// Invariant: a value that cannot be used keeps everything, sends nothing and lets nothing run unrecorded, and is named as
// a problem.
import { settings } from '../contributions.ts';
import type { PolicyProblem } from '../core/policy/types.ts';
import type { RetentionLimits } from '../core/session/retention.ts';

export interface RecordSettings {
  retention: RetentionLimits;
  /** What happens to a command that cannot be recorded. */
  onFailure: 'deny' | 'warn';
  /** Characters of output that are recorded of one command. */
  mostRecorded: number;
  /** Address that takes OTLP logs over HTTP; undefined: nothing is sent. */
  otlpUrl: string | undefined;
}

type Name =
  | 'retentionDays'
  | 'retentionMegabytes'
  | 'otlpEndpoint'
  | 'recordingOnFailure'
  | 'recordingMegabytes';
type Raw = Readonly<Record<Name, unknown>>;

const MOST_MEGABYTES = 256;

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
    onFailure: readOnFailure(raw.recordingOnFailure, problems),
    mostRecorded: readMegabytes(raw.recordingMegabytes, problems),
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

function readOnFailure(value: unknown, problems: PolicyProblem[]): 'deny' | 'warn' {
  const { key, initial } = settings.recordingOnFailure;
  if (value === undefined) return initial;
  if (value === 'deny' || value === 'warn') return value;
  problems.push({ setting: key, message: 'It has to be deny or warn.', suggestion: 'deny' });
  return 'deny';
}

function readMegabytes(value: unknown, problems: PolicyProblem[]): number {
  const { key, initial } = settings.recordingMegabytes;
  const isCount = typeof value === 'number' && Number.isFinite(value) && value >= 1;
  if (value !== undefined && !isCount) {
    problems.push({ setting: key, message: 'It has to be a number of megabytes, 1 or more.' });
  }
  const megabytes = isCount ? Math.min(value, MOST_MEGABYTES) : initial;
  return Math.round(megabytes * 1024 * 1024);
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
