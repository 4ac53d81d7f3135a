// What each statement of each dialect does, in the spellings by which a loss could hide.
import assert from 'node:assert/strict';
import { type SqlKind, scanSql } from '../../../../../src/core/effects/sql/scanSql.ts';

const kinds = (text: string) => scanSql(text).map(({ kind }) => kind);

/** `[title, SQL, kinds]`, one case a line. */
function cases(rows: readonly (readonly [string, string, ...SqlKind[]])[]): void {
  for (const [title, sql, ...wanted] of rows)
    it(`${title} – ${sql.replace(/\s+/g, ' ').slice(0, 70)}`, () =>
      assert.deepEqual(kinds(sql), wanted));
}

describe('SQL: plain statements', () => {
  cases([
    ['drop a table', 'DROP TABLE users', 'drop'],
    ['drop a database', 'drop database app', 'drop-much'],
    ['drop a schema', 'DROP SCHEMA public CASCADE', 'drop-much'],
    ['drop an index', 'DROP INDEX IF EXISTS i', 'drop'],
    ['truncate', 'TRUNCATE orders, lines', 'truncate'],
    ['delete all', 'DELETE FROM users', 'delete-all'],
    ['delete some', 'DELETE FROM users WHERE id = 5', 'delete'],
    ['delete a number of any', 'DELETE FROM users LIMIT 10', 'delete-all'],
    ['delete the top of any', 'DELETE TOP (10) FROM users', 'delete-all'],
    ['update all', 'UPDATE users SET admin = true', 'update-all'],
    ['update some', "UPDATE users SET a = 1 WHERE name = 'x'", 'update'],
    ['insert', 'INSERT INTO a VALUES (1)', 'insert'],
    ['insert or update', 'INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 2', 'insert'],
    ['overwrite', 'INSERT OVERWRITE TABLE a SELECT * FROM b', 'update-all'],
    ['create', 'CREATE TABLE a (id int)', 'create'],
    ['create in place of', 'CREATE OR REPLACE TABLE a AS SELECT 1', 'drop'],
    ['drop a column', 'ALTER TABLE a DROP COLUMN b', 'alter-drop'],
    ['drop a default', 'ALTER TABLE a ALTER COLUMN b DROP DEFAULT', 'alter'],
    ['swap tables', 'ALTER TABLE a SWAP WITH b', 'alter-drop'],
    ['delete by ALTER (ClickHouse)', 'ALTER TABLE a DELETE WHERE 1', 'alter-drop'],
    ['take a partition away', 'ALTER TABLE a DETACH PARTITION p', 'alter-drop'],
    ['grant', 'GRANT DELETE ON a TO b', 'grant'],
    ['restore over a database', "RESTORE DATABASE app FROM DISK = 'x'", 'drop-much'],
    ['binary logs', 'RESET MASTER', 'drop'],
    ['a setting', 'RESET search_path', 'session'],
    ['select', 'SELECT a, count(*) FROM b GROUP BY a', 'read'],
    ['several', 'BEGIN; SELECT 1; DROP TABLE a; COMMIT', 'session', 'read', 'drop', 'session'],
    ['not known', 'FROBNICATE EVERYTHING', 'unknown'],
    ['a name that every object has', 'constructor x', 'unknown'],
    ['the name of the prototype', '__proto__ x', 'unknown'],
    ['nothing', ' ;; -- nothing'],
  ]);
});

describe('SQL: statements inside of others', () => {
  cases([
    ['CTE that deletes', 'WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x', 'delete-all'],
    ['CTE before a delete', 'WITH x AS (SELECT 1) DELETE FROM a USING x', 'delete-all'],
    [
      'CTE before a delete of some',
      'WITH x AS (SELECT 1) DELETE FROM a WHERE id IN (SELECT * FROM x)',
      'delete',
    ],
    [
      'CTE that updates',
      'WITH x AS (UPDATE a SET b = 1 RETURNING *) SELECT * FROM x',
      'update-all',
    ],
    ['CTE with columns', 'WITH x(a, b) AS (SELECT 1, 2) SELECT * FROM x', 'read'],
    ['EXPLAIN', 'EXPLAIN DELETE FROM a', 'read'],
    ['EXPLAIN ANALYZE', 'EXPLAIN ANALYZE DELETE FROM a', 'delete-all'],
    ['EXPLAIN with options', 'EXPLAIN (ANALYZE, BUFFERS) UPDATE a SET b = 1', 'update-all'],
    ['EXPLAIN ANALYZE of a read', 'EXPLAIN ANALYZE SELECT * FROM a', 'read'],
    ['a prepared delete', 'PREPARE p AS DELETE FROM a', 'delete-all'],
    ['T-SQL without semicolons', 'SELECT 1 DROP TABLE users', 'drop'],
    ['T-SQL after IF', 'IF EXISTS (SELECT 1) DROP TABLE users', 'drop'],
    ['T-SQL batches', 'SELECT 1\nGO\nDROP TABLE a\nGO', 'read', 'drop'],
    ['DO body', "DO $$ BEGIN EXECUTE 'drop table x'; END $$", 'code'],
    ['copy of a delete', 'COPY (DELETE FROM a RETURNING *) TO STDOUT', 'delete-all'],
    ['copy of a select', 'COPY (SELECT * FROM a) TO STDOUT', 'read'],
    ['copy through a program', "COPY a TO PROGRAM 'sh'", 'code'],
    ['a lock is no update', 'SELECT * FROM a FOR UPDATE', 'read'],
    [
      'ON UPDATE is no update',
      'CREATE TABLE a (b int REFERENCES c ON UPDATE CASCADE ON DELETE CASCADE)',
      'create',
    ],
    [
      'words of DDL are no statements',
      'CREATE TRIGGER t AFTER DELETE ON a EXECUTE FUNCTION f()',
      'alter',
    ],
    ['a column called delete', 'SELECT a.delete FROM a', 'read'],
  ]);
});

