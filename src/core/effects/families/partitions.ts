// Rules on whole disks: raw writes, file systems, partitions, wiping.

import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { disk, MKFS, PARTITION, text } from './diskRule.ts';

const ddOutput = (call: Call) =>
  call.operands.find((word) => (word.value ?? word.text).startsWith('of='));

function ddTarget(call: Call, context: EffectContext): readonly Target[] {
  const word = ddOutput(call);
  if (!word) return [];
  if (word.value === undefined) return [{ kind: 'path', name: word.text, place: 'unknown' }];
  return [pathTarget({ ...word, value: word.value.slice(3) }, call, context)];
}

/** Every operand is an image file by its name, and none a device. */
const isOnFile = (call: Call) =>
  call.operands.length > 0 &&
  !call.mayHaveHiddenOptions &&
  call.operands.every((word) =>
    /(^\d+[kmgKMG]?$|\.(img|iso|raw|ext[234]|fs|qcow2|bin|image)$)/.test(word.value ?? ''),
  ) &&
  !call.operands.some((word) => (word.value ?? '/dev/').startsWith('/dev/'));

/** The source never ends, and no `count=` says when to stop. */
const isEndless = (call: Call) =>
  call.operands.some((word) => /^if=\/dev\/(zero|u?random|full)$/.test(word.value ?? '')) &&
  !call.operands.some((word) => /^count=/.test(word.value ?? word.text)) &&
  !/^of=\/dev\//.test(ddOutput(call)?.value ?? '');

/** `-n` pretends for ext2–4 and exfat; for FAT it is the name of the volume. */
const onlyPretends = (call: Call) =>
  /ext[234]$|^mke2fs$|exfat$|xfs$|ntfs$/.test(call.program) &&
  call.has(call.program.endsWith('xfs') ? '-N' : '-n');

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

/** Options beside those that change nothing: units, colours, columns, how much is said. */
const PLAIN = words(
  '-q --quiet --color -L -u --units --unit -b --sector-size -o --output -n --noheadings -t --type --lock -m --machine -j --json -s --script --bytes -B --protect-boot -w --wipe -W --wipe-partitions -f --force --nr',
);

const SGDISK_READS = words(
  '-p --print -i --info -v --verify -E --end-of-largest -F --first-aligned-in-largest -f --first-in-largest -D --display-alignment -L --list-types -V --version -O --print-mbr',
);

function listsPartitions(call: Call): boolean {
  if (call.program === 'sgdisk')
    return (
      call.has('-P', '--pretend') ||
      (call.options.length > 0 && call.options.every(({ name }) => SGDISK_READS.includes(name)))
    );
  if (isPartitionRead(call)) return true;
  const lists = LISTS[call.program] ?? [];
  // The last option that says what to do decides: `sfdisk -l --activate` activates.
  const isPlain = call.options.every(({ name }) => [...lists, ...PLAIN].includes(name));
  return call.has(...lists) && (isPlain || pretends(call, '-n', '--no-act', '-N', '--dry-run'));
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

/** Rules on whole disks: raw writes, file systems, partitions, wiping. */
export const partitionRules: readonly Rule[] = [
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
    id: 'disks/dd-empty',
    programs: ['dd', 'gdd', 'dcfldd'],
    when: {
      test: (call) =>
        ddOutput(call) !== undefined &&
        call.operands.some(({ value }) => value === 'if=/dev/null') &&
        !call.operands.some(({ value }) => /^seek=/.test(value ?? '')),
    },
    severity: 'serious',
    target: ddTarget,
    why: 'It empties {target}.',
    recovery: 'Restore it from version control or a backup.',
    examples: {
      match: ['dd if=/dev/null of=app.db'],
      noMatch: ['dd if=/dev/zero of=a bs=1M count=1', 'dd if=/dev/null of=a seek=1G bs=1'],
    },
  }),
  disk({
    id: 'disks/dd-endless',
    programs: ['dd', 'gdd', 'dcfldd'],
    when: { test: (call) => ddOutput(call) !== undefined && isEndless(call) },
    severity: 'serious',
    target: ddTarget,
    why: 'It writes to {target} without end, until the disk is full.',
    recovery: 'Stop it, and delete the file.',
    alternative: 'Say how much: `count=10`.',
    examples: {
      match: ['dd if=/dev/zero of=/tmp/fill bs=1M', 'dd if=/dev/urandom of=big'],
      noMatch: ['dd if=/dev/zero of=/tmp/fill bs=1M count=10', 'dd if=a of=b'],
    },
  }),
  disk({
    id: 'disks/dd-read',
    programs: ['dd', 'gdd'],
    when: { test: (call) => ddOutput(call) === undefined && !call.mayHaveHiddenOptions },
    ...READING,
    target: 'none',
    why: 'It only reads.',
    examples: { match: ['dd if=a.img bs=1 count=1'], noMatch: ['dd if=a of=b'] },
  }),
  disk({
    id: 'disks/make-file-system',
    programs: MKFS,
    when: {
      none: ['--version', '-V', '--help'],
      test: (call) => call.operands.length > 0 && !onlyPretends(call) && !isOnFile(call),
    },
    why: 'It makes a new file system on {target}; what was there is lost.',
    examples: {
      match: ['mkfs.ext4 /dev/sdb1', 'mkswap /dev/sdb2'],
      noMatch: ['mkfs.ext4 -V', 'mkfs.ext4 -n /dev/sdb1', 'mkfs.ext4 disk.img'],
    },
  }),
  disk({
    id: 'disks/make-image',
    programs: MKFS,
    when: { test: (call) => !onlyPretends(call) && isOnFile(call) },
    severity: 'moderate',
    reversible: 'effort',
    reach: 'workspace',
    target: 'first',
    why: 'It makes a file system in the file {target}; what was in the file is lost.',
    recovery: 'Make the image again.',
    alternative: undefined,
    examples: { match: ['mkfs.ext4 disk.img'], noMatch: ['mkfs.ext4 /dev/sdb1', 'mkfs.ext4 $DEV'] },
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
    ...READING,
    why: 'It only lists partitions.',
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
    id: 'disks/mac',
    programs: ['diskutil', 'asr', 'newfs_apfs', 'hdiutil'],
    when: {
      test: (call) =>
        /\b(detach|erase\w*|partitionDisk|secureErase|zeroDisk|randomDisk|reformat|splitPartition|mergePartitions|resizeVolume|deleteVolume|deleteContainer|delete\w*|restore|unmountDisk|eject)\b/i.test(
          text(call),
        ) || call.has('--erase'),
    },
    severity: 'severe',
    why: 'It erases, changes or detaches a disk.',
    examples: {
      match: ['diskutil eraseDisk APFS X disk2', 'diskutil apfs deleteContainer disk1'],
      noMatch: ['diskutil list'],
    },
  }),

  disk({
    id: 'disks/wipe-read',
    programs: ['wipefs', 'badblocks'],
    when: {
      test: (call) =>
        !call.mayHaveHiddenOptions &&
        (call.has('-n', '--no-act') || !call.has('-a', '--all', '-o', '--offset')) &&
        !(call.program === 'badblocks' && call.has('-w', '-n', '-f')) &&
        call.operands.length > 0,
    },
    ...READING,
    why: 'It only lists what is on the disk.',
    examples: {
      match: ['wipefs /dev/sda', 'wipefs -n -a /dev/sda'],
      noMatch: ['wipefs -a /dev/sda', 'badblocks -n /dev/sda', 'badblocks -w /dev/sda'],
    },
  }),
];
