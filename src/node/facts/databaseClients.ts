// Where each database client connects: its words, then its variables, then its files, as the client itself reads them.
// Invariant: every host that could be meant is listed, and what leaves the choice open is a doubt.
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { type CallWord, inHome, optionWords, readWord, variableOf } from './callWords.ts';
import { readIni } from './configText.ts';
import { type Address, readAddress } from './connectionUrl.ts';
import { mysqlOptions } from './mysqlOptions.ts';
import type { FactsContext, Subject } from './types.ts';

export interface Connection {
  hosts: readonly CallWord[];
  databases: readonly CallWord[];
  /** Other texts that may tell the environment: a service, a mode such as RAILS_ENV. */
  others: readonly CallWord[];
  /** The file of an embedded database. */
  file?: string;
  doubt: string | undefined;
}

type Client = (subject: Subject, context: FactsContext) => Connection;

const CLIENTS: readonly (readonly [RegExp, Client])[] = [
  [
    /^(psql|pgcli|dropdb|createdb|dropuser|createuser|pg_\w+|vacuumdb|reindexdb|clusterdb)$/,
    postgres,
  ],
  [/^(mysql|mariadb|mycli|mysql\w+|mariadb-\w+)$/, mysql],
  [/^(sqlite3?|duckdb|litecli)$/, embedded],
  [/^(redis-cli|valkey-cli|keydb-cli|iredis)$/, redis],
  [/^(mongosh|mongo|mongo(restore|dump|import|export))$/, mongo],
];

/** Where the call connects. Clients that are not known better: the host and URL options that most share. */
export function connectionOf(subject: Subject, context: FactsContext): Connection {
  const client =
    CLIENTS.find(([programs]) => programs.test(subject.call.program))?.[1] ?? byOptions;
  return client(subject, context);
}

/** Adds what a connection text names; the text itself is never kept, for it may hold a password. */
class Names {
  readonly hosts: CallWord[] = [];
  readonly databases: CallWord[] = [];
  readonly others: CallWord[] = [];
  readonly services: CallWord[] = [];
  doubt: string | undefined;

  /** A word that is a connection text, or else the name of a database. */
  take(word: CallWord): void {
    this.doubt ??= word.open;
    if (word.open !== undefined || word.text === '') return;
    const address = readAddress(word.text);
    if (address) this.takeAddress(address, word.how);
    else this.databases.push(word);
  }

  takeAddress(address: Address, how: string): void {
    this.hosts.push(...address.hosts.map((text) => ({ text, how })));
    if (address.database !== undefined) this.databases.push({ text: address.database, how });
    if (address.service !== undefined) this.services.push({ text: address.service, how });
  }

  takeHosts(words: readonly CallWord[]): void {
    for (const word of words) {
      this.doubt ??= word.open;
      if (word.open !== undefined || word.text === '') continue;
      const address = /:\/\//.test(word.text) ? readAddress(word.text) : undefined;
      if (address) this.takeAddress(address, word.how);
      else
        this.hosts.push(
          ...word.text.split(',').map((text) => ({ ...word, text: withoutPort(text) })),
        );
    }
  }

  /** The client's default where no host is named and nothing is left open. */
  orHere(text: string, how: string): void {
    if (this.hosts.length === 0 && this.doubt === undefined) this.hosts.push({ text, how });
  }

  connection(): Connection {
    const { hosts, databases, others, doubt } = this;
    return { hosts, databases, others, doubt };
  }
}

function withoutPort(text: string): string {
  return /^\[(.*)\]/.exec(text)?.[1] ?? text.replace(/^([^:]+):\d+(\/.*)?$/, '$1');
}

function postgres(subject: Subject, context: FactsContext): Connection {
  const names = new Names();
  const { call } = subject;
  for (const word of optionWords(subject, ['-d', '--dbname', '--maintenance-db'], context))
    names.take(word);
  const hosts = optionWords(subject, ['-h', '--host'], context);
  const isHost = (text: string | undefined) => hosts.some((word) => word.text === text);
  const operand = call.operands.find((word) => !isHost(word.value));
  // Beside -d the first word is a user.
  const isNamed = names.databases.length + names.hosts.length + names.services.length > 0;
  if (operand && call.program !== 'pg_restore' && !isNamed)
    names.take(readWord(operand, 'its first word', subject, context));
  names.takeHosts(hosts);
  const variable = (name: string) => variableOf(subject, name, context);
  const services = [...names.services, variable('PGSERVICE')].filter((word) => word !== undefined);
  for (const service of services) takeService(names, service, subject, context);
  // Words win over a service, a service wins over the variables.
  if (names.hosts.length === 0)
    names.takeHosts(
      [variable('PGHOST'), variable('PGHOSTADDR')].filter((word) => word !== undefined),
    );
  if (names.databases.length === 0) {
    const database = variable('PGDATABASE') ?? variable('PGUSER') ?? variable('USER');
    if (database) names.databases.push(database);
  }
  names.orHere('localhost', 'no host is named, so the local socket is used');
  return names.connection();
}

