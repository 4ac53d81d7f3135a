// Other machines that a line logs in to or sends something to: production raises, and only an address of this machine lowers.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('other machines', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());

  const inHome = (file: string, text: string) => {
    const place = path.join(machine.home, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  };

  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['curl -X DELETE https://api.prod.example.com/users/1', 'production', 'CRITICAL'],
    ['curl -X DELETE https://me:pw@api.prod.example.com/users/1', 'production', 'CRITICAL'],
    ['curl -X DELETE https://api.example.com/users/1', 'unknown', 'HIGH'],
    ['curl -X DELETE http://localhost:3000/users/1', 'local', 'MEDIUM'],
    ['curl -X DELETE http://[::1]:3000/users/1', 'local', 'MEDIUM'],
    ['curl --connect-to ::db.example.com: -X DELETE http://localhost/users', 'unknown', 'HIGH'],
    ['curl -x http://gate:3128 -X DELETE http://localhost/users', 'unknown', 'HIGH'],
    ['http_proxy=http://gate:3128 curl -X DELETE http://localhost/users', 'unknown', 'HIGH'],
    ['curl -K other.conf -X DELETE http://localhost/users', 'unknown', 'HIGH'],
    ['ssh prod-1 rm -rf /var/data', 'production', 'CRITICAL'],
    // What is deleted is lost on any machine.
    ['ssh localhost rm -rf /var/data', undefined, 'HIGH'],
    ['ssh qa-1 rm -rf /var/data', undefined, 'HIGH'],
    ['scp a.txt prod-1:/srv', 'production', 'HIGH'],
    ['scp a.txt deploy@prod-1:/srv', 'production', 'HIGH'],
    ['ssh "$HOST" rm -rf /var/data', undefined, 'HIGH'],
  ];
  for (const [command, environment, level] of cases) {
    it(`${command}: ${environment}, ${level}`, async () => {
      const assessed = await machine.assess(command);
      const fact = machine.fact(assessed, 'environment.class');
      assert.equal(fact?.value, environment, JSON.stringify(fact));
      assert.equal(assessed.assessment.level, level);
      assert.doesNotMatch(JSON.stringify(assessed.assessment.facts), /pw|me:/);
    });
  }

  it('are followed through an alias of ssh, which cannot make them harmless', async () => {
    inHome(
      '.ssh/config',
      'Host web\n  HostName web.prod.example.com\nHost prod-2\n  HostName 127.0.0.1\n',
    );
    const environment = async (command: string) =>
      machine.fact(await machine.assess(command), 'environment.class');
    const web = await environment('ssh web rm -rf /var/data');
    assert.equal(web?.value, 'production');
    assert.match(web?.how ?? '', /web in ~\/\.ssh\/config/);
    assert.equal((await environment('ssh prod-2 rm -rf /var/data'))?.value, 'production');
    assert.equal((await environment('ssh other rm -rf /var/data'))?.value, undefined);
  });

  it('settings of curl that steer it elsewhere leave an address open', async () => {
    inHome('.curlrc', 'connect-to = "::db.example.com:"\n');
    const assessed = await machine.assess('curl -X DELETE http://localhost/users');
    assert.equal(machine.fact(assessed, 'environment.class')?.value, 'unknown');
  });

  const reads: readonly string[] = [
    'psql -h prod-db -c "SELECT * FROM users"',
    'mysql -h prod-db -e "SELECT 1"',
    'redis-cli -h prod-cache GET x',
    'mongosh mongodb://prod-1/app --eval "db.users.find()"',
    'kubectl --context prod get pods',
    'aws s3 ls s3://acme-prod',
  ];
  for (const command of reads) {
    it(`${command} says production, stays LOW and is not asked`, async () => {
      machine.policy = { autoApprove: 'readOnly' };
      const assessed = await machine.assess(command);
      const { level, parts, isReadOnly } = assessed.assessment;
      assert.equal(machine.fact(assessed, 'environment.class')?.value, 'production');
      assert.ok(parts.some(({ id }) => id === 'fact/reads-production'));
      assert.deepEqual([level, isReadOnly, assessed.ruling.verdict], ['LOW', true, 'allow']);
      machine.policy = { autoApprove: 'listed' };
      assert.equal((await machine.assess(command)).ruling.verdict, 'ask');
    });
  }

  it('taking a whole database or a secret out of production is no mere look', async () => {
    machine.policy = { autoApprove: 'contained' };
    for (const command of [
      'pg_dump -h prod-db app',
      'kubectl --context prod get secret x -o yaml',
    ]) {
      const { assessment, ruling } = await machine.assess(command);
      assert.deepEqual([assessment.level, ruling.verdict], ['HIGH', 'ask'], command);
    }
  });
});
