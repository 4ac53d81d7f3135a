// What the gate allows before anybody has set anything.
import type { PolicyRule, RuleLevel } from './types.ts';

/** The shipped allow rules; the three readers only where the line is LOW. */
export const shippedRules: readonly PolicyRule[] = [
  shipped('git status **', 'LOW', 'Reading the state of a repository.'),
  shipped('ls **', 'LOW', 'Listing files.'),
  shipped('cat **', 'LOW', 'Reading files.'),
  { ...shipped('npm test', 'MEDIUM', "Running the workspace's own tests."), isOfWorkspace: true },
];

function shipped(match: string, upTo: RuleLevel, reason: string): PolicyRule {
  return { match, kind: 'tokens', action: 'allow', upTo, reason, source: 'shipped' };
}