/** A service of pg_service.conf; one that is not found leaves the host open. */
function takeService(
  names: Names,
  service: CallWord,
  subject: Subject,
  context: FactsContext,
): void {
  names.others.push(service);
  const own = variableOf(subject, 'PGSERVICEFILE', context)?.text;
  const shared = variableOf(subject, 'PGSYSCONFDIR', context)?.text ?? '/etc/postgresql-common';
  const files = [
    own ?? inHome(subject, context, '.pg_service.conf'),
    path.join(shared, 'pg_service.conf'),
  ];
  for (const file of files) {
    const place = path.resolve(subject.folder ?? context.cwd, file);
    const section = readIni(context.files.read(place, MOST_BYTES) ?? '').get(service.text);
    if (!section) continue;
    const how = `service ${service.text} in ${path.basename(file)}`;
    const hosts = [section.get('host'), section.get('hostaddr')].filter(
      (host) => host !== undefined,
    );
    if (names.hosts.length === 0) names.takeHosts(hosts.map((text) => ({ text, how })));
    const database = section.get('dbname');
    if (names.databases.length === 0 && database !== undefined)
      names.databases.push({ text: database, how });
    return;
  }
  names.doubt ??= `the service ${service.text} stands in no file that the gate can read.`;
}

const MOST_BYTES = 256 * 1024;

function mysql(subject: Subject, context: FactsContext): Connection {
  const names = new Names();
  const { call } = subject;
  const isClient = /^(mysql|mariadb|mycli)$/.test(call.program);
  for (const word of optionWords(subject, ['-D', '--database', '--uri'], context)) names.take(word);
  const [operand] = call.operands;
  if (operand && isClient) names.take(readWord(operand, 'its first word', subject, context));
  names.takeHosts(optionWords(subject, ['-h', '--host'], context));
  if (optionWords(subject, ['--login-path'], context).length > 0)
    names.doubt ??= 'the login path is encrypted.';
  else if (names.hosts.length === 0 && existsSync(inHome(subject, context, '.mylogin.cnf')))
    names.doubt ??= 'a login path is kept, which is encrypted.';
  for (const { key, value, how } of mysqlOptions(subject, context)) {
    if (key === 'host' && names.hosts.length === 0) names.takeHosts([{ text: value, how }]);
    if (key === 'database' && names.databases.length === 0)
      names.databases.push({ text: value, how });
  }
  const variable = variableOf(subject, 'MYSQL_HOST', context);
  if (names.hosts.length === 0 && variable) names.takeHosts([variable]);
  names.orHere('localhost', 'no host is named, so this machine is used');
  return names.connection();
}

/** sqlite and duckdb: a file of this machine, or memory. */
function embedded(subject: Subject, context: FactsContext): Connection {
  const [operand] = subject.call.operands;
  const word = operand
    ? readWord(operand, 'its first word', subject, context)
    : { text: ':memory:', how: 'no file is named' };
  const isRemote = /^(https?|md|s3|postgres|mysql):/i.test(word.text);
  const doubt = word.open ?? (isRemote ? 'it may lie elsewhere.' : undefined);
  const host = { text: 'localhost', how: 'a file of this machine' };
  return { hosts: [host], databases: [word], others: [], file: word.text, doubt };
}

function redis(subject: Subject, context: FactsContext): Connection {
  const names = new Names();
  for (const word of optionWords(subject, ['-u', '--uri', '--url'], context))
    names.takeHosts([word]);
  names.takeHosts(optionWords(subject, ['-h', '--host', '-s'], context));
  names.orHere('127.0.0.1', 'no host is named, so this machine is used');
  return names.connection();
}

function mongo(subject: Subject, context: FactsContext): Connection {
  const names = new Names();
  for (const word of optionWords(subject, ['--uri'], context)) names.take(word);
  names.takeHosts(optionWords(subject, ['-h', '--host'], context));
  for (const word of optionWords(subject, ['-d', '--db'], context)) names.databases.push(word);
  const [operand] = subject.call.operands;
  if (operand && /^(mongosh|mongo)$/.test(subject.call.program))
    takeMongoAddress(names, readWord(operand, 'its first word', subject, context));
  names.orHere('127.0.0.1', 'no host is named, so this machine is used');
  return names.connection();
}

/** `db`, `host/db`, `host:port/db` or a URL. A script file is no address. */
function takeMongoAddress(names: Names, word: CallWord): void {
  if (word.open !== undefined || /:\/\//.test(word.text)) {
    names.take(word);
    return;
  }
  if (/\.(js|mongodb)$/.test(word.text)) return;
  const [first = '', database] = word.text.split('/');
  if (database !== undefined) names.takeHosts([{ ...word, text: first }]);
  names.databases.push({ ...word, text: database ?? first });
}

/** Clients with the options that most share; without any of them nothing is known. */
function byOptions(subject: Subject, context: FactsContext): Connection {
  const names = new Names();
  const { call } = subject;
  names.takeHosts(
    optionWords(subject, ['-h', '--host', '-S', '-H', '--server', '--url', '--uri'], context),
  );
  for (const word of optionWords(subject, ['-d', '--database', '--dbname', '--db'], context))
    names.take(word);
  for (const operand of call.operands) {
    const word = readWord(operand, 'its words', subject, context);
    if (/:\/\//.test(word.text)) names.take(word);
  }
  if (names.hosts.length === 0) names.doubt ??= 'no host is named.';
  return names.connection();
}
