// Rules on programs by which a running service is told what to do: queues, caches, zones, clusters of disks.
// Invariant: what the table does not name stays unknown; only the listed words raise a call.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { system } from './systemRule.ts';
import { fitsTable, said, type WordTable } from './wordTable.ts';

/** What takes something away for good, by program; the text is every word of the call. */
const LOSSES: WordTable = {
  postsuper: /(^|\s)-[a-zA-Z]*d/,
  exim: /(^|\s)-M(rm|g|ar|b)\b/,
  exim4: /(^|\s)-M(rm|g|ar|b)\b/,
  'memcached-tool': /\bflush/,
  memcflush: /^/,
  memcrm: /./,
  varnishadm: /\b(ban|stop|vcl\.discard|storage\.\w+)\b/,
  squidclient: /\b(PURGE|shutdown)\b/,
  knotc: /\b(zone-(purge|drop|abort)|conf-unset|stop)\b/,
  pdns_control: /\b(quit|purge)\b/,
  rec_control: /\b(quit|wipe-cache|clear-\w+)\b/,
  'unbound-control': /\b(stop|flush\w*|\w+_remove|forward_remove)\b/,
  keyctl: /^\s*(purge|clear|revoke|unlink|invalidate|reap)\b/,
  tmpreaper: /./,
  tmpwatch: /./,
  curator: /./,
  ceph: /\b(rm|remove|purge|delete|destroy|zap|down|fail|evict|lost|crush-remove|reset)\b/,
  rados: /\b(rm|rmpool|purge|cppool|clearomap)\b/,
  rbd: /\b(rm|remove|purge|rollback|flatten|resize)\b/,
  gluster: /\b(delete|stop|detach|remove-brick|reset|rollback)\b/,
  drbdadm: /\b(wipe-md|create-md|invalidate|down|detach|disconnect|secondary)\b/,
  pcs: /\b(delete|destroy|remove|stop|kill|standby|disable|cleanup|fence)\b/,
  crm: /\b(delete|erase|stop|standby|fence|cleanup)\b/,
  targetcli: /\b(delete|clearconfig|restoreconfig)\b/,
  iscsiadm: /--logout(all)?\b|(^|\s)-u(\s|$)|--op[= ]delete|-o delete/,
  dkms: /^\s*(remove|uninstall)\b/,
  mokutil: /--(reset|delete|disable-validation|revoke-\w+)\b/,
  tpm2_clear: /^/,
  tpm2_evictcontrol: /^/,
  avdmanager: /\bdelete\b/,
  sdkmanager: /--uninstall\b/,
  'salt-key': /(^|\s)(-[dD]|--delete(-all)?|-R|--reject-all)\b/,
  puppet:
    /\b(ensure=(absent|purged|stopped)|node (purge|clean|deactivate)|cert(ificate)? (clean|revoke|destroy)|ssl clean)\b/,
  'puppetserver-ca': /\b(clean|revoke)\b/,
  knife: /\b(delete|purge|bulk delete)\b/,
  'chef-server-ctl': /\b(cleanse|uninstall|user-delete|org-delete|stop|kill)\b/,
  cobbler: /\b(remove|reset)\b/,
  onedatastore: /\b(delete|disable)\b/,
  oneimage: /\bdelete\b/,
  onevm: /\b(terminate|recover|poweroff|undeploy)\b/,
  slurmctld: /./,
  scancel: /./,
  scontrol: /\b(delete|shutdown|update|requeue|suspend)\b/,
  qdel: /./,
  bkill: /./,
};

/** What stops a service or takes it off, and starts again when it is told so. */
const STOPS: WordTable = {
  a2dissite: /./,
  a2dismod: /./,
  a2disconf: /./,
  squid: /-k\s*(shutdown|interrupt|kill)\b/,
  openvpn: /--rmtun\b/,
  asterisk: /-[a-z]*x\b.*\b(stop|restart|unload|hangup|halt)\b/,
  fs_cli: /\b(shutdown|fsctl|unload|hupall)\b/,
  nsenter: /(^|\s)(-t|--target)[= ]?1(\s|$)/,
  systemsetup: /-set\w+/,
  uwsgi: /--(stop|reload)\b/,
  'puppet-agent': /--disable\b/,
  rfkill: /\bblock\b/,
  doveadm: /\b(expunge|kick|stop|mailbox delete|flags remove|purge|move)\b/,
  kamctl: /\b(rm|stop|restart)\b/,
  'rabbitmq-queues': /\b(delete\w*|shrink)\b/,
};

