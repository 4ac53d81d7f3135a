// Which branches nobody may rewrite: by the team's settings, or by their usual names.
import { minimatch } from 'minimatch';

/** Branches whose history others rely on, where the settings say nothing else. */
export const PROTECTED_BRANCHES: readonly string[] = [
  'main',
  'master',
  'trunk',
  'develop',
  'production',
  'prod',
  'release',
  'release/**',
  'releases/**',
  'release-*',
];

/** Why a branch counts as protected, for a person; undefined where it does not. */
export function protectedBy(branch: string, patterns: readonly string[]): string | undefined {
  if (branch === '') return undefined;
  const byTeam = patterns.find((pattern) => minimatch(branch, pattern));
  if (byTeam !== undefined) return `interlock.protectedBranches has ${byTeam}`;
  const byName = PROTECTED_BRANCHES.find((pattern) => minimatch(branch, pattern));
  return byName === undefined ? undefined : `branches named ${byName} are protected by default`;
}
