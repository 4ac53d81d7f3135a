// What the rules on infrastructure as code share: the words of a call, and defaults.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export const TERRAFORM = words('terraform tofu terragrunt');

export const verb = (call: Call) =>
  call.operands
    .map((word) => word.value ?? '')
    .find((word) => word !== 'run-all' && word !== 'run' && word !== 'stack') ?? '';

export const path = (call: Call) =>
  call.operands
    .slice(0, 2)
    .map((word) => word.value ?? '')
    .join(' ');

export function iac(spec: Spec): Rule {
  return {
    programs: TERRAFORM,
    verb: 'destroy-infrastructure',
    category: 'infrastructure',
    severity: 'severe',
    reversible: 'no',
    reach: 'shared',
    target: { kind: 'infrastructure', name: 'the infrastructure of this configuration' },
    recovery: 'Apply the last good state again; data that was in it comes from a backup.',
    ...spec,
  };
}
