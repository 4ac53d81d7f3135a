// Kubernetes and what is built on it: what takes workloads away, what changes them, what only looks.
import { deedOf } from '../cliVerbs.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

const verb = (call: Call) => call.operands[0]?.value ?? '';
const second = (call: Call) => call.operands[1]?.value ?? '';
const isDry = (call: Call) =>
  call.has('--dry-run') && !/^(none|false)$/.test(call.valueOf('--dry-run')?.value ?? '');

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
const KUBECTL = words('kubectl oc kubecolor k');

function kube(spec: Spec): Rule {
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

/** Clients of what is built on Kubernetes. */
const TOOLS = words(
  'istioctl flux argocd skaffold linkerd kubeadm kustomize stern k9s kubectx kubens',
);

/** What of them only reads although its word is no deed, or has another meaning elsewhere. */
function isToolRead(call: Call): boolean {
  const name = verb(call);
  switch (call.program) {
    case 'stern':
      return true;
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

/** Things that hold much, and selections that take more than one thing. */
const MUCH =
  /^(ns|namespaces?|nodes?|no|pv|pvc|persistentvolume(claim)?s?|crds?|customresourcedefinitions?|all|statefulsets?|sts|storageclass(es)?|projects?|clusters?)(\/|$)/;

export const kubernetesFamily: Family = {
  name: 'kubernetes',
  about: 'Kubernetes and helm: deleting, draining, scaling, applying, and looking.',
  syntax: [
    {
      programs: KUBECTL,
      abbreviates: false,
      valueOptions: words(
        '-n --namespace --context --kubeconfig -f --filename -l --selector -o --output -c --container --cluster --user -s --server --token --grace-period --timeout -p --patch --type --replicas --field-selector -k --kustomize --as --as-group --sort-by --since --tail --from-literal --from-file --image --port',
      ),
    },
    {
      programs: ['helm'],
      abbreviates: false,
      valueOptions: words(
        '-n --namespace --kube-context --kubeconfig -f --values --set --version --timeout -o --output --revision',
      ),
    },
    {
      programs: TOOLS,
      abbreviates: false,
      valueOptions: ['-n', '--namespace', '--context'],
    },
  ],
  rules: [
    kube({
      id: 'kubernetes/delete-much',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          verb(call) === 'delete' &&
          !isDry(call) &&
          (MUCH.test(second(call)) ||
            call.has('--all', '-A', '--all-namespaces') ||
            (call.has('-l', '--selector') && call.operands.length < 3)),
      },
      verb: 'destroy-infrastructure',
      severity: 'severe',
      reversible: 'no',
      why: 'It deletes {target} with everything that belongs to it.',
      alternative: '`--dry-run=server` shows what would go.',
      examples: {
        match: ['kubectl delete ns prod', 'kubectl delete pods --all', 'kubectl delete pvc data-0'],
        noMatch: ['kubectl get ns', 'kubectl delete ns x --dry-run=client'],
      },
    }),
    kube({
      id: 'kubernetes/delete',
      when: { test: (call) => call.program !== 'helm' && verb(call) === 'delete' && !isDry(call) },
      verb: 'destroy-infrastructure',
      severity: 'serious',
      reversible: 'effort',
      why: 'It deletes {target} from the cluster.',
      alternative: '`--dry-run=server` shows what would go.',
      examples: {
        match: [
          'kubectl delete pod x',
          'kubectl delete -f app.yaml',
          'kubectl -n prod delete deploy web',
        ],
        noMatch: ['kubectl get pods', 'kubectl delete pod x --dry-run=server'],
      },
    }),
    kube({
      id: 'kubernetes/disrupt',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          !isDry(call) &&
          (/^(drain|cordon|taint|evict)$/.test(verb(call)) ||
            (verb(call) === 'scale' && /^0$/.test(call.valueOf('--replicas')?.value ?? '')) ||
            (verb(call) === 'replace' && call.has('--force')) ||
            (verb(call) === 'rollout' && /^(undo|restart)$/.test(second(call))) ||
            (verb(call) === 'apply' && call.has('--prune')) ||
            (verb(call) === 'certificate' && second(call) === 'deny') ||
            (verb(call) === 'adm' && /^(drain|prune|policy)$/.test(second(call)))),
      },
      severity: 'serious',
      why: 'It takes running workloads away or moves them.',
      examples: {
        match: [
          'kubectl drain node1',
          'kubectl scale deploy web --replicas=0',
          'kubectl rollout restart deploy/web',
          'kubectl replace --force -f a.yaml',
        ],
        noMatch: ['kubectl scale deploy web --replicas=3', 'kubectl rollout status deploy/web'],
      },
    }),
    kube({
      id: 'kubernetes/secret',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          /^(get|describe|view-secret)$/.test(verb(call)) &&
          /^secrets?(\/|$)/.test(second(call)) &&
          (call.has('-o', '--output') || call.program === 'view-secret'),
      },
      verb: 'read',
      category: 'data-mutation',
      reach: 'machine',
      reversible: 'no',
      why: 'It prints secrets of the cluster.',
      recovery: 'Renew the secret if it was shown or sent.',
      examples: {
        match: ['kubectl get secret db -o yaml'],
        noMatch: ['kubectl get secrets', 'kubectl get pods -o yaml'],
      },
    }),
    kube({
      id: 'kubernetes/change',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          !isDry(call) &&
          /^(apply|create|patch|edit|replace|scale|autoscale|label|annotate|set|expose|run|exec|cp|attach|debug|port-forward|proxy|rollout|uncordon|config|auth|certificate|adm|new-app|new-project|start-build|rsh|login|process|plugin|server|agent)$/.test(
            verb(call),
          ) &&
          !isRead(call),
      },
      why: 'It changes {target} in the cluster, or which cluster is meant.',
      alternative: '`--dry-run=server` shows what would change.',
      examples: {
        match: [
          'kubectl apply -f a.yaml',
          'kubectl exec web -- ls',
          'kubectl config use-context prod',
        ],
        noMatch: ['kubectl apply -f a.yaml --dry-run=server', 'kubectl config view'],
      },
    }),
    kube({
      id: 'kubernetes/read',
      when: { test: (call) => call.program !== 'helm' && (isRead(call) || isDry(call)) },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads the cluster.',
      recovery: 'Nothing to undo.',
      examples: {
        match: [
          'kubectl get pods -A',
          'kubectl logs web',
          'kubectl config current-context',
          'kubectl apply -f a.yaml --dry-run=client',
        ],
        noMatch: ['kubectl delete pod x', 'kubectl get secret db -o yaml'],
      },
    }),
    kube({
      id: 'helm/remove',
      programs: ['helm'],
      when: {
        test: (call) =>
          /^(uninstall|delete|del|un|rollback)$/.test(verb(call)) && !call.has('--dry-run'),
      },
      verb: 'destroy-infrastructure',
      severity: 'serious',
      why: 'It takes the release {target} away or puts an old one in its place.',
      alternative: '`--dry-run` shows what would go.',
      examples: {
        match: ['helm uninstall web', 'helm rollback web 1'],
        noMatch: ['helm list', 'helm uninstall web --dry-run'],
      },
    }),
    kube({
      id: 'helm/change',
      programs: ['helm'],
      when: {
        test: (call) =>
          /^(install|upgrade|repo|plugin|push|pull|package|dependency|registry|create|test)$/.test(
            verb(call),
          ) &&
          !call.has('--dry-run') &&
          !/^(list|ls|index)$/.test(second(call)),
      },
      why: 'It installs or upgrades {target}.',
      examples: {
        match: ['helm upgrade web ./chart', 'helm install web ./chart'],
        noMatch: ['helm upgrade web ./chart --dry-run', 'helm repo list'],
      },
    }),
    kube({
      id: 'helm/read',
      programs: ['helm'],
      when: {
        test: (call) =>
          /^(list|ls|status|get|history|hist|show|inspect|search|template|lint|version|env|verify|diff)$/.test(
            verb(call),
          ) ||
          (call.has('--dry-run') && verb(call) !== 'test') ||
          /^(repo|plugin|dependency) (list|ls)$/.test(`${verb(call)} ${second(call)}`),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads releases and charts.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['helm list', 'helm template ./chart'],
        noMatch: ['helm install web ./chart'],
      },
    }),
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
      why: 'It takes something out of the cluster.',
      examples: {
        match: ['argocd app delete web', 'kubeadm reset', 'flux suspend kustomization x'],
        noMatch: ['argocd app list'],
      },
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
          !call.has('--prune') &&
          (deedOf(call) === 'read' || isToolRead(call)),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads the cluster.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['argocd app list', 'istioctl analyze', 'stern web', 'kustomize build .'],
        noMatch: ['argocd app sync web', 'kustomize edit set image a=b'],
      },
    }),
  ],
};

const READ_VERBS =
  /^(get|describe|logs|log|top|explain|api-resources|api-versions|version|cluster-info|diff|events|wait|options|completion|help|kustomize|whoami|projects|status|alpha)$/;

function isRead(call: Call): boolean {
  const name = verb(call);
  if (READ_VERBS.test(name))
    return (
      !(/^secrets?(\/|$)/.test(second(call)) && call.has('-o', '--output')) && name !== 'alpha'
    );
  switch (name) {
    case 'config':
      return /^(view|current-context|get-contexts|get-clusters|get-users)?$/.test(second(call));
    case 'auth':
      return /^(can-i|whoami)$/.test(second(call));
    case 'rollout':
      return /^(status|history)$/.test(second(call));
    case 'plugin':
      return second(call) === 'list';
    default:
      return false;
  }
}
