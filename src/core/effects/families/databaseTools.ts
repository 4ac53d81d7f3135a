// Rules on database tools whose commands are no SQL: dumps, restores, migrations, redis, mongo, etcd.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

function tool(spec: Spec): Rule {
  return {
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target: (call) => {
      const host = call.valueOf('-h', '--host', '--uri', '-u')?.value?.replace(/\/\/[^@/]*@/, '//');
      return [
        {
          kind: 'database',
          name: host ?? `the database of ${call.program}`,
          ...(host !== undefined && { detail: { host } }),
        },
      ];
    },
    recovery: 'Only a backup of the database helps.',
    ...spec,
  };
}

const text = (call: Call) =>
  call.invocation.argv
    .slice(1)
    .map((word) => word.value ?? '')
    .join(' ');
const input = (call: Call) =>
  call.invocation.input.kind === 'text' ? call.invocation.input.text : '';

/** The command of a redis call, in upper case; options before it are skipped. */
const redis = (call: Call) =>
  `${call.operands.map((word) => word.value ?? '').join(' ')}\n${call.has('--cluster') ? 'CLUSTER RESET' : ''}\n${input(call)}`
    .toUpperCase()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const REDIS_LOSS =
  /^(FLUSHALL|FLUSHDB|DEL|UNLINK|SHUTDOWN|DEBUG|EVAL|EVALSHA|FCALL|SCRIPT FLUSH|FUNCTION (FLUSH|DELETE)|CONFIG (SET|REWRITE|RESETSTAT)|REPLICAOF|SLAVEOF|FAILOVER|CLUSTER (RESET|FORGET|FLUSHSLOTS|DELSLOTS|FAILOVER)|MIGRATE|RESTORE|SWAPDB|ACL (SETUSER|DELUSER)|MODULE|XTRIM|LTRIM|SREM|HDEL|ZREM|EXPIRE|GETDEL|SPOP|XGROUP DESTROY|XDEL|KEYS .*\|)/;
const REDIS_READ =
  /^(GET|MGET|KEYS|SCAN|INFO|PING|TTL|PTTL|TYPE|EXISTS|LLEN|LRANGE|HGET|HGETALL|HKEYS|HLEN|HMGET|SMEMBERS|SCARD|SISMEMBER|ZRANGE|ZCARD|ZSCORE|DBSIZE|MEMORY|CLIENT (LIST|GETNAME|INFO)|CONFIG GET|SLOWLOG GET|STRLEN|OBJECT|XLEN|XRANGE|XINFO|LASTSAVE|TIME|ROLE|CLUSTER (INFO|NODES|SLOTS)|COMMAND|ECHO|RANDOMKEY|HSCAN|SSCAN|ZSCAN|GETRANGE|BITCOUNT)\b/;

/** Options of redis-cli that only look at keys or at how fast the server is. */
const onlyScans = (call: Call) =>
  call.operands.length === 0 &&
  call.has('--scan', '--bigkeys', '--memkeys', '--hotkeys', '--stat', '--latency');

