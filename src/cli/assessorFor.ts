// Builds the assessor of the command line: this machine's environment, the shipped policy and the dial that was asked for.
import { homedir } from 'node:os';
import { parsePolicy } from '../core/policy/parsePolicy.ts';
import type { Dial } from '../core/policy/types.ts';
import { type Assessor, createAssessor } from '../node/assessor.ts';
import { loadParser } from '../node/parser.ts';

/** An assessor with the shipped rules; the editor's settings are not read, because the command line has no editor. */
export function assessorFor(dial: Dial | undefined): Assessor {
  const policy = parsePolicy({ autoApprove: dial, rules: undefined, workspaceRules: undefined });
  return createAssessor({
    loadParser,
    home: homedir(),
    environment: process.env,
    workspaceRoots: [],
    gatePaths: [],
    settings: () => ({
      policy,
      protectedPaths: [],
      disposablePaths: [],
      protectedBranches: [],
      production: [],
    }),
    now: () => new Date(),
  });
}
