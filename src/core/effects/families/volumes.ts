// Rules on volumes, encryption and mounts.
import { READING } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { disk, text } from './diskRule.ts';

const onlyHas = (call: Call, names: RegExp) =>
  !call.mayHaveHiddenOptions && call.options.every(({ name }) => names.test(name));

/** Requests of debugfs that print; `dump` and `rdump` write files on this machine. */
const DEBUGFS_READS =
  /^(stats|show_super_stats|ls|stat|cat|ncheck|icheck|imap|bmap|blocks|extents|dump_extents|htree|features|pwd|id|params|testb|testi|logdump|block_dump|inode_dump|ex|lsdel|list_deleted_inodes|dirsearch|ea_list|ea_get)\b(?!.* -f\b)/;

function volumeRead(call: Call): boolean {
  switch (call.program) {
    case 'swapon':
      return (
        !call.has('-a', '--all', '-e') &&
        (call.has('--show', '-s', '--summary', '--version') || call.invocation.argv.length === 1)
      );
    case 'losetup':
      return (
        call.has('-a', '--all', '-l', '--list') &&
        onlyHas(call, /^-([alOnJj]|-(all|list|output|noheadings|json|raw|output-all|associated))$/)
      );
    case 'blockdev':
      return call.options.every((option) => /^--(get\w+|report|version|v|q)$/.test(option.name));
    case 'dmsetup':
      return /^(ls|info|status|table|version|deps|targets|help|splitname)\b/.test(text(call));
    case 'fsck':
    case 'e2fsck':
      // With a list of bad blocks even `-n` writes.
      return (
        call.has('-n', '-N', '--version', '-V') &&
        onlyHas(call, /^(-[nNVvtTCfARMdbBEjr]|--version)$/)
      );
    case 'debugfs':
      return DEBUGFS_READS.test(call.valueOf('-R')?.value ?? '') && onlyHas(call, /^-[RcDVbs]$/);
    case 'tune2fs':
    case 'multipath':
      return call.has('-l') && call.options.every(({ name }) => name === '-l');
    case 'hdiutil':
      return /^(info|imageinfo|verify|checksum|plugins)\b/.test(text(call));
    case 'exportfs':
      return call.options.every(({ name }) => /^-[vs]$/.test(name)) && call.operands.length === 0;
    case 'smartctl':
      return !call.has(...words('-t --test -s --set -o --offlineauto -S --saveauto -X --abort'));
    default:
      return true;
  }
}

