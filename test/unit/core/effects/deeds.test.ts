// What a client of a service does, told by its words: in every order, behind every option, among names that look like deeds.
import assert from 'node:assert/strict';
import { type Deed, deedOfWord } from '../../../../src/core/effects/deedWords.ts';
import { deed } from '../../../../src/core/effects/families/cloudRule.ts';
import { parseCall } from '../../../../src/core/effects/options.ts';
import { syntaxOf } from '../../../../src/core/effects/registry.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const CASES: readonly (readonly [string, Deed])[] = [
  ['aws ec2 terminate-instances --instance-ids i', 'destroy'],
  ['aws --profile p --region r ec2 terminate-instances', 'destroy'],
  ['aws ec2 terminate-instances --dry-run', 'read'],
  ['aws ec2 terminate-instances --dry-run=false', 'destroy'],
  ['aws ec2 terminate-instances help', 'read'],
  ['aws ec2 describe-instances', 'read'],
  ['aws iam get-role --role-name delete-role', 'read'],
  ['aws lambda get-function --function-name purge-users', 'read'],
  ['aws ec2 stop-instances --instance-ids i', 'stop'],
  ['aws kms schedule-key-deletion --key-id k', 'destroy'],
  ['aws ecr batch-delete-image --repository-name r', 'destroy'],
  ['aws secretsmanager get-secret-value --secret-id s', 'secret'],
  ['aws s3 cp a s3://b', 'change'],
  ['gcloud run services delete s', 'destroy'],
  ['gcloud secrets versions access latest', 'secret'],
  ['az vm deallocate -n x', 'stop'],
  ['az webapp config appsettings delete -n w', 'destroy'],
  ['az keyvault secret show --name s', 'secret'],
  ['az keyvault secret list --vault-name v', 'read'],
  ['az search query-key list --service-name s', 'secret'],
  ['az iot hub policy show --hub-name h --name owner', 'secret'],
  ['az webapp deployment list-publishing-profiles -n w', 'secret'],
  ['az keyvault key list --vault-name v', 'read'],
  ['heroku apps:destroy -a x', 'destroy'],
  ['heroku config', 'secret'],
  ['heroku config:unset X', 'destroy'],
  ['heroku apps', 'read'],
  ["heroku run 'rake db:drop'", 'destroy'],
  ['gh release list', 'read'],
  ['gh run list --workflow release', 'read'],
  ['gh release delete v1', 'destroy'],
  ['gh -R o/r release delete v1', 'destroy'],
  ['vault -address https://example.org kv delete a', 'destroy'],
  ['vault kv get a', 'secret'],
  ['restic -q repair snapshots --forget', 'destroy'],
  ['restic -r repo snapshots', 'read'],
  ['borg --lock-wait 5 delete repo::a', 'destroy'],
  ['borg list repo::delete', 'read'],
  ['govc vm.destroy x', 'destroy'],
  ['aliyun ecs DeleteInstance --InstanceId i', 'destroy'],
  ['netlify api deleteSite', 'destroy'],
  ['kafka-topics --delete --topic t --bootstrap-server b', 'destroy'],
  ['kafka-topics --describe --topic t --bootstrap-server b', 'read'],
  ["wrangler d1 execute db --command 'DROP TABLE a'", 'destroy'],
  ["wrangler d1 execute db --command 'SELECT 1'", 'read'],
  ['wrangler d1 execute db --file x.sql', 'destroy'],
  ['ipmitool chassis power off', 'destroy'],
  ['minikube stop', 'change'],
  ['fly machine stop x', 'stop'],
  ['az search admin-key renew --service-name s', 'destroy'],
  ['az search service list', 'read'],
  ['borg check repo', 'read'],
  ['borg check --repair repo', 'destroy'],
  ['op connect token delete t', 'destroy'],
  ['az rest --method delete --url https://example.org/a', 'destroy'],
  ['az rest --method get --url https://example.org/a', 'unknown'],
  ["gcloud spanner databases ddl update d --ddl='DROP TABLE a'", 'destroy'],
  ['aws cloudformation update-stack --stack-name s', 'destroy'],
  ['aws cloudformation describe-stacks', 'read'],
  ['aws redshift pause-cluster --cluster-identifier c', 'stop'],
  ['gcloud sql users set-password root -i i', 'stop'],
  ['crictl stopp p', 'stop'],
  ['wp search-replace a b', 'destroy'],
  ['heroku run ls', 'unknown'],
  ['heroku run printenv', 'unknown'],
  ['fly ssh console -C ls', 'unknown'],
  ['eb ssh printenv', 'unknown'],
  ['wp eval list', 'unknown'],
  ['gh run view 5', 'read'],
  ['aws eks get-token --cluster-name c', 'secret'],
  ['restic cat masterkey', 'secret'],
  ['vault token lookup', 'secret'],
  ['doctl kubernetes cluster kubeconfig show c', 'secret'],
  ['dbt run --full-refresh', 'destroy'],
  ["kamal app exec 'rm -rf storage'", 'destroy'],
  ['gh run cancel 1', 'stop'],
  ['gsutil versioning set off gs://b', 'destroy'],
  ['gsutil versioning set on gs://b', 'change'],
  ['aws rds modify-db-instance --db-instance-identifier d --backup-retention-period 0', 'destroy'],
  ['aws rds modify-db-instance --db-instance-identifier d --backup-retention-period 7', 'change'],
  ['aws guardduty update-detector --detector-id d --no-enable', 'stop'],
  ['virsh snapshot-delete vm old', 'destroy'],
  ['amtool silence query', 'read'],
  ['amtool silence expire x', 'destroy'],
  ['aws frobnicate things', 'unknown'],
  ['vercel ./list', 'unknown'],
];

describe('deeds', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  for (const [line, wanted] of CASES)
    it(`${line} – ${wanted}`, () => {
      const [invocation] = tester.read(line).invocations;
      assert.ok(invocation);
      assert.equal(deed(parseCall(invocation, syntaxOf(invocation.program ?? ''))), wanted);
    });

  it('a word that no list knows is no reading word', () => {
    for (const word of ['frobnicate', 'x', '', 'constructor', '__proto__', 'a::delete'])
      assert.equal(deedOfWord(word), 'unknown', word);
  });
});
