// Rules on tools that come with a database: dumps, restores, dropping, switching it off.
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { input, text, tool } from './databaseToolRule.ts';
import { fitsTable, type WordTable } from './wordTable.ts';

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

/** What rarer tools of databases, queues and their clusters lose, by their words. */
const LOSES: WordTable = {
  patronictl: /^\s*(-\S+ )*(reinit|remove|restart|failover|switchover|pause|edit-config)\b/,
  repmgr: /\b(rejoin|unregister|switchover|promote)\b/,
  xtrabackup: /--(move-back|copy-back)/,
  mariabackup: /--(move-back|copy-back)/,
  'mariadb-install-db': /./,
  mysql_install_db: /./,
  myisamchk: /(^|\s)(-[a-zA-Z]*[or]|--(safe-)?recover|--force)\b/,
  pg_archivecleanup: /^(?!.*(-n\b|--dry-run))/,
  sstablescrub: /./,
  sstableutil: /--cleanup/,
  nodetool:
    /\b(assassinate|drain|disable(gossip|binary|autocompaction|backup)|rebuild|scrub|refresh|move|stop(daemon)?)\b/,
  slapadd: /./,
  etcdutl: /\b(snapshot restore|defrag)\b/,
  impdp: /table_exists_action=(replace|truncate)|full=y/i,
  imp: /\b(full=y|ignore=y)\b/i,
  bcp: /\bin\b/,
  sqlpackage: /\/(a|action):(publish|import|script)/i,
  rman: /./,
  litestream: /^\s*restore\b/,
  mosquitto_pub: /(^|\s)-\w*[nr]\b.*\s-\w*[nr]\b|(^|\s)-(nr|rn)\b/,
  kcat: /(^|\s)-P\b/,
  kafkacat: /(^|\s)-P\b/,
  kafkactl: /^\s*(delete|reset|alter)\b/,
  tiup: /\b(destroy|scale-in|clean|prune|stop|disable)\b/,
  aql: /\b(truncate|delete|drop|remove)\b/i,
  asinfo: /\b(truncate\S*|recluster|quiesce|set-config)\b/,
  cbq: /\b(delete|drop|update|truncate|flush)\b/i,
  edgedb: /\b(destroy|wipe|delete|drop|restore|revert)\b/i,
  gel: /\b(destroy|wipe|delete|drop|restore|revert)\b/i,
  yarn: /^\s*application -kill\b/,
  databricks: /(^|\s)(rm|delete|permanent-delete|destroy|purge)(\s|$)/,
};

/** Text that a shell of a database gets on its input, where that shell has no SQL. */
const losesByInput = (call: Call) =>
  /^(hbase|rman)$/.test(call.program) &&
  /\b(drop|disable|truncate|delete|deleteall|alter)\b/i.test(input(call));

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
    id: 'databases/tools-loss',
    programs: [...Object.keys(LOSES), 'hbase'],
    when: { test: (call) => fitsTable(LOSES)(call) || losesByInput(call) },
    why: 'It replaces, empties or takes apart a database, a queue or a cluster of them.',
    alternative: 'Take a backup first, and try it on a copy.',
    examples: {
      match: [
        'patronictl reinit c m --force',
        'xtrabackup --move-back --target-dir=a',
        'nodetool assassinate 192.0.2.1',
        'kafkactl delete topic a',
        'hbase shell <<< "drop \'a\'"',
      ],
      noMatch: ['patronictl list', 'nodetool status', 'kafkactl get topics', 'yarn install'],
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
