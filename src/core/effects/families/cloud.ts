// Clients of clouds, hosting, secrets stores, queues, backups and other services: told by the deed that the words name.
import { deedOf } from '../cliVerbs.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family } from '../types.ts';
import { words } from '../words.ts';
import { apiDeed, CLIENTS, deed, deedIs, namesMuch, service } from './cloudRule.ts';

const HARMLESS_FLAGS = ['--version', '--help', '-h'];

export const cloudFamily: Family = {
  name: 'cloud',
  about: 'Clients of clouds, hosting, secret stores, queues, backups and other services.',
  syntax: [
    {
      programs: ['gh', 'glab'],
      abbreviates: false,
      valueOptions: words(`
        -R --repo -X --method -f --field -F --raw-field -H --header --input --jq -q --json -t --template -l --label
        -L --limit -b --branch -w --workflow -e --event -s --status -u --user --created -a --assignee -A --author
        -S --search -B --base --head --hostname --title --body --body-file -m --milestone -n --name -o --org --env
        -p --project -d --description -c --comment -r --ref --state --actor --job -j --tag --notes --target
      `),
    },
    {
      programs: CLIENTS.filter((name) => name !== 'gh' && name !== 'glab'),
      abbreviates: false,
      valueOptions: words(`
        --profile --region --output --query --endpoint-url --project --zone --format --filter --subscription
        --resource-group -g -n --name --app --account --org --team --token --address --namespace --context --kubeconfig
        --config -C --repo -R --vhost --server --bootstrap-server -a -o --cli-input-json --bucket --key --url -H --host
        --service --cluster --status --versioning-configuration --workflow --event --actor --user --created --assignee --author --milestone --search --state --base --head
        --topic --group --entity-name --entity-type --partitions --replication-factor --desired-count --desired-capacity
        --min-size --max-size --num-nodes --replicas --sql --command --query-string -c --mode --target --status -q
        -X --method -f --field -F --raw-field --header --input --jq -q -t --template -l --label -L --limit -b --branch
      `),
    },
  ],
  rules: [
    service({
      id: 'cloud/destroy-much',
      when: { test: (call) => deed(call) === 'destroy' && namesMuch(call) },
      severity: 'severe',
      why: 'It deletes {target}, and what belongs to it.',
      examples: {
        match: [
          'aws s3 rb s3://bucket --force',
          'gcloud projects delete p',
          'heroku apps:destroy x',
        ],
        noMatch: ['aws s3 ls', 'gcloud projects list', 'aws s3 rm s3://b/k --dryrun'],
      },
    }),
    service({
      id: 'cloud/destroy',
      when: { test: (call) => deed(call) === 'destroy' && !namesMuch(call) },
      why: 'It deletes or takes away {target}.',
      examples: {
        match: ['aws ec2 terminate-instances --instance-ids i-1', 'gh release delete v1'],
        noMatch: ['aws ec2 describe-instances', 'gh release list'],
      },
    }),
    service({
      id: 'cloud/sync-delete',
      when: {
        test: (call) =>
          deed(call) !== 'read' &&
          call.operands.some((word) => /^(sync|mirror|rsync|move)$/.test(word.value ?? '')) &&
          (/^(rclone|deck)$/.test(call.program) ||
            call.has('--delete', '-d', '--remove', '--delete-destination', '--delete-removed')),
      },
      severity: 'severe',
      why: 'It deletes at the destination whatever the source does not have.',
      alternative: 'Run it with --dryrun first.',
      examples: {
        match: ['aws s3 sync . s3://b --delete', 'rclone sync a remote:b'],
        noMatch: ['aws s3 sync . s3://b', 'rclone copy a remote:b', 'rclone sync a b: --dry-run'],
      },
    }),
    service({
      id: 'cloud/expire',
      when: { test: (call) => /^(change|unknown)$/.test(deed(call)) && endsByItself(call) },
      why: 'It lets data expire, takes names out of the DNS or scales a service to nothing: {target}.',
      recovery: 'Set the old rules, names or scale again; data that expired is gone.',
      examples: {
        match: [
          'aws s3api put-bucket-lifecycle-configuration --bucket b',
          'heroku ps:scale web=0',
          'fly scale count 0',
          'aws ecs update-service --service x --desired-count 0',
          'aws route53 change-resource-record-sets --hosted-zone-id z',
        ],
        noMatch: [
          'heroku ps:scale web=2',
          'fly scale count 2',
          'aws s3api get-bucket-lifecycle --bucket b',
        ],
      },
    }),
    service({
      id: 'cloud/stop',
      when: { test: deedIs('stop') },
      verb: 'modify',
      reversible: 'effort',
      why: 'It stops, locks or rebuilds {target}; whoever uses it loses it until it is back.',
      recovery: 'Start it again. What a rebuild wiped comes from a backup.',
      examples: {
        match: [
          'aws ec2 stop-instances --instance-ids i-1',
          'az vm deallocate -n x',
          'fly machine stop x',
          'heroku maintenance:on',
          'hcloud server rebuild x',
        ],
        noMatch: ['minikube stop', 'aws ec2 start-instances --instance-ids i-1'],
      },
    }),
    service({
      id: 'cloud/overwrite',
      when: { test: replacesData },
      verb: 'overwrite',
      why: 'It writes over what is stored in {target}.',
      alternative: 'Export what is there first.',
      examples: {
        match: [
          'firebase database:set / x.json',
          'restic restore latest --target /',
          'heroku pg:copy A B',
        ],
        noMatch: ['firebase database:get /', 'restic restore latest --target /tmp/x'],
      },
    }),
    service({
      id: 'cloud/send-secret',
      when: { test: sendsSecret },
      verb: 'send',
      category: 'data-mutation',
      severity: 'extreme',
      why: 'It copies a file that holds secrets to a service.',
      recovery: 'Renew every secret in it.',
      examples: {
        match: ['aws s3 cp ~/.ssh/id_rsa s3://b/', 'gh gist create .env'],
        noMatch: ['aws s3 cp a.txt s3://b/', 'aws s3 cp s3://b/.env .'],
      },
    }),
    service({
      id: 'cloud/apply-names',
      programs: words(
        'dnscontrol octodns-sync octodns ldapmodify ldapadd ldapmodrdn kadmin kadmin.local',
      ),
      when: {
        test: (call) =>
          call.operands[0]?.value === 'push' ||
          call.has('--doit') ||
          call.program.startsWith('ldap') ||
          /\b(delprinc|delete_principal|cpw|change_password|ktrem|purgekeys)\b/.test(
            call.valueOf('-q')?.value ?? '',
          ),
      },
      verb: 'modify',
      reversible: 'effort',
      why: 'It changes names, users or zones that others rely on, as a file or the line says.',
      recovery: 'Apply the last good version again.',
      alternative: 'Preview the change first.',
      examples: {
        match: ['dnscontrol push', 'ldapmodify -f x.ldif', "kadmin.local -q 'delprinc x'"],
        noMatch: ['dnscontrol preview', 'octodns-sync --config-file c'],
      },
    }),
    service({
      id: 'cloud/feature-flags',
      programs: ['split'],
      when: {
        test: (call) =>
          /^(splits?|segments?|workspaces?|environments?|traffic-types?|definitions?|users?|groups?|api-keys?|flag-sets?|rule-based-segments?)$/.test(
            call.operands[0]?.value ?? '',
          ) && deedOf(call) === 'destroy',
      },
      why: 'It deletes {target} in the service for feature flags.',
      examples: {
        match: ['split segments delete x', 'split splits kill x'],
        noMatch: ['split splits list', 'split -l 5 big.txt'],
      },
    }),
    service({
      id: 'cloud/queue-purge',
      programs: words('celery rq huey dramatiq sidekiq activemq'),
      when: {
        test: (call) =>
          call.operands.some((word) =>
            /^(purge|empty|flush|delete|clear|revoke|terminate)$/.test(word.value ?? ''),
          ),
      },
      why: 'It throws waiting jobs away.',
      recovery: 'The jobs have to be put in again.',
      examples: { match: ['celery -A app purge -f'], noMatch: ['celery -A app inspect active'] },
    }),
    service({
      id: 'cloud/money',
      programs: words('stripe braintree square paypal'),
      when: {
        test: (call) =>
          deed(call) === 'change' &&
          call.operands.some((word) =>
            /^(refunds?|payouts?|charges?|transfers?|transactions?|disputes?|cancel|payment_intents?|topups?)$/.test(
              word.value ?? '',
            ),
          ),
      },
      why: 'It moves money or ends what somebody pays for: {target}.',
      recovery: 'Money that moved comes back only by another transfer.',
      examples: {
        match: ['stripe refunds create --charge x', 'stripe subscriptions cancel x'],
        noMatch: ['stripe refunds list', 'stripe listen'],
      },
    }),
    service({
      id: 'cloud/copilot',
      programs: ['copilot'],
      when: {
        test: (call) =>
          /^(app|svc|env|job|pipeline|task|secret)$/.test(call.operands[0]?.value ?? '') &&
          deed(call) === 'destroy',
      },
      why: 'It deletes {target} on AWS.',
      examples: {
        match: ['copilot app delete'],
        noMatch: ['copilot -p "delete it"', 'copilot app ls'],
      },
    }),
    service({
      id: 'cloud/database-push',
      programs: ['supabase'],
      when: {
        test: (call) =>
          /^(db push|migration (up|repair|squash))\b/.test(
            call.operands.map((word) => word.value ?? '').join(' '),
          ),
      },
      why: 'It changes the tables of the database that the project is linked to.',
      recovery: 'Only a backup of the database helps.',
      alternative: '`supabase db push --dry-run` shows the changes.',
      examples: { match: ['supabase db push'], noMatch: ['supabase db diff'] },
    }),
    service({
      id: 'cloud/api-delete',
      when: { test: (call) => apiDeed(call) === 'destroy' },
      why: 'It deletes something through the API of the service.',
      examples: {
        match: ['gh api -X DELETE repos/o/r', 'gh api repos/o/r --method DELETE'],
        noMatch: ['gh api repos/o/r', 'gh api -X GET user'],
      },
    }),
    service({
      id: 'cloud/api-write',
      when: { test: (call) => apiDeed(call) === 'change' },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'It changes something through the API of the service.',
      recovery: 'Set it back.',
      examples: {
        match: ['gh api repos/o/r/issues -f title=x', 'gh api -X POST user/repos'],
        noMatch: ['gh api repos/o/r', 'gh api -X GET user'],
      },
    }),
    service({
      id: 'cloud/api-read',
      when: { test: (call) => apiDeed(call) === 'read' },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only asks the API of the service.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['gh api repos/o/r', "gh api graphql -f query='query { viewer { login } }'"],
        noMatch: ['gh api -X POST user/repos', "gh api graphql -f query='mutation { a }'"],
      },
    }),
    service({
      id: 'cloud/secret',
      when: { test: deedIs('secret') },
      verb: 'read',
      category: 'data-mutation',
      severity: 'moderate',
      why: 'It prints secrets or a token.',
      recovery: 'Renew the secret if it was shown or sent.',
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
      when: { test: deedIs('change') },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'unknown',
      why: 'It changes {target}, which others may rely on.',
      recovery: 'Set it back.',
      examples: {
        match: ['aws s3 cp a s3://b/a', 'gh pr merge 1', 'vault write secret/x a=b'],
        noMatch: ['aws s3 ls', 'gh pr view 1'],
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
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only reads {target}.',
      recovery: 'Nothing to undo.',
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

/** A scale or count of nothing, a rule by which data expires, a name that goes out of the DNS. */
function endsByItself(call: Call): boolean {
  const said = call.operands.map((word) => word.value ?? '');
  const names = [...call.subcommand, ...said];
  if (names.some((word) => /lifecycle|^change-resource-record-sets$/.test(word))) return true;
  if (
    call.options.some(
      ({ name, value }) =>
        /^--(desired-c\w+|max-size|num-nodes|replicas|max-instances)$/.test(name) &&
        value?.value === '0',
    )
  )
    return true;
  const isScale = said.some((word) => /^((ps:)?scale|resize)$/.test(word));
  return isScale && said.some((word) => /(^|=)0(:|$)/.test(word));
}

function replacesData(call: Call): boolean {
  const text = call.operands.map((word) => word.value ?? '').join(' ');
  switch (call.program) {
    case 'firebase':
      return /^(database:(set|update|import)|auth:import|firestore:import)\b/.test(text);
    case 'heroku':
      return /^pg:(copy|promote|backups:restore|push|pull)\b/.test(text);
    case 'restic':
      return (
        /(^|\s)restore\s/.test(text) &&
        /^(\/|~)\/?$/.test(call.valueOf('--target', '-t')?.value ?? '')
      );
    case 'nats':
      return /^account restore\b/.test(text);
    case 'wrangler':
      return /^d1 time-travel restore\b/.test(text);
    case 'rclone':
      return /^bisync\b/.test(text) && call.has('--resync');
    case 'drush':
      return /^(site:install|si|sql:sync|sql-sync)\b/.test(text);
    default:
      return false;
  }
}

const UPLOADS =
  /^(cp|copy|copyto|sync|mv|move|upload|upload-batch|put|put-object|create|mirror|rsync|push|send|put-file|deploy)$/;

function sendsSecret(call: Call, context: EffectContext): boolean {
  const at = call.operands.findIndex((word) => UPLOADS.test(word.value ?? ''));
  if (at < 0) return false;
  const files = call.operands.slice(at + 1).filter((word) => !/:/.test(word.value ?? ''));
  const isDownload = files.length > 0 && /:/.test(call.operands[at + 1]?.value ?? '');
  return !isDownload && files.some((word) => pathTarget(word, call, context).place === 'secret');
}
