// What the rules on SQL clients share: which they are, what their SQL says, and to which database they connect.
import { pretends } from '../pretending.ts';
import { type SqlFinding, type SqlKind, scanSql } from '../sql/scanSql.ts';
import { sqlOf } from '../sql/sqlText.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';

const SQL_CLIENTS = words(`
  psql ysqlsh mysql mysqlsh mariadb sqlite3 sqlite duckdb sqlcmd bq snowsql clickhouse-client clickhouse cqlsh usql mycli pgcli litecli
  cockroach trino presto spark-sql beeline hive impala-shell athenacli db2 isql osql sqlplus sqlcl vsql mclient questdb
`);

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most rules on SQL clients share. */
export function sql(spec: Spec): Rule {
  return {
    programs: SQL_CLIENTS,
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: database,
    recovery: 'Only a backup of the database helps.',
    ...spec,
  };
}

/** Where a client connects to, from its options and its address. Passwords are left out. */
function database(call: Call, context: EffectContext): readonly Target[] {
  const detail: Record<string, string> = {};
  const url =
    call.operands.map((word) => word.value ?? '').find((word) => /^\w+:\/\//.test(word)) ??
    call.valueOf('-d', '--dbname', '--uri', '--url')?.value;
  const isUrl = url !== undefined && /^\w+:\/\//.test(url);
  const host =
    call.valueOf('-h', '--host', '-S', '-H')?.value ??
    (isUrl
      ? /@?([\w.-]+)(?::\d+)?\//.exec(url.replace(/^\w+:\/\/([^@/]*@)?/, ''))?.[1]
      : undefined);
  const name = isUrl
    ? /\/([\w.-]+)(\?|$)/.exec(url.slice(url.indexOf('//') + 2))?.[1]
    : (call.valueOf('-d', '--dbname', '-D', '--database')?.value ?? databaseOperand(call));
  if (host !== undefined) detail.host = host;
  if (name !== undefined) detail.database = name;
  const file = /sqlite|duckdb|litecli/.test(call.program);
  if (file) detail.file = name ?? '';
  const statement = findingsOf(call, context)
    .map((finding) => finding.statement)
    .join('; ');
  if (statement !== '') detail.statement = statement;
  const shown = [name, host && `on ${host}`].filter(Boolean).join(' ');
  return [
    { kind: 'database', name: shown === '' ? `the database of ${call.program}` : shown, detail },
  ];
}

function databaseOperand(call: Call): string | undefined {
  const word = call.operands[0]?.value;
  return word !== undefined && /^[\w./:-]+$/.test(word) ? word : undefined;
}

/** What the statements of the call do. */
export function findingsOf(call: Call, context: EffectContext): readonly SqlFinding[] {
  return call.once(readFindings, context);
}

function readFindings(call: Call, context: EffectContext): readonly SqlFinding[] {
  // `--dry_run` has the server check the SQL and run nothing.
  if (call.program === 'bq' && pretends(call, '--dry_run')) return [];
  const text = sqlOf(call, context, sqlOperand(call));
  const extra =
    call.program === 'bq' && call.operands[0]?.value === 'query'
      ? call.operands.slice(1).map((word) => word.value ?? '')
      : [];
  return [...text.texts, ...extra].flatMap((entry) => scanSql(entry));
}

/** True where a statement of one of the kinds stands in the call. */
export const has =
  (...kinds: SqlKind[]) =>
  (call: Call, context: EffectContext): boolean =>
    findingsOf(call, context).some((finding) => kinds.includes(finding.kind));

/** Where the operands of a call are SQL themselves: `sqlite3 FILE SQL`. */
export const sqlOperand = (call: Call) => {
  if (call.program === 'db2') return 0;
  return /^(sqlite3?|duckdb)$/.test(call.program) ? 1 : undefined;
};

/** `sqlplus u/p @file` runs a file. */
export const isUnseen = (call: Call, context: EffectContext) =>
  sqlOf(call, context).isUnseen ||
  (/^(sqlplus|sqlcl)$/.test(call.program) &&
    call.operands.some((word) => word.value?.startsWith('@') ?? true));

/** The file to which a client writes its output or its log. */
export function outputFile(call: Call) {
  if (/^(psql|pgcli|ysqlsh)$/.test(call.program))
    return call.valueOf('-o', '--output', '-L', '--log-file');
  if (/^(mysql|mysqlsh|mariadb|mycli)$/.test(call.program))
    return call.valueOf('--tee', '--logfile');
  if (/^(sqlcmd|osql|isql|snowsql)$/.test(call.program)) return call.valueOf('-o');
  return undefined;
}

/** True where the call lists databases or prints its version, and runs no SQL. */
export function isListing(call: Call): boolean {
  if (call.has('-c', '--command', '-e', '--execute', '-f', '--file', '-i')) return false;
  if (call.program === 'bq')
    return (
      /^(ls|show|head|version|help|query)$/.test(call.operands[0]?.value ?? '') &&
      call.operands[0]?.value !== 'query'
    );
  return (
    call.has('--version', '-V', '--help', '-?') ||
    (/^(psql|pgcli)$/.test(call.program) && call.has('-l', '--list'))
  );
}