/** Rules on volumes, encryption and mounts. */
export const volumeRules: readonly Rule[] = [
  disk({
    id: 'disks/volumes-remove',
    programs: words(
      'lvremove vgremove pvremove lvreduce vgreduce lvm pvmove vgcfgrestore lvconvert vgsplit vgmerge',
    ),
    when: {
      none: ['-t', '--test', '--version', '--help'],
      test: (call) =>
        call.program !== 'lvm' ||
        /\b(lvremove|vgremove|pvremove|lvreduce|vgreduce)\b/.test(text(call)),
    },
    severity: 'severe',
    why: 'It removes or shrinks volumes.',
    alternative: '`lvs` and `vgs` show which volume is which.',
    examples: {
      match: ['lvremove vg/data', 'vgremove vg', 'lvm lvremove -f vg/x'],
      noMatch: ['lvs', 'lvremove --test vg/data'],
    },
  }),
  disk({
    id: 'disks/volumes-make',
    programs: words(
      'pvcreate vgcreate lvcreate lvextend vgextend lvresize pvresize lvchange vgchange pvchange vgrename lvrename vgimport vgexport resize2fs xfs_growfs tune2fs e2label fsadm btrfstune losetup swapon swapoff blockdev dmsetup multipath',
    ),
    when: {
      none: [
        '-t',
        '--test',
        '-l',
        '--list',
        '--show',
        '-s',
        '--report',
        '--getsize64',
        '--getsz',
        '--getro',
        '--getss',
        '--getbsz',
        '--version',
      ],
      test: (call) =>
        !(call.program === 'losetup' && call.has('-a', '--all')) &&
        !(call.program === 'multipath' && call.has('-ll', '-v')) &&
        !/^(ls|info|status|table|version|deps|targets|help|splitname)\b/.test(text(call)),
    },
    severity: 'serious',
    why: 'It makes, resizes or switches volumes.',
    alternative: '`lvs` and `lsblk` show what is there.',
    recovery: 'Set the old size or state again; what a smaller size cut off comes from a backup.',
    examples: {
      match: ['pvcreate /dev/sdb', 'swapoff /dev/sda2', 'resize2fs /dev/sdb1', 'dmsetup remove x'],
      noMatch: ['swapon --show', 'losetup -a', 'blockdev --getsize64 /dev/sda', 'dmsetup ls'],
    },
  }),
  disk({
    id: 'disks/volumes-read',
    programs: words(
      'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan swapon losetup blockdev dmsetup dumpe2fs xfs_info e2fsck fsck debugfs smartctl lsscsi tune2fs multipath hdiutil exportfs showmount quota repquota',
    ),
    when: { test: (call) => volumeRead(call) },
    ...READING,
    why: 'It only lists volumes.',
    examples: {
      match: [
        'lvs',
        'swapon --show',
        'dmsetup ls',
        'smartctl -a /dev/sda',
        'debugfs -R stats x.img',
      ],
      noMatch: [
        'dmsetup remove x',
        'fsck -y /dev/sda1',
        'e2fsck -n -c /dev/sda1',
        'debugfs -R "dump /a b" x.img',
        'swapon -a',
        'losetup -l -D',
      ],
    },
  }),
  disk({
    id: 'disks/repair',
    programs: words(
      'fsck e2fsck fsck.ext4 fsck.xfs xfs_repair ntfsfix debugfs btrfs-rescue testdisk',
    ),
    when: {
      test: (call) => !volumeRead(call) && !call.has('--version', '-V'),
    },
    severity: 'serious',
    why: 'It repairs {target} in place, which can lose files.',
    alternative: 'Look first without changing anything: `fsck -n`.',
    examples: {
      match: ['fsck -y /dev/sda1', 'debugfs -w /dev/sda1'],
      noMatch: ['fsck -n /dev/sda1', 'debugfs -R stats /dev/sda1'],
    },
  }),
  disk({
    id: 'disks/encrypt',
    programs: [
      'cryptsetup',
      'hdparm',
      'nvme',
      'sedutil-cli',
      'sg_format',
      'sg_sanitize',
      'veracrypt',
      'bioctl',
      'geli',
    ],
    when: {
      test: (call) =>
        /\b(luksFormat|luksErase|erase|luksKillSlot|luksRemoveKey|luksSuspend|reencrypt|format|sanitize|delete-ns|write|write-zeroes|detach-ns|reset|close|luksClose|remove|open|luksOpen|create|luksAddKey|luksChangeKey|luksHeaderRestore)\b/i.test(
          text(call),
        ) ||
        call.has(
          '--security-erase',
          '--security-erase-enhanced',
          '--security-set-pass',
          '--trim-sector-ranges',
          '--make-bad-sector',
          '--write-sector',
          '--fibmap-x',
          '--yes-i-know-what-i-am-doing',
          '--dco-restore',
        ) ||
        /^(sg_format|sg_sanitize)$/.test(call.program),
    },
    severity: 'severe',
    why: 'It erases, formats or re-keys a disk.',
    examples: {
      match: [
        'cryptsetup luksFormat /dev/sdb',
        'hdparm --security-erase x /dev/sda',
        'nvme format /dev/nvme0n1',
      ],
      noMatch: ['cryptsetup status x', 'hdparm -I /dev/sda', 'nvme list'],
    },
  }),
  disk({
    id: 'disks/mount',
    programs: [
      'mount',
      'umount',
      'fusermount',
      'sshfs',
      'udisksctl',
      'mount.nfs',
      'pivot_root',
      'switch_root',
    ],
    when: {
      test: (call) =>
        call.operands.length > 0 || call.has('-a', '--all', '--bind') || call.program === 'umount',
    },
    verb: 'change-config',
    severity: 'serious',
    reversible: 'effort',
    target: 'none',
    why: 'It mounts or unmounts a file system; what lies below it appears or is hidden.',
    recovery: 'Mount or unmount it again.',
    alternative: undefined,
    examples: { match: ['mount /dev/sdb1 /mnt', 'umount /mnt'], noMatch: ['mount', 'mount -l'] },
  }),
  disk({
    id: 'disks/mount-read',
    programs: ['mount', 'diskutil', 'nvme', 'cryptsetup'],
    when: {
      test: (call) =>
        call.program === 'mount'
          ? call.operands.length === 0 && !call.has('-a', '--all', '-o', '-t=x', '--bind')
          : /^(list|list-ns|list-subsys|list-ctrl|info|status|luksDump|isLuks|smart-log|id-ctrl|id-ns|error-log|version|activity)\b/.test(
              text(call),
            ) ||
            (call.has('--version') && call.operands.length === 0),
    },
    ...READING,
    target: 'none',
    why: 'It only lists.',
    examples: {
      match: ['mount', 'diskutil list', 'nvme list'],
      noMatch: ['mount -a', 'mount /dev/sdb1 /mnt', 'cryptsetup resize x -t 5'],
    },
  }),
];
