// Which container engine a line means, from made-up folders of docker and podman.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

describe('the container engine', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
    const contexts: Readonly<Record<string, string>> = {
      prod: 'ssh://deploy@swarm.example.com',
      build: 'tcp://10.1.2.3:2376',
      rootless: 'unix:///run/user/1000/docker.sock',
      'prod-tunnel': 'tcp://127.0.0.1:2375',
    };
    for (const [name, host] of Object.entries(contexts)) {
      const mark = createHash('sha256').update(name).digest('hex');
      inHome(
        `.docker/contexts/meta/${mark}/meta.json`,
        JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
      );
    }
    inHome(
      '.config/containers/podman-connections.json',
      JSON.stringify({
        Connection: {
          Default: 'vm',
          Connections: {
            vm: { URI: 'ssh://core@127.0.0.1:40000/run/podman.sock', Identity: '/key' },
            live: { URI: 'ssh://root@live.example.com/run/podman.sock' },
          },
        },
      }),
    );
  });
  afterEach(() => machine.dispose());

  const inHome = (file: string, text: string) => {
    const place = path.join(machine.home, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  };
  const useContext = (name: string) =>
    inHome('.docker/config.json', JSON.stringify({ currentContext: name, auths: { x: 'secret' } }));

  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['docker rm -f web', 'this machine', undefined],
    ['docker --context default rm -f web', 'this machine', undefined],
    ['docker --context rootless rm -f web', 'this machine', undefined],
    ['docker --context prod-tunnel rm -f web', 'this machine', undefined],
    ['docker --context prod rm -f web', 'swarm.example.com', 'production'],
    ['docker -c prod rm -f web', 'swarm.example.com', 'production'],
    ['docker --context=build rm -f web', '10.1.2.3', 'unknown'],
    ['docker --context nothing rm -f web', 'undetermined', 'unknown'],
    ['docker --context "$C" rm -f web', 'undetermined', 'unknown'],
    ['docker -H tcp://prod-1:2376 rm -f web', 'prod-1', 'production'],
    ['docker -H ssh://me@qa-1 volume prune -f', 'qa-1', 'staging'],
    ['DOCKER_HOST=ssh://prod-1 docker compose down -v', 'prod-1', 'production'],
    ['export DOCKER_HOST=ssh://prod-1; docker rm -f web', 'prod-1', 'production'],
    ['DOCKER_CONTEXT=prod docker rm -f web', 'swarm.example.com', 'production'],
    ['DOCKER_HOST=ssh://qa-1 docker --context prod rm -f web', 'swarm.example.com', 'production'],
    // Behind the subcommand these letters mean other things.
    ['docker rm -f -c prod', 'this machine', undefined],
    ['docker run -h prod-1 -c 512 --rm x rm -rf /data', 'this machine', undefined],
    ['podman rm -f web', 'this machine', undefined],
    ['podman --connection live rm -f web', 'live.example.com', 'production'],
    ['podman --remote rm -f web', 'this machine', undefined],
    ['CONTAINER_HOST=ssh://prod-1/x podman rm -f web', 'prod-1', 'production'],
  ];
  for (const [command, engine, environment] of cases) {
    it(`${command}: ${engine}`, async () => {
      const assessed = await machine.assess(command);
      const fact = machine.fact(assessed, 'container.engine');
      assert.equal(fact?.value, engine, JSON.stringify(assessed.assessment.facts));
      assert.equal(machine.fact(assessed, 'environment.class')?.value, environment);
    });
  }

  it('is that of the current context, and production raises what is done there', async () => {
    const level = async () => (await machine.assess('docker rm -f web')).assessment;
    const here = await level();
    useContext('prod');
    const there = await level();
    assert.ok(there.score > here.score, `${there.score} ${here.score}`);
    assert.equal(there.level, 'CRITICAL');
    assert.ok(there.facts.some(({ id, value }) => id === 'container.context' && value === 'prod'));
    assert.doesNotMatch(JSON.stringify(there.facts), /secret|deploy@/);
  });

  it('another machine is shared state, and no small change of the workspace', async () => {
    machine.policy = { autoApprove: 'contained' };
    useContext('build');
    const { assessment, ruling } = await machine.assess('docker rm -f web');
    assert.equal(assessment.questions.sharedState.answer, 'yes');
    assert.equal(ruling.verdict, 'ask');
    assert.equal(assessment.isContained, false);
  });

  it('tells where a database in a container is', async () => {
    const environment = async (command: string) =>
      machine.fact(await machine.assess(command), 'environment.class')?.value;
    const drop = 'psql -U app -c "DROP TABLE users"';
    assert.equal(await environment(`docker exec db ${drop}`), 'unknown');
    assert.equal(await environment(`docker --context prod exec db ${drop}`), 'production');
    assert.equal(
      await environment(`DOCKER_HOST=ssh://prod-1 docker exec db ${drop}`),
      'production',
    );
    inHome('.kube/config', 'current-context: acme-prod\n');
    assert.equal(await environment(`kubectl exec -it db-0 -- ${drop}`), 'production');
    assert.equal(await environment(`kubectl --context dev exec db-0 -- ${drop}`), 'unknown');
  });
});
