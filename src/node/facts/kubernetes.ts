// Which cluster and namespace a call means, from its words, its variables and the kubeconfig.
// Invariant: nothing of the credentials in a kubeconfig is kept, and none of its programs is started.
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, inHome, optionWords, variableOf } from './callWords.ts';
import { hostOfUrl } from './connectionUrl.ts';
import { isLocalContext, isLocalHost, isPrivateHost } from './environmentClass.ts';
import { environmentFact, type Named, type Place } from './environmentFact.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

const PROGRAMS =
  /^(kubectl|oc|kubecolor|k|helm|istioctl|flux|argocd|skaffold|linkerd|cilium|velero|kustomize|tkn|kubectx|kubens)$/;

export const kubernetesSource: FactSource = {
  name: "the cluster's configuration",
  main: 'environment.class',
  concerns: ({ effect, call }) => effect.target.kind === 'cluster' || PROGRAMS.test(call.program),
  lookUp: async (subjects, { context }) =>
    (await Promise.all(subjects.map((subject) => clusterFacts(subject, context)))).flat(),
};

interface KubeConfig {
  current: string | undefined;
  contexts: ReadonlyMap<string, { cluster: string | undefined; namespace: string | undefined }>;
  servers: ReadonlyMap<string, string>;
}

async function clusterFacts(subject: Subject, context: FactsContext): Promise<readonly Fact[]> {
  const { facts, place } = await aboutCluster(subject, context);
  return [...facts, environmentFact(subject.index, place, context.production, context.hostname)];
}

/** Texts that tell the environment of the cluster that a call means. */
export async function clusterNames(
  subject: Subject,
  context: FactsContext,
): Promise<readonly Named[]> {
  return (await aboutCluster(subject, context)).place.names;
}

async function aboutCluster(
  subject: Subject,
  context: FactsContext,
): Promise<{ facts: readonly Fact[]; place: Place }> {
  const { index } = subject;
  const option = (...names: string[]) => optionWords(subject, names, context).at(-1);
  const config = await readConfig(subject, context);
  const named =
    option('--context', '--kube-context') ?? variableOf(subject, 'HELM_KUBECONTEXT', context);
  const current: CallWord | undefined =
    named ??
    (config?.current === undefined
      ? undefined
      : { text: config.current, how: 'current-context of the kubeconfig' });
  const entry = current && config?.contexts.get(current.text);
  const cluster = option('--cluster')?.text ?? entry?.cluster;
  const given = option('-s', '--server') ?? option('--kube-apiserver');
  const server = given ? hostOfUrl(given.text) : cluster && config?.servers.get(cluster);
  const namespace: CallWord = option('-n', '--namespace') ?? {
    text: entry?.namespace ?? 'default',
    how: current?.how ?? 'nothing names one',
  };
  const isEverywhere = subject.call.has('-A', '--all-namespaces');
  const reached = server ? { text: server, how: given?.how ?? 'kubeconfig' } : undefined;
  const facts = factsOf(index, current, reached, isEverywhere ? undefined : namespace);
  const names = [
    current,
    server && { text: server, how: 'kubeconfig' },
    cluster && { text: cluster, how: 'kubeconfig' },
    isEverywhere ? undefined : namespace,
  ];
  const place: Place = {
    title: current ? `The cluster of context ${current.text}` : 'The cluster',
    names: names
      .filter((name) => name !== undefined && name !== '')
      .map((name) => name as CallWord),
    isLocal: isLocalCluster(current?.text, server),
    doubt: doubtOf(subject, current, server, config !== undefined),
  };
  return { facts, place };
}

/** `namespace` is undefined where the call means all of them. */
function factsOf(
  effect: number,
  context: CallWord | undefined,
  server: CallWord | undefined,
  namespace: CallWord | undefined,
): Fact[] {
  const facts: Fact[] = [];
  const say = (id: Fact['id'], value: string, text: string, how: string) =>
    facts.push({ id, effect, value, text, how });
  if (context) say('kube.context', context.text, `The context is ${context.text}.`, context.how);
  if (server)
    say('kube.server', server.text, `The server of its cluster is ${server.text}.`, server.how);
  if (!namespace) say('kube.namespace', '*', 'It means every namespace.', '--all-namespaces');
  else say('kube.namespace', namespace.text, `The namespace is ${namespace.text}.`, namespace.how);
  return facts;
}

/** A name alone can be given to any cluster: its server has to be on this machine or its private network. */
function isLocalCluster(name: string | undefined, server: string | undefined): boolean {
  if (server === undefined) return false;
  return (
    isLocalHost(server) || (name !== undefined && isLocalContext(name) && isPrivateHost(server))
  );
}

function doubtOf(
  { call }: Subject,
  current: CallWord | undefined,
  server: string | undefined,
  hasConfig: boolean,
): string | undefined {
  if (call.invocation.place.kind !== 'local') return 'it runs on another machine.';
  if (current?.open !== undefined) return current.open;
  if (!hasConfig) return 'no kubeconfig can be read.';
  if (current === undefined) return 'no context is chosen.';
  return server === undefined
    ? `the context ${current.text} stands in no kubeconfig that can be read.`
    : undefined;
}

const MOST_BYTES = 1024 * 1024;

/** The files of `--kubeconfig` or `$KUBECONFIG` or the usual place, merged: the first that says something counts. */
async function readConfig(
  subject: Subject,
  context: FactsContext,
): Promise<KubeConfig | undefined> {
  const option = optionWords(subject, ['--kubeconfig'], context).at(-1);
  const variable = variableOf(subject, 'KUBECONFIG', context);
  const word = option ?? variable;
  if (word?.open !== undefined || subject.call.invocation.place.kind !== 'local') return undefined;
  const files = word ? word.text.split(path.delimiter) : [inHome(subject, context, '.kube/config')];
  const { parse } = await import('yaml');
  let merged: KubeConfig | undefined;
  for (const file of files.filter(Boolean)) {
    const place = path.resolve(subject.folder ?? context.cwd, file);
    const text = context.files.read(place, MOST_BYTES);
    const config = text === undefined ? undefined : readYaml(text, parse);
    if (config) merged = merged ? mergeConfigs(merged, config) : config;
  }
  return merged;
}

function mergeConfigs(first: KubeConfig, second: KubeConfig): KubeConfig {
  return {
    current: first.current ?? second.current,
    contexts: new Map([...second.contexts, ...first.contexts]),
    servers: new Map([...second.servers, ...first.servers]),
  };
}

function readYaml(text: string, parse: (text: string) => unknown): KubeConfig | undefined {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    // No YAML: what the file says is not known.
    return undefined;
  }
  const entries = (key: string, inner: string) =>
    listOf(field(value, key)).flatMap((entry): [string, unknown][] => {
      const name = field(entry, 'name');
      return typeof name === 'string' ? [[name, field(entry, inner)]] : [];
    });
  const current = field(value, 'current-context');
  const servers = entries('clusters', 'cluster').flatMap(([name, cluster]): [string, string][] => {
    const host = hostOfUrl(textOf(field(cluster, 'server')) ?? '');
    return host === undefined ? [] : [[name, host]];
  });
  const contexts = entries('contexts', 'context').map(
    ([name, entry]) =>
      [
        name,
        { cluster: textOf(field(entry, 'cluster')), namespace: textOf(field(entry, 'namespace')) },
      ] as const,
  );
  return { current: textOf(current), contexts: new Map(contexts), servers: new Map(servers) };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
