// The option files of MySQL and MariaDB clients, with what they include, in the order in which the clients read them.
// Invariant: only host and database are taken; a password that stands beside them is never kept.
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { type CallWord, inHome, optionWords, variableOf } from './callWords.ts';
import type { FactsContext, Subject } from './types.ts';

export interface MysqlOption {
  key: 'host' | 'database';
  value: string;
  how: string;
}

const MOST_BYTES = 256 * 1024;
/** The clients stop at ten includes within each other. */
const MOST_NESTED = 10;
const MOST_FILES = 100;

/** What the option files say, the one that counts first. */
export function mysqlOptions(subject: Subject, context: FactsContext): readonly MysqlOption[] {
  const { program } = subject.call;
  const groups = new Set(['client', 'client-server', 'client-mariadb', program]);
  if (/^(mysql|mariadb)$/.test(program))
    for (const name of ['mysql', 'mariadb', 'mariadb-client']) groups.add(name);
  for (const word of optionWords(subject, ['--defaults-group-suffix'], context))
    for (const group of [...groups]) groups.add(group + word.text);
  const found: MysqlOption[] = [];
  const read = { groups, found, files: 0, context };
  for (const file of optionFiles(subject, context)) takeFile(file, read, 0);
  return found.reverse();
}

/** Later files win over earlier ones. */
function optionFiles(subject: Subject, context: FactsContext): readonly string[] {
  if (subject.call.has('--no-defaults')) return [];
  const folder = subject.folder ?? context.cwd;
  const named = (words: readonly CallWord[]) => words.map(({ text }) => path.resolve(folder, text));
  const only = optionWords(subject, ['--defaults-file'], context);
  if (only.length > 0) return named(only);
  const extra = optionWords(subject, ['--defaults-extra-file'], context);
  const own = variableOf(subject, 'MYSQL_HOME', context)?.text;
  return [
    '/etc/my.cnf',
    '/etc/mysql/my.cnf',
    ...(own === undefined ? [] : [path.resolve(folder, own, 'my.cnf')]),
    ...named(extra),
    inHome(subject, context, '.my.cnf'),
  ];
}

interface Reading {
  groups: ReadonlySet<string>;
  found: MysqlOption[];
  files: number;
  context: FactsContext;
}

function takeFile(file: string, reading: Reading, depth: number): void {
  if (depth > MOST_NESTED || ++reading.files > MOST_FILES) return;
  const text = reading.context.files.read(file, MOST_BYTES);
  if (text === undefined) return;
  let isOurs = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const group = /^\[\s*(.*?)\s*\]/.exec(line)?.[1];
    const [, how, where = ''] = /^!(include|includedir)\s+(.+)$/.exec(line) ?? [];
    if (group !== undefined) isOurs = reading.groups.has(group);
    else if (how === 'include')
      takeFile(path.resolve(path.dirname(file), where), reading, depth + 1);
    else if (how === 'includedir')
      for (const next of optionFilesIn(path.resolve(path.dirname(file), where)))
        takeFile(next, reading, depth + 1);
    else if (isOurs) takeOption(line, path.basename(file), reading);
  }
}

function takeOption(line: string, how: string, { found }: Reading): void {
  const [, name = '', text = ''] = /^([\w-]+)\s*=\s*(.*)$/.exec(line) ?? [];
  const key = name.replaceAll('_', '-').replace(/^loose-/, '');
  const value = /^(["'])(.*)\1/.exec(text)?.[2] ?? text.replace(/\s+#.*$/, '').trim();
  if ((key === 'host' || key === 'database') && value !== '') found.push({ key, value, how });
}

function optionFilesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.(cnf|ini)$/.test(name));
    return names.sort().map((name) => path.join(folder, name));
  } catch {
    // Not there: the clients pass over it with a warning.
    return [];
  }
}
