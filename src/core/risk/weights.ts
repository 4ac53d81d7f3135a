// The numbers behind every score, as one table with the reason of each. Nothing else in the project holds a weight.
// Scale: LOW 0–24, MEDIUM 25–49, HIGH 50–79, CRITICAL 80–100.
import type { PathPlace, Severity } from '../effects/types.ts';
import type { Level } from './types.ts';

/** Points with the sentence that a reviewer reads beside them. */
export interface Weight {
  points: number;
  reason: string;
}

/** Where an effect starts, before its target and the facts are looked at. */
export const severityWeights: Readonly<Record<Severity, Weight>> = {
  none: { points: 0, reason: 'It only reads.' },
  minor: { points: 15, reason: 'A small change that can be taken back.' },
  moderate: { points: 35, reason: 'It changes settings, runs code or is not known.' },
  serious: { points: 58, reason: 'Work, data or what others rely on can be lost.' },
  severe: { points: 70, reason: 'Much can be lost, or much that others rely on.' },
  extreme: { points: 90, reason: 'Everything there can be lost, or the gate put out of action.' },
};

/** What an effect does to the thing at a path, as far as the place decides how bad that is. */
export type Touch = 'delete' | 'write';

/**
 * Points by the place of a path: `add` changes the sum, `floor` lifts it, `cap` holds it down.
 * A place that is missing changes nothing.
 */
export interface PlaceWeight extends Weight {
  how: 'add' | 'floor' | 'cap';
}

export const placeWeights: Readonly<
  Record<Touch, Readonly<Partial<Record<PathPlace, PlaceWeight>>>>
> = {
  delete: {
    sink: { how: 'cap', points: 0, reason: 'Nothing is kept there.' },
    disposable: { how: 'add', points: -30, reason: 'Build output and caches can be made again.' },
    temporary: { how: 'add', points: -30, reason: 'It lies among temporary files.' },
    'workspace-root': {
      how: 'add',
      points: 12,
      reason: 'It is the whole workspace or its history.',
    },
    outside: { how: 'add', points: 5, reason: 'It lies outside the workspace.' },
    unknown: { how: 'add', points: 7, reason: 'Where it lies cannot be told beforehand.' },
    protected: { how: 'add', points: 12, reason: 'The path is protected.' },
    secret: { how: 'add', points: 5, reason: 'It holds secrets.' },
    startup: { how: 'add', points: 5, reason: 'The system or the shell reads it when it starts.' },
    system: { how: 'add', points: 14, reason: 'It belongs to the system.' },
    home: { how: 'floor', points: 95, reason: 'It is the home directory or holds it.' },
    root: {
      how: 'floor',
      points: 97,
      reason: 'It is the root of the system or a top folder of it.',
    },
    device: { how: 'floor', points: 85, reason: 'It is a device.' },
    gate: { how: 'floor', points: 92, reason: 'It belongs to the gate itself.' },
  },
  write: {
    sink: { how: 'cap', points: 0, reason: 'Nothing is kept there.' },
    disposable: { how: 'add', points: -10, reason: 'Build output and caches can be made again.' },
    temporary: { how: 'add', points: -8, reason: 'It lies among temporary files.' },
    outside: { how: 'add', points: 15, reason: 'It lies outside the workspace.' },
    unknown: { how: 'add', points: 15, reason: 'Where it lies cannot be told beforehand.' },
    home: { how: 'add', points: 20, reason: 'It is the home directory or holds it.' },
    protected: { how: 'floor', points: 55, reason: 'The path is protected.' },
    secret: { how: 'add', points: 25, reason: 'It holds secrets.' },
    startup: { how: 'floor', points: 60, reason: 'What stands there runs later by itself.' },
    system: { how: 'floor', points: 58, reason: 'It belongs to the system.' },
    root: {
      how: 'floor',
      points: 62,
      reason: 'It is the root of the system or a top folder of it.',
    },
    device: { how: 'floor', points: 90, reason: 'It writes over a device.' },
    gate: { how: 'floor', points: 92, reason: 'It belongs to the gate itself.' },
  },
};

/** Points for the circumstances of a call. */
export const modifierWeights = {
  elevated: { points: 6, reason: "It runs with another user's rights." },
  remote: { points: 6, reason: 'It happens on another machine.' },
  container: { points: -8, reason: 'It happens inside a container.' },
  repeated: { points: 3, reason: 'It can happen many times, with words not seen here.' },
  unknownRecursive: {
    points: 66,
    reason: 'It deletes a whole tree whose path is not known.',
  },
} as const satisfies Record<string, Weight>;

/** Points for what was looked up. */
export const factWeights = {
  production: { points: 30, reason: 'It is production.' },
  readsProduction: { points: 8, reason: 'It looks at production.' },
  localEnvironment: { points: -28, reason: 'It is on this machine, not a shared system.' },
  otherMachine: { points: 6, reason: 'It happens on another machine.' },
  staging: { points: -4, reason: 'It is a staging or test system.' },
  sharedBranch: { points: 27, reason: 'Others have this branch.' },
  privateBranch: { points: -20, reason: 'Nobody else has this branch.' },
  dropsOthersCommits: { points: 15, reason: 'Commits of other people would be dropped.' },
  deploying: { points: 10, reason: 'A deployment is in progress.' },
  untracked: { points: 4, reason: 'Files are hit that version control does not have.' },
  dirty: { points: 4, reason: 'Changes are hit that are not committed.' },
  allIgnored: { points: -25, reason: 'Only files are hit that version control ignores.' },
  allCommitted: { points: -30, reason: 'All of it is committed, so it can be brought back.' },
  nothingThere: { points: -50, reason: 'Nothing stands there.' },
  losesWork: { points: 4, reason: 'Git cannot bring back what would be lost.' },
  losesNothing: { points: -38, reason: 'Git still has everything afterwards.' },
  onlyHere: { points: 15, reason: 'Commits that are nowhere else leave the branch.' },
  mayReplace: { points: 10, reason: 'A file that may stand there would be replaced.' },
  replacesUnsaved: { points: 20, reason: 'It replaces work that is not committed.' },
  manyFiles: { points: 6, reason: 'Many files are hit.' },
} as const satisfies Record<string, Weight>;

/** Lowest scores that certain findings leave. */
export const floorWeights = {
  protectedBranch: { points: 88, reason: 'It rewrites or deletes a protected branch.' },
  forcedUnknownBranch: {
    points: 62,
    reason: 'Which branch is rewritten cannot be told beforehand.',
  },
  workspace: { points: 82, reason: 'The whole workspace or its whole history would be gone.' },
  tamper: { points: 92, reason: 'It would put the gate out of action or change what it allows.' },
  notUnderstood: { points: 42, reason: 'Part of the line is not understood.' },
  hiddenCode: { points: 60, reason: 'Code would run that cannot be seen beforehand.' },
} as const satisfies Record<string, Weight>;

/** Highest scores that certain effects reach. */
export const capWeights = {
  configChange: { points: 49, reason: 'It changes settings, which can be set back.' },
} as const satisfies Record<string, Weight>;

const BOUNDS: readonly (readonly [Level, number])[] = [
  ['CRITICAL', 80],
  ['HIGH', 50],
  ['MEDIUM', 25],
];

/** The level of a score from 0 to 100. */
export function levelOf(score: number): Level {
  return BOUNDS.find(([, lowest]) => score >= lowest)?.[0] ?? 'LOW';
}

/** Order of levels, for comparing them. */
export function rankOf(level: Level): number {
  return ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].indexOf(level);
}
