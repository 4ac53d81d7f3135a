// How the words of database clients are read.
import type { ProgramSyntax } from '../types.ts';
import { words } from '../words.ts';

/** Options with a value, for each client. */
export const databaseSyntax: readonly ProgramSyntax[] = [
  {
    programs: ['psql', 'pgcli', 'ysqlsh'],
    valueOptions: words(
      '-c --command -f --file -h --host -p --port -U --username -d --dbname -v --set -o --output -L --log-file -P -F -R -T',
    ),
    flags: ['--no-password', '--password'],
  },
  {
    programs: ['pg_dump'],
    valueOptions: words('-h -p -U -d -n -N -t -T -f -F -j -Z -E -S -e'),
  },
  {
    programs: words('mysql mysqlsh mariadb mycli'),
    valueOptions: words(
      '-e --execute -h --host -P --port -u --user -D --database -S --socket --protocol --defaults-file --defaults-extra-file --init-command --tee --logfile --plugin-dir --default-auth --pager',
    ),
  },
  {
    programs: words('sqlite3 sqlite duckdb litecli'),
    singleDashLong: true,
    valueOptions: words('-cmd -init -separator -nullvalue -c -s -e --execute -execute'),
  },
  {
    programs: words('sqlcmd osql isql'),
    abbreviates: false,
    valueOptions: words('-S -U -P -d -Q -q -i -o -h -s -w'),
  },
  {
    programs: words(
      'snowsql clickhouse-client clickhouse cqlsh usql trino presto beeline hive impala-shell cockroach vsql spark-sql sqlplus sqlcl mclient db2 athenacli questdb',
    ),
    abbreviates: false,
    valueOptions: words(
      '-q --query -f --file -h --host -u --user -d --database --dbname -c --command -e --execute --queries-file --port -p --url -k',
    ),
  },
  {
    programs: words('redis-cli valkey-cli keydb-cli iredis'),
    hasVerb: true,
    flags: words(
      '--tls --raw --no-raw --csv -c -x -3 -2 --insecure --verbose --bigkeys --memkeys --hotkeys --scan --stat --latency --cluster --no-auth-warning -e',
    ),
    abbreviates: false,
    valueOptions: words(
      '--cacert --cacertdir --cert --key --sni --tls-ciphers -X -D -d -t -h -p -a -n -u -s -r -i --user --pass --eval --host --port --pattern --count --type',
    ),
  },
  {
    programs: words('mongosh mongo mongorestore'),
    abbreviates: false,
    valueOptions: words('--eval --host --port -u -p --username --password --uri -f --file'),
  },
  {
    programs: words('mysqladmin mariadb-admin mysqldump mariadb-dump'),
    valueOptions: words('-u --user -h --host -P --port -S --socket --protocol --defaults-file'),
  },
  { programs: ['hdfs', 'hadoop'], singleDashLong: true },
  {
    programs: ['bq'],
    abbreviates: false,
    valueOptions: ['--project_id', '--dataset_id', '--location', '--format'],
  },
];
