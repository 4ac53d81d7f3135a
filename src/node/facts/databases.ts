// Which database a call means, and whether that is production, staging or on this machine (T1, T2).
// Invariant: no password, user name or full connection text is ever part of a fact.
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, inHome, variableOf } from './callWords.ts';
import { readDotEnv } from './configText.ts';
import { readAddress } from './connectionUrl.ts';
import { type Connection, connectionOf } from './databaseClients.ts';
import { areLocal, environmentFact, type Named, type Place } from './environmentFact.ts';
import { migrationConnection } from './migrations.ts';
import { outerNames } from './remoteHosts.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

export const databasesSource: FactSource = {
  name: 'the database',
  main: 'environment.class',
  concerns: ({ effect }) => effect.target.kind === 'database',
  lookUp: async (subjects, { context }) =>
    (await Promise.all(subjects.map((subject) => aboutDatabase(subject, context)))).flat(),
};

async function aboutDatabase(subject: Subject, context: FactsContext): Promise<readonly Fact[]> {
  const { index, call } = subject;
  const { place } = call.invocation;
  if (place.kind !== 'local') return [await elsewhere(subject, context)];
  const connection = migrationConnection(subject, context) ?? connectionOf(subject, context);
  const switches = switchOf(subject, context);
  const doubt = connection.doubt ?? switches.doubt;
  const hosts = connection.hosts.map(({ text }) => text);
  const databases = connection.databases.map(({ text }) => text);
  const title = titleOf(connection);
  const about: Place = {
    title,
    names: [
      ...[...connection.hosts, ...connection.databases, ...connection.others].map(named),
      ...switches.names,
      ...hintsOf(connection, context),
      ...passHints(subject, connection, context),
    ],
    isLocal: connection.file !== undefined || areLocal(hosts),
    doubt,
  };
  const facts: Fact[] = [];
  const say = (id: Fact['id'], value: string, how: string) =>
    facts.push({ id, effect: index, value, text: `${labelOf(id)} ${value}.`, how });
  const [database] = connection.databases;
  const [host] = connection.hosts;
  if (database) say('database.name', databases.at(-1) ?? database.text, database.how);
  if (host && connection.file === undefined) say('database.host', hosts.join(', '), host.how);
  return [...facts, environmentFact(index, about, context.production, context.hostname)];
}

function labelOf(id: Fact['id']): string {
  return id === 'database.name' ? 'The database is' : 'Its host is';
}

function named({ text, how }: CallWord): Named {
  return { text, how };
}

function titleOf({ hosts, databases, file }: Connection): string {
  const name = databases[0]?.text ?? 'The database';
  return file !== undefined
    ? `The file ${name}`
    : `${name} on ${hosts[0]?.text ?? 'an unnamed host'}`;
}

/** Through ssh or in a container only the names of that machine, its engine and its cluster tell anything. */
async function elsewhere(subject: Subject, context: FactsContext): Promise<Fact> {
  const { index, call } = subject;
  const { place } = call.invocation;
  const name =
    place.kind === 'remote' ? place.host : place.kind === 'container' ? place.name : undefined;
  const how = place.kind === 'local' ? 'the line' : place.via;
  return environmentFact(
    index,
    {
      title: `The database on ${name ?? 'another machine'}`,
      names: [
        ...(name === undefined ? [] : [{ text: name, how }]),
        ...(await outerNames(subject, context)),
      ],
      isLocal: false,
      doubt: 'it runs on another machine, whose settings cannot be seen.',
    },
    context.production,
    context.hostname,
  );
}

const SWITCHES =
  /(\\c(onnect)?(\s|$))|(^|[\s;])(\.open|\.connect)\b|\battach\b|^\s*connect\b|:r\b/im;

/** SQL that goes to another database than the one that the words name. */
function switchOf(
  { call, folder }: Subject,
  context: FactsContext,
): { names: readonly Named[]; doubt: string | undefined } {
  const { input, argv } = call.invocation;
  const texts = argv.slice(1).map((word) => word.value ?? word.text);
  if (input.kind === 'text') texts.push(input.text);
  let doubt =
    input.kind === 'pipe' || input.kind === 'dynamic' ? 'its SQL is not all seen.' : undefined;
  const files = call.options
    .filter(({ name }) => /^(-f|--file|-i|-init|--init-command)$/.test(name))
    .map(({ value }) => value?.value);
  if (input.kind === 'file') files.push(input.path.value);
  for (const file of files) {
    const place = file === undefined ? undefined : path.resolve(folder ?? context.cwd, file);
    const text = place === undefined ? undefined : context.files.read(place, 200_000);
    if (text === undefined) doubt ??= 'its SQL is not all seen.';
    else texts.push(text);
  }
  if (texts.some((text) => SWITCHES.test(text))) doubt ??= 'its SQL connects somewhere else.';
  const names = texts.flatMap((text) =>
    [
      ...text.matchAll(
        /\b(?:use|drop\s+(?:database|schema)(?:\s+if\s+exists)?)\s+[`"'[]?([\w.-]+)/gi,
      ),
    ].map((found) => ({ text: found[1] ?? '', how: 'the SQL' })),
  );
  return { names, doubt };
}

/**
 * Where the host stands open, the hosts for which the user keeps a password to this very database hint at it.
 * Only hosts and names of databases are looked at.
 */
function passHints(
  subject: Subject,
  { doubt, databases }: Connection,
  context: FactsContext,
): readonly Named[] {
  const names = new Set(databases.map(({ text }) => text));
  if (doubt === undefined || names.size === 0 || !/^(psql|pg|dropdb)/.test(subject.call.program))
    return [];
  const file =
    variableOf(subject, 'PGPASSFILE', context)?.text ?? inHome(subject, context, '.pgpass');
  const text = context.files.read(path.resolve(context.cwd, file), 64 * 1024) ?? '';
  return text.split('\n').flatMap((line) => {
    const [host = '', , database = ''] = line.split(/(?<!\\):/);
    const isMeant = !line.startsWith('#') && host !== '*' && names.has(database);
    return isMeant ? [{ text: host, how: '.pgpass' }] : [];
  });
}

const FILES = ['.env', '.env.local', '.env.development', '.env.production'];
const URL_NAMES =
  /(^|_)(DATABASE|DB|POSTGRES\w*|PG|MYSQL|MARIADB|MONGO\w*|REDIS)_?(URL|URI|DSN|HOST|HOSTNAME|SERVER|CONNECTION_STRING)$/i;

/**
 * Where a word stands open (`$DATABASE_URL`), the folder's `.env` hints at what is meant.
 * A hint can say production; it never says that something is harmless, for the shell need not read that file.
 */
function hintsOf(connection: Connection, context: FactsContext): readonly Named[] {
  if (connection.doubt === undefined) return [];
  return FILES.slice(0, 2).flatMap((name) => {
    const text = context.files.read(path.join(context.cwd, name), 64 * 1024);
    if (text === undefined) return [];
    return [...readDotEnv(text)].flatMap(([key, value]) => {
      if (!URL_NAMES.test(key)) return [];
      const address = readAddress(value);
      const texts = address ? [...address.hosts, address.database ?? ''] : [value];
      return texts.filter(Boolean).map((entry) => ({ text: entry, how: `${key} in ${name}` }));
    });
  });
}