describe('SQL: conditions that spare nothing', () => {
  for (const condition of [
    '1=1',
    '1 = 1',
    'true',
    '1',
    'NOT false',
    "'a'='a'",
    'id = id',
    'id=5 OR 1=1',
    'true OR id = 5',
    '(1=1)',
    '((true))',
    '1<2',
    "name LIKE '%'",
    'id IS NOT NULL',
    'id > 0',
    'id >= 0',
    "name <> ''",
    'EXISTS (SELECT 1)',
    '1=1 AND 2=2',
  ])
    it(condition, () =>
      assert.deepEqual(kinds(`DELETE FROM a WHERE ${condition}`), ['delete-all']),
    );
  for (const condition of [
    'id = 5',
    "name = 'x' OR id = 3",
    "a LIKE 'x%'",
    '1=1 AND id = 5',
    'id IN (SELECT id FROM b WHERE 1=1)',
    'created < now()',
    'id BETWEEN 1 AND 3',
    'NOT done',
    'id IS NULL',
    "'a' = 'b'",
  ])
    it(`spares some – ${condition}`, () =>
      assert.deepEqual(kinds(`DELETE FROM a WHERE ${condition}`), ['delete']));
  it('a WHERE of a subquery is not the WHERE of the statement', () =>
    assert.deepEqual(kinds('UPDATE a SET b = (SELECT c FROM d WHERE e = 1)'), ['update-all']));
});

describe('SQL: strings and comments of the dialects', () => {
  cases([
    ['in a string', "SELECT 'DROP TABLE users'", 'read'],
    ['in a comment', 'SELECT 1 -- DROP TABLE users', 'read'],
    ['in a block comment', 'SELECT 1 /* ; DROP TABLE users */', 'read'],
    ['comment inside a word pair', 'DROP/**/TABLE users', 'drop'],
    ['version comment of MySQL', '/*!50000 DROP TABLE users */', 'drop'],
    ['version comment of MariaDB', '/*M!100100 DROP TABLE users */', 'drop'],
    ['nested comments', 'SELECT 1 /* /* */ ; DROP TABLE users; -- */', 'read', 'drop'],
    ['MySQL needs a blank behind --', 'SELECT 5--1; DROP TABLE users', 'read', 'drop'],
    ['# is a comment of MySQL only', "SELECT 1 # '\n; DROP TABLE users", 'read', 'unknown'],
    ['backslash before a quote', "SELECT 'a\\'; DROP TABLE users; -- '", 'read', 'drop'],
    ['E-string', "SELECT E'a\\'b'", 'read'],
    ['dollar quotes', 'SELECT $tag$ ; DROP TABLE users; $tag$', 'read', 'drop', 'session'],
    ['quoted name', 'DELETE FROM "weird; name" WHERE "a b" = 1', 'delete'],
    ['string that does not end', "SELECT 'abc", 'read', 'unknown'],
    ['comment that does not end', 'SELECT 1 /* abc', 'read', 'unknown'],
    ['own delimiter', 'DELIMITER //\nDROP TABLE users//', 'drop'],
    ['any case', 'dRoP tAbLe users', 'drop'],
  ]);
});

describe('SQL: commands of the clients', () => {
  cases([
    ['psql lists', '\\dt', 'read'],
    ['psql runs a program', '\\! rm -rf x', 'code'],
    ['psql runs a program behind another command', '\\dt \\! ls', 'read', 'code'],
    ['psql runs backquotes', '\\set x `ls`', 'code'],
    ['psql reads a file', '\\i drop.sql', 'code'],
    ['psql writes to a program', 'SELECT 1 \\g |sh', 'code', 'read'],
    ['psql runs what comes back', 'SELECT 1 \\gexec', 'code', 'read'],
    ['sqlite lists', '.tables', 'read'],
    ['sqlite runs a program', '.shell ls', 'code'],
    ['sqlite restores', '.restore b.db', 'code'],
    ['sqlite command not known', '.frobnicate', 'code'],
    ['mysql source', 'source x.sql', 'code'],
    ['sqlite setting', 'PRAGMA journal_mode = WAL', 'alter'],
    ['sqlite table info', 'PRAGMA table_info(users)', 'read'],
    ['sqlite writes a copy', "VACUUM INTO 'x'", 'code'],
  ]);
});

describe('SQL: a SELECT that does more than read', () => {
  cases([
    ['into a table', 'SELECT * INTO b FROM a', 'create'],
    ['into a file', "SELECT 1 INTO OUTFILE '/tmp/x'", 'code'],
    ['ends sessions', 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity', 'code'],
    ['reads a file', "SELECT pg_read_file('/etc/passwd')", 'code'],
    ['own function', 'SELECT delete_everything()', 'call'],
    ['own function of a known name', 'SELECT evil.count(a) FROM b', 'call'],
    ['moves a sequence', "SELECT nextval('ids')", 'call'],
    [
      'computes',
      "SELECT count(*), lower(a), coalesce(b, 'x'), date_trunc('day', c) FROM d",
      'read',
    ],
    ['windows', 'SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM c', 'read'],
    ['casts', 'SELECT CAST(a AS varchar(10)), extract(year FROM b) FROM c', 'read'],
    ['in a list', 'SELECT * FROM a WHERE b IN (1, 2) AND EXISTS (SELECT 1 FROM c)', 'read'],
  ]);
});
