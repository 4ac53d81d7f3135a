// What we say of a call, compared with where the real clients go: PostgreSQL's psql on a server of this test, and sqlite3.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

/** Where Debian and others keep the server's programs. */
function serverFolder(): string | undefined {
  const folders = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt/postgresql'];
  const candidates = folders.flatMap((folder) =>
    fs.existsSync(folder)
      ? [
          path.join(folder, 'bin'),
          ...fs.readdirSync(folder).map((name) => path.join(folder, name, 'bin')),
        ]
      : [],
  );
  return candidates.find((folder) => fs.existsSync(path.join(folder, 'initdb')));
}

/** A missing client is a failure where the whole suite is meant to run, and is said aloud elsewhere. */
function needs(context: Mocha.Context, what: string, isThere: boolean): void {
  if (isThere) return;
  assert.ok(!process.env.CI, `${what} is not installed, so its test cannot run.`);
  process.stderr.write(`    NOT TESTED: ${what} is not installed.\n`);
  context.skip();
}

describe('psql, against a real server', () => {
  let machine: TestMachine;
  let base: string;
  let bin: string;

  /** The server refuses to run as root. */
  const asServerUser = (program: string, ...argv: string[]) => {
    const isRoot = process.getuid?.() === 0;
    const words = isRoot ? ['-u', 'postgres', '--', program, ...argv] : argv;
    return execFileSync(isRoot ? 'runuser' : program, words, { cwd: base, stdio: 'pipe' });
  };

  before(function () {
    this.timeout(120_000);
    const folder = serverFolder();
    needs(this, 'PostgreSQL (Debian: postgresql)', folder !== undefined);
    bin = folder ?? '';
    base = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-pg-'));
    fs.chmodSync(base, 0o777);
    asServerUser(
      path.join(bin, 'initdb'),
      '-D',
      path.join(base, 'data'),
      '-A',
      'trust',
      '-U',
      'postgres',
      '--no-sync',
    );
    const options = `-c listen_addresses=127.0.0.1 -c port=54329 -c unix_socket_directories=${base} -c fsync=off`;
    asServerUser(
      path.join(bin, 'pg_ctl'),
      '-D',
      path.join(base, 'data'),
      '-w',
      '-l',
      path.join(base, 'log'),
      '-o',
      options,
      'start',
    );
  });

  after(() => {
    if (base === undefined) return;
    asServerUser(
      path.join(bin, 'pg_ctl'),
      '-D',
      path.join(base, 'data'),
      '-m',
      'immediate',
      'stop',
    );
    fs.rmSync(base, { recursive: true, force: true });
  });

  beforeEach(() => {
    machine = createMachine();
    Object.assign(machine.environment, { PGPORT: '54329', PGUSER: 'postgres' });
    for (const name of ['shop', 'shop_production', 'my db']) {
      const argv = [
        '-h',
        base,
        '-p',
        '54329',
        '-U',
        'postgres',
        '-d',
        'postgres',
        '-c',
        `create database "${name}"`,
      ];
      spawnSync(path.join(bin, 'psql'), argv);
    }
    fs.writeFileSync(
      path.join(machine.home, '.pg_service.conf'),
      `[mine]\nhost=${base}\ndbname=shop_production\n`,
    );
  });
  afterEach(() => machine.dispose());

  /** Lines whose last words ask the server where we are; HERE is the folder of its socket. */
  const lines = [
    'psql -h HERE shop',
    'psql -hHERE -dshop',
    'psql --host HERE --dbname=shop',
    'psql -h HERE -d shop_production postgres',
    'psql -Ath HERE shop_production',
    'psql -h 127.0.0.1 shop',
    'psql postgres://127.0.0.1:54329/shop_production',
    'psql "postgresql://nobody:x@127.0.0.1:54329/shop?user=postgres"',
    'psql "postgres:///shop?host=HERE"',
    'psql "postgres://127.0.0.1/shop?host=HERE&dbname=shop_production"',
    'psql "host=HERE dbname=shop"',
    `psql "host=HERE dbname='my db'"`,
    'psql -d "host=HERE dbname=shop_production"',
    'psql -h HERE "dbname=shop"',
    'psql service=mine',
    'PGSERVICE=mine psql',
    'PGSERVICE=mine psql -d shop',
    'PGSERVICE=mine psql -h 127.0.0.1',
    'PGHOST=HERE psql shop',
    'PGHOST=HERE PGDATABASE=shop_production psql',
    'PGHOST=HERE PGDATABASE=shop_production psql shop',
    'PGHOST=127.0.0.1 psql -h HERE shop',
    'env PGHOST=HERE PGDATABASE=shop psql',
    'PGHOST=HERE psql',
    'psql -h 127.0.0.1 -h HERE shop',
    'export PGHOST=HERE; psql shop',
    'export PGHOST=127.0.0.1; export PGHOST=HERE PGDATABASE=shop_production; psql',
    'PGHOST=HERE; export PGHOST; psql -d shop',
    'h=HERE; psql -h "$h" shop_production',
    'env -u PGUSER PGUSER=postgres PGHOST=HERE psql shop',
    'PGHOST=HERE timeout 20 psql shop',
  ];
  for (const line of lines) {
    it(`goes where we say: ${line}`, async () => {
      const command = `${line.replaceAll('HERE', base)} -Atc "select current_database() || ' ' || coalesce(host(inet_server_addr()), 'socket')"`;
      const environment = { ...machine.environment, PATH: `${bin}:${machine.environment.PATH}` };
      const run = spawnSync('bash', ['-c', command], {
        env: environment,
        cwd: machine.workspace,
        encoding: 'utf8',
      });
      assert.equal(run.status, 0, run.stderr);
      const [database, host] =
        run.stdout
          .trim()
          .match(/^(.*) (\S+)$/)
          ?.slice(1) ?? [];
      const assessed = await machine.assess(command.replace(/select.*(?=")/, 'drop table users'));
      const hosts = String(machine.fact(assessed, 'database.host')?.value ?? '');
      assert.equal(machine.fact(assessed, 'database.name')?.value, database);
      assert.ok(hosts.includes(host === 'socket' ? base : String(host)), `${hosts} ${host}`);
      const environmentClass = machine.fact(assessed, 'environment.class')?.value;
      assert.equal(environmentClass, /production/.test(String(database)) ? 'production' : 'local');
    });
  }
});

describe('sqlite3 itself', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());

  const loses = [
    'sqlite3 app.db "DROP TABLE users"',
    "sqlite3 app.db 'drop/**/table users'",
    'sqlite3 app.db <<< "drop table users;"',
    'echo "DROP TABLE users;" | sqlite3 app.db',
    'sqlite3 -cmd "drop table users" app.db "select 1"',
    'sqlite3 app.db "select 1" "drop table users"',
    'sqlite3 app.db "delete from users where 1"',
    'sqlite3 -batch app.db "DELETE FROM users"',
    'sqlite3 app.db ".read drop.sql"',
    'sqlite3 app.db < drop.sql',
    'sqlite3 -init drop.sql app.db "select 1"',
    'sqlite3 app.db ".shell rm app.db"',
  ];
  for (const command of loses) {
    it(`loses rows, and is at least MEDIUM and asked: ${command}`, async function () {
      needs(this, 'sqlite3', spawnSync('sqlite3', ['--version']).status === 0);
      machine.write('drop.sql', 'drop table users;\n');
      const options = {
        cwd: machine.workspace,
        env: machine.environment,
        encoding: 'utf8',
      } as const;
      execFileSync(
        'sqlite3',
        ['app.db', 'create table users(a); insert into users values (1)'],
        options,
      );
      const { assessment, ruling } = await machine.assess(command);
      spawnSync('bash', ['-c', command], options);
      const left = spawnSync('sqlite3', ['app.db', 'select count(*) from users'], options);
      assert.notEqual(left.stdout.trim(), '1', 'the line is meant to lose the row');
      assert.ok(assessment.score >= 25, JSON.stringify(assessment.parts));
      assert.equal(ruling.verdict, 'ask');
      assert.notEqual(assessment.questions.reversible.answer, 'yes');
    });
  }
});
