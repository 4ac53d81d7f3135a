// What the rules on tools of databases share: defaults, and the words of a call.
import type { Call, Rule } from '../types.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export function tool(spec: Spec): Rule {
  return {
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: (call) => {
      const host = call.valueOf('-h', '--host', '--uri', '-u')?.value?.replace(/\/\/[^@/]*@/, '//');
      return [
        {
          kind: 'database',
          name: host ?? `the database of ${call.program}`,
          ...(host !== undefined && { detail: { host } }),
        },
      ];
    },
    recovery: 'Only a backup of the database helps.',
    ...spec,
  };
}

export const text = (call: Call) =>
  call.invocation.argv
    .slice(1)
    .map((word) => word.value ?? '')
    .join(' ');

export const input = (call: Call) =>
  call.invocation.input.kind === 'text' ? call.invocation.input.text : '';
