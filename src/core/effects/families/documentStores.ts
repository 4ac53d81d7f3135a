// Rules on the clients of key-value and document stores, whose commands are no SQL: redis, mongo, graphs.

import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { input, text, tool } from './databaseToolRule.ts';

/** The command of a redis call, in upper case; options before it are skipped. */
const redis = (call: Call) =>
  `${call.operands.map((word) => word.value ?? '').join(' ')}\n${call.has('--cluster') ? 'CLUSTER RESET' : ''}\n${input(call)}`
    .toUpperCase()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const REDIS_LOSS =
  /^(FLUSHALL|FLUSHDB|DEL|UNLINK|SHUTDOWN|DEBUG|EVAL|EVALSHA|FCALL|SCRIPT FLUSH|FUNCTION (FLUSH|DELETE)|CONFIG (SET|REWRITE|RESETSTAT)|REPLICAOF|SLAVEOF|FAILOVER|CLUSTER (RESET|FORGET|FLUSHSLOTS|DELSLOTS|FAILOVER)|MIGRATE|RESTORE|SWAPDB|ACL (SETUSER|DELUSER)|MODULE|XTRIM|LTRIM|SREM|HDEL|ZREM|P?EXPIRE(AT)? \S+ (0|-\d+)\b|GETDEL|SPOP|XGROUP DESTROY|XDEL|CLIENT (KILL|PAUSE)|SENTINEL (REMOVE|RESET|FAILOVER|SET)|ACL LOAD|BGREWRITEAOF|KEYS .*\|)/;

/** `config get` of a password, or of everything. */
const PRINTS_PASSWORD = /^config\s+get\s+.*(\*|pass|auth|user|key)/i;

const REDIS_READ =
  /^(GET|MGET|KEYS|SCAN|INFO|PING|TTL|PTTL|TYPE|EXISTS|LLEN|LRANGE|HGET|HGETALL|HKEYS|HLEN|HMGET|SMEMBERS|SCARD|SISMEMBER|ZRANGE|ZCARD|ZSCORE|DBSIZE|MEMORY|CLIENT (LIST|GETNAME|INFO)|CONFIG GET|SLOWLOG GET|STRLEN|OBJECT|XLEN|XRANGE|XINFO|LASTSAVE|TIME|ROLE|CLUSTER (INFO|NODES|SLOTS)|COMMAND|ECHO|RANDOMKEY|HSCAN|SSCAN|ZSCAN|GETRANGE|BITCOUNT)\b/;

/** Options of redis-cli that only look at keys or at how fast the server is. */
const onlyScans = (call: Call) =>
  call.operands.length === 0 &&
  call.has('--scan', '--bigkeys', '--memkeys', '--hotkeys', '--stat', '--latency');

const MONGO_LOSS =
  /\.(drop|dropDatabase|dropIndex(es)?|dropUser|deleteMany|deleteOne|remove|findOneAndDelete|shutdownServer|renameCollection|fsyncLock|dropAllUsersFromDatabase|bulkWrite)\s*\(|dropDatabase|(runCommand|adminCommand)\s*\(\s*\{\s*['"]?(drop\w*|delete|shutdown|replSet\w+|removeShard|killOp)|\b(sh\.(removeShard|stopBalancer|disableBalancing)|rs\.(remove|stepDown|reconfig))\s*\(|update(Many)?\s*\(\s*\{\s*\}|findAndModify\s*\(\s*\{[^}]*remove/;

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

/** Rules on the clients of key-value and document stores. */
export const documentStoreRules: readonly Rule[] = [
  tool({
    id: 'databases/redis-loss',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: {
      test: (call) =>
        redis(call).some((line) => REDIS_LOSS.test(line)) || call.has('--eval', '--pipe'),
    },
    why: 'It deletes keys or changes the server itself.',
    alternative: 'Look first: `SCAN`, `TTL`, `DBSIZE`.',
    examples: {
      match: [
        'redis-cli FLUSHALL',
        'redis-cli -h db del a',
        'echo flushdb | redis-cli',
        'redis-cli EXPIRE a 0',
        'redis-cli CLIENT KILL TYPE normal',
      ],
      noMatch: ['redis-cli get a', 'redis-cli --version', 'redis-cli EXPIRE a 60'],
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
    why: 'It changes keys, or its command is not known to only read.',
    examples: { match: ['redis-cli set a b'], noMatch: ['redis-cli get a', 'redis-cli flushall'] },
  }),
  tool({
    id: 'databases/redis-secret',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: { test: (call) => redis(call).some((line) => PRINTS_PASSWORD.test(line)) },
    ...SHOWS_SECRET,
    why: 'It prints the passwords of the database.',
    examples: {
      match: ['redis-cli config get requirepass', "redis-cli config get '*'"],
      noMatch: ['redis-cli config get maxmemory', 'redis-cli get a'],
    },
  }),
  tool({
    id: 'databases/redis-read',
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    when: {
      test: (call) =>
        onlyScans(call) ||
        (redis(call).length > 0 &&
          redis(call).every((line) => REDIS_READ.test(line) && !PRINTS_PASSWORD.test(line))),
      none: ['--eval', '--pipe'],
    },
    ...READING,
    why: 'It only reads keys.',
    examples: { match: ['redis-cli get a', 'redis-cli info'], noMatch: ['redis-cli set a b'] },
  }),
  tool({
    id: 'databases/mongo-loss',
    programs: ['mongosh', 'mongo'],
    when: { test: (call) => MONGO_LOSS.test(mongo(call)) },
    why: 'It deletes documents, collections or a database.',
    alternative: 'Count what would go first: `countDocuments`.',
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
    ...READING,
    why: 'It reads documents.',
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
    id: 'databases/query-read',
    programs: ['cypher-shell'],
    when: {
      none: ['-f', '--file', '-P', '--param'],
      test: (call) => {
        const query = call.operands.map(({ value }) => value ?? '?').join(' ');
        return (
          /^\s*(profile |explain )?(match|show|return|unwind|with)\b/i.test(query) &&
          input(call) === '' &&
          !/\b(create|merge|set|delete|detach|remove|drop|call|load|foreach|start|stop|alter|grant|deny|revoke|terminate|insert)\b|[;$?]/i.test(
            query,
          )
        );
      },
    },
    ...READING,
    why: 'It only reads nodes.',
    examples: {
      match: ["cypher-shell 'MATCH (n) RETURN n LIMIT 5'"],
      noMatch: ["cypher-shell 'MATCH (n) SET n.a = 1'", "cypher-shell 'CALL db.clear()'"],
    },
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
];
