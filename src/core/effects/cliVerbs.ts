// Command-line clients of services name their deeds in plain words. This tells which word is the deed and of what sort.
// Invariant: a deed that no list knows is `unknown`, never `read`.
import { LOSSES, PLAIN_READS, SECRET_READS } from './cliSpecialWords.ts';
import { type Deed, deedOfWord, NOUNS } from './deedWords.ts';
import { pretends } from './pretending.ts';
import type { Call } from './types.ts';
import { words } from './words.ts';

/** True where the call reads and no word in it says that it deletes. */
function readsPlainly(call: Call, found: readonly string[]): boolean {
  if (found.some((word) => deedOfWord(word) === 'destroy')) return false;
  return PLAIN_READS.get(call.program)?.test(found.join(' ')) ?? false;
}

/** True where the words end behind what prints secrets: `config`, not `config:unset`; `variables`, not `variables delete`. */
function readsSecret(program: string, text: string, found: readonly string[]): boolean {
  const said = SECRET_READS.get(program)?.exec(text)?.[0];
  if (said === undefined || /^[:\w-]/.test(text.slice(said.length))) return false;
  return !found.some((word) => deedOfWord(word) === 'destroy');
}

/** Tools whose machines and clusters stand on this machine only. */
const LOCAL_TOOLS =
  /^(minikube|kind|k3d|multipass|supabase|colima|limactl|tilt|orb|orbctl|lxc|incus|virsh|vboxmanage|VBoxManage|vmrun|gitlab-runner|meilisearch|nhost|hasura|okteto)$/;

/** Plain nouns that list when nothing stands behind them. */
const LISTING_NOUNS =
  /^(apps|addons|domains|releases|ps|features|pipelines|certs|drains|labs|members|orgs|regions|spaces|teams|webhooks|buildpacks|services|projects|databases|sites|checks|reviewapps|stack|plugins|locations|quotas|instances|whoami|events)$/;

/** The words that can say what the call does, in order, and whether something unclear stands before them. */
interface DeedWords {
  words: readonly string[];
  isBehindOther: boolean;
}

/** Words that look like deeds: no paths, no addresses, no names with dots. */
function deedWords(call: Call): DeedWords {
  const all = saidWords(call).map((word) => plainWord(word, call.program));
  const isPlain = (word: string) => /^[a-z][a-z0-9:_-]*$/.test(word);
  const from = all.findIndex(isPlain);
  if (from < 0) return { words: [], isBehindOther: false };
  const rest = all.slice(from);
  const end = rest.findIndex((word) => !isPlain(word));
  return { words: (end < 0 ? rest : rest.slice(0, end)).slice(0, 5), isBehindOther: from > 0 };
}

/**
 * Every word that is no option and no value of a long one. Short options mean other things to every client, so what
 * was taken for the value of one counts where it is a deed: `restic -q repair` repairs.
 */
