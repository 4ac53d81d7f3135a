// Clients of clouds, hosting, secrets stores, queues, backups and other services: told by the deed that the words name.
import { type Deed, deedOf } from '../cliVerbs.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

const CLIENTS = words(`
  aws awslocal gcloud az gsutil doctl fly flyctl heroku vercel netlify wrangler railway render supabase firebase
  linode-cli linode hcloud ibmcloud oci aliyun scw exo civo rclone vultr-cli upctl ovh openstack s3cmd s5cmd mc azcopy
  gh glab hub tea stripe eksctl sam amplify cdk8s vault consul nomad boundary waypoint packer circleci bk
  buildkite-agent gitlab-runner gitlab-rake gitlab-ctl jenkins-cli drone argo tkn spin
  velero restic resticprofile borg borgmatic kopia duplicity duplicacy rdiff-backup barman pgbackrest wal-g
  ldcli unleash flipt flagsmith deck kong apigeecli apigee
  nats rabbitmqctl rabbitmqadmin rabbitmq-plugins kafka-topics kafka-configs kafka-acls
  kafka-consumer-groups kafka-delete-records kafka-topics.sh kafka-configs.sh kafka-acls.sh
  kafka-consumer-groups.sh kafka-delete-records.sh kafka-console-producer kafka-reassign-partitions rpk pulsar-admin
  confluent ccloud doppler infisical op bw chamber berglas fastly algolia newrelic splunk datadog-ci dog sentry-cli pd
  pdctl grafana-cli grafanactl promtool amtool logcli elastic es opensearch-cli elasticdump meilisearch typesense
  square braintree mailgun postmark multipass ipmitool ipmiutil twilio sendgrid shopify sfdx sf contentful sanity strapi storm auth0 okta clerk pscale planetscale
  neonctl neon turso upstash cloudflared flarectl cf tailscale ngrok dnscontrol octodns pdnsutil rndc
  samba-tool ldapdelete ldapmodify ldapadd ipa kadmin kadmin.local
  prefect airflow dagster mlflow wandb huggingface-cli hf dvc modal replicate runpodctl
  minikube kind k3d microk8s kops rke rke2 talosctl clusterctl cilium okteto
  terminusdb wp drush akamai bunny lego certbot acme.sh step ntfy temporal tctl hasura nhost appwrite
  convex xata expo eas fastlane appcenter snyk sonar-scanner launchdarkly posthog rollbar bugsnag
  azd func ionos lightsailctl ecs-cli eb zappa chalice claudia apex up now surge gatsby-cloud pantheon terminus
  acli platform upsun dokku caprover cap kamal coolify nanobox porter qovery northflank koyeb zeabur
  aws-nuke cloud-nuke azure-nuke pscp gam msgraph m365 teams slack linear jira confluence notion trello asana monday
  haproxy dmsetup lvmdiskscan multipath zpool-service virsh vboxmanage VBoxManage vmrun govc qm pct pvesh xe
`);

const deedIs =
  (...wanted: Deed[]) =>
  (call: Call) =>
    wanted.includes(deedOf(call));

/** Nouns whose loss takes much with it. */
const MUCH =
  /(^|[-_:])(project|projects|cluster|clusters|stack|stacks|account|accounts|organization|database|databases|db|db-instance|db-cluster|bucket|buckets|vault|vaults|namespace|namespaces|repo|repos|repository|app|apps|application|site|sites|group|vpc|zone|hosted-zone|key|keys|key-deletion|user|role|table|volume|volumes|snapshot|snapshots|queue|stream|topic|topics)([-_:]|$)/;

const namesMuch = (call: Call) =>
  [...call.subcommand, ...call.operands.map((word) => word.value ?? '')].some((word) =>
    MUCH.test(word),
  ) || call.has('--recursive', '-r', '--force', '--all', '--purge', '--delete');

