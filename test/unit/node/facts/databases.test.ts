// T1, T2: the same statement is another thing on production, on staging, on this machine and on an unknown target.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readAddress } from '../../../../src/node/facts/connectionUrl.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

const DROP = '-c "DROP TABLE users"';

describe('which database is meant', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());

  const environmentOf = async (command: string) =>
    machine.fact(await machine.assess(command), 'environment.class');

  it('T1, T2: one DROP TABLE, four targets, four assessments, each with its evidence', async () => {
    const targets = [
      ['postgres://app:pw@db.production.example.com/shop', 'production', 'CRITICAL'],
      ['postgres://app:pw@db.staging.example.com/shop', 'staging', 'HIGH'],
      ['postgres://app:pw@localhost/shop', 'local', 'MEDIUM'],
      ['postgres://app:pw@10.1.2.3/shop', 'unknown', 'HIGH'],
    ] as const;
    const scores = new Set<number>();
    for (const [url, environment, level] of targets) {
      const assessed = await machine.assess(`psql ${url} ${DROP}`);
      const fact = machine.fact(assessed, 'environment.class');
      assert.deepEqual([fact?.value, assessed.assessment.level], [environment, level], url);
      assert.match(fact?.text ?? '', /shop on (db\.|localhost|10\.)/);
      assert.match(fact?.how ?? '', /its first word/);
      assert.deepEqual(assessed.assessment.category, 'data-mutation');
      assert.equal(assessed.ruling.verdict, 'ask');
      scores.add(assessed.assessment.score);
      assert.doesNotMatch(JSON.stringify(assessed.assessment.facts), /pw|app:/);
    }
    assert.equal(scores.size, 4);
  });

  it('takes the user’s patterns before every convention', async () => {
    machine.settings = { production: ['10.1.*'] };
    const fact = await environmentOf(`psql -h 10.1.2.3 app ${DROP}`);
    assert.equal(fact?.value, 'production');
    assert.match(fact?.text ?? '', /10\.1\.2\.3 matches 10\.1\.\*/);
  });

  const cases: readonly (readonly [string, string])[] = [
    [`psql ${DROP}`, 'local'],
    [`psql -h/var/run/postgresql ${DROP}`, 'local'],
    [`psql --host=prod-db ${DROP}`, 'production'],
    [`psql -Ah prod-db ${DROP}`, 'production'],
    [`psql -h localhost -h prod-db ${DROP}`, 'production'],
    [`psql "host=localhost hostaddr=10.0.0.1" ${DROP}`, 'unknown'],
    [`psql "postgres://localhost/app?host=prod-db" ${DROP}`, 'production'],
    [`psql "postgres://localhost,prod-db/app" ${DROP}`, 'production'],
    [`psql "postgres://prod@localhost/app" ${DROP}`, 'local'],
    [`psql -h localhost app_production ${DROP}`, 'production'],
    [`PGHOST=prod-db psql ${DROP}`, 'production'],
    [`env PGHOST=prod-db psql ${DROP}`, 'production'],
    [`PGHOST=prod-db; export PGHOST; psql ${DROP}`, 'production'],
    [`export PGHOST=prod-db; psql ${DROP}`, 'production'],
    [`sudo psql ${DROP}`, 'unknown'],
    [`psql "$UNSET" ${DROP}`, 'unknown'],
    [`psql "$(cat url)" ${DROP}`, 'unknown'],
    [`psql "$constructor" ${DROP}`, 'unknown'],
    [`psql -h localhost -c "\\c prod" ${DROP}`, 'unknown'],
    [`echo '\\connect x' | psql -h localhost ${DROP}`, 'unknown'],
    [`psql -h localhost -f migrate.sql ${DROP}`, 'unknown'],
    [`ssh prod-1 'psql ${DROP}'`, 'production'],
    [`ssh box 'psql ${DROP}'`, 'unknown'],
    [`docker exec db psql ${DROP}`, 'unknown'],
    [`mysql -e "DROP TABLE users" app`, 'local'],
    [`mysql -hprod-db -e "DROP TABLE users" app`, 'production'],
    [`mysql -h localhost -e "USE production; DROP TABLE users"`, 'production'],
    [`sqlite3 dev.db "DROP TABLE users"`, 'local'],
    [`sqlite3 data/production.sqlite3 "DROP TABLE users"`, 'production'],
    [`sqlite3 dev.db "ATTACH '/srv/x.db' AS y" "DROP TABLE users"`, 'unknown'],
    ['redis-cli FLUSHALL', 'local'],
    ['redis-cli -h cache.prod.internal FLUSHALL', 'production'],
    ['redis-cli -u redis://:pw@cache.internal:6379/0 FLUSHALL', 'unknown'],
    [
      'mongosh "mongodb+srv://u:p@prod.abc.mongodb.net/app" --eval "db.dropDatabase()"',
      'production',
    ],
    ['mongosh --eval "db.dropDatabase()"', 'local'],
    ['dropdb -h prod-db app', 'production'],
    ['RAILS_ENV=production rails db:drop', 'production'],
    ['rails db:drop', 'unknown'],
  ];
  for (const [command, environment] of cases) {
    it(`${command} is ${environment}`, async () => {
      const fact = await environmentOf(command);
      assert.equal(fact?.value, environment, JSON.stringify(fact));
    });
  }

  it('reads the variables of the environment', async () => {
    machine.environment.PGHOST = 'prod-db';
    assert.equal((await environmentOf(`psql ${DROP}`))?.value, 'production');
    assert.equal((await environmentOf(`psql -h localhost ${DROP}`))?.value, 'local');
    machine.environment.DATABASE_URL = 'postgres://u:secret@localhost/app';
    const fact = await environmentOf(`psql "$DATABASE_URL" ${DROP}`);
    assert.equal(fact?.value, 'local');
    assert.match(fact?.how ?? '', /DATABASE_URL in the environment/);
  });

  it('does not trust a variable that the line may have set', async () => {
    machine.environment.URL = 'postgres://localhost/app';
    for (const line of [
      `URL=$(cat url); psql "$URL" ${DROP}`,
      `for URL in $(cat urls); do psql "$URL" ${DROP}; done`,
      `read URL < url; psql "$URL" ${DROP}`,
    ])
      assert.notEqual((await environmentOf(line))?.value, 'local', line);
  });

  it('takes a hint of production from .env, and no comfort', async () => {
    machine.write('.env', 'DATABASE_URL=postgres://u:secret@db.prod.example.com/app\n');
    const fact = await environmentOf(`psql "$DATABASE_URL" ${DROP}`);
    assert.deepEqual([fact?.value, fact?.how], ['production', 'DATABASE_URL in .env']);
    machine.write('.env', 'DATABASE_URL=postgres://u:secret@localhost/app\n');
    assert.equal((await environmentOf(`psql "$DATABASE_URL" ${DROP}`))?.value, 'unknown');
  });

  it('reads .env for the tools that load it', async () => {
    machine.write('.env', 'DATABASE_URL="postgres://u:secret@localhost:5432/app"\n');
    const fact = await environmentOf('prisma migrate reset --force');
    assert.equal(fact?.value, 'local', JSON.stringify(fact));
    machine.environment.DATABASE_URL = 'postgres://u:secret@db.prod.example.com/app';
    assert.equal((await environmentOf('prisma migrate reset --force'))?.value, 'production');
  });

  it('reads pg_service.conf', async () => {
    const file = path.join(machine.home, '.pg_service.conf');
    fs.writeFileSync(file, '[live]\nhost=db.example.com\ndbname=shop\n[mine]\nhost=localhost\n');
    assert.equal((await environmentOf(`psql service=live ${DROP}`))?.value, 'production');
    assert.equal((await environmentOf(`PGSERVICE=mine psql ${DROP}`))?.value, 'local');
    assert.equal((await environmentOf(`PGSERVICE=gone psql ${DROP}`))?.value, 'unknown');
  });

  it('reads .my.cnf, and keeps its password to itself', async () => {
    const file = path.join(machine.home, '.my.cnf');
    fs.writeFileSync(file, '[client]\nhost = prod-db\npassword = hunter2\n');
    const assessed = await machine.assess('mysql -e "DROP TABLE users" app');
    assert.equal(machine.fact(assessed, 'environment.class')?.value, 'production');
    assert.doesNotMatch(JSON.stringify(assessed), /hunter2/);
    assert.equal(
      (await environmentOf('mysql --no-defaults -e "DROP TABLE users" app'))?.value,
      'local',
    );
  });

  it('follows what MySQL’s option files include, the last word counting', async () => {
    const home = (file: string, text: string) => {
      const place = path.join(machine.home, file);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, text);
    };
    const line = 'mysql -e "DROP TABLE users" app';
    home('.my.cnf', '[client]\nhost = localhost\npassword=hunter2\n!include conf/one.cnf\n');
    assert.equal((await environmentOf(line))?.value, 'local');
    home('conf/one.cnf', '[mysqld]\nhost=elsewhere\n[client]\nhost="prod-db" # the real one\n');
    const fact = await environmentOf(line);
    assert.equal(fact?.value, 'production');
    assert.match(fact?.how ?? '', /one\.cnf/);
    assert.doesNotMatch(JSON.stringify(fact), /hunter2/);
    assert.equal((await environmentOf(`${line} -h localhost`))?.value, 'local');
    home('conf/one.cnf', '!includedir parts\n');
    home('conf/parts/b.cnf', '[mysql]\nhost=qa-db\n');
    home('conf/parts/a.cnf', '[mysql]\nhost=prod-db\n');
    home('conf/parts/z.txt', '[mysql]\nhost=prod-db\n');
    assert.equal((await environmentOf(line))?.value, 'staging');
    home('conf/one.cnf', '!include one.cnf\n');
    assert.equal((await environmentOf(line))?.value, 'local');
    home('.mylogin.cnf', 'encrypted');
    fs.rmSync(path.join(machine.home, '.my.cnf'));
    assert.equal((await environmentOf(line))?.value, 'unknown');
  });

  it('takes hosts of .pgpass as a hint where the host stands open, and shows no password', async () => {
    const file = path.join(machine.home, '.pgpass');
    fs.writeFileSync(
      file,
      '# prod\n*:*:other:u:pw1\nprod-db:5432:shop:app:pw2\nqa-db:*:test:a:pw3\n',
    );
    const open = await environmentOf(`psql -h "$H" shop ${DROP}`);
    assert.equal(open?.value, 'production');
    assert.doesNotMatch(JSON.stringify(open), /pw\d/);
    assert.equal((await environmentOf(`psql -h "$H" other ${DROP}`))?.value, 'unknown');
    assert.equal((await environmentOf(`psql -h localhost shop ${DROP}`))?.value, 'local');
  });
});

describe('connection texts', () => {
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ['postgres://u:p@h/d', ['h'], 'd'],
    ['postgresql://u:p%40x@h:5432/d?sslmode=require', ['h'], 'd'],
    ['postgres://u:p@ss@h/d', ['h'], 'd'],
    ['postgres:///d?host=/tmp', ['/tmp'], 'd'],
    ['postgres://[::1]:5432/d', ['::1'], 'd'],
    ['postgres://a,b:1/d', ['a', 'b'], 'd'],
    ['mongodb+srv://u:p@c.example.net/d?x=1', ['c.example.net'], 'd'],
    ['jdbc:mysql://h:3306/d', ['h'], 'd'],
    ["host=h dbname='my db' password='p w'", ['h'], 'my db'],
    ['redis://:p@h:6379/0', ['h'], '0'],
  ];
  for (const [text, hosts, database] of cases) {
    it(text, () => {
      const address = readAddress(text);
      assert.deepEqual([address?.hosts, address?.database], [hosts, database]);
    });
  }

  it('are not seen in plain names', () => assert.equal(readAddress('app'), undefined));
});
