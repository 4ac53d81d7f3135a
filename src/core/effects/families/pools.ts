// Rules on pools, arrays and storage clusters: zfs, btrfs, mdadm, ceph, gluster.
import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { disk, text } from './diskRule.ts';

/** `zfs destroy -nv` and the like only show; elsewhere `-n` is the name of something. */
const isPoolPreview = (call: Call) =>
  (/^(zfs|zpool)$/.test(call.program) && pretends(call, '-n')) || pretends(call, '--dry-run');

/** Rules on pools, arrays and storage clusters. */
export const poolRules: readonly Rule[] = [
  disk({
    id: 'disks/pools',
    programs: words(
      'zpool zfs btrfs mdadm bcachefs gluster ceph rbd rados radosgw-admin drbdadm iscsiadm targetcli multipathd rook-ceph cephadm',
    ),
    when: {
      test: (call) =>
        (!isPoolPreview(call) &&
          /\b(destroy|labelclear|rollback|remove|detach|offline|split|replace|delete|promote|purge|zero-superblock|rm|rmpool|wipe|reset|stop|trash|zap|lost|purge-snaps|invalidate\S*|wipe-md|rm-cluster|del map)\b/.test(
            `${text(call)} ${call.valueOf('-k')?.value ?? ''}`,
          )) ||
        (call.program === 'btrfs' &&
          /^(check|rescue)\b/.test(text(call)) &&
          call.has('--repair', '--init-csum-tree', '--init-extent-tree')) ||
        (call.program === 'iscsiadm' && call.has('-u', '--logout')) ||
        (call.program === 'mdadm' &&
          call.has(
            '--zero-superblock',
            '--stop',
            '-S',
            '--fail',
            '-f',
            '--remove',
            '-r',
            '--create',
            '-C',
          )),
    },
    severity: 'severe',
    why: 'It destroys or takes apart a pool, a data set or an array.',
    alternative: 'List what is there first: `zfs list -t all`, `zpool status`, `mdadm --detail`.',
    examples: {
      match: [
        'zpool destroy tank',
        'zfs destroy -r tank/a',
        'btrfs subvolume delete /mnt/a',
        'mdadm --zero-superblock /dev/sdb',
        'mdadm --stop /dev/md0',
      ],
      noMatch: ['zpool status', 'zfs list', 'mdadm --detail /dev/md0', 'zfs destroy -nv tank/a'],
    },
  }),
  disk({
    id: 'disks/pools-read',
    programs: words('zpool zfs btrfs mdadm ceph rbd rados gluster drbdadm iscsiadm'),
    when: {
      test: (call) =>
        isPoolPreview(call) ||
        (call.program === 'zfs' && /^send\b/.test(text(call))) ||
        /^(list|ls|status|get|history|iostat|events|filesystem (show|df|usage|du)|subvolume (list|show)|device (stats|usage)|scrub status|balance status|version|diff|holds|health( detail)?|df|-s|osd (tree|df|ls|stat|dump|pool ls)|mon (stat|dump)|pg (stat|dump)|fs (ls|status)|lspools|info|showmapped|volume (info|list|status)|peer status|pool list|dstate|cstate|role)\b/.test(
          text(call),
        ) ||
        (call.program === 'mdadm' &&
          call.has('--detail', '-D', '--examine', '-E', '--query', '-Q', '--version', '-V') &&
          !call.has('--stop', '-S', '--zero-superblock', '--create', '-C')),
    },
    ...READING,
    why: 'It only lists.',
    examples: {
      match: [
        'zpool status',
        'zfs list',
        'mdadm --detail /dev/md0',
        'ceph osd tree',
        'zfs destroy -n tank/a',
      ],
      noMatch: ['zpool destroy tank', 'ceph osd purge 1'],
    },
  }),
  disk({
    id: 'disks/pools-change',
    programs: ['zpool', 'zfs', 'btrfs', 'mdadm'],
    when: {
      test: (call) =>
        /^(create|set|add|attach|import|export|scrub start|mount|unmount|umount|receive|recv|clone|rename|online|clear|trim|upgrade|balance|device add|property|quota|inherit|share|unshare|allow|reguid|resilver|initialize|bookmark|hold|release|filesystem (resize|defragment|label))\b/.test(
          text(call),
        ) ||
        (call.program === 'mdadm' &&
          call.has('--assemble', '-A', '--grow', '-G', '--add', '-a', '--manage', '--monitor')),
    },
    severity: 'serious',
    reversible: 'effort',
    why: 'It changes a pool, a data set or an array: {target}.',
    alternative: 'List what is there first: `zfs get all`, `zpool status`.',
    recovery: 'Set the old value again; data that a device lost comes from a backup.',
    examples: {
      match: ['zpool create tank sdb', 'zfs set compression=on tank'],
      noMatch: ['zfs list'],
    },
  }),
  disk({
    id: 'disks/pools-keep',
    programs: ['zfs', 'zpool', 'btrfs', 'lvcreate'],
    when: {
      test: (call) =>
        !isPoolPreview(call) &&
        /^(snapshot|checkpoint|bookmark|hold|subvolume (create|snapshot))\b/.test(text(call)),
    },
    verb: 'create',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'yes',
    target: 'none',
    why: 'It keeps a snapshot or makes a new part of a pool; nothing is lost.',
    recovery: 'Delete the snapshot again.',
    alternative: undefined,
    examples: {
      match: ['zfs snapshot tank/data@today', 'btrfs subvolume snapshot / /snap'],
      noMatch: ['zfs destroy tank/data@today', 'zfs rollback tank/data@today'],
    },
  }),
];