const target: Rule['target'] = (call) => {
  const [program, ...rest] = call.invocation.argv.map((word) => word.value ?? word.text);
  const profile = call.valueOf(
    '--profile',
    '--project',
    '--subscription',
    '--context',
    '--account',
    '--app',
    '-a',
  )?.value;
  return [
    {
      kind: 'infrastructure',
      name: [program, ...rest.filter((word) => !word.startsWith('-')).slice(0, 4)].join(' '),
      ...(profile !== undefined && { detail: { profile } }),
    },
  ];
};

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** What `gh api` and its like do: by method, by fields that make it a POST, and by the text of a GraphQL query. */
function apiDeed(call: Call): Deed | undefined {
  const at = call.operands.findIndex((word) => word.value === 'api');
  if (at !== 0 || !/^(gh|glab|hub|tea)$/.test(call.program)) return undefined;
  const method = call.valueOf('-X', '--method');
  if (method !== undefined || call.has('-X', '--method')) {
    if (/^delete$/i.test(method?.value ?? 'delete')) return 'destroy';
    return /^(get|head)$/i.test(method?.value ?? '') ? 'read' : 'change';
  }
  if (call.mayHaveHiddenOptions || call.has('--input')) return 'change';
  const fields = call.options.filter(({ name }) => /^(-f|-F|--field|--raw-field)$/.test(name));
  if (call.operands[at + 1]?.value !== 'graphql') return fields.length > 0 ? 'change' : 'read';
  const query = fields.map(({ value }) => value?.value).find((text) => text?.startsWith('query='));
  return query !== undefined && /^query=\s*(query\b|\{)/.test(query) && !/\bmutation\b/.test(query)
    ? 'read'
    : 'change';
}

function service(spec: Spec): Rule {
  return {
    programs: CLIENTS,
    verb: 'destroy-infrastructure',
    category: 'infrastructure',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    target,
    recovery:
      'Make it again from code or a backup; some services keep deleted things for some days.',
    ...spec,
  };
}

const HARMLESS_FLAGS = ['--version', '--help', '-h'];

export const cloudFamily: Family = {
  name: 'cloud',
  about: 'Clients of clouds, hosting, secret stores, queues, backups and other services.',
  syntax: [
    {
      programs: CLIENTS,
      abbreviates: false,
      valueOptions: words(`
        --profile --region --output --query --endpoint-url --project --zone --format --filter --subscription
        --resource-group -g -n --name --app --account --org --team --token --address --namespace --context --kubeconfig
        --config -C --repo -R --vhost --server --bootstrap-server -a -o --cli-input-json --bucket --key --url -H --host
        -X --method -f --field -F --raw-field --header --input --jq -q -t --template -l --label -L --limit -b --branch
      `),
    },
  ],
  rules: [
    service({
      id: 'cloud/destroy-much',
      when: { test: (call) => deedOf(call) === 'destroy' && namesMuch(call) },
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
      when: { test: (call) => deedOf(call) === 'destroy' && !namesMuch(call) },
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
          deedOf(call) !== 'read' &&
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
      when: {
        test: (call) =>
          /^(change|unknown)$/.test(deedOf(call)) &&
          [...call.subcommand, ...call.operands.map((word) => word.value ?? '')].some((word) =>
            /lifecycle|^change-resource-record-sets$|^(ps:)?scale$/.test(word),
          ) &&
          (!call.operands.some((word) => /^(ps:)?scale$/.test(word.value ?? '')) ||
            call.operands.some((word) => /=0(:|$)/.test(word.value ?? ''))),
      },
      why: 'It lets data expire, takes names out of the DNS or scales a service to nothing: {target}.',
      recovery: 'Set the old rules, names or scale again; data that expired is gone.',
      examples: {
        match: [
          'aws s3api put-bucket-lifecycle-configuration --bucket b',
          'heroku ps:scale web=0',
          'aws route53 change-resource-record-sets --hosted-zone-id z',
        ],
        noMatch: ['heroku ps:scale web=2', 'aws s3api get-bucket-lifecycle --bucket b'],
      },
    }),
    service({
      id: 'cloud/money',
      programs: words('stripe braintree square paypal'),
      when: {
        test: (call) =>
          deedOf(call) === 'change' &&
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
          deedOf(call) === 'destroy',
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
        test: (call) => deedOf(call) === 'unknown' && apiDeed(call) === undefined,
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
