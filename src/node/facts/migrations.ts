// Where migration tools connect: the variable that most of them read, from the environment or from the `.env` that they load.
import * as path from 'node:path';
import { type CallWord, optionWords, variableOf } from './callWords.ts';
import { readDotEnv } from './configText.ts';
import { readAddress } from './connectionUrl.ts';
import type { Connection } from './databaseClients.ts';
import type { FactsContext, Subject } from './types.ts';

/** Tools whose own rules name them, and that take their database from settings. */
const RULES = /^databases\/migrate/;

/** Tools that load `.env` of their folder by themselves. */
const LOADS_DOT_ENV =
  /^(prisma|drizzle-kit|artisan|php|sequelize|sequelize-cli|dbmate|mikro-orm|sqlx|typeorm)$/;

const URLS = [
  'DATABASE_URL',
  'DB_URL',
  'POSTGRES_URL',
  'MYSQL_URL',
  'MONGODB_URI',
  'TEST_DATABASE_URL',
];
const HOSTS = ['DB_HOST', 'DATABASE_HOST', 'PGHOST', 'MYSQL_HOST'];
const MODES = [
  'RAILS_ENV',
  'RACK_ENV',
  'NODE_ENV',
  'APP_ENV',
  'MIX_ENV',
  'DJANGO_SETTINGS_MODULE',
  'FLASK_ENV',
  'ENVIRONMENT',
];

/** The connection of a migration tool; undefined where the call is none. */
export function migrationConnection(
  subject: Subject,
  context: FactsContext,
): Connection | undefined {
  const { effect, call } = subject;
  if (!RULES.test(effect.rule)) return undefined;
  const hosts: CallWord[] = [];
  const databases: CallWord[] = [];
  const variables = (names: readonly string[]) =>
    names.map((name) => variableOf(subject, name, context)).filter((word) => word !== undefined);
  const modes = [
    ...variables(MODES),
    ...optionWords(
      subject,
      ['--env', '-e', '--environment', '--settings', '--database', '--db'],
      context,
    ),
    ...call.operands.map((word) => ({ text: word.value ?? '', how: 'its words' })),
  ];
  const isLoading = LOADS_DOT_ENV.test(call.program) || /prisma|drizzle|artisan/.test(subject.line);
  const file = isLoading ? dotEnv(subject, context) : [];
  const urls = [
    ...variables(URLS),
    ...optionWords(subject, ['--url', '-u', '--database-url'], context),
  ];
  for (const word of urls.length > 0 ? urls : file) takeUrl(word, hosts, databases);
  if (hosts.length === 0) hosts.push(...variables(HOSTS));
  const open = urls.find((word) => word.open !== undefined)?.open;
  const doubt =
    open ?? (hosts.length === 0 ? 'its settings do not say where it connects.' : undefined);
  return { hosts, databases, others: modes, doubt };
}

function dotEnv(subject: Subject, context: FactsContext): readonly CallWord[] {
  const place = path.join(subject.folder ?? context.cwd, '.env');
  const values = readDotEnv(context.files.read(place, 64 * 1024) ?? '');
  return [...URLS, ...HOSTS].flatMap((name) => {
    const text = values.get(name);
    return text === undefined ? [] : [{ text, how: `${name} in .env` }];
  });
}

function takeUrl(word: CallWord, hosts: CallWord[], databases: CallWord[]): void {
  if (word.open !== undefined) return;
  const address = readAddress(word.text);
  if (!address) {
    // A plain host, or a file: what looks like neither is left out, for it may be a secret.
    if (/^[\w.-]+$/.test(word.text)) hosts.push(word);
    else if (/^file:/.test(word.text)) hosts.push({ text: 'localhost', how: word.how });
    return;
  }
  hosts.push(...address.hosts.map((text) => ({ text, how: word.how })));
  if (address.database !== undefined) databases.push({ text: address.database, how: word.how });
}
