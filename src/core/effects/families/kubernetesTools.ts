// Rules on the clients of what is built on Kubernetes: argocd, flux, istio, skaffold, …
import { deedOf } from '../cliVerbs.ts';
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { isDry, kube, verb } from './kubernetesRule.ts';

/** Clients of what is built on Kubernetes. */
export const TOOLS = words(
  'istioctl flux argocd skaffold linkerd kubeadm kustomize stern k9s kubectx kubens kubeval kubeconform kube-score kube-linter pluto popeye',
);

/** What of them only reads although its word is no deed, or has another meaning elsewhere. */
function isToolRead(call: Call): boolean {
  const name = verb(call);
  switch (call.program) {
    case 'stern':
    case 'kubeval':
    case 'kubeconform':
    case 'kube-score':
    case 'kube-linter':
    case 'pluto':
    case 'popeye':
      return true;
    case 'kubectx':
    case 'kubens':
      return (
        call.operands.length === 0 &&
        (call.options.length === 0 || call.has('-c', '--current', '-h'))
      );
    case 'skaffold':
      return /^(version|schema)$/.test(name);
    case 'kustomize':
      return (
        /^(build|cfg)$/.test(name) &&
        !call.has('-o', '--output', '--enable-exec', '--enable-alpha-plugins', '--enable-helm')
      );
    case 'istioctl':
      return /^(analyze|proxy-status|ps|proxy-config|pc|version|x precheck)$/.test(name);
    case 'linkerd':
      return /^(check|viz|version|diagnostics)$/.test(name);
    default:
      return false;
  }
}

/** Rules on clients of what is built on Kubernetes. */
export const kubernetesToolRules: readonly Rule[] = [
  kube({
    id: 'kubernetes/tools-destroy',
    programs: TOOLS,
    when: {
      test: (call) =>
        !isDry(call) && (/^(destroy|stop)$/.test(deedOf(call)) || call.has('--prune')),
    },
    verb: 'destroy-infrastructure',
    severity: 'serious',
    reversible: 'effort',
    why: 'It takes something out of the cluster or stops what keeps it in order.',
    examples: {
      match: ['argocd app delete web', 'kubeadm reset', 'flux suspend kustomization x'],
      noMatch: ['argocd app list'],
    },
  }),
  kube({
    id: 'kubernetes/uninstall-script',
    programs: words(
      'k3s-uninstall.sh k3s-agent-uninstall.sh k3s-killall.sh rke2-uninstall.sh rke2-killall.sh',
    ),
    when: { none: ['--help', '-h'] },
    verb: 'destroy-infrastructure',
    severity: 'severe',
    reversible: 'no',
    reach: 'machine',
    target: { kind: 'cluster', name: 'the cluster on this machine' },
    why: 'It removes {target}, with the data of everything that runs in it.',
    recovery: 'Install the cluster again; its data comes from a backup.',
    examples: { match: ['k3s-uninstall.sh'], noMatch: ['k3s kubectl get pods'] },
  }),
  kube({
    id: 'kubernetes/tools-change',
    programs: TOOLS,
    when: {
      test: (call) =>
        !isDry(call) && /^(change|unknown|secret)$/.test(deedOf(call)) && !isToolRead(call),
    },
    why: 'It changes what runs in the cluster.',
    examples: {
      match: ['argocd app sync web', 'flux reconcile source git x', 'istioctl install'],
      noMatch: ['argocd app get web', 'stern web'],
    },
  }),
  kube({
    id: 'kubernetes/tools-read',
    programs: TOOLS,
    when: {
      test: (call) =>
        !call.mayHaveHiddenOptions &&
        !call.has('--prune', '--kubeconfig', '--kube-token', '--server', '--api-server') &&
        (deedOf(call) === 'read' || isToolRead(call)),
    },
    ...READING,
    why: 'It only reads the cluster.',
    examples: {
      match: ['argocd app list', 'istioctl analyze', 'stern web', 'kustomize build .'],
      noMatch: ['argocd app sync web', 'kustomize edit set image a=b'],
    },
  }),
];
