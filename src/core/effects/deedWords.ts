// The words with which clients of services say what they do: one list for each sort of deed.
// Invariant: a word that no list knows is `unknown`, never `read`.
import { words } from './words.ts';

export type Deed = 'destroy' | 'stop' | 'change' | 'read' | 'secret' | 'unknown';

const DESTROY = new Set(
  words(`
    delete destroy terminate remove rm rb del purge prune wipe drop nuke erase flush flushall
    flushdb truncate uninstall unpublish revoke deregister deactivate reset empty obliterate
    expunge evict forget unset clear cleanup teardown undeploy unregister expire abandon
    decommission discard kill shred zap rmdir rmi unlink dispose detonate downgrade
    down force-delete batch-delete bulk-delete deletefile purgeall invalidate sanitize
    forget-snapshots unbind disconnect disassociate leave quit shutdown poweroff halt
    vacuum gc compact disable archive unsubscribe detach void clean roll recreate dedupe break-lock
    break-locks rollback revert-deploy stop_app repair quit destroyall killall drain rmdirs undo
    garbage-collection wipe-all delprinc uninstantiate unset-all deregister-all flashall factory-reset
    delprinc unlist unpair undefine expunge-deleted nuke-all rmp rmpool deletetable deletefamily deleterow
    deleteallrows rmm untag-all userdel deluser droprowrange rmr cleanse trim-prefix trim-records reinstall delzone invalidate-remote delete-cascade
  `),
);
/** What runs for others stops, is built anew, or is locked; nothing is deleted. */
const STOP = new Set(
  words(`
    stop halt suspend deallocate hibernate rebuild poweroff-all seal rekey power-off shutdown-all
    cancel abort offline toggle-off failover failover-db-cluster failover-db-instance maintenance:on reboot close-account stop-logging scale-down force-stop stopp pause-cluster set-password apps:transfer
  `),
);
const CHANGE = new Set(
  words(`
    create update put set modify add apply deploy start restart run invoke publish
    push sync copy cp mv move import attach associate enable  scale rotate promote
    rename tag untag edit patch approve merge close reopen transfer upload send trigger rerun
    execute exec login logout configure config use switch restore lock unlock resume up new init register grant assign unassign write replace migrate clone fork join
    redeploy activate bind link pause unpause connect open submit accept reject increase
    decrease resize upgrade install alter rebalance reassign reindex refresh redrive purchase
    request allow deny block unblock  unarchive backup snapshot mount unseal operator
    step-down renew generate sign issue encrypt decrypt build turn-on turn-off toggle fire resolve
    acknowledge ack comment ready checkout mute unmute silence pull fetch download restart-app
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
    start-query estimate simulate dry-run expand retrieve findings lint-all devices logcat presign diagnostic schema completion autocomplete docs man whois
  `),
);

/** Words that are deeds in some calls and things in others. */
export const NOUNS = new Set(
  words(`
    release run deploy issue check key config secret snapshot build test log logs lock backup image state export
    import patch request watch link events token tokens keys metadata archive restore resume
    reset-tokens env operator configure up status search query alias app silence connect credentials secrets access clone files members peers nodes messages
  `),
);

/** Words that say by themselves that a secret is printed. */
const SECRET =
  /^(get-secret-value|get-parameters?(-by-path)?|access-token|print-access-token|print-identity-token|get-login-password|get-session-token|get-credentials|credentials|token|export-secret|reveal|decrypt|get-authorization-token|access|keys|list-keys|show-connection-string|secrets|assume-role[\w-]*|create-access-key|export-credentials|get-federation-token|generate-data-key|create-for-rbac)$/;

/** The sort of one word such as `delete-bucket`, `apps:destroy` or `list`. */
export function deedOfWord(word: string): Deed {
  // `repo::archive` is a place, not a deed.
  if (word.includes('::')) return 'unknown';
  const pieces = word.split(':').reverse();
  const [last = word, ...before] = pieces;
  const deed = STOP.has(word) ? 'stop' : deedOfPiece(last);
  if (deed !== 'unknown') return deed;
  return before.some((piece) => deedOfPiece(piece) === 'destroy') ? 'destroy' : 'unknown';
}

function deedOfPiece(piece: string): Deed {
  if (SECRET.test(piece)) return 'secret';
  const known = deedOfVerb(piece);
  if (known !== 'unknown') return known;
  const [first, ...rest] = piece.split(/[-_]/);
  if (first === undefined || rest.length === 0) return 'unknown';
  if (/^(batch|bulk|admin|force|schedule|global|multi|run)$/.test(first))
    return deedOfPiece(rest.join('-').replace(/deletion$/, 'delete'));
  if (rest.at(-1) === 'deletion' || /^release-(address|hosts|phone)/.test(piece)) return 'destroy';
  // `snapshot-delete`: a word that is also a thing, and what happens to it.
  if (NOUNS.has(first) && /^(delete|destroy|remove|purge|wipe)$/.test(rest.at(-1) ?? ''))
    return 'destroy';
  const byFirst = deedOfVerb(first);
  if (byFirst !== 'unknown') return byFirst;
  return DESTROY.has(rest.at(-1) ?? '') ? 'destroy' : 'unknown';
}

function deedOfVerb(word: string): Deed {
  if (DESTROY.has(word)) return 'destroy';
  if (STOP.has(word)) return 'stop';
  if (READ.has(word)) return 'read';
  return CHANGE.has(word) ? 'change' : 'unknown';
}
