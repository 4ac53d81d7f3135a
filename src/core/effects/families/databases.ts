// Database clients: what their SQL or their commands would do, and to which database.

import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import { sqlOf } from '../sql/sqlText.ts';
import { pathTarget } from '../targets.ts';
import type { Family } from '../types.ts';
import { databaseSyntax } from './databaseSyntax.ts';
import { databaseToolRules } from './databaseTools.ts';
import { documentStoreRules } from './documentStores.ts';
import { migrationRules } from './migrations.ts';
import {
  findingsOf,
  has,
  isListing,
  isUnseen,
  outputFile,
  sql,
  sqlOperand,
} from './sqlClientRule.ts';

export const databasesFamily: Family = {
  name: 'databases',
  about: 'Database clients and their SQL; migration tools; redis and mongo.',
  syntax: databaseSyntax,
  rules: [
    sql({
      id: 'databases/drop-much',
      when: { test: has('drop-much') },
      severity: 'severe',
      why: 'It drops a whole database, schema or user on {target}.',
      alternative: 'Dump it first.',
      examples: {
        match: ['psql -c "DROP DATABASE app"', 'mysql -e "drop schema app"'],
        noMatch: ['psql -c "DROP TABLE a"', 'psql -l'],
      },
    }),
    sql({
      id: 'databases/drop',
      when: { test: has('drop', 'truncate', 'alter-drop') },
      why: 'It drops or empties tables of {target}.',
      alternative: 'Dump the table first, or rename it.',
      examples: {
        match: [
          'psql -c "DROP TABLE users"',
          'mysql -e "TRUNCATE users" app',
          'sqlite3 a.db "alter table a drop column b"',
          'echo "drop table x" | psql',
        ],
        noMatch: ['psql -c "select 1"', 'psql -c "select \'drop table x\'"'],
      },
    }),
    sql({
      id: 'databases/change-all',
      when: { test: has('delete-all', 'update-all') },
      why: 'It deletes or changes every row of a table of {target}.',
      alternative: 'Add a WHERE, and run it in a transaction.',
      examples: {
        match: ['psql -c "DELETE FROM users"', 'psql -c "update users set a = 1 where 1=1"'],
        noMatch: ['psql -c "delete from users where id = 5"'],
      },
    }),
    sql({
      id: 'databases/code',
      when: { test: has('code') },
      verb: 'execute-code',
      reversible: 'unknown',
      why: 'Its SQL runs a program, a procedure or a file on {target}.',
      recovery: 'Depends on what it runs.',
      examples: {
        match: [
          'psql -c "\\! ls"',
          'psql -c "COPY t TO PROGRAM \'sh\'"',
          'sqlite3 a.db ".shell ls"',
        ],
        noMatch: ['psql -c "select 1"'],
      },
    }),
    sql({
      id: 'databases/unknown-sql',
      when: { test: has('unknown') },
      verb: 'unknown',
      reversible: 'unknown',
      why: 'Part of its SQL is not recognised, so what it does to {target} is not known.',
      recovery: 'Not known.',
      examples: { match: ['psql -c "frobnicate all"'], noMatch: ['psql -c "select 1"'] },
    }),
    sql({
      id: 'databases/unseen',
      when: { test: isUnseen },
      verb: 'unknown',
      reversible: 'unknown',
      why: 'It runs SQL on {target} that cannot be seen beforehand.',
      recovery: 'Not known.',
      alternative: 'Print the SQL first.',
      examples: {
        match: ['psql -f $FILE', 'mysql app < $X', 'sqlplus u/p @drop.sql'],
        noMatch: ['psql -c "select 1"'],
      },
    }),
    sql({
      id: 'databases/call',
      when: { test: has('call') },
      verb: 'execute-code',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'Its SQL calls a function on {target} that may do more than read.',
      recovery: 'Depends on the function.',
      examples: {
        match: ['psql -c "select refresh_totals()"', 'psql -c "select nextval(\'ids\')"'],
        noMatch: ['psql -c "select count(*) from a"'],
      },
    }),
    sql({
      id: 'databases/grant',
      when: { test: has('grant') },
      verb: 'escalate',
      severity: 'moderate',
      reversible: 'effort',
      why: 'It changes who may do what on {target}.',
      recovery: 'Take the right back, or give it again.',
      examples: { match: ['psql -c "GRANT ALL ON a TO b"'], noMatch: ['psql -c "select 1"'] },
    }),
    sql({
      id: 'databases/change',
      when: { test: has('insert', 'update', 'delete', 'alter', 'create') },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'effort',
      why: 'It changes data or tables of {target}.',
      recovery: 'Undo it with another statement, or from a backup.',
      alternative: 'Run it in a transaction and look before COMMIT.',
      examples: {
        match: ['psql -c "insert into a values (1)"', 'psql -c "delete from users where id = 5"'],
        noMatch: ['psql -c "select 1"'],
      },
    }),
    sql({
      id: 'databases/prompt',
      when: {
        test: (call, context) =>
          sqlOf(call, context, sqlOperand(call)).isInteractive &&
          !isListing(call) &&
          !/^(bq|cockroach)$/.test(call.program) &&
          !isUnseen(call, context),
      },
      verb: 'unknown',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'It opens a prompt on {target} whose input the gate does not see.',
      recovery: 'Depends on what is typed.',
      examples: { match: ['psql app'], noMatch: ['psql -l', 'psql -c "select 1"'] },
    }),
    sql({
      id: 'databases/output-file',
      when: { test: (call) => outputFile(call) !== undefined },
      verb: 'overwrite',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: (call, context) => {
        const file = outputFile(call);
        return file ? [pathTarget(file, call, context)] : [];
      },
      why: 'It writes what it prints to {target}.',
      recovery: 'Restore the file from version control or a backup.',
      examples: {
        match: ['psql -o out.txt -c "select 1"', 'mysql --tee=log -e "select 1"'],
        noMatch: ['psql -c "select 1"', 'duckdb -c "select 1"'],
      },
    }),
    sql({
      id: 'databases/secret-file',
      programs: ['sqlite3', 'sqlite', 'duckdb', 'litecli'],
      when: { operands: { some: { place: ['secret'] } } },
      ...SHOWS_SECRET,
      target: 'first',
      why: 'It opens {target}, which holds secrets.',
      examples: {
        match: ["sqlite3 ~/.config/google-chrome/Default/Cookies 'select 1'"],
        noMatch: ["sqlite3 app.db 'select 1'"],
      },
    }),
    sql({
      id: 'databases/bq-remove',
      programs: ['bq'],
      when: { test: (call) => /^(rm|truncate|cancel)$/.test(call.operands[0]?.value ?? '') },
      why: 'It deletes a table, a dataset or a model.',
      examples: { match: ['bq rm -r -f ds'], noMatch: ['bq ls'] },
    }),
    sql({
      id: 'databases/bq-replace',
      programs: ['bq'],
      when: {
        test: (call) =>
          (/^(load|query|mk)$/.test(call.operands[0]?.value ?? '') && call.has('--replace')) ||
          (call.operands[0]?.value === 'cp' && call.has('-f', '--force')),
      },
      verb: 'overwrite',
      why: 'It replaces a table with other data.',
      recovery: 'BigQuery keeps the table of the last days: copy `table@TIME` back.',
      examples: {
        match: ['bq load --replace ds.t gs://b/f', 'bq cp -f a.b c.d'],
        noMatch: ['bq load ds.t gs://b/f', 'bq cp a.b c.d'],
      },
    }),
    sql({
      id: 'databases/fetch',
      programs: ['duckdb'],
      when: {
        test: (call) =>
          call.invocation.argv.some(({ value }) =>
            /['"](https?|s3|gcs?|r2|az|abfss|hf):\/\//i.test(value ?? ''),
          ),
      },
      verb: 'send',
      category: 'read-only',
      severity: 'minor',
      reversible: 'yes',
      target: 'none',
      why: 'Its SQL reads from an address, which is told to another machine.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['duckdb -c "select * from \'https://example.org/a.csv\'"'],
        noMatch: ['duckdb -c "select * from \'a.csv\'"'],
      },
    }),
    sql({
      id: 'databases/read',
      when: {
        test: (call, context) =>
          isListing(call) ||
          (call.program === 'bq' && pretends(call, '--dry_run')) ||
          (!isUnseen(call, context) &&
            findingsOf(call, context).length > 0 &&
            findingsOf(call, context).every(
              (finding) => finding.kind === 'read' || finding.kind === 'session',
            )),
      },
      ...READING,
      why: 'It only reads {target}.',
      examples: {
        match: [
          'psql -c "select 1"',
          'psql -l',
          'sqlite3 a.db .tables',
          'sqlite3 a.db "select * from b"',
        ],
        noMatch: ['psql -c "drop table a"', 'psql -f $FILE'],
      },
    }),
    ...documentStoreRules,
    ...databaseToolRules,
    ...migrationRules,
  ],
};
