// What the rules on the network share.
import type { Call, Rule, Target } from '../types.ts';

export type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export function network(spec: Spec): Rule {
  return {
    verb: 'send',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'no',
    reach: 'shared',
    target: urls,
    recovery: 'What was sent cannot be taken back.',
    ...spec,
  };
}

export const URL =
  /^(https?|ftps?|sftp|file|gopher|dict|ldaps?|smb|tftp|wss?):|^[\w.-]+\.[a-z]{2,}([/:?]|$)|^localhost|^\d+\.\d+\.\d+\.\d+/i;

export function urls(call: Call): readonly Target[] {
  const found = call.operands.filter((word) => URL.test(word.value ?? ''));
  return found.slice(0, 5).map((word) => ({
    kind: 'url' as const,
    name: (word.value ?? '').replace(/\/\/[^@/]*@/, '//').replace(/\?.*/, '?…'),
  }));
}

/** curl and what takes its options. */
export const CURL = ['curl', 'curlie'];
