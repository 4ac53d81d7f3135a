// Command-line clients of services name their deeds in plain words. This tells which word is the deed and of what sort.
// Invariant: a deed that no list knows is `unknown`, never `read`.
import type { Call } from './types.ts';
import { words } from './words.ts';

export type Deed = 'destroy' | 'change' | 'read' | 'secret' | 'unknown';

const DESTROY = new Set(
  words(`
    delete destroy terminate remove rm rb del purge prune wipe drop nuke erase flush flushall
    flushdb truncate uninstall unpublish revoke deregister deactivate reset empty obliterate
    expunge evict forget unset clear cleanup teardown undeploy unregister expire abandon
    decommission discard kill shred zap rmdir rmi unlink release dispose detonate downgrade
    down force-delete batch-delete bulk-delete deletefile purgeall invalidate sanitize
    forget-snapshots unbind disconnect disassociate leave quit shutdown poweroff halt
    vacuum gc compact disable archive unsubscribe detach void clean roll recreate dedupe break-lock
    break-locks rollback revert-deploy stop_app repair quit destroyall
  `),
);
const CHANGE = new Set(
  words(`
    create update put set modify add apply deploy start stop restart reboot run invoke publish
    push sync copy cp mv move import attach  associate enable  scale rotate promote
    rename tag untag edit patch approve merge close reopen transfer upload send trigger rerun
    execute exec login logout configure config use switch restore  cancel lock unlock suspend
    resume up new init register grant assign unassign write replace migrate clone fork join
    rebuild redeploy activate bind link pause unpause connect open submit accept reject increase
    decrease resize upgrade install alter rebalance reassign reindex refresh redrive purchase
    request allow deny block unblock  unarchive backup snapshot mount seal unseal operator
    step-down renew generate sign issue encrypt decrypt build turn-on turn-off toggle fire resolve
    acknowledge ack mute unmute silence pull fetch download restart-app
  `),
);
const READ = new Set(
  words(`
    list ls get describe show view status info inspect head search find query logs log tail history
    diff version help whoami cat print preview plan validate lint check doctor events top explain
    wait scan count stat stats ping health verify metadata size tree du lookup read poll state
    current summary usage quota regions zones versions outputs output test audit compare
    ps env-list printenv details report watch monitor l lsd lsl lsf about listremotes
    files snapshots mounts messages members peers nodes overview cluster_status
    list_queues list_users checks list_exchanges environment examine dump-config capabilities
    estimate simulate dry-run expand schema completion autocomplete docs man whois
  `),
);

const NOUNS = new Set(
  words(`
    release run deploy issue check key config secret snapshot build test log logs lock backup image state export
    import patch request watch link events token tokens keys metadata archive restore resume
    reset-tokens env up status search query alias app credentials secrets access clone files members peers nodes messages
  `),
);

const SECRET =
  /^(get-secret-value|get-parameters?(-by-path)?|access-token|print-access-token|print-identity-token|get-login-password|get-session-token|get-credentials|credentials|token|export-secret|reveal|decrypt|get-authorization-token|access|keys|list-keys|show-connection-string|secrets)$/;

/** Words that look like deeds: no paths, no addresses, no names with dots. */
function deedWords(call: Call): readonly string[] {
  const all = [...call.subcommand, ...call.operands.map((word) => word.value ?? '')];
  const end = all.findIndex((word) => !/^[a-z][a-z0-9:_-]*$/.test(word));
  return (end < 0 ? all : end === 0 ? [] : all.slice(0, end)).slice(0, 5);
}

/** What a call of a client does. The first word that is a deed decides; `skip` words of nouns may stand before it. */
export function deedOf(call: Call): Deed {
  if (
    call.has(
      '--dry-run',
      '--dryrun',
      '--dry',
      '--whatif',
      '--what-if',
      '--noop',
      '--check',
      '--plan-only',
    )
  )
    return 'read';
  const found = deedWords(call);
  for (const [index, word] of found.entries()) {
    const deed = deedOfWord(word);
    if (deed === 'unknown') continue;
    const later = found.slice(index + 1);
    if (deed === 'read') return readingDeed(word, later);
    if (!givesWay(word, index, later))
      return deed === 'change' && saysPurge(call) ? 'destroy' : deed;
  }
  return deedOfOptions(call);
}

/** Many words for reading are things too: `monitor delete`, `versions delete`. What stands behind decides then. */
function readingDeed(word: string, later: readonly string[]): Deed {
  const deeds = later.map(deedOfWord);
  if (deeds.includes('destroy')) return 'destroy';
  if (/^(list|ls|get|describe|show|view|search|help)$/.test(word)) return 'read';
  if (deeds.includes('secret')) return 'secret';
  return deeds[0] === 'change' ? 'change' : 'read';
}

const saysPurge = (call: Call) =>
  call.invocation.argv.some(({ value }) =>
    /^--?(purge|no-backup|remove-all|force-destroy|force-reset|delete-data)$/.test(value ?? ''),
  );

/** `gh release list` lists releases, `gcloud run services delete` deletes: a word that is also a thing gives way to the deed behind it. */
function givesWay(word: string, index: number, later: readonly string[]): boolean {
  const next = later[0] === undefined ? 'unknown' : deedOfWord(later[0]);
  if (deedOfWord(word) === 'change' && next === 'destroy') return true;
  if (NOUNS.has(word) && next !== 'unknown') return true;
  const isService = index === 0 && NOUNS.has(word);
  return isService && later.some((other) => deedOfWord(other) !== 'unknown');
}

/** Clients such as `kafka-topics` say the deed as an option. */
function deedOfOptions(call: Call): Deed {
  if (/-(delete|nuke|purge|destroy)(-|$)/.test(call.program)) return 'destroy';
  const names = call.options.map(({ name }) => name.replace(/^--?/, ''));
  const deeds = names.filter((name) => /^[a-z]{3,}(-[a-z]+)*$/.test(name)).map(deedOfWord);
  if (deeds.includes('destroy')) return 'destroy';
  if (deeds.includes('change') || deeds.includes('secret')) return 'change';
  return deeds.includes('read') && isOptionClient(call) ? 'read' : 'unknown';
}

/** Programs whose deeds are options only; elsewhere `--list` may stand beside a deed that is not known. */
const isOptionClient = (call: Call) =>
  /^(kafka|pulsar|zookeeper)-[a-z-]+(\.sh)?$/.test(call.program) && call.operands.length === 0;

/** The sort of one word such as `delete-bucket`, `apps:destroy` or `list`. */
export function deedOfWord(word: string): Deed {
  // `repo::archive` is a place, not a deed.
  if (word.includes('::')) return 'unknown';
  if (SECRET.test(word)) return 'secret';
  const pieces = word.split(/[:]/).at(-1) ?? word;
  if (DESTROY.has(pieces)) return 'destroy';
  if (READ.has(pieces)) return 'read';
  if (CHANGE.has(pieces)) return 'change';
  const [first, ...rest] = pieces.split(/[-_]/);
  if (first === undefined || rest.length === 0) return 'unknown';
  if (/^(batch|bulk|admin|force|schedule|global|multi)$/.test(first))
    return deedOfWord(rest.join('-').replace(/deletion$/, 'delete'));
  if (rest.at(-1) === 'deletion') return 'destroy';
  if (DESTROY.has(first)) return 'destroy';
  if (READ.has(first)) return 'read';
  if (CHANGE.has(first)) return 'change';
  return DESTROY.has(rest.at(-1) ?? '') ? 'destroy' : 'unknown';
}
