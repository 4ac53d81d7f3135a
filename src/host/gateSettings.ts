// The settings as the gate uses them, from raw values in which anything may stand.
// Invariant: a value that cannot be used makes the gate stricter or leaves it as shipped, and is named as a problem.
import { settings } from '../contributions.ts';
import { parsePolicy } from '../core/policy/parsePolicy.ts';
import type { PolicyProblem } from '../core/policy/types.ts';
import type { AssessorSettings } from '../node/assessor.ts';
import { type RecordSettings, readRecordSettings } from './recordSettings.ts';

/** One raw value for each setting. */
export type RawSettings = Readonly<Record<keyof typeof settings, unknown>>;

export interface GateSettings extends AssessorSettings {
  /** Milliseconds that a hold waits; undefined: for ever. */
  timeoutMs: number | undefined;
  records: RecordSettings;
}

const LEAST_SECONDS = 30;
const MOST_SECONDS = 600;

/** Reads all settings; the problems stand in `policy.problems`. */
export function readGateSettings(raw: RawSettings): GateSettings {
  const policy = parsePolicy(raw);
  const problems: PolicyProblem[] = [...policy.problems];
  const patterns = (name: keyof RawSettings) =>
    readPatterns(raw[name], settings[name].key, problems);
  return {
    protectedPaths: patterns('protectedPaths'),
    disposablePaths: patterns('disposablePaths'),
    protectedBranches: patterns('protectedBranches'),
    production: patterns('production'),
    timeoutMs: readTimeout(raw.timeoutSeconds, problems),
    records: readRecordSettings(raw, problems),
    policy: { ...policy, problems },
  };
}

/** One sentence about a reading of the settings, for the log. */
export function settingsText({ policy }: GateSettings): string {
  const { dial, rules, problems, observe } = policy;
  const mode = observe ? ' observe is on;' : '';
  return `autoApprove is ${dial};${mode} ${rules.length} rules; ${problems.length} problems.`;
}

function readPatterns(value: unknown, setting: string, problems: PolicyProblem[]): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ setting, message: 'It has to be a list of patterns.', suggestion: '[]' });
    return [];
  }
  return value.flatMap((pattern: unknown, index) => {
    if (typeof pattern === 'string' && pattern !== '') return [pattern];
    problems.push({ setting, index, message: 'A pattern has to be a text.' });
    return [];
  });
}

function readTimeout(value: unknown, problems: PolicyProblem[]): number | undefined {
  const { key, initial } = settings.timeoutSeconds;
  if (value === undefined) return initial * 1000;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    problems.push({ setting: key, message: 'It has to be a number of seconds.', suggestion: '60' });
    return initial * 1000;
  }
  if (value === 0) return undefined;
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.round(value))) * 1000;
}
