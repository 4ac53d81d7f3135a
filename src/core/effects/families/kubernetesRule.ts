// What the rules on Kubernetes share: the words of a call, the cluster it means, and defaults.
import { pretends } from '../pretending.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export const verb = (call: Call) => call.operands[0]?.value ?? '';

export const second = (call: Call) => call.operands[1]?.value ?? '';

export const isDry = (call: Call) => pretends(call, '--dry-run');

const cluster: Rule['target'] = (call) => {
  const detail: Record<string, string> = {};
  const context = call.valueOf('--context', '--kube-context')?.value;
  const namespace = call.valueOf('-n', '--namespace')?.value;
  if (context !== undefined) detail.context = context;
  if (namespace !== undefined) detail.namespace = namespace;
  const name = call.operands
    .slice(1, 4)
    .map((word) => word.value ?? word.text)
    .join(' ');
  return [{ kind: 'cluster', name: name === '' ? 'the cluster' : name, detail }];
};

/** `k` is the short name that nearly everybody gives kubectl. */
export const KUBECTL = words('kubectl oc kubecolor k');

export function kube(spec: Spec): Rule {
  return {
    programs: [...KUBECTL, 'helm'],
    verb: 'modify',
    category: 'infrastructure',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'shared',
    target: cluster,
    recovery: 'Apply the last good manifests again.',
    ...spec,
  };
}
