// Which variables a program gets: from the editor, from the agent's request, and from what the line does before it starts.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

const DROP = 'psql -c "DROP TABLE users"';

describe('the variables that a program gets', () => {
  let machine: TestMachine;
  beforeEach(() => {
    machine = createMachine();
  });
  afterEach(() => machine.dispose());

  const environmentOf = async (command: string, added?: Record<string, string>) =>
    machine.fact(await machine.assess(command, undefined, true, added), 'environment.class');

  /** What is meant, where the editor has no PGHOST, and where it has a local one. */
  const lines: readonly (readonly [string, string, string])[] = [
    [`export PGHOST=prod-db; ${DROP}`, 'production', 'production'],
    [`export PGHOST=prod-db && cd . && ${DROP}`, 'production', 'production'],
    [`declare -x PGHOST=prod-db; ${DROP}`, 'production', 'production'],
    [`PGHOST=prod-db; export PGHOST; ${DROP}`, 'production', 'production'],
    [`set -a; PGHOST=prod-db; ${DROP}`, 'production', 'production'],
    [`export PGHOST=localhost; ${DROP}`, 'local', 'local'],
    // Not exported: psql gets it only where it is in the environment already.
    [`PGHOST=prod-db; ${DROP}`, 'local', 'production'],
    [`PGHOST=prod-db; bash -c '${DROP}'`, 'local', 'unknown'],
    [`PGHOST=prod-db timeout 5 ${DROP}`, 'production', 'production'],
    [`env PGHOST=prod-db ${DROP}`, 'production', 'production'],
    [`export PGHOST=prod-db; bash -c '${DROP}'`, 'production', 'production'],
    [`(export PGHOST=prod-db; ${DROP})`, 'production', 'production'],
    [`(export PGHOST=prod-db); ${DROP}`, 'local', 'local'],
    [`f() { export PGHOST=prod-db; }; f; ${DROP}`, 'production', 'production'],
    [`[ -f x ] && export PGHOST=prod-db; ${DROP}`, 'unknown', 'unknown'],
    [`H=prod-db; export PGHOST=$H; ${DROP}`, 'production', 'production'],
    [`export PGHOST=$(cat host); ${DROP}`, 'unknown', 'unknown'],
    [`read PGHOST < host; export PGHOST; ${DROP}`, 'unknown', 'unknown'],
    [`source env.sh; ${DROP}`, 'unknown', 'unknown'],
    [`for PGHOST in a b; do ${DROP}; done`, 'unknown', 'unknown'],
    [`unset PGHOST; ${DROP}`, 'local', 'local'],
    [`env -u PGHOST ${DROP}`, 'local', 'unknown'],
    [`env -i ${DROP}`, 'local', 'local'],
    [`env -i PGHOST=prod-db ${DROP}`, 'production', 'production'],
    [`export PGHOST=prod-db; psql -h "$PGHOST" -c "DROP TABLE users"`, 'production', 'production'],
    [`read PGHOST; psql -h "$PGHOST" -c "DROP TABLE users"`, 'unknown', 'unknown'],
  ];
  for (const [line, bare, local] of lines) {
    it(`${line} is ${bare} by itself, ${local} with PGHOST=localhost`, async () => {
      const alone = await environmentOf(line);
      assert.equal(alone?.value, bare, JSON.stringify(alone));
      machine.environment.PGHOST = 'localhost';
      const given = await environmentOf(line);
      assert.equal(given?.value, local, JSON.stringify(given));
    });
  }

  it('come from the agent’s request before those of the editor', async () => {
    machine.environment.PGHOST = 'localhost';
    assert.equal((await environmentOf(DROP))?.value, 'local');
    const fact = await environmentOf(DROP, { PGHOST: 'prod-db' });
    assert.equal(fact?.value, 'production');
    machine.environment.PGHOST = 'prod-db';
    assert.equal((await environmentOf(DROP, { PGHOST: 'localhost' }))?.value, 'local');
  });

  it('a request decides which profile, context and configuration are meant', async () => {
    machine.write('kube', 'current-context: prod-eu\n');
    const file = path.join(machine.workspace, 'kube');
    const facts = async (command: string, added: Record<string, string>) =>
      (await machine.assess(command, undefined, true, added)).assessment.facts;
    const kube = await facts('kubectl delete pod x', { KUBECONFIG: file });
    assert.ok(kube.some(({ id, value }) => id === 'kube.context' && value === 'prod-eu'));
    const aws = await facts('aws s3 rb s3://x --force', { AWS_PROFILE: 'acme-prod' });
    assert.ok(aws.some(({ id, value }) => id === 'cloud.profile' && value === 'acme-prod'));
    assert.ok(aws.some(({ id, value }) => id === 'environment.class' && value === 'production'));
  });

  it('a request for another home folder is followed, to its files and to what ~ is', async () => {
    const other = path.join(machine.base, 'other');
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, '.pg_service.conf'), '[db]\nhost=prod-db\n');
    fs.writeFileSync(path.join(machine.home, '.pg_service.conf'), '[db]\nhost=localhost\n');
    const line = 'psql service=db -c "DROP TABLE users"';
    assert.equal((await environmentOf(line))?.value, 'local');
    assert.equal((await environmentOf(line, { HOME: other }))?.value, 'production');
    assert.equal((await environmentOf(`HOME=${other} ${line}`))?.value, 'production');
    assert.equal((await environmentOf(`export HOME=${other}; ${line}`))?.value, 'production');
    const { assessment } = await machine.assess('rm -rf ~/*', undefined, true, { HOME: '/' });
    assert.equal(assessment.level, 'CRITICAL');
  });

  it('a request cannot choose the programs that look, nor the settings that git looks with', async () => {
    const trap = path.join(machine.base, 'trap');
    const marker = path.join(machine.base, 'ran');
    fs.mkdirSync(trap);
    fs.writeFileSync(path.join(trap, 'git'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    machine.git('init', '-q');
    machine.write('a.txt');
    machine.git('add', '.');
    machine.git('commit', '-qm', 'start');
    const level = async (added: Record<string, string>) => {
      const { assessment } = await machine.assess('git reset --hard', undefined, true, added);
      return assessment.level;
    };
    assert.equal(await level({}), 'LOW');
    assert.equal(await level({ PATH: trap }), 'LOW');
    assert.equal(fs.existsSync(marker), false);
    // Another home may hold other rules on what is ignored, another folder another repository.
    assert.equal(await level({ HOME: trap }), 'HIGH');
    assert.equal(await level({ GIT_DIR: trap }), 'HIGH');
    assert.equal(await level({ UNRELATED: 'x' }), 'LOW');
  });

  it('what is never handed to a command counts for nothing', async () => {
    const { assessment } = await machine.assess('rm -rf "$LD_PRELOAD"', undefined, true, {
      LD_PRELOAD: '/tmp',
    });
    assert.ok(!JSON.stringify(assessment.effects).includes('"/tmp"'));
  });
});
