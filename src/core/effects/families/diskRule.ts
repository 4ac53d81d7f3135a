// What the rules on disks share.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';

export type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

export function disk(spec: Spec): Rule {
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
export function devices(call: Call, context: EffectContext): readonly Target[] {
  const found = call.operands.filter((word) => /^\/|=\//.test(word.value ?? '/'));
  if (found.length === 0) return [{ kind: 'none', name: call.program }];
  return found.map((word) => pathTarget(word, call, context));
}

export const text = (call: Call) => call.operands.map((word) => word.value ?? '').join(' ');

export const MKFS = words(`
  mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.msdos mkfs.ntfs mkfs.exfat mkfs.f2fs
  mkfs.minix mkfs.reiserfs mkfs.jfs mkfs.bfs mkfs.cramfs mkfs.nilfs2 mkfs.udf mke2fs mkntfs mkdosfs mkswap mkreiserfs newfs format
`);

export const PARTITION = words(
  'fdisk sfdisk cfdisk parted gdisk sgdisk cgdisk partx delpart addpart resizepart partprobe kpartx gparted growpart',
);
