// What the rules on clients of services share: which programs they are, and what a call of one does.
import { deedOf } from '../cliVerbs.ts';
import type { Deed } from '../deedWords.ts';
import { LOSSES, type SqlKind, scanSql } from '../sql/scanSql.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { saysDelete } from './requestDeeds.ts';

/** Clients whose deeds are told by their words. */
export const CLIENTS = words(`
  aws awslocal gcloud az gsutil doctl fly flyctl heroku vercel netlify wrangler railway render supabase firebase
  linode-cli linode hcloud ibmcloud oci aliyun scw exo civo rclone vultr-cli upctl ovh openstack s3cmd s5cmd mc azcopy
  gh glab hub tea stripe eksctl sam amplify cdk8s vault consul nomad boundary waypoint packer circleci bk
  jenkins-jobs buildkite-agent gitlab-runner gitlab-rake gitlab-ctl jenkins-cli drone argo tkn spin
  velero restic resticprofile borg borgmatic kopia duplicity duplicacy rdiff-backup barman pgbackrest wal-g
  ldcli unleash flipt flagsmith deck kong apigeecli apigee
  nats rabbitmqctl rabbitmqadmin rabbitmq-plugins kafka-topics kafka-configs kafka-acls
  kafka-consumer-groups kafka-delete-records kafka-topics.sh kafka-configs.sh kafka-acls.sh
  kafka-consumer-groups.sh kafka-delete-records.sh kafka-console-producer kafka-reassign-partitions kafka-reassign-partitions.sh rpk pulsar-admin
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
  skopeo crane oras regctl crictl ctr colima lxc incus limactl orb orbctl helmfile helm3 tilt
  juju bosh nixops crossplane spacectl scalr-cli tfe k0s k0sctl calicoctl nova cinder glance neutron
  ovhcloud tccli yc adb fastboot xcrun racadm esxcli sidekiqctl artemis tarsnap rsnapshot snow neo4j-admin
  traefik statsig configcat dbt atlas mongocli astra aiven avn influxd cloudsmith jfrog jf nexus buildctl
  earthly devspace garden telepresence humctl rancher faas-cli fission kn nuclio
  aws-vault saml2aws s4cmd b2 kcadm.sh kcadm cosign notation nomad-pack woodpecker-cli codefresh travis hal
  virsh vboxmanage VBoxManage vmrun govc qm pct pvesh xe
  cbt timeshift snapper bup duply duplicati-cli unison solr zkCli.sh zkcli zookeeper-shell zookeeper-shell.sh curator_cli
  kafka-console-consumer kafka-console-consumer.sh kafka-storage kafka-storage.sh kafka-streams-application-reset
  kafka-leader-election kafka-replica-verification kafka-broker-api-versions mosquitto_pub mosquitto_sub
  activemq-admin ibmcloud-cos steampipe powerpipe gcsfuse copilot-cli pgcopydb vtctldclient vtctl orchestrator-client
`);

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Fills in what most rules on services share. */
export function service(spec: Spec): Rule {
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

/** Nouns whose loss takes much with it. */
const MUCH =
  /(^|[-_:])(project|projects|cluster|clusters|stack|stacks|account|accounts|organization|database|databases|db|db-instance|db-cluster|bucket|buckets|vault|vaults|namespace|namespaces|repo|repos|repository|app|apps|application|site|sites|group|vpc|zone|hosted-zone|key|keys|key-deletion|user|role|table|volume|volumes|snapshot|snapshots|queue|stream|topic|topics)([-_:]|$)/;

/** True where much goes: a thing that holds others, or many at once. */
export const namesMuch = (call: Call) =>
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

/** What `gh api` and its like do: by method, by fields that make it a POST, and by the text of a GraphQL query. */
export function apiDeed(call: Call): Deed | undefined {
  const at = call.operands.findIndex((word) => word.value === 'api');
  if (at !== 0 || !/^(gh|glab|hub|tea)$/.test(call.program)) return undefined;
  const method = call.valueOf('-X', '--method');
  if (method !== undefined || call.has('-X', '--method')) {
    if (/^delete$/i.test(method?.value ?? 'delete')) return 'destroy';
    const only = /^(get|head)$/i.test(method?.value ?? '') && !call.has('--input');
    return only && !namesMethod(call) ? 'read' : 'change';
  }
  if (call.mayHaveHiddenOptions || call.has('--input') || namesMethod(call)) return 'change';
  const fields = call.options.filter(({ name }) => /^(-f|-F|--field|--raw-field)$/.test(name));
  if (fields.some(({ value }) => saysDelete(value?.value ?? ''))) return 'destroy';
  if (call.operands[at + 1]?.value !== 'graphql') return fields.length > 0 ? 'change' : 'read';
  const query = fields.map(({ value }) => value?.value).find((text) => text?.startsWith('query='));
  return query !== undefined && /^query=\s*(query\b|\{)/.test(query) && !/\bmutation\b/.test(query)
    ? 'read'
    : 'change';
}

/** A header that names another method, or another server that gets the request. */
const namesMethod = (call: Call) =>
  call.has('--hostname') ||
  call.options.some(
    ({ name, value }) =>
      /^(-H|--header)$/.test(name) && /method-override/i.test(value?.value ?? 'method-override'),
  );

const SQL_LOSS: readonly SqlKind[] = [...LOSSES, 'code', 'unknown'];

/** Calls that carry SQL for a database of the service: `wrangler d1 execute --command …`. */
const CARRIES_SQL =
  /^(d1 execute|pg:psql|db (shell|execute|query)|sql|rds-data (execute-statement|batch-execute-statement)|athena start-query-execution|redshift-data execute-statement|spanner databases (execute-sql|ddl update)|shell \S+|postgres connect)\b/;
const SQL_OPTIONS = ['--command', '-c', '--sql', '--ddl', '--query-string', '-q', '--query', '-e'];

/** What the SQL of a call does; undefined where the call carries none. */
export function sqlDeed(call: Call): Deed | undefined {
  const text = call.operands.map((word) => word.value ?? '').join(' ');
  if (!CARRIES_SQL.test(text)) return undefined;
  if (call.has('--file', '-f', '--mapping')) return 'destroy';
  const given = call.options
    .filter(({ name, value }) => SQL_OPTIONS.includes(name) && value !== undefined)
    .map(({ value }) => value?.value);
  const spoken = call.operands.slice(1).filter((word) => /\s/.test(word.value ?? ' '));
  const texts = [...given, ...spoken.map((word) => word.value)];
  if (texts.length === 0) return undefined;
  const kinds = texts.flatMap((sql) =>
    sql === undefined ? (['unknown'] as const) : scanSql(sql).map(({ kind }) => kind),
  );
  if (kinds.some((kind) => SQL_LOSS.includes(kind))) return 'destroy';
  return kinds.every((kind) => kind === 'read' || kind === 'session') ? 'read' : 'change';
}

/** Machines that are switched off from outside. */
const POWER =
  /\b(power (off|cycle|reset|soft|down)|powerdown|powercycle|hardreset|graceshutdown|vm process kill|pm (uninstall|clear)|shell .*\b(rm|wipe|dd|mkfs|reboot|format)\b)/;

/** A command for a machine of the service: `heroku run 'rake db:drop'`. */
const RUNS_THERE =
  /^(run|run:detached|exec|ssh|ssh console|shell|one-off|(alpha |beta )?compute ssh|app exec|qemu-agent-command|ssm (send-command|start-session)|ecs execute-command|(vm|vmss|aks|container|webapp) (run-command invoke|command invoke|exec|ssh))\b/;
const COMMAND_OPTIONS = words('--command --parameters --scripts --script -C -c --exec-command');
const LOSES_THERE =
  /(^|[\s:;&|'"=[(])(drop|reset|rm|truncate|delete|destroy|destroy_all|delete_all|flush|flushall|flushdb|purge|fresh|wipe|rollback|guest-shutdown|guest-set-\w+)\b/;

/** What a call of a client does. */
export function deed(call: Call): Deed {
  const text = call.operands.map((word) => word.value ?? '').join(' ');
  if (/^(ipmitool|ipmiutil|racadm|esxcli|adb)$/.test(call.program) && POWER.test(text))
    return 'destroy';
  if (RUNS_THERE.test(text) && LOSES_THERE.test(`${text} ${commandOptions(call)}`))
    return 'destroy';
  if (/^zk|^zookeeper-shell/.test(call.program) && /(^|\s)deleteall\b/.test(text)) return 'destroy';
  if (/^rest\b/.test(text) && /^delete$/i.test(call.valueOf('--method', '-m')?.value ?? ''))
    return 'destroy';
  if (isWipingTool(call) || (call.program === 'tarsnap' && call.has('-d'))) return 'destroy';
  const bySql = sqlDeed(call);
  if (bySql !== undefined) return bySql;
  if (call.program === 'gh' && /^auth status\b/.test(text) && call.has('--show-token', '-t'))
    return 'secret';
  const found = deedOf(call);
  return found === 'read' && doesMore(call, text) ? 'change' : found;
}

/** Options that name a program to start, whatever the call only reads. */
const STARTS =
  /(^|-)(command|program|rsh|ssh|exec|plugin|hook|script|handler|mapper|pager|editor|browser|web)(-|$)/;
/** `-o sftp.command=…`, `credsHelper=…` as the value of a general option. */
const STARTS_BY_VALUE = /^[\w.]*(command|program|rsh|exec|helper|hook)[\w.]*=/i;

/** Words by which a call that reads saves what it reads to a file, or starts a program for it. */
const DOWNLOADS = new Map<string, RegExp>(
  Object.entries({
    aws: /^\S+ (get-object\S*|select-object-content|get-job-output|get-export|get-sdk|get-media|get-clip|get-package-version-asset|get-snapshot-block|get-thing-shadow|get-raw-message-content|get-(latest-)?configuration|get-asset|get-map-tile)\b/,
    s3cmd: /^get\b/,
    mc: /^get\b/,
    nats: /^(object get|context (save|edit)|backup|stream backup)\b/,
    oci: /^os object (get|bulk-download)\b/,
    wrangler: /^r2 object get\b/,
    consul: /^(watch|lock|exec|debug|snapshot save|connect)\b/,
    vault: /^(debug|operator raft snapshot save|ssh|agent|proxy)\b/,
    nomad: /^(operator (debug|snapshot save)|alloc exec)\b/,
    etcdctl: /^(watch|lock|elect|snapshot save)\b/,
    stripe: /^(listen|trigger|fixtures)\b/,
    kopia: /^(snapshot restore|restore|mount)\b/,
    restic: /^mount\b/,
    sops: /^(exec|edit)\b/,
  }),
);

/** True where the words say reading, but a program starts or a file is written on the way. */
function doesMore(call: Call, said: string): boolean {
  if (DOWNLOADS.get(call.program)?.test(said)) return true;
  return call.options.some(
    ({ name, value }) =>
      (/^--(?!no-)/.test(name) && STARTS.test(name.slice(2)) && value?.value !== '') ||
      STARTS_BY_VALUE.test(value?.value ?? ''),
  );
}

const commandOptions = (call: Call) =>
  call.options
    .filter(({ name }) => COMMAND_OPTIONS.includes(name))
    .map(({ value }) => value?.value ?? '')
    .join(' ');

/** Tools that empty a whole account; most only list until they are told to act. */
const isWipingTool = (call: Call) =>
  /^(aws|azure)-nuke$/.test(call.program)
    ? call.has('--no-dry-run')
    : call.program === 'cloud-nuke' &&
      /^(aws|gcp|defaults-aws)$/.test(call.operands[0]?.value ?? '');

export const deedIs =
  (...wanted: Deed[]) =>
  (call: Call) =>
    wanted.includes(deed(call));
