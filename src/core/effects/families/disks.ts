// Disks, file systems and volumes: what wipes them, what changes them, what only lists them.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { MKFS, PARTITION } from './diskRule.ts';
import { diskToolRules } from './diskTools.ts';
import { partitionRules } from './partitions.ts';
import { poolRules } from './pools.ts';
import { volumeRules } from './volumes.ts';

export const disksFamily: Family = {
  name: 'disks',
  about: 'Disks, file systems and volumes.',
  syntax: [
    { programs: PARTITION, valueOptions: ['-b', '-t', '-H', '-S', '-C'], abbreviates: false },
    { programs: MKFS, valueOptions: words('-t -L -U -b -N -m -O -E -d'), abbreviates: false },
    { programs: ['wipefs'], valueOptions: ['-o', '-t', '-O', '--offset', '--types', '--output'] },
    { programs: ['debugfs'], valueOptions: words('-R -f -b -s -d -z'), abbreviates: false },
    { programs: words('e2fsck fsck'), valueOptions: words('-b -B -E -j -l -L -z -t -C -r') },
    {
      programs: words('zpool zfs btrfs lvm mdadm cryptsetup nvme hdparm diskutil'),
      abbreviates: false,
    },
  ],
  rules: [...partitionRules, ...volumeRules, ...poolRules, ...diskToolRules],
};
