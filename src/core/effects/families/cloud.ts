// Clients of clouds, hosting, secrets stores, queues, backups and other services: told by the deed that the words name.
import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { cloudLossRules } from './cloudLosses.ts';
import { apiDeed, CLIENTS, deed, deedIs, service } from './cloudRule.ts';
import { cloudSingleRules } from './cloudSingle.ts';

const HARMLESS_FLAGS = ['--version', '--help', '-h'];

export const cloudFamily: Family = {
  name: 'cloud',
  about: 'Clients of clouds, hosting, secret stores, queues, backups and other services.',
  syntax: [
    {
      programs: ['gh', 'glab'],
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(`
        -R --repo -X --method -f --field -F --raw-field -H --header --input --jq -q --json -t --template -l --label
        -L --limit -b --branch -w --workflow -e --event -s --status -u --user --created -a --assignee -A --author
        -S --search -B --base --head --hostname --title --body --body-file -m --milestone -n --name -o --org --env
        -p --project -d --description -c --comment -r --ref --state --actor --job -j --tag --notes --target --visibility
      `),
    },
    {
      programs: CLIENTS.filter((name) => name !== 'gh' && name !== 'glab'),
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(`
        --profile --region --output --query --endpoint-url --project --zone --format --filter --subscription
        --resource-group -g -n --name --app --account --org --team --token --address --namespace --context --kubeconfig
        --config -C --repo -R --vhost --server --bootstrap-server -a -o --cli-input-json --bucket --key --url -H --host
        --service --cluster --status --versioning-configuration --workflow --event --actor --user --created --assignee --author --milestone --search --state --base --head
        --topic --group --entity-name --entity-type --partitions --replication-factor --desired-count --desired-capacity
        --min-size --max-size --num-nodes --replicas --sql --command --query-string -c --mode --target --status -q
        -X --method -f --field -F --raw-field --header --input --jq -q -t --template -l --label -L --limit -b --branch
        --ca-bundle --cli-read-timeout --cli-connect-timeout --color --cli-binary-format --verbosity --access-token
        --impersonate-service-account --billing-project --trace-token --flags-file --cacert --password-file --log-file
        --data-dir --config-dir --http-addr --ca-file --cert-file --client-cert --client-key --tls-server-name
        --cidr --cidr-ip --source-ranges --source-address-prefixes --member --acl --predefined-acl --visibility --grants
        --add-config --alter-config --scripts --parameters --key-id --document-name
      `),
    },
  ],
  rules: [
    ...cloudLossRules,
    ...cloudSingleRules,
    service({
      id: 'cloud/secret',
      when: { test: deedIs('secret') },
      ...SHOWS_SECRET,
      reach: 'shared',
      why: 'It prints secrets or a token.',
      examples: {
        match: [
          'aws secretsmanager get-secret-value --secret-id x',
          'gcloud auth print-access-token',
          'vault kv get secret/x',
          'az keyvault secret show --name x',
          'doppler secrets',
          'heroku config',
        ],
        noMatch: ['aws secretsmanager list-secrets'],
      },
    }),
    service({
      id: 'cloud/deploy-production',
      when: {
        any: ['--prod', '--production', '-prod'],
        test: (call) => !/^(list|ls|env|logs|inspect)$/.test(call.operands[0]?.value ?? ''),
      },
      verb: 'modify',
      reversible: 'effort',
      why: 'It puts a new version into production.',
      recovery: 'Deploy or promote the version before.',
      examples: {
        match: ['vercel --prod', 'netlify deploy --prod'],
        noMatch: ['vercel ls', 'netlify deploy'],
      },
    }),
    service({
      id: 'cloud/change',
      when: { test: (call) => deedIs('change')(call) && !checksOut(call) },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'It changes something that others see or rely on: `{target}`.',
      recovery: 'Set it back.',
      alternative: 'Look at what is there first, with a list or a view of it.',
      examples: {
        match: ['aws s3 cp a s3://b/a', 'gh pr merge 1', 'vault write secret/x a=b'],
        noMatch: ['aws s3 ls', 'gh pr view 1'],
      },
    }),
    service({
      id: 'cloud/check-out',
      programs: ['gh', 'glab'],
      when: { test: checksOut },
      verb: 'create',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      why: 'It brings commits from elsewhere, as `git fetch` and `git clone` do.',
      recovery: '`git switch -` goes back.',
      examples: {
        match: ['gh pr checkout 12', 'gh repo clone o/r', 'glab mr checkout 3'],
        noMatch: ['gh pr checkout -f 12', 'gh pr merge 12', 'gh repo clone o/r -- -c a=b'],
      },
    }),
    service({
      id: 'cloud/other',
      when: {
        none: HARMLESS_FLAGS,
        test: (call) => deed(call) === 'unknown' && apiDeed(call) === undefined,
      },
      verb: 'unknown',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'What {target} does is not known.',
      recovery: 'Not known.',
      examples: { match: ['aws frobnicate', 'vercel'], noMatch: ['aws s3 ls', 'gh --version'] },
    }),
    service({
      id: 'cloud/read',
      when: { test: deedIs('read') },
      ...READING,
      why: 'It only reads {target}.',
      examples: {
        match: [
          'aws s3 ls',
          'gcloud compute instances list',
          'gh pr view 1',
          'gh run list',
          'az group show -n x',
        ],
        noMatch: ['aws s3 rm s3://b/a', 'gh pr create'],
      },
    }),
  ],
};

/** `gh pr checkout 1`; with `--force` a branch of the same name goes. */
function checksOut(call: Call): boolean {
  const path = call.operands.slice(0, 2).map(({ value }) => value ?? '');
  return (
    /^(pr checkout|mr checkout|repo clone)$/.test(path.join(' ')) &&
    call.operands.length === 3 &&
    !call.mayHaveHiddenOptions &&
    call.options.every(({ name }) => /^(-R|--repo|-b|--branch|--recurse-submodules)$/.test(name))
  );
}
