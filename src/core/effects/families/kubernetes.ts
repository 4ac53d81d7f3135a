// Kubernetes and what is built on it: what takes workloads away, what changes them, what only looks.

import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { helmRules } from './helm.ts';
import { programInPod } from './insideCalls.ts';
import { isDry, KUBECTL, kube, second, verb } from './kubernetesRule.ts';
import { kubernetesToolRules, TOOLS } from './kubernetesTools.ts';

/** A patch that takes something out: a null, an operation called remove, no copies left. */
const TAKES_AWAY = /:\s*null\b|"op"\s*:\s*"remove"|"replicas"\s*:\s*0\b|\$patch"?\s*:\s*"?delete/;

/** Things that hold much, and selections that take more than one thing. */
const MUCH =
  /^(ns|namespaces?|nodes?|no|pv|pvc|persistentvolume(claim)?s?|crds?|customresourcedefinitions?|all|statefulsets?|sts|storageclass(es)?|projects?|clusters?)(\/|$)/;

export const kubernetesFamily: Family = {
  name: 'kubernetes',
  about: 'Kubernetes and helm: deleting, draining, scaling, applying, and looking.',
  syntax: [
    {
      programs: KUBECTL,
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '--output-directory --request-timeout --tls-server-name --client-key --client-certificate --certificate-authority --username --password --as-uid --vmodule --loglevel --profile --log-file --field-manager --cascade -v --v -n --namespace --context --kubeconfig -f --filename -l --selector -o --output -c --container --cluster --user -s --server --token --grace-period --timeout -p --patch --type --replicas --field-selector -k --kustomize --as --as-group --sort-by --since --tail --from-literal --from-file --image --port',
      ),
    },
    {
      programs: ['helm'],
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '--post-renderer --output-dir --registry-config --repository-config --repository-cache --kube-token --kube-apiserver --kube-as-user --kube-as-group --kube-ca-file --kube-tls-server-name --burst-limit --qps --set-string --set-file --history-max -n --namespace --kube-context --kubeconfig -f --values --set --version --timeout -o --output --revision',
      ),
    },
    {
      programs: TOOLS,
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '-n --namespace --context --kubeconfig --config --server --auth-token --grpc-web-root-path --http-retry-max --vklog -v --timeout -l --selector --tail --since -c --container -o --output -f --filename',
      ),
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
            (verb(call) === 'patch' &&
              TAKES_AWAY.test(call.valueOf('-p', '--patch')?.value ?? '')) ||
            (verb(call) === 'auth' &&
              call.has('--remove-extra-permissions', '--remove-extra-subjects')) ||
            (verb(call) === 'certificate' && second(call) === 'deny') ||
            (verb(call) === 'adm' && /^(drain|prune|policy)$/.test(second(call)))),
      },
      severity: 'serious',
      why: 'It takes running workloads away or moves them.',
      alternative: '`kubectl get pods -o wide` shows what runs where.',
      examples: {
        match: [
          'kubectl drain node1',
          'kubectl scale deploy web --replicas=0',
          'kubectl rollout restart deploy/web',
          'kubectl replace --force -f a.yaml',
          'kubectl patch pv x -p \'{"metadata":{"finalizers":null}}\'',
        ],
        noMatch: ['kubectl scale deploy web --replicas=3', 'kubectl rollout status deploy/web'],
      },
    }),
    kube({
      id: 'kubernetes/secret',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          (showsToken(call) ||
            (/^(get|describe|view-secret)$/.test(verb(call)) &&
              /(^|,)secrets?(\.v1)?(\/|,|$)/.test(second(call)) &&
              (call.has('-o', '--output') || call.program === 'view-secret'))),
      },
      ...SHOWS_SECRET,
      why: 'It prints secrets of the cluster.',
      examples: {
        match: [
          'kubectl get secret db -o yaml',
          'kubectl get pods,secrets -o json',
          'kubectl config view --raw',
          'kubectl get --raw /api/v1/secrets',
          'oc whoami -t',
        ],
        noMatch: ['kubectl get secrets', 'kubectl get pods -o yaml'],
      },
    }),
    kube({
      id: 'kubernetes/write-files',
      programs: [...KUBECTL, 'helm'],
      when: {
        any: ['--output-directory', '--output-dir', '-o', '--output'],
        test: (call) =>
          call.has('--output-directory', '--output-dir') || verb(call) === 'kustomize',
      },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reach: 'workspace',
      target: (call, context) => {
        const place = call.valueOf('--output-directory', '--output-dir', '-o', '--output');
        return place ? [pathTarget(place, call, context)] : [];
      },
      why: 'It writes files to {target}.',
      recovery: 'Delete the files, or restore those that were replaced.',
      examples: {
        match: [
          'kubectl cluster-info dump --output-directory=out',
          'kubectl kustomize . -o all.yaml',
        ],
        noMatch: ['kubectl get pods -o yaml', 'helm list -o json'],
      },
    }),
    kube({
      id: 'kubernetes/other-settings',
      programs: [...KUBECTL, 'helm'],
      when: {
        any: words(
          '--kubeconfig --post-renderer --enable-exec --helm-command -s --server --kube-apiserver --kube-token',
        ),
        test: (call) => call.program !== 'helm' || !call.has('-s', '--server'),
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: 'none',
      why: 'A file or option on the line names a server to sign in to, or programs that are started.',
      recovery: 'Depends on the program.',
      examples: {
        match: ['kubectl --kubeconfig ./a.yaml get pods', 'helm template . --post-renderer ./x'],
        noMatch: ['kubectl get pods', 'helm template .'],
      },
    }),
    kube({
      id: 'kubernetes/change',
      when: {
        test: (call) =>
          call.program !== 'helm' &&
          !isDry(call) &&
          /^(apply|create|patch|edit|replace|scale|autoscale|label|annotate|set|expose|run|exec|cp|attach|cluster-info|kustomize|debug|port-forward|proxy|rollout|uncordon|config|auth|certificate|adm|new-app|new-project|start-build|rsh|login|process|plugin|server|agent)$/.test(
            verb(call),
          ) &&
          programInPod(call) === undefined &&
          !isRead(call),
      },
      why: 'It changes {target}, or which cluster is meant.',
      alternative: '`--dry-run=server` shows what would change.',
      examples: {
        match: [
          'kubectl apply -f a.yaml',
          'kubectl exec web -- sh',
          'kubectl config use-context prod',
        ],
        noMatch: ['kubectl apply -f a.yaml --dry-run=server', 'kubectl config view'],
      },
    }),
    kube({
      id: 'kubernetes/exec',
      programs: ['kubectl', 'oc'],
      when: { test: (call) => programInPod(call) !== undefined },
      ...READING,
      why: 'It starts a program in a pod that tells something; its words are judged by themselves.',
      examples: {
        match: ['kubectl exec web -- cat a', 'kubectl exec -n x -it web -c main -- cat a'],
        noMatch: [
          'kubectl exec web -- sh',
          'kubectl exec web -- rm a',
          'kubectl exec web ls',
          'kubectl exec --kubeconfig=./own web -- ls',
          'kubectl run web -- ls',
          'kubectl exec $X -- ls',
        ],
      },
    }),
    kube({
      id: 'kubernetes/read',
      when: { test: (call) => call.program !== 'helm' && (isRead(call) || isDry(call)) },
      ...READING,
      why: 'It only reads the cluster.',
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
    ...helmRules,
    ...kubernetesToolRules,
  ],
};

/** `config view --raw` and `whoami -t` print what one signs in with. */
const showsToken = (call: Call) =>
  (verb(call) === 'get' &&
    call.has('--raw') &&
    call.invocation.argv.some(({ value }) => /\/secrets(\/|\?|$)/.test(value ?? ''))) ||
  (verb(call) === 'config' && call.has('--raw')) ||
  (verb(call) === 'whoami' && call.has('-t', '--show-token'));

const READ_VERBS =
  /^(get|describe|logs|log|top|explain|api-resources|api-versions|version|cluster-info|diff|events|wait|options|completion|help|kustomize|whoami|projects|status|alpha)$/;

function isRead(call: Call): boolean {
  const name = verb(call);
  if (
    call.has(
      '--output-directory',
      '--enable-exec',
      '--helm-command',
      '--profile-output',
      '--cache-dir',
    ) ||
    showsToken(call)
  )
    return false;
  if (name === 'kustomize' && call.has('-o', '--output')) return false;
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