const PREVIEWS = /(^|\s)(--test|--dry-?run|--noop|-n=x)(\s|$)/;

const tells = (table: WordTable) => (call: Call) =>
  fitsTable(table)(call) && !PREVIEWS.test(said(call));

/** What these programs only list; everything else of them stays unknown. */
const LISTS: WordTable = {
  postqueue: /^(-p|-j)$/,
  mailq: /^$/,
  varnishadm:
    /^(status|ping|ban\.list|vcl\.list|backend\.list|param\.show( \w+)?|storage\.list|banner)$/,
  'unbound-control': /^(status|stats_noreset|list_\w+|lookup \S+)$/,
  knotc: /^(status|zone-status|conf-check|stats)( \S+)?$/,
  rec_control: /^(ping|get-all|current-queries|version)$/,
  pdns_control: /^(ping|list|show '?\*'?|version|uptime)$/,
  keyctl: /^(show|list @\w+|describe \S+)$/,
  ceph: /^(-s|status|health( detail)?|df( detail)?|osd (tree|df|status|ls|dump|stat)|mon (stat|dump)|pg (stat|dump)|mgr (dump|services)|versions|version)$/,
  rados: /^(lspools|df)$/,
  rbd: /^(ls|list|info \S+|du|status \S+|snap ls \S+)$/,
  gluster: /^(volume (info|status|list)|peer status|pool list)( \S+)?$/,
  drbdadm: /^(status|cstate|dstate|role|dump)( \S+)?$/,
  pcs: /^(status|config|resource (show|config|status)|constraint( list)?|property( show)?)( \S+)?$/,
  dkms: /^status$/,
  mokutil: /^--(sb-state|list-enrolled|list-new)$/,
  'salt-key': /^(-L|--list-all|-l \w+)$/,
  squeue: /^/,
  sinfo: /^/,
  sacct: /^/,
  a2query: /^/,
  'memcached-tool': /^\S+( (stats|display|sizes|settings))?$/,
  avdmanager: /^list( (avd|device|target))?s?$/,
  sdkmanager: /^--(list|version)$/,
};

/** Rules on what a running service is told. */
export const daemonRules: readonly Rule[] = [
  system({
    id: 'system/daemon-loss',
    programs: Object.keys(LOSSES),
    when: { test: tells(LOSSES) },
    verb: 'delete',
    category: 'data-mutation',
    reversible: 'no',
    reach: 'shared',
    why: 'It tells a service to throw something away: {target}.',
    recovery: 'What the service threw away comes only from a backup.',
    alternative: 'List what it would hit first.',
    examples: {
      match: [
        'postsuper -d ALL',
        'memcached-tool localhost:11211 flush',
        'ceph osd pool delete data data --yes-i-really-really-mean-it',
        'rbd rm pool/image',
        'salt-key -D -y',
        'keyctl purge user',
      ],
      noMatch: ['postqueue -p', 'ceph status', 'rbd ls', 'salt-key -L', 'tmpreaper --test 1h /tmp'],
    },
  }),
  system({
    id: 'system/daemon-stop',
    programs: Object.keys(STOPS),
    when: { test: tells(STOPS) },
    why: 'It takes a service or a part of the machine off: {target}.',
    recovery: 'Switch it on again with the same program.',
    examples: {
      match: [
        'a2dissite shop',
        'squid -k shutdown',
        "asterisk -rx 'core stop now'",
        'nsenter -t 1 -a',
      ],
      noMatch: ['squid -k parse', "asterisk -rx 'core show channels'"],
    },
  }),
  reader(
    'system/daemon-read',
    Object.keys(LISTS),
    {
      test: (call) => fitsTable(LISTS)(call) && !call.mayHaveHiddenOptions,
    },
    {
      match: [
        'postqueue -p',
        'ceph -s',
        'rbd ls',
        'varnishadm status',
        'knotc zone-status',
        'squeue -u bob',
      ],
      noMatch: ['postqueue -f', 'ceph osd down 1', 'varnishadm ban req.url', 'knotc stop'],
    },
    'none',
  ),
];
