// What the rules on the machine share.
import type { Call, Rule } from '../types.ts';

export type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export function system(spec: Spec): Rule {
  return {
    verb: 'modify',
    category: 'config-change',
    severity: 'serious',
    reversible: 'effort',
    reach: 'machine',
    target: (call) => [
      {
        kind: 'service',
        name: call.operands
          .map((word) => word.value ?? word.text)
          .slice(0, 3)
          .join(' '),
      },
    ],
    recovery: 'Start it or set it back.',
    ...spec,
  };
}

export const text = (call: Call) => call.operands.map((word) => word.value ?? '').join(' ');

export const first = (call: Call) => call.operands[0]?.value ?? '';

export { said } from './wordTable.ts';
