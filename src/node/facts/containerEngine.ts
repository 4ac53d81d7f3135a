// Which container engine a client means: that of this machine, or one elsewhere, by its words, its variables and its files.
// Invariant: certificates and logins are never read; what is not told leaves the engine unknown.
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, inHome, readWord, variableOf } from './callWords.ts';
import { hostOfUrl } from './connectionUrl.ts';
import { isLocalHost } from './environmentClass.ts';
import { environmentFact } from './environmentFact.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

const CLIENTS = /^(docker|docker-compose|podman|podman-remote|podman-compose|nerdctl)$/;

export const containerEngineSource: FactSource = {
  name: "the container client's configuration",
  main: 'container.engine',
  concerns: ({ effect, call }) => effect.severity !== 'none' && CLIENTS.test(call.program),
  lookUp: async (subjects, { context }) =>
    subjects.flatMap((subject) => aboutEngine(subject, context)),
};

/** Where the engine is; `address` is its URL, undefined where it cannot be told. */
export interface Engine {
  context: CallWord | undefined;
  address: CallWord | undefined;
  doubt: string | undefined;
}

function aboutEngine(subject: Subject, context: FactsContext): readonly Fact[] {
  const { index, call } = subject;
  const engine = engineOf(subject, context);
  const facts: Fact[] = [];
  const say = (id: Fact['id'], value: string, text: string, how: string) =>
    facts.push({ id, effect: index, value, text, how });
  if (engine.context && engine.context.open === undefined)
    say(
      'container.context',
      engine.context.text,
      `The context is ${engine.context.text}.`,
      engine.context.how,
    );
  const host = engine.address && hostOfEngine(engine.address.text);
  const isHere = call.invocation.place.kind === 'local';
  if (!isHere || engine.address === undefined || host === undefined) {
    const why = isHere
      ? (engine.doubt ?? 'its address cannot be read.')
      : 'it is started elsewhere.';
    const text = `On which machine the containers are is not known: ${why}`;
    // Not `unknown`: what may be another machine is treated as one.
    say('container.engine', 'undetermined', text, engine.context?.how ?? 'its words');
  } else if (host === '') {
    say(
      'container.engine',
      'this machine',
      'The containers are on this machine.',
      engine.address.how,
    );
    return facts;
  } else {
    const text = `The containers are on ${host}, another machine.`;
    say('container.engine', host, text, engine.address.how);
  }
  const names = namesOf(engine, host);
  const place = {
    title: `The container engine${host ? ` on ${host}` : ''}`,
    names,
    isLocal: false,
    doubt: engine.doubt,
  };
  return [...facts, environmentFact(index, place, context.production, context.hostname)];
}

/** Texts that may tell the environment of an engine. */
export function namesOf(engine: Engine, host: string | undefined): readonly CallWord[] {
  const own = engine.context?.open === undefined ? engine.context : undefined;
  return [own, host ? { text: host, how: engine.address?.how ?? 'its address' } : undefined].filter(
    (word) => word !== undefined,
  );
}

/** `''` for this machine; undefined where the text is no address. */
export function hostOfEngine(address: string): string | undefined {
  if (/^(unix|npipe|fd):/.test(address) || address.startsWith('/')) return '';
  const host = /^(tcp|ssh|https?):\/\//.test(address) ? hostOfUrl(address) : undefined;
  return host !== undefined && isLocalHost(host) ? '' : host;
}

/** The engine that a docker or podman call talks to. */
export function engineOf(subject: Subject, context: FactsContext): Engine {
  const words = globalOptions(subject, context);
  return subject.call.program.startsWith('podman')
    ? podman(subject, words, context)
    : docker(subject, words, context);
}

const LOCAL: CallWord = { text: 'unix:', how: 'nothing names another machine' };

