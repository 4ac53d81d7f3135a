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
    vacuum gc compact
  `),
);
const CHANGE = new Set(
  words(`
    create update put set modify add apply deploy start stop restart reboot run invoke publish
    push sync copy cp mv move import attach detach associate enable disable scale rotate promote
    rename tag untag edit patch approve merge close reopen transfer upload send trigger rerun
    execute exec login logout configure config use switch restore rollback cancel lock unlock suspend
    resume up new init register grant assign unassign write replace migrate clone fork join
    rebuild redeploy activate bind link pause unpause connect open submit accept reject increase
    decrease resize upgrade install alter rebalance reassign reindex refresh redrive purchase
    request allow deny block unblock archive unarchive backup snapshot mount seal unseal operator
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
    list_queues list_users list_exchanges environment examine dump-config capabilities
    estimate simulate dry-run expand schema completion autocomplete docs man whois
  `),
);

const NOUNS = new Set(
  words(`
    release run deploy key config secret snapshot build test log logs lock backup image state export
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
    const next = found[index + 1];
    // `gh release list` lists releases: a word that is also a thing gives way to the deed behind it.
    const isThing = NOUNS.has(word) && next !== undefined && deedOfWord(next) !== 'unknown';
    if (deed !== 'unknown' && !isThing) return deed;
  }
  return 'unknown';
}

/** The sort of one word such as `delete-bucket`, `apps:destroy` or `list`. */
export function deedOfWord(word: string): Deed {
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
