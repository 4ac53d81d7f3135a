// Which environment another machine belongs to that a line logs in to or sends something to, by its name.
// Invariant: only what is sent to an address gets comfort from it; a file that is deleted is lost on any machine.
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, inHome, variableOf } from './callWords.ts';
import { hostOfUrl } from './connectionUrl.ts';
import { engineOf, hostOfEngine, namesOf } from './containerEngine.ts';
import { areLocal, environmentFact, type Named } from './environmentFact.ts';
import { clusterNames } from './kubernetes.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

export const remoteHostsSource: FactSource = {
  name: 'the names of other machines',
  main: 'environment.class',
  concerns: (subject) =>
    subject.effect.target.kind !== 'database' && (isElsewhere(subject) || isSent(subject)),
  lookUp: async (subjects, { context }) =>
    (await Promise.all(subjects.map((subject) => aboutHost(subject, context)))).flat(),
};

function isElsewhere({ call }: Subject): boolean {
  return call.invocation.place.kind !== 'local';
}

function isSent({ effect }: Subject): boolean {
  const { kind } = effect.target;
  return effect.rule.startsWith('network/') && (kind === 'url' || kind === 'host');
}

async function aboutHost(subject: Subject, context: FactsContext): Promise<readonly Fact[]> {
  const names = await namesOfPlace(subject, context);
  const [first] = names;
  if (!first) return [];
  const isUrl = subject.effect.verb === 'send' && subject.effect.target.kind === 'url';
  const place = {
    title: first.text,
    names,
    isLocal: isUrl && areLocal(names.map(({ text }) => text)),
    doubt: isUrl ? detourOf(subject, context) : undefined,
  };
  const fact = environmentFact(subject.index, place, context.production, context.hostname);
  return isUrl || fact.value === 'production' ? [fact] : [];
}

const DETOURS =
  /^(--(connect-to|resolve|proxy\w*|preproxy|socks\w*|config|url|interface|doh-url|input-file|use-proxy)|-[xKe])(=|$)|^-[xK]./;
const PROXIES = [
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
];

/** Why it may go to another address than the one that is named; undefined where it cannot. */
function detourOf(subject: Subject, context: FactsContext): string | undefined {
  const words = subject.call.invocation.argv.slice(1);
  if (words.some((word) => word.value === undefined || DETOURS.test(word.value)))
    return 'its options may send it to another address.';
  if (PROXIES.some((name) => variableOf(subject, name, context) !== undefined))
    return 'it goes through a proxy.';
  const files = ['.curlrc', '.config/curlrc', '.wgetrc'].map((name) =>
    context.files.read(inHome(subject, context, name), 64 * 1024),
  );
  const isSteered = files.some((text) =>
    /connect.to|resolve|proxy|^\s*(--)?url/im.test(text ?? ''),
  );
  return isSteered ? 'its settings may send it to another address.' : undefined;
}

async function namesOfPlace(subject: Subject, context: FactsContext): Promise<readonly Named[]> {
  const { place } = subject.call.invocation;
  if (place.kind === 'container') {
    const own = place.name === undefined ? [] : [{ text: place.name, how: place.via }];
    return [...own, ...(await outerNames(subject, context))];
  }
  const host = place.kind === 'remote' ? place.host : hostOfTarget(subject);
  if (host === undefined) return [];
  const alias = sshHostName(host, subject, context);
  return [{ text: host, how: 'its words' }, ...(alias ? [alias] : [])];
}

/** What names the container engine or the cluster in which a call runs. */
export async function outerNames(
  subject: Subject,
  context: FactsContext,
): Promise<readonly Named[]> {
  const { outer } = subject;
  if (!outer) return [];
  const starter = { ...subject, call: outer };
  if (/^(kubectl|oc)$/.test(outer.program)) return clusterNames(starter, context);
  const engine = engineOf(starter, context);
  return namesOf(engine, engine.address && hostOfEngine(engine.address.text));
}

/** `https://host/way`, `user@host:way`; undefined where the host is not constant. */
function hostOfTarget({ effect }: Subject): string | undefined {
  const { name, kind, detail } = effect.target;
  const text = detail?.url ?? detail?.host ?? name;
  if (kind === 'url') {
    const host = hostOfUrl(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    return host !== undefined && /^[\w.:-]+$/.test(host) ? host : undefined;
  }
  return /^(?:[^@\s/]+@)?([\w.-]+)(:|$)/.exec(text)?.[1];
}

/** The machine that an alias of the user's ssh stands for; it can say production, never that something is harmless. */
function sshHostName(host: string, subject: Subject, context: FactsContext): CallWord | undefined {
  const text = context.files.read(inHome(subject, context, '.ssh', 'config'), 256 * 1024);
  let isMeant = false;
  for (const line of (text ?? '').split('\n')) {
    const [, key = '', value = ''] = /^\s*(\w+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    if (/^(host|match)$/i.test(key))
      isMeant = /^host$/i.test(key) && value.split(/\s+/).includes(host);
    else if (isMeant && /^hostname$/i.test(key))
      return { text: value, how: `${host} in ~/.ssh/config` };
  }
  return undefined;
}
