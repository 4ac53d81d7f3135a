// What the rules on permissions and users share.
import type { Rule } from '../types.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export function permission(spec: Spec): Rule {
  return {
    verb: 'modify',
    category: 'config-change',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    recovery: 'Set the old mode or owner again.',
    ...spec,
  };
}
