// What the rules on Windows' own commands share.
import type { Rule } from '../types.ts';

export type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most of them share: something is lost for good. */
export function windows(spec: Spec): Rule {
  return {
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    recovery: 'Only a backup helps.',
    ...spec,
  };
}
