// Rules on tools that come with a database: dumps, restores, dropping, switching it off.
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { text, tool } from './databaseToolRule.ts';

const SCHEMA_OPTIONS = new Set(
  words(
    '-s --schema-only -h --host -p --port -U --username -d --dbname -n --schema -N --exclude-schema -t --table -T --exclude-table -O --no-owner -x --no-privileges --no-acl -w --no-password -v --verbose',
  ),
);

/** `pg_dump -s` without a file: the structure goes to the terminal. */
const printsSchema = (call: Call) =>
  call.program === 'pg_dump' &&
  call.has('-s', '--schema-only') &&
  !call.mayHaveHiddenOptions &&
  call.options.every(({ name }) => SCHEMA_OPTIONS.has(name));

/** What database tools only print. */
function readsByTool(call: Call): boolean {
  const line = text(call);
  switch (call.program) {
    case 'pg_isready':
    case 'pg_config':
    case 'pg_controldata':
    case 'pg_lsclusters':
      return true;
    case 'pg_restore':
      return call.has('-l', '--list');
    case 'etcdctl':
      return /^(get|member list|endpoint (health|status|hashkv)|version|alarm list|check)\b/.test(
        call.operands.map((word) => word.value ?? '').join(' '),
      );
    case 'influx':
      return (
        /^(query|ping|version|bucket list|org list|task list)\b/.test(line) &&
        !/\bto\s*\(/.test(line)
      );
    case 'cockroach':
      return /^(node (status|ls)|version|debug (zip|list-files)|auth-session list|statement-diag list|workload check)\b/.test(
        line,
      );
    case 'nodetool':
      return /^(status|info|ring|describecluster|tpstats|compactionstats|version|gossipinfo)\b/.test(
        line,
      );
    case 'hdfs':
    case 'hadoop':
      return /^(dfs|fs) -(ls|cat|du|df|count|stat|tail|text|test|find|head|checksum)\b/.test(line);
    default:
      return call.operands.every((word) =>
        /^(status|ping|version|processlist|extended-status|variables)$/.test(word.value ?? ''),
      );
  }
}

/** Rules of database tools. */
export const databaseToolRules: readonly Rule[] = [
  tool({
    id: 'databases/drop-tool',
    programs: words(
      'dropdb dropuser pg_dropcluster pg_ctl pg_ctlcluster mysqladmin mariadb-admin mongorestore mongoimport pg_restore pg_resetwal pg_rewind initdb etcdctl influx cassandra nodetool curator couchbase-cli rethinkdb cockroach neo4j-admin hdfs hadoop influxd clickhouse-keeper-client',
    ),
    when: {
      test: (call) =>
        /^(dropdb|dropuser|pg_dropcluster|pg_resetwal|pg_rewind)$/.test(call.program) ||
        (/^pg_ctl/.test(call.program) && /\b(stop|kill|promote|restart)\b/.test(text(call))) ||
        (call.program === 'cockroach' && /\b(decommission|drain|quit)\b/.test(text(call))) ||
        (call.program === 'neo4j-admin' &&
          /\b(delete|load|restore|drop|unbind)\b/.test(text(call))) ||
        (/^(hdfs|hadoop)$/.test(call.program) &&
          /(^|\s)(-rm|-rmr|-expunge|-format|-truncate|-delete|-deleteSnapshot|-setrep)(\s|$)/.test(
            text(call),
          )) ||
        (/^(mysqladmin|mariadb-admin)$/.test(call.program) &&
          /\b(drop|shutdown|flush-\w+|kill|password|refresh|reload)\b/.test(text(call))) ||
        (/^mongo(restore|import)$/.test(call.program) && call.has('--drop')) ||
        (call.program === 'pg_restore' && call.has('-c', '--clean', '-C', '--create')) ||
        (/^(etcdctl|influx|nodetool|couchbase-cli)$/.test(call.program) &&
          /\b(del|delete|drop|rm|remove|truncate|decommission|removenode|compact|auth disable|bucket-delete|flush|compaction|defrag|snapshot restore|member remove|clearsnapshot|revoke)\b/i.test(
            text(call),
          )) ||
        (call.program === 'curator' && /delete/.test(text(call))),
    },
    why: 'It drops or replaces a database or parts of it.',
    alternative: 'Dump it first.',
    examples: {
      match: [
        'dropdb app',
        'mysqladmin drop app',
        'pg_restore --clean -d app a.dump',
        'etcdctl del --prefix /',
        'pg_ctl stop -m immediate',
        'hdfs dfs -rm -r /data',
        'mongoimport --drop -c users users.json',
        'etcdctl auth disable',
      ],
      noMatch: ['pg_restore -l a.dump', 'mysqladmin status', 'etcdctl get a', 'hdfs dfs -ls /'],
    },
  }),
  tool({
    id: 'databases/schema',
    programs: ['pg_dump'],
    when: { test: (call) => printsSchema(call) },
    ...READING,
    why: 'It prints how {target} is built, without its data.',
    examples: {
      match: ['pg_dump -s app', 'pg_dump --schema-only --no-owner -h localhost app'],
      noMatch: ['pg_dump app', 'pg_dump -s -f a.sql app', 'pg_dump -s -Fd app', 'pg_dump -s $X'],
    },
  }),
  tool({
    id: 'databases/dump',
    programs: words(
      'pg_dump pg_dumpall mysqldump mariadb-dump mongodump mongoexport pg_basebackup',
    ),
    when: { test: (call) => !printsSchema(call) },
    verb: 'read',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'yes',
    reach: 'machine',
    why: 'It copies the data of {target} out.',
    recovery: 'Delete the copy.',
    examples: { match: ['pg_dump app'], noMatch: ['psql -l'] },
  }),
  tool({
    id: 'databases/tool-read',
    programs: words(
      'mysqladmin mariadb-admin pg_isready pg_restore pg_controldata pg_config pg_lsclusters etcdctl influx nodetool hdfs hadoop cockroach',
    ),
    when: {
      test: (call) => !call.mayHaveHiddenOptions && readsByTool(call),
      none: ['--drop', '-c', '--clean', '--create', '-d', '--dbname'],
    },
    ...READING,
    why: 'It only asks the database.',
    examples: {
      match: [
        'mysqladmin status',
        'pg_isready',
        'pg_restore -l a.dump',
        'etcdctl get a',
        'hdfs dfs -ls /',
      ],
      noMatch: [
        'mysqladmin drop app',
        'pg_restore -d app a.dump',
        'etcdctl del a',
        'hdfs dfs -rm a',
      ],
    },
  }),
];
