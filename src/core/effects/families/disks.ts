// Disks, file systems and volumes: what wipes them, what changes them, what only lists them.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, Rule, Target } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

function disk(spec: Spec): Rule {
  return {
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'extreme',
    reversible: 'no',
    reach: 'machine',
    target: devices,
    recovery: 'Only a backup of the disk helps.',
    alternative: '`lsblk` shows which disk is which.',
    ...spec,
  };
}

/** Operands that name a disk; where none does, the call as a whole. */
function devices(call: Call, context: EffectContext): readonly Target[] {
  const found = call.operands.filter((word) => /^\/|=\//.test(word.value ?? '/'));
  if (found.length === 0) return [{ kind: 'none', name: call.program }];
  return found.map((word) => pathTarget(word, call, context));
}

const ddOutput = (call: Call) =>
  call.operands.find((word) => (word.value ?? word.text).startsWith('of='));

function ddTarget(call: Call, context: EffectContext): readonly Target[] {
  const word = ddOutput(call);
  if (!word) return [];
  if (word.value === undefined) return [{ kind: 'path', name: word.text, place: 'unknown' }];
  return [pathTarget({ ...word, value: word.value.slice(3) }, call, context)];
}

const text = (call: Call) => call.operands.map((word) => word.value ?? '').join(' ');

const MKFS = words(`
  mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.msdos mkfs.ntfs mkfs.exfat mkfs.f2fs
  mkfs.minix mkfs.reiserfs mkfs.jfs mkfs.bfs mkfs.cramfs mkfs.nilfs2 mkfs.udf mke2fs mkntfs mkdosfs mkswap mkreiserfs newfs format
`);
/** `-n` pretends for ext2–4 and exfat; for FAT it is the name of the volume. */
const onlyPretends = (call: Call) =>
  /ext[234]$|^mke2fs$|exfat$|xfs$|ntfs$/.test(call.program) &&
  call.has(call.program.endsWith('xfs') ? '-N' : '-n');

const PARTITION = words(
  'fdisk sfdisk cfdisk parted gdisk sgdisk cgdisk partx delpart addpart resizepart partprobe kpartx gparted growpart',
);

export const disksFamily: Family = {
  name: 'disks',
  about: 'Disks, file systems and volumes.',
  syntax: [
    { programs: PARTITION, valueOptions: ['-b', '-t', '-H', '-S', '-C'], abbreviates: false },
    { programs: MKFS, valueOptions: words('-t -L -U -b -N -m -O -E -d'), abbreviates: false },
    { programs: ['wipefs'], valueOptions: ['-o', '-t', '-O', '--offset', '--types', '--output'] },
    {
      programs: words('zpool zfs btrfs lvm mdadm cryptsetup nvme hdparm diskutil'),
      abbreviates: false,
    },
  ],
  rules: [
    disk({
      id: 'disks/dd',
      programs: ['dd', 'dcfldd', 'dc3dd', 'ddrescue', 'gdd'],
      when: { test: (call) => ddOutput(call) !== undefined || call.program === 'ddrescue' },
      severity: 'moderate',
      target: ddTarget,
      why: 'It writes raw bytes over {target}.',
      examples: {
        match: ['dd if=a.img of=/dev/sdb bs=4M', 'dd if=/dev/zero of=file bs=1M count=1'],
        noMatch: ['dd if=a.img bs=1'],
      },
    }),
    disk({
      id: 'disks/dd-read',
      programs: ['dd', 'gdd'],
      when: { test: (call) => ddOutput(call) === undefined && !call.mayHaveHiddenOptions },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      target: 'none',
      why: 'It only reads.',
      recovery: 'Nothing to undo.',
      examples: { match: ['dd if=a.img bs=1 count=1'], noMatch: ['dd if=a of=b'] },
    }),
    disk({
      id: 'disks/make-file-system',
      programs: MKFS,
      when: {
        none: ['--version', '-V', '--help'],
        test: (call) => call.operands.length > 0 && !onlyPretends(call),
      },
      why: 'It makes a new file system on {target}; what was there is lost.',
      examples: {
        match: ['mkfs.ext4 /dev/sdb1', 'mkswap /dev/sdb2'],
        noMatch: ['mkfs.ext4 -V', 'mkfs.ext4 -n /dev/sdb1'],
      },
    }),
    disk({
      id: 'disks/partition',
      programs: PARTITION,
      when: {
        test: (call) => !listsPartitions(call),
        operands: { min: 1 },
      },
      severity: 'severe',
      why: 'It changes the partitions of {target}.',
      examples: {
        match: ['fdisk /dev/sda', 'parted /dev/sda mklabel gpt', 'sgdisk -Z /dev/sda'],
        noMatch: ['fdisk -l', 'parted -l', 'parted /dev/sda print', 'sfdisk -d /dev/sda'],
      },
    }),
    disk({
      id: 'disks/partition-script',
      programs: ['sfdisk', 'parted', 'sgdisk', 'gdisk', 'fdisk'],
      when: {
        any: [
          '-Z',
          '--zap-all',
          '-z',
          '--zap',
          '--delete',
          '--wipe',
          '-o',
          '--clear',
          '-A',
          '--activate',
          '--relocate',
          '-R',
          '-G',
          '-N',
          '--mbrtogpt',
          '-n=x',
        ],
        test: (call) => !listsPartitions(call),
      },
      severity: 'severe',
      why: 'It wipes or changes the partitions of {target}.',
      examples: {
        match: ['sgdisk --zap-all /dev/sda', 'sfdisk --delete /dev/sda 1'],
        noMatch: ['sgdisk -p /dev/sda'],
      },
    }),
    disk({
      id: 'disks/partition-read',
      programs: PARTITION,
      when: {
        test: (call) => !call.mayHaveHiddenOptions && listsPartitions(call),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only lists partitions.',
      recovery: 'Nothing to undo.',
      examples: { match: ['fdisk -l', 'parted /dev/sda print'], noMatch: ['fdisk /dev/sda'] },
    }),
    disk({
      id: 'disks/wipe',
      programs: words('wipefs blkdiscard badblocks scrub nwipe dban secure-delete sfill sswap'),
      when: {
        test: (call) =>
          call.program === 'wipefs'
            ? call.has('-a', '--all', '-o', '--offset') && !call.has('-n', '--no-act')
            : call.program === 'badblocks'
              ? call.has('-w')
              : true,
      },
      why: 'It wipes {target}.',
      examples: {
        match: ['wipefs -a /dev/sda', 'blkdiscard /dev/sda', 'badblocks -w /dev/sda'],
        noMatch: ['wipefs /dev/sda', 'wipefs -n -a /dev/sda'],
      },
    }),
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
          !/^(ls|info|status|table|version|deps|targets|help|splitname)\b/.test(text(call)),
      },
      severity: 'serious',
      why: 'It makes, resizes or switches volumes.',
      examples: {
        match: [
          'pvcreate /dev/sdb',
          'swapoff /dev/sda2',
          'resize2fs /dev/sdb1',
          'dmsetup remove x',
        ],
        noMatch: ['swapon --show', 'losetup -a', 'blockdev --getsize64 /dev/sda', 'dmsetup ls'],
      },
    }),
    disk({
      id: 'disks/volumes-read',
      programs: words(
        'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan swapon losetup blockdev dmsetup dumpe2fs xfs_info e2fsck fsck debugfs smartctl lsscsi',
      ),
      when: { test: (call) => volumeRead(call) },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only lists volumes.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['lvs', 'swapon --show', 'dmsetup ls', 'smartctl -a /dev/sda'],
        noMatch: ['dmsetup remove x', 'fsck -y /dev/sda1'],
      },
    }),
    disk({
      id: 'disks/repair',
      programs: words(
        'fsck e2fsck fsck.ext4 fsck.xfs xfs_repair ntfsfix debugfs btrfs-rescue testdisk',
      ),
      when: { none: ['-n', '-N', '--version', '-V'] },
      severity: 'serious',
      why: 'It repairs {target} in place, which can lose files.',
      examples: { match: ['fsck -y /dev/sda1'], noMatch: ['fsck -n /dev/sda1'] },
    }),
    disk({
      id: 'disks/pools',
      programs: ['zpool', 'zfs', 'btrfs', 'mdadm', 'bcachefs', 'gluster', 'ceph', 'rbd', 'rados'],
      when: {
        none: ['-n', '--dry-run'],
        test: (call) =>
          /\b(destroy|labelclear|rollback|remove|detach|offline|split|replace|delete|promote|purge|zero-superblock|rm|wipe|reset|stop|trash|zap|lost|purge-snaps)\b/.test(
            text(call),
          ) ||
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
      examples: {
        match: [
          'zpool destroy tank',
          'zfs destroy -r tank/a',
          'btrfs subvolume delete /mnt/a',
          'mdadm --zero-superblock /dev/sdb',
          'mdadm --stop /dev/md0',
        ],
        noMatch: ['zpool status', 'zfs list', 'mdadm --detail /dev/md0'],
      },
    }),
    disk({
      id: 'disks/pools-read',
      programs: ['zpool', 'zfs', 'btrfs', 'mdadm'],
      when: {
        test: (call) =>
          /^(list|status|get|history|iostat|events|filesystem (show|df|usage|du)|subvolume (list|show)|device stats|scrub status|version|diff|holds)\b/.test(
            text(call),
          ) ||
          (call.program === 'mdadm' &&
            call.has('--detail', '-D', '--examine', '-E', '--query', '-Q', '--version', '-V') &&
            !call.has('--stop', '-S', '--zero-superblock', '--create', '-C')),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only lists.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['zpool status', 'zfs list', 'mdadm --detail /dev/md0'],
        noMatch: ['zpool destroy tank'],
      },
    }),
    disk({
      id: 'disks/pools-change',
      programs: ['zpool', 'zfs', 'btrfs', 'mdadm'],
      when: {
        test: (call) =>
          /^(create|set|add|attach|import|export|scrub start|snapshot|mount|unmount|umount|send|receive|recv|clone|rename|online|clear|trim|upgrade|balance|subvolume (create|snapshot)|device add|property|quota|inherit|share|unshare|allow|reguid|resilver|initialize|bookmark|hold|release|filesystem (resize|defragment|label))\b/.test(
            text(call),
          ) ||
          (call.program === 'mdadm' &&
            call.has('--assemble', '-A', '--grow', '-G', '--add', '-a', '--manage', '--monitor')),
      },
      severity: 'serious',
      reversible: 'effort',
      why: 'It changes a pool, a data set or an array.',
      examples: {
        match: ['zpool create tank sdb', 'zfs set compression=on tank'],
        noMatch: ['zfs list'],
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
      id: 'disks/mac',
      programs: ['diskutil', 'asr', 'newfs_apfs', 'hdiutil'],
      when: {
        test: (call) =>
          /\b(erase\w*|partitionDisk|secureErase|zeroDisk|randomDisk|reformat|splitPartition|mergePartitions|resizeVolume|deleteVolume|deleteContainer|delete\w*|restore|unmountDisk|eject)\b/i.test(
            text(call),
          ) || call.has('--erase'),
      },
      severity: 'severe',
      why: 'It erases or repartitions a disk.',
      examples: {
        match: ['diskutil eraseDisk APFS X disk2', 'diskutil apfs deleteContainer disk1'],
        noMatch: ['diskutil list'],
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
      when: { operands: { min: 1 } },
      verb: 'change-config',
      severity: 'serious',
      reversible: 'effort',
      target: 'none',
      why: 'It mounts or unmounts a file system; what lies below it appears or is hidden.',
      recovery: 'Mount or unmount it again.',
      examples: { match: ['mount /dev/sdb1 /mnt', 'umount /mnt'], noMatch: ['mount', 'mount -l'] },
    }),
    disk({
      id: 'disks/mount-read',
      programs: ['mount', 'diskutil', 'hdparm', 'nvme', 'cryptsetup'],
      when: {
        test: (call) =>
          call.program === 'mount'
            ? call.operands.length === 0 && !call.has('-a', '--all', '-o', '-t=x', '--bind')
            : /^(list|info|status|luksDump|isLuks|smart-log|id-ctrl|id-ns|error-log|version|activity)\b/.test(
                text(call),
              ) || call.has('-I', '-i', '-t', '-T', '-g', '--version'),
      },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      target: 'none',
      why: 'It only lists.',
      recovery: 'Nothing to undo.',
      examples: {
        match: ['mount', 'diskutil list', 'nvme list'],
        noMatch: ['mount -a', 'mount /dev/sdb1 /mnt'],
      },
    }),
  ],
};

/** Options with which each partition tool only lists or only pretends; every program has its own letters. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  fdisk: words('-l --list -x --list-details -s --getsz -v -V --version'),
  sfdisk: words(
    '-l --list -F --list-free -d --dump -J --json -s --show-size -g --show-geometry -G --show-pt-geometry -T --list-types -v --version -V --verify -n --no-act',
  ),
  gdisk: ['-l'],
  cfdisk: words('-r --read-only -V --version'),
  parted: words('-l --list -v --version'),
  partx: words('-s --show -l --list -P --pairs -r --raw -V --version'),
  partprobe: words('-d --dry-run -v --version'),
  kpartx: ['-l'],
  growpart: words('-N --dry-run -h --help'),
};
const SGDISK_READS = words(
  '-p --print -i --info -v --verify -E --end-of-largest -F --first-aligned-in-largest -f --first-in-largest -D --display-alignment -L --list-types -V --version -O --print-mbr',
);

function listsPartitions(call: Call): boolean {
  if (call.program === 'sgdisk')
    return (
      call.has('-P', '--pretend') ||
      (call.options.length > 0 && call.options.every(({ name }) => SGDISK_READS.includes(name)))
    );
  return isPartitionRead(call) || call.has(...(LISTS[call.program] ?? []));
}

function isPartitionRead(call: Call): boolean {
  const found = text(call);
  if (call.program !== 'parted') return false;
  return (
    /(^|\s)(print|p|unit \w+ print|help|version|align-check \S+ \S+)(\s+(free|list|all|devices|\d+))?$/.test(
      found,
    ) && !/\b(mklabel|mktable|mkpart|rm|resizepart|set|toggle|name|rescue|disk_set)\b/.test(found)
  );
}

function volumeRead(call: Call): boolean {
  switch (call.program) {
    case 'swapon':
      return (
        call.has('--show', '-s', '--summary', '--version') || call.invocation.argv.length === 1
      );
    case 'losetup':
      return call.has('-a', '--all', '-l', '--list') && !call.has('-d', '-D');
    case 'blockdev':
      return call.options.every((option) => /^--(get\w+|report|version|v|q)$/.test(option.name));
    case 'dmsetup':
      return /^(ls|info|status|table|version|deps|targets|help|splitname)\b/.test(text(call));
    case 'fsck':
    case 'e2fsck':
      return call.has('-n', '-N', '--version', '-V');
    case 'debugfs':
      return !call.has('-w');
    case 'smartctl':
      return !call.has('-t', '--test', '-s', '--set');
    default:
      return true;
  }
}