function docker(subject: Subject, words: GlobalWords, context: FactsContext): Engine {
  const variable = (name: string) => variableOf(subject, name, context);
  const host = words.host ?? (words.context ? undefined : variable('DOCKER_HOST'));
  if (host) return { context: undefined, address: closed(host), doubt: host.open };
  const folder =
    words.config ?? variable('DOCKER_CONFIG')?.text ?? inHome(subject, context, '.docker');
  const name =
    words.context ?? variable('DOCKER_CONTEXT') ?? currentContext(folder, subject, context);
  if (name?.open !== undefined) return { context: name, address: undefined, doubt: name.open };
  if (name === undefined || name.text === 'default')
    return { context: name, address: LOCAL, doubt: undefined };
  const mark = createHash('sha256').update(name.text).digest('hex');
  const file = path.join(folder, 'contexts/meta', mark, 'meta.json');
  const meta = readJson(path.resolve(subject.folder ?? context.cwd, file), context);
  const address = textOf(fieldOf(meta, 'Endpoints', 'docker', 'Host'));
  if (address === undefined) {
    const doubt = `the context ${name.text} stands in no file that can be read.`;
    return { context: name, address: undefined, doubt };
  }
  return {
    context: name,
    address: { text: address, how: `context ${name.text}` },
    doubt: undefined,
  };
}

function currentContext(
  folder: string,
  subject: Subject,
  context: FactsContext,
): CallWord | undefined {
  const file = path.resolve(subject.folder ?? context.cwd, folder, 'config.json');
  const text = textOf(fieldOf(readJson(file, context), 'currentContext'));
  return text === undefined ? undefined : { text, how: 'currentContext of the docker client' };
}

function podman(subject: Subject, words: GlobalWords, context: FactsContext): Engine {
  const host = words.host ?? variableOf(subject, 'CONTAINER_HOST', context);
  if (host) return { context: undefined, address: closed(host), doubt: host.open };
  const name = words.context ?? variableOf(subject, 'CONTAINER_CONNECTION', context);
  const isRemote = words.isRemote || subject.call.program === 'podman-remote';
  if (name === undefined && !isRemote)
    return { context: undefined, address: LOCAL, doubt: undefined };
  const file = inHome(subject, context, '.config/containers/podman-connections.json');
  const list = fieldOf(readJson(file, context), 'Connection');
  const chosen = name?.text ?? textOf(fieldOf(list, 'Default')) ?? '';
  const address = textOf(fieldOf(list, 'Connections', chosen, 'URI'));
  const doubt = name?.open ?? (address === undefined ? 'its connection is in no file.' : undefined);
  const how = `connection ${chosen}`;
  return {
    context: name,
    address: address === undefined ? undefined : { text: address, how },
    doubt,
  };
}

function closed(word: CallWord): CallWord | undefined {
  return word.open === undefined ? word : undefined;
}

interface GlobalWords {
  host: CallWord | undefined;
  context: CallWord | undefined;
  config: string | undefined;
  isRemote: boolean;
}

/** Options before the subcommand; behind it `-c` and `-H` mean other things. */
function globalOptions(subject: Subject, context: FactsContext): GlobalWords {
  const found: GlobalWords = {
    host: undefined,
    context: undefined,
    config: undefined,
    isRemote: false,
  };
  const words = subject.call.invocation.argv.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const [, name = '', glued] = /^(--?[a-zA-Z][\w-]*)(?:=(.*))?$/s.exec(word?.value ?? '') ?? [];
    if (name === '') break;
    if (name === '--remote' || name === '-r') found.isRemote = glued !== 'false';
    if (!VALUED.test(name)) continue;
    const next = words[index + 1];
    const value =
      glued === undefined
        ? next && readWord(next, name, subject, context)
        : { text: glued, how: name };
    if (glued === undefined) index += 1;
    if (/^(-H|--host|--url)$/.test(name)) found.host = value;
    if (/^(-c|--context|--connection)$/.test(name)) found.context = value;
    if (name === '--config') found.config = value?.text;
  }
  return found;
}

const VALUED =
  /^(-H|--host|--url|-c|--context|--connection|--config|-l|--log-level|--tls\w+|--identity|-f|--file|-p|--project-name|--profile|--env-file|-n|--namespace|-a|--address)$/;

const MOST_BYTES = 256 * 1024;

function readJson(file: string, context: FactsContext): unknown {
  try {
    return JSON.parse(context.files.read(file, MOST_BYTES) ?? 'null');
  } catch {
    // Half written: nothing is known.
    return undefined;
  }
}

function fieldOf(value: unknown, ...way: string[]): unknown {
  let place = value;
  for (const key of way) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