const MONGO_LOSS =
  /\.(drop|dropDatabase|dropIndex(es)?|dropUser|deleteMany|deleteOne|remove|findOneAndDelete|shutdownServer|renameCollection|fsyncLock|dropAllUsersFromDatabase|bulkWrite)\s*\(|dropDatabase|(runCommand|adminCommand)\s*\(\s*\{\s*['"]?(drop\w*|delete|shutdown|replSet\w+|removeShard|killOp)|update(Many)?\s*\(\s*\{\s*\}|findAndModify\s*\(\s*\{[^}]*remove/;
/** One query and what shapes its result; no other call, no script in the query. */
const MONGO_QUERY =
  /^\s*(print(json)?\s*\(\s*)?(db(\.\w+|\.getCollection\(\s*["'][\w.-]+["']\s*\))*\.(find|findOne|countDocuments|estimatedDocumentCount|count|stats|getIndexes|distinct|aggregate|getCollectionNames|getCollectionInfos|version|serverStatus|hostInfo)\s*\([^()]*\)(\.(limit|sort|count|toArray|pretty|skip|explain|size|itcount|length|map)?(\([^()]*\))?)*|show (dbs|databases|collections|tables|users))\s*\)?\s*;?\s*$/;

function onlyQueriesMongo(call: Call): boolean {
  const code = call.valueOf('--eval')?.value;
  if (code === undefined || call.mayHaveHiddenOptions || call.has('-f', '--file', '--shell'))
    return false;
  if (call.operands.some((word) => /\.(js|mjs)$/.test(word.value ?? ''))) return false;
  return (
    code.split(/[;\n]/).every((part) => part.trim() === '' || MONGO_QUERY.test(part)) &&
    !/\$(where|function|accumulator|out|merge)|=>|\bfunction\b/.test(code)
  );
}

const mongo = (call: Call) => `${text(call)}\n${input(call)}`;

const MIGRATIONS = words(
  'prisma rails rake alembic knex sequelize sequelize-cli typeorm drizzle-kit flyway liquibase hasura manage.py django-admin mix artisan dbmate goose migrate sqitch atlas mikro-orm diesel sqlx sea-orm-cli laravel bin/rails php python python3 flask dotnet supabase npx phinx doctrine',
);
const RESETS =
  /\b(ef database (drop|update 0)|migrations? remove|migrate(:| )fresh|migrate fresh|database reset|schema:update --force|schema apply .*--auto-approve|db execute|migrate \S+ zero|push .*--force|delete_all|destroy_all|objects\.all\(\)\.delete|dbshell|migrate[: ]reset|migrate:fresh|migrate:refresh|migrate:rollback|db[: ]reset|db[: ]drop|db[: ]purge|db:schema:load|db:migrate:reset|database:reset|schema:drop|doctrine:database:drop|database drop|ecto\.(drop|reset|rollback)|db push .*--(accept-data-loss|force-reset)|--force-reset|--accept-data-loss|downgrade|flush|reset_db|sqlflush|drop-all|dropAll|schema:sync|clean|undo|undo:all|down|drop|wipe|db:wipe|revert|rollback|purge|db:truncate_all|truncate_all|db:seed:replant)\b/;

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

const MIGRATION_LOOKS =
  /^(migrate )?(status|current|history|heads|show|info|validate|check|version|list|branches|showmigrations|sqlmigrate \S+ \S+|diffsettings|migrations:status|migration:show|migrate:status|db current|db history|db heads)\b/;

function looksByMigration(call: Call): boolean {
  const line = text(call);
  if (!/^python3?$/.test(call.program))
    return MIGRATION_LOOKS.test(line) || /^migrate\b.*--plan\b/.test(line);
  const own = /^(\.\/)?manage\.py (.*)$/.exec(line)?.[2];
  return own !== undefined && (MIGRATION_LOOKS.test(own) || /^migrate\b.*--plan\b/.test(own));
}

/** Rules of database tools. */
export const databaseToolRules: readonly Rule[] = [
  tool({
    id: 'databases/redis-loss',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: {
      test: (call) =>
        redis(call).some((line) => REDIS_LOSS.test(line)) || call.has('--eval', '--pipe'),
    },
    why: 'It deletes keys or changes the server itself.',
    examples: {
      match: ['redis-cli FLUSHALL', 'redis-cli -h db del a', 'echo flushdb | redis-cli'],
      noMatch: ['redis-cli get a', 'redis-cli --version'],
    },
  }),
  tool({
    id: 'databases/redis-change',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: {
      test: (call) =>
        !redis(call).some((line) => REDIS_LOSS.test(line)) &&
        !redis(call).every((line) => REDIS_READ.test(line)) &&
        !onlyScans(call),
    },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'unknown',
    why: 'It changes keys.',
    examples: { match: ['redis-cli set a b'], noMatch: ['redis-cli get a', 'redis-cli flushall'] },
  }),
  tool({
    id: 'databases/redis-read',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: {
      test: (call) =>
        onlyScans(call) ||
        (redis(call).length > 0 && redis(call).every((line) => REDIS_READ.test(line))),
      none: ['--eval', '--pipe'],
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
    why: 'It only reads keys.',
    recovery: 'Nothing to undo.',
    examples: { match: ['redis-cli get a', 'redis-cli info'], noMatch: ['redis-cli set a b'] },
  }),
  tool({
    id: 'databases/mongo-loss',
    programs: ['mongosh', 'mongo'],
    when: { test: (call) => MONGO_LOSS.test(mongo(call)) },
    why: 'It deletes documents, collections or a database.',
    examples: {
      match: ['mongosh --eval "db.dropDatabase()"', 'mongosh app --eval "db.users.deleteMany({})"'],
      noMatch: ['mongosh --eval "db.users.find()"'],
    },
  }),
  tool({
    id: 'databases/mongo-change',
    programs: ['mongosh', 'mongo'],
    when: {
      test: (call) =>
        !MONGO_LOSS.test(mongo(call)) && !onlyQueriesMongo(call) && !call.has('--version'),
    },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'unknown',
    why: 'It changes documents, runs a script or opens a prompt.',
    examples: {
      match: ['mongosh', 'mongosh --eval "db.a.insertOne({})"'],
      noMatch: ['mongosh --eval "db.users.find()"'],
    },
  }),
  tool({
    id: 'databases/mongo-read',
    programs: ['mongosh', 'mongo'],
    when: {
      test: (call) => !MONGO_LOSS.test(mongo(call)) && onlyQueriesMongo(call),
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
    why: 'It reads documents.',
    recovery: 'Nothing to undo.',
    examples: {
      match: [
        'mongosh --eval "db.users.find().limit(5)"',
        "mongosh app --eval 'db.users.find({age: 3}).count()'",
      ],
      noMatch: [
        'mongosh --eval "db.dropDatabase()"',
        'mongosh --eval "db.a.find(); db[x][y]()"',
        "mongosh --eval 'db.a.aggregate([{$out: 1}])'",
      ],
    },
  }),
  tool({
    id: 'databases/drop-tool',
    programs: words(
      'dropdb dropuser pg_dropcluster pg_ctl pg_ctlcluster mysqladmin mariadb-admin mongorestore pg_restore pg_resetwal pg_rewind initdb etcdctl influx cassandra nodetool curator couchbase-cli rethinkdb cockroach neo4j-admin hdfs hadoop influxd clickhouse-keeper-client',
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
        (call.program === 'mongorestore' && call.has('--drop')) ||
        (call.program === 'pg_restore' && call.has('-c', '--clean', '-C', '--create')) ||
        (/^(etcdctl|influx|nodetool|couchbase-cli)$/.test(call.program) &&
          /\b(del|delete|drop|rm|remove|truncate|decommission|removenode|bucket-delete|flush|compaction|defrag|snapshot restore|member remove|clearsnapshot)\b/i.test(
            text(call),
          )) ||
        (call.program === 'curator' && /delete/.test(text(call))),
    },
    why: 'It drops or replaces a database or parts of it.',
    examples: {
      match: [
        'dropdb app',
        'mysqladmin drop app',
        'pg_restore --clean -d app a.dump',
        'etcdctl del --prefix /',
        'pg_ctl stop -m immediate',
        'hdfs dfs -rm -r /data',
      ],
      noMatch: ['pg_restore -l a.dump', 'mysqladmin status', 'etcdctl get a', 'hdfs dfs -ls /'],
    },
  }),
  tool({
    id: 'databases/migrate-reset',
    programs: MIGRATIONS,
    when: {
      test: (call) => {
        const line = text(call);
        const isRunner = /^(php|python|python3|npx|flask|dotnet)$/.test(call.program);
        if (
          isRunner &&
          !/\b(artisan|manage\.py|bin\/console|prisma|knex|sequelize|typeorm|drizzle-kit|bin\/rails|mikro-orm|flask db|ef (database|migrations))\b/.test(
            `${call.program} ${line}`,
          )
        )
          return false;
        if (call.program === 'mix' && !/ecto\./.test(line)) return false;
        if (/^(rake|rails)$/.test(call.program) && !/db:|drop|reset|_all\b/.test(line))
          return false;
        if (call.program === 'goose') return /(^|\s)(down|down-to|reset|redo)(\s|$)/.test(line);
        if (call.program === 'supabase' && !/\bdb reset\b/.test(line)) return false;
        return RESETS.test(line);
      },
    },
    why: 'It takes back or wipes the tables of the database.',
    alternative: 'Check which database is meant, and dump it first.',
    examples: {
      match: [
        'prisma migrate reset',
        'rails db:drop',
        'alembic downgrade base',
        'flyway clean',
        'python manage.py flush',
        'php artisan migrate:fresh',
      ],
      noMatch: ['prisma migrate status', 'rails db:migrate', 'alembic current', 'php a.php'],
    },
  }),
  tool({
    id: 'databases/migrate',
    programs: words(
      'prisma alembic knex sequelize sequelize-cli typeorm drizzle-kit flyway liquibase dbmate goose sqitch atlas diesel hasura rails django-admin manage.py',
    ),
    when: {
      test: (call) =>
        !RESETS.test(text(call)) &&
        !/\b(status|current|history|heads|show|info|validate|generate|format|version|studio|list|branches|check|migrate dev --create-only|--version|help|routes|console|server|test)\b/.test(
          text(call),
        ),
    },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'effort',
    why: 'It changes the tables of the database.',
    examples: {
      match: ['alembic upgrade head', 'prisma migrate deploy'],
      noMatch: ['alembic current', 'prisma generate'],
    },
  }),
  tool({
    id: 'databases/dump',
    programs: words(
      'pg_dump pg_dumpall mysqldump mariadb-dump mongodump mongoexport pg_basebackup',
    ),
    when: {},
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
    id: 'databases/query-loss',
    programs: words('cypher-shell arangosh surreal kcat gremlin typesense-cli weaviate redisearch'),
    when: {
      test: (call) =>
        /\b(delete|detach|remove|drop|_drop\w*|truncate|purge)\b|\._?(drop|remove|truncate)\w*\s*\(/i.test(
          mongo(call),
        ),
    },
    why: 'Its query deletes nodes, documents or tables.',
    examples: {
      match: ["cypher-shell 'MATCH (n) DETACH DELETE n'", "surreal sql --query 'REMOVE TABLE x'"],
      noMatch: ["cypher-shell 'MATCH (n) RETURN n'"],
    },
  }),
  tool({
    id: 'databases/runner-loss',
    programs: ['rails', 'gitlab-rails', 'bin/rails'],
    when: {
      test: (call) =>
        /^(runner|r)\b/.test(text(call)) &&
        /\.(destroy|delete)(_all|_by|!)?\b|drop_table|truncate|\.execute\b/.test(text(call)),
    },
    why: 'It runs code of the application that deletes records.',
    examples: {
      match: ["gitlab-rails runner 'Project.find(1).destroy'"],
      noMatch: ["rails runner 'puts User.count'"],
    },
  }),
  tool({
    id: 'databases/tool-read',
    programs: words(
      'mysqladmin mariadb-admin pg_isready pg_restore pg_controldata pg_config pg_lsclusters etcdctl influx nodetool hdfs hadoop',
    ),
    when: {
      test: (call) => !call.mayHaveHiddenOptions && readsByTool(call),
      none: ['--drop', '-c', '--clean', '--create', '-d', '--dbname'],
    },
    verb: 'read',
    category: 'read-only',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
    why: 'It only asks the database.',
    recovery: 'Nothing to undo.',
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
  tool({
    id: 'databases/migrate-look',
    programs: [...MIGRATIONS, 'flask'],
    when: {
      test: (call) =>
        !RESETS.test(text(call)) &&
        !/^(php|npx|mix|supabase|rake|rails|bin\/rails|dotnet)$/.test(call.program) &&
        looksByMigration(call),
    },
    verb: 'execute-code',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: "It asks which changes of the tables are applied, and runs the workspace's own code for it.",
    recovery: 'Version control has the sources.',
    examples: {
      match: [
        'alembic current',
        'prisma migrate status',
        'python manage.py showmigrations',
        'flyway info',
      ],
      noMatch: ['alembic upgrade head', 'python manage.py migrate', 'python tool.py'],
    },
  }),
];
