// Which cluster, stack and account a line means, from made-up configuration folders.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FactId } from '../../../../src/core/risk/factIds.ts';
import { createMachine, type TestMachine } from '../../../helpers/machine.ts';

let machine: TestMachine;
beforeEach(() => {
  machine = createMachine();
});
afterEach(() => machine.dispose());

async function factsOf(command: string, ...ids: FactId[]): Promise<unknown[]> {
  const assessed = await machine.assess(command);
  return ids.map((id) => machine.fact(assessed, id)?.value);
}

function inHome(file: string, text: string): void {
  const place = path.join(machine.home, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
}

const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: kind-dev
clusters:
- {name: kind-dev, cluster: {server: "https://127.0.0.1:40001"}}
- name: big
  cluster:
    server: https://k8s.prod.example.com:6443
    certificate-authority-data: c2VjcmV0
- {name: qa, cluster: {server: "https://qa.example.com"}}
- {name: other, cluster: {server: "https://10.9.8.7:6443"}}
contexts:
- {name: kind-dev, context: {cluster: kind-dev, user: u}}
- {name: main, context: {cluster: big, user: u, namespace: shop}}
- {name: qa, context: {cluster: qa, user: u}}
- {name: plain, context: {cluster: other, user: u}}
- {name: kind-fake, context: {cluster: big, user: u}}
users:
- name: u
  user: {token: hunter2, exec: {command: /bin/false}}
`;

describe('the cluster', () => {
  beforeEach(() => inHome('.kube/config', KUBECONFIG));

  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    ['kubectl delete pod x', ['kind-dev', 'default', '127.0.0.1', 'local']],
    ['kubectl --context main delete pod x', ['main', 'shop', 'k8s.prod.example.com', 'production']],
    ['kubectl --context=qa -n a delete pod x', ['qa', 'a', 'qa.example.com', 'staging']],
    ['kubectl --context plain delete pod x', ['plain', 'default', '10.9.8.7', 'unknown']],
    [
      'kubectl --context kind-fake delete pod x',
      ['kind-fake', 'default', 'k8s.prod.example.com', 'production'],
    ],
    ['kubectl --context nothing delete pod x', ['nothing', 'default', undefined, 'unknown']],
    ['kubectl -n prod delete pod x', ['kind-dev', 'prod', '127.0.0.1', 'production']],
    [
      'kubectl -s https://k8s.prod.example.com delete pod x',
      ['kind-dev', 'default', 'k8s.prod.example.com', 'production'],
    ],
    [
      'helm --kube-context main uninstall web',
      ['main', 'shop', 'k8s.prod.example.com', 'production'],
    ],
    ['KUBECONFIG=gone kubectl delete pod x', [undefined, 'default', undefined, 'unknown']],
    ['kubectl --context "$C" delete pod x', ['kind-dev', 'default', '127.0.0.1', 'unknown']],
    [
      'kubectl config use-context main; kubectl delete pod x',
      ['kind-dev', 'default', '127.0.0.1', 'unknown'],
    ],
    ['ssh box kubectl delete pod x', [undefined, 'default', undefined, 'unknown']],
  ];
  for (const [command, expected] of cases) {
    it(command, async () => {
      const ids = ['kube.context', 'kube.namespace', 'kube.server', 'environment.class'] as const;
      const found = await factsOf(command, ...ids);
      // Where the context is open nothing is said of it but the environment.
      if (command.includes('"$C"')) assert.equal(found[3], 'unknown');
      else if (command.includes('use-context')) assert.equal(found.at(-1), 'unknown');
      else assert.deepEqual(found, expected);
    });
  }

  it('makes the same line HIGH or CRITICAL, or MEDIUM on this machine', async () => {
    const level = async (command: string) => (await machine.assess(command)).assessment.level;
    assert.equal(await level('kubectl delete deploy web'), 'MEDIUM');
    assert.equal(await level('kubectl --context plain delete deploy web'), 'HIGH');
    assert.equal(await level('kubectl --context main delete deploy web'), 'CRITICAL');
  });

  it('merges the files of KUBECONFIG as kubectl does, and shows nothing of the credentials', async () => {
    machine.environment.KUBECONFIG = `${path.join(machine.home, 'first')}:${path.join(machine.home, '.kube/config')}`;
    inHome('first', 'current-context: main\n');
    const assessed = await machine.assess('kubectl delete pod x');
    assert.equal(machine.fact(assessed, 'kube.context')?.value, 'main');
    assert.doesNotMatch(JSON.stringify(assessed.assessment.facts), /hunter2|c2VjcmV0|bin.false/);
  });

  it('survives a file that is no YAML', async () => {
    inHome('.kube/config', '{: [\n\t- ]');
    assert.deepEqual(await factsOf('kubectl delete pod x', 'environment.class'), ['unknown']);
  });
});

describe('the infrastructure', () => {
  it('has a workspace and a backend', async () => {
    machine.write('infra/.terraform/environment', 'prod');
    machine.write(
      'infra/.terraform/terraform.tfstate',
      JSON.stringify({
        backend: {
          type: 's3',
          config: { bucket: 'acme-state', key: 'shop', secret_key: 'hunter2' },
        },
      }),
    );
    const ids = ['terraform.workspace', 'terraform.backend', 'environment.class'] as const;
    const expected = ['prod', 's3 bucket acme-state key shop', 'production'];
    assert.deepEqual(await factsOf('cd infra && terraform destroy', ...ids), expected);
    assert.deepEqual(await factsOf('terraform -chdir=infra destroy', ...ids), expected);
    assert.deepEqual(await factsOf('terraform destroy', ...ids), ['default', undefined, 'unknown']);
  });

  const cases: readonly (readonly [string, string])[] = [
    ['TF_WORKSPACE=staging terraform destroy', 'staging'],
    ['terraform destroy -var-file=prod.tfvars', 'production'],
    ['terraform destroy -var-file="$F"', 'unknown'],
    ['cd envs/prod && terraform apply', 'production'],
    ['pulumi destroy -s acme/prod', 'production'],
    ['pulumi destroy', 'unknown'],
    ['serverless remove --stage dev', 'staging'],
    ['terraform workspace select prod && terraform destroy', 'unknown'],
  ];
  for (const [command, environment] of cases) {
    it(`${command} is ${environment}`, async () => {
      fs.mkdirSync(path.join(machine.workspace, 'envs/prod'), { recursive: true });
      const assessed = await machine.assess(command);
      const destroys = assessed.assessment.facts.findLast(({ id }) => id === 'environment.class');
      assert.equal(destroys?.value, environment, JSON.stringify(destroys));
    });
  }

  it('is never below HIGH when it is destroyed', async () => {
    const { assessment } = await machine.assess('TF_WORKSPACE=dev terraform destroy');
    assert.ok(assessment.score >= 50);
  });
});

describe('the cloud account', () => {
  beforeEach(() => {
    inHome(
      '.aws/config',
      '[default]\nregion = eu-west-1\n[profile shop-prod]\nregion=us-east-1\nsso_account_id = 123456789012\n',
    );
    inHome('.aws/credentials', '[default]\naws_secret_access_key = hunter2\n');
    inHome('.config/gcloud/active_config', 'work');
    inHome(
      '.config/gcloud/configurations/config_work',
      '[core]\nproject = acme-prod\n[compute]\nregion = europe-west3\n',
    );
    inHome('.config/gcloud/configurations/config_play', '[core]\nproject = acme-sandbox\n');
    inHome(
      '.azure/azureProfile.json',
      '\uFEFF{"subscriptions":[{"id":"1","name":"Production","isDefault":true},{"id":"2","name":"Sandbox"}]}',
    );
  });

  const ids = ['cloud.profile', 'cloud.project', 'cloud.region', 'environment.class'] as const;
  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    ['aws s3 rm s3://a --recursive', ['default', undefined, 'eu-west-1', 'unknown']],
    [
      'aws --profile shop-prod s3 rm s3://a --recursive',
      ['shop-prod', '123456789012', 'us-east-1', 'production'],
    ],
    [
      'AWS_PROFILE=shop-prod aws ec2 terminate-instances --instance-ids i-1 --region eu-central-1',
      ['shop-prod', '123456789012', 'eu-central-1', 'production'],
    ],
    [
      'aws --endpoint-url http://localhost:4566 s3 rm s3://a --recursive',
      ['default', undefined, 'eu-west-1', 'local'],
    ],
    ['gcloud compute instances delete x', ['work', 'acme-prod', 'europe-west3', 'production']],
    [
      'gcloud --configuration play compute instances delete x',
      ['play', 'acme-sandbox', undefined, 'staging'],
    ],
    [
      'gcloud --project acme-live compute instances delete x',
      ['work', 'acme-live', 'europe-west3', 'production'],
    ],
    ['az group delete -n web', [undefined, 'Production', undefined, 'production']],
    ['az group delete -n web --subscription 2', [undefined, 'Sandbox', undefined, 'staging']],
  ];
  for (const [command, expected] of cases) {
    it(command, async () => assert.deepEqual(await factsOf(command, ...ids), expected));
  }

  it('takes keys in the environment for an unknown account', async () => {
    machine.environment.AWS_ACCESS_KEY_ID = 'x';
    machine.environment.AWS_ENDPOINT_URL = 'http://localhost:4566';
    assert.deepEqual(await factsOf('aws s3 rm s3://a --recursive', 'environment.class'), [
      'unknown',
    ]);
  });

  it('never shows a key', async () => {
    for (const [command] of cases)
      assert.doesNotMatch(
        JSON.stringify((await machine.assess(command)).assessment.facts),
        /hunter2/,
      );
  });

  it('knows production by a flag of the hosting client', async () => {
    assert.deepEqual(await factsOf('vercel remove shop --prod', 'environment.class'), [
      'production',
    ]);
    assert.deepEqual(await factsOf('heroku apps:destroy -a shop-staging', 'environment.class'), [
      'staging',
    ]);
  });
});
