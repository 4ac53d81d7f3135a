// Rules on what calls of services delete, stop, overwrite or give away.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, ParsedOption, Rule } from '../types.ts';
import { deed, deedIs, namesMuch, service } from './cloudRule.ts';

/** Calls that give rights, by their words. */
const GIVES_RIGHTS =
  /\b((attach|put)-(user|role|group)-policy|put-(bucket-(acl|policy)|object-acl|public-access-block|resource-policy|key-policy|registry-policy)|set-repository-policy|authorize-security-group-\w+|add-(iam-policy-binding|user-to-group|permission|role-to-instance-profile)|set-iam-policy|create-(access-key|login-profile|policy-version)|set-default-policy-version|update-assume-role-policy|(role assignment|roleassignment|rolebinding) create|ad app permission (admin-consent|grant)|admin add-role|iam (ch|set)|acl (ch|set)|defacl (ch|set)|set_permissions|set_user_tags)\b/;
/** Addresses and members that mean everybody. */
const EVERYBODY =
  /(^|[=,:\s])(0\.0\.0\.0\/0|::\/0|\*|any|internet|allusers|allauthenticatedusers|public|public-read|public-read-write|container|blob)($|[,\s])/i;
const OPENING_OPTIONS =
  /^--(cidr|cidr-ip|source-ranges|source-address-prefixes?|source-cidr|member|acl|predefined-acl|visibility|public-access|grants?|inbound-rules|remote-ip|allow-cidr)$/;

function opensUp(call: Call): boolean {
  const said = call.operands.map((word) => word.value ?? '').join(' ');
  if (GIVES_RIGHTS.test(said)) return true;
  if (call.has('--acl-public')) return true;
  return call.options.some((option) => {
    const value = valueBehind(option, call);
    return (
      (OPENING_OPTIONS.test(option.name) && EVERYBODY.test(value)) ||
      makesPublic(option.name, value)
    );
  });
}

/** What stands behind the option, whether or not it is known to take a value. */
function valueBehind({ value, word }: ParsedOption, { invocation }: Call): string {
  const { argv } = invocation;
  return value?.value ?? argv[argv.indexOf(word) + 1]?.value ?? '';
}

/** `--allow-blob-public-access true`, `--private=false`, `-F private=false`. */
const makesPublic = (name: string, value: string) =>
  (/^--(allow-blob-public-access|public|publicly-accessible)$/.test(name) &&
    /^(true|enabled|yes)$/i.test(value)) ||
  (name === '--private' && /^(false|no)$/i.test(value)) ||
  (/^(-f|-F|--field|--raw-field)$/.test(name) && /^(private=false|visibility=public)$/.test(value));

/** A scale or count of nothing, a rule by which data expires, a name that goes out of the DNS. */
function endsByItself(call: Call): boolean {
  const said = call.operands.map((word) => word.value ?? '');
  const names = [...call.subcommand, ...said];
  if (names.some((word) => /lifecycle|^change-resource-record-sets$/.test(word))) return true;
  if (
    call.options.some(({ value }) =>
      /(^|,)(retention\.(ms|bytes)|cleanup\.policy)=/.test(value?.value ?? ''),
    )
  )
    return true;
  if (
    call.options.some(
      ({ name, value }) =>
        /^--(desired-c\w+|max-size|num-nodes|replicas|max-instances)$/.test(name) &&
        value?.value === '0',
    )
  )
    return true;
  if (call.options.some((option) => /\b(max|desired)Size=0\b/i.test(valueBehind(option, call))))
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
    case 'gh':
      return /^repo sync\b/.test(text) && call.has('--force');
    case 'consul':
      return /^snapshot restore\b/.test(text);
    case 'vault':
    case 'nomad':
      return /^operator (raft )?snapshot restore\b/.test(text);
    case 'gcloud':
      return /^sql (backups restore|import)\b/.test(text);
    case 'pgbackrest':
      return /(^|\s)restore\b/.test(text);
    case 'wal-g':
      return /^backup-fetch\b/.test(text);
    case 'barman':
      return /^recover\b/.test(text);
    case 'unison':
      return call.has('-force', '--force', '-batch');
    case 'nats':
      return /^account restore\b/.test(text);
    case 'wrangler':
      return /^d1 time-travel restore\b/.test(text);
    case 'rclone':
      return /^bisync\b/.test(text) && call.has('--resync');
    case 'velero':
      return /^restore create\b/.test(text) && call.has('--existing-resource-policy');
    case 'strapi':
    case 'convex':
      return /^import\b/.test(text) && call.has('--force', '--replace', '--replace-all');
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

/** What of a service is lost or given away. */
export const cloudLossRules: readonly Rule[] = [
  service({
    id: 'cloud/destroy-much',
    when: { test: (call) => deed(call) === 'destroy' && namesMuch(call) },
    severity: 'severe',
    why: 'It deletes {target}, and what belongs to it.',
    alternative: 'List what is in it first.',
    examples: {
      match: ['aws s3 rb s3://bucket --force', 'gcloud projects delete p', 'heroku apps:destroy x'],
      noMatch: ['aws s3 ls', 'gcloud projects list', 'aws s3 rm s3://b/k --dryrun'],
    },
  }),
  service({
    id: 'cloud/destroy',
    when: { test: (call) => deed(call) === 'destroy' && !namesMuch(call) },
    why: 'It deletes or takes away {target}.',
    alternative: 'List or describe it first.',
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
    id: 'cloud/open-up',
    when: { test: (call) => /^(change|unknown|secret)$/.test(deed(call)) && opensUp(call) },
    verb: 'escalate',
    category: 'infrastructure',
    reversible: 'effort',
    why: 'It gives somebody rights, or opens what was closed to the world: {target}.',
    recovery: 'Take the right back, and look at who used it in between.',
    alternative: 'Give the smallest right to one named user, for a limited time.',
    examples: {
      match: [
        'aws iam attach-user-policy --user-name u --policy-arn a',
        'aws s3api put-bucket-acl --bucket b --acl public-read',
        'aws ec2 authorize-security-group-ingress --group-id g --cidr 0.0.0.0/0',
        'gcloud projects add-iam-policy-binding p --member=allUsers --role=roles/viewer',
        'az role assignment create --role Owner --assignee x',
        'gh repo edit --visibility public',
      ],
      noMatch: [
        'aws iam list-users',
        'aws s3api get-bucket-acl --bucket b',
        'gcloud projects get-iam-policy p',
        'gh repo edit --description x',
      ],
    },
  }),
  service({
    id: 'cloud/expire',
    when: { test: (call) => /^(change|unknown)$/.test(deed(call)) && endsByItself(call) },
    why: 'It lets data expire, changes names in the DNS or scales a service to nothing: {target}.',
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
    alternative: 'Ask who uses it first.',
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
];