function saidWords(call: Call): readonly string[] {
  const optionOf = new Map(call.options.map(({ name, value }) => [value, name]));
  // A value that says reading must not stand for the deed where another word acts: `-t list apps destroy`.
  const acts = call.operands.some(({ value }) => !/read|unknown/.test(deedOfWord(value ?? '')));
  return call.invocation.argv.slice(1).flatMap((word) => {
    const text = word.value ?? '';
    const option = optionOf.get(word);
    if (text.startsWith('-') || /^\w+:\/\//.test(text)) return [];
    if (option === undefined) return [text];
    const deed = deedOfWord(text);
    const counts = deed === 'read' ? !acts : deed !== 'unknown';
    return !option.startsWith('--') && counts ? [text] : [];
  });
}

/** `DeleteInstance` of aliyun and `vm.destroy` of govc, written as the others write it. */
function plainWord(word: string, program: string): string {
  if (/^(aliyun|tccli|ucloud)$/.test(program) && /^[A-Z][a-z]+[A-Z]/.test(word))
    return word.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  if (/^(delete|remove|destroy|purge)[A-Z]\w+$/.test(word)) return 'delete';
  return program === 'govc' ? word.replace('.', ':') : word;
}

/** What a call of a client does. The first word that is a deed decides; words of nouns may stand before it. */
export function deedOf(call: Call): Deed {
  if (onlyPretends(call)) return 'read';
  const { words: found, isBehindOther } = deedWords(call);
  const deed = deedOfWords(found, call);
  if (deed !== 'read') return deed;
  const isUnclear = isBehindOther || goesElsewhere(call) || handsOver(found, call.program);
  return isUnclear ? 'unknown' : writesFile(call) ? 'change' : 'read';
}

/** Words behind which stands a program of another machine, or code: `fly ssh console -C ls`, `heroku run printenv`. */
const HANDS_OVER =
  /^(ssh|exec|shell|console|enter|eval|eval-file|php:\w+|run:\w+|ssh:\w+|remote:\w+|invoke)$/;
/** Clients of which a run is a thing that is listed and shown. */
const HAS_RUNS =
  /^(gh|glab|tea|hub|circleci|bk|argo|tkn|prefect|dagster|mlflow|wandb|airflow|dbt|tfe|spacectl|modal)$/;

function handsOver(found: readonly string[], program: string): boolean {
  const at = found.findIndex((word) => deedOfWord(word) === 'read');
  return found
    .slice(0, Math.max(at, 0))
    .some((word) => HANDS_OVER.test(word) || (word === 'run' && !HAS_RUNS.test(program)));
}

/** Another server gets the tokens that are meant for the usual one, and another settings file may name programs. */
const goesElsewhere = (call: Call) =>
  call.invocation.argv.some(({ value }) =>
    /^--?(address|http-addr|endpoint(-url)?|api-(url|server)|server(-url|-addr)?|base-url|auth-url|hostname|kube-(apiserver|token)|insecure(-skip-tls-verify|-skip-verify)?|no-verify-ssl|tls-skip-verify|skip-verify|config-(dir|file)|flags-file|access-token-file|password-command|rsh|remote-path)(=|$)/.test(
      value ?? '',
    ),
  );

/** Options by which a reading call leaves a file behind. */
const writesFile = (call: Call) =>
  call.invocation.argv.some(({ value = '' }, at) => {
    const [name = '', joined] = value.split('=');
    if (
      /^--?(log-file|log-path|debug-profile|output-file|out-?file|cpuprofile|memprofile|save)$/.test(
        name,
      )
    )
      return true;
    const given = joined ?? call.invocation.argv[at + 1]?.value ?? '';
    return /^(-o|--output|--out)$/.test(name) && /\/|\.\w{1,5}$/.test(given);
  });

function deedOfWords(found: readonly string[], call: Call): Deed {
  const text = found.join(' ');
  const all = call.operands.map(({ value }) => value ?? '').join(' ');
  const loss = LOSSES.get(call.program);
  if (loss !== undefined && (loss.test(text) || loss.test(all))) return 'destroy';
  if (/^(ips?|addresses) release\b/.test(text)) return 'destroy';
  if (readsSecret(call.program, text, found)) return 'secret';
  if (readsPlainly(call, found)) return 'read';
  if (found.length === 1 && call.operands.length <= 1 && LISTING_NOUNS.test(text)) return 'read';
  for (const [index, word] of found.entries()) {
    const deed = deedOfWord(word);
    if (deed === 'unknown') continue;
    const later = found.slice(index + 1);
    if (deed === 'read') return readingDeed(word, later, call);
    if (!givesWay(word, index, later)) return weighed(deed, call);
  }
  return deedOfOptions(call);
}

const PRETENDS = words('--dry-run --dryrun --dry --whatif --what-if --noop --dry_run');

/** Clients that have such an option; what others make of it is not known. */
const PREVIEWERS =
  /^(aws|awslocal|rclone|restic|resticprofile|borg|borgmatic|azcopy|wrangler|mc|s5cmd|s3cmd|s4cmd|b2|argo|argocd|kubeadm|istioctl|skaffold|eksctl|supabase|dvc|airflow|kafka-[\w-]+(\.sh)?|pgbackrest|duplicity|tarsnap|skopeo|cloud-nuke|azure-nuke|atlas|hasura|turbo|wp|juju|bosh|nixops|flux|helmfile|tkn|octodns-sync|velero|kopia|timeshift|rsnapshot|wal-g)$/;

/** `--dry-run`, unless it is taken back; and the `help` that aws takes as a last word. */
function onlyPretends(call: Call): boolean {
  if (call.program === 'aws' && call.operands.at(-1)?.value === 'help') return true;
  if (call.program === 'az')
    return call.operands[0]?.value === 'storage' && pretends(call, '--dryrun');
  return PREVIEWERS.test(call.program) && pretends(call, ...PRETENDS);
}

function weighed(deed: Deed, call: Call): Deed {
  if (/^(change|stop)$/.test(deed) && saysPurge(call)) return 'destroy';
  if (deed === 'stop') return LOCAL_TOOLS.test(call.program) ? 'change' : 'stop';
  return deed === 'change' && switchesOff(call) ? 'stop' : deed;
}

/** Many words for reading are things too: `monitor delete`, `versions delete`. What stands behind decides then. */
function readingDeed(word: string, later: readonly string[], call: Call): Deed {
  // Behind `list` and the like stand names and values of options; only a word right behind makes them a thing.
  // `az search service delete`: there the word is the name of a service.
  const isService = word === 'search' && /^(az|oci)$/.test(call.program);
  // `get-role` is the deed as a whole.
  if (/^(list|ls|get|describe|show|view|search|help)(-[\w-]+)?$/.test(word) && !isService)
    return deedOfWord(wordBehind(word, call)) === 'destroy' ? 'destroy' : 'read';
  const deeds = later.map(deedOfWord);
  if (deeds.includes('destroy')) return 'destroy';
  if (deeds.includes('secret')) return 'secret';
  // `search admin-key renew`: the things between are named first.
  const next = deeds.find((deed) => deed !== 'unknown');
  return next === 'change' || next === 'stop' ? next : mendsWhileReading(call) ? 'destroy' : 'read';
}

/** `check --repair`: an option of a reading verb that writes, in most cases over the only copy. */
const mendsWhileReading = (call: Call) =>
  call.options.some(({ name }) =>
    /^--(repair|fix|delete|purge|prune|remove|destroy|wipe|erase|drop|truncate|flush|reset|terminate|cleanup|rebuild)$/.test(
      name,
    ),
  );

function wordBehind(word: string, call: Call): string {
  const values = call.invocation.argv.map(({ value }) => value ?? '');
  return values[values.indexOf(word) + 1] ?? '';
}

/** `--status Inactive`, `Status=Suspended`, `--no-enabled`, `set off`: what it names stops working. */
const switchesOff = (call: Call) =>
  call.options.some(
    ({ name, value }) =>
      /^(status=|state=)?(inactive|suspended|disabled|off|stop|softstop|poweroff)$/i.test(
        value?.value ?? '',
      ) ||
      /^--(no-[\w-]*enabled?|disable-[\w-]*(ssl|tls|backup|logging|protection|encryption|auth)[\w-]*)$/.test(
        name,
      ),
  ) || /\bset off\b/.test(call.operands.map(({ value }) => value ?? '').join(' '));

/** `--backup-retention-period 0`: nothing is kept, nothing may run. */
const keepsNothing = (call: Call) =>
  call.invocation.argv.some(({ value }, at) => {
    const [name = '', joined] = (value ?? '').split('=');
    return (
      (joined ?? call.invocation.argv[at + 1]?.value) === '0' &&
      /^--([\w-]*retention[\w-]*|reserved-concurrent-executions|size|new-capacity)$/.test(name)
    );
  });

const saysPurge = (call: Call) =>
  call.invocation.argv.some(({ value }) =>
    /^--?(purge|no-backup|remove-all|force-destroy|force-reset|force-down|unset|delete-(data|all)[\w-]*|drop|full-refresh|replace-all|clear-retention-\w+|prune|terminate-[\w-]+|no-disable-api-termination|no-deletion-protection|no-enable-deletion-protection)$/.test(
      value ?? '',
    ),
  ) ||
  keepsNothing(call) ||
  /^complete$/i.test(call.valueOf('--mode')?.value ?? '');

/** `gh release list` lists releases, `gcloud run services delete` deletes: a word that is also a thing gives way to the deed behind it. */
function givesWay(word: string, index: number, later: readonly string[]): boolean {
  const next = later[0] === undefined ? 'unknown' : deedOfWord(later[0]);
  // `op connect token delete`: things stand between what is a thing too and the deed.
  const strong = later.some((other) => /^(delete|destroy|purge|revoke)$/.test(other));
  if (deedOfWord(word) === 'change' && (next === 'destroy' || strong)) return true;
  if (NOUNS.has(word) && next !== 'unknown') return true;
  if (NOUNS.has(word) && later.some((other) => deedOfWord(other) === 'destroy')) return true;
  const isService = index === 0 && NOUNS.has(word);
  return isService && later.some((other) => deedOfWord(other) !== 'unknown');
}

/** Clients such as `kafka-topics` say the deed as an option. */
function deedOfOptions(call: Call): Deed {
  if (/(^|[-_])(delete|nuke|purge|destroy|uninstall|reset)([-_]|$)|^ldapdelete$/.test(call.program))
    return 'destroy';
  const names = call.options.map(({ name }) => name.replace(/^--?/, ''));
  const deeds = names.filter((name) => /^[a-z]{3,}(-[a-z]+)*$/.test(name)).map(deedOfWord);
  if (deeds.includes('destroy')) return 'destroy';
  if (deeds.includes('change') || deeds.includes('stop') || deeds.includes('secret'))
    return 'change';
  return deeds.includes('read') && isOptionClient(call) ? 'read' : 'unknown';
}

/** Programs whose deeds are options only; elsewhere `--list` may stand beside a deed that is not known. */
const isOptionClient = (call: Call) =>
  /^((kafka|pulsar|zookeeper)-[a-z-]+(\.sh)?|timeshift|tarsnap)$/.test(call.program) &&
  call.operands.length === 0;
