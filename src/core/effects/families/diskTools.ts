// Rules on rarer tools of disks, flash memory, images and file systems.
// Invariant: what the tables do not name stays unknown; only the listed words raise a call or prove it to read.
import { reader } from '../readRule.ts';
import type { Rule } from '../types.ts';
import { disk } from './diskRule.ts';
import { fitsTable, said, type WordTable } from './wordTable.ts';

/** What wipes or overwrites a disk, a file system or its keys. */
const WIPES: WordTable = {
  nvme: /^\s*(fw-(commit|activate|download)|subsystem-reset|zns reset-zone|resv-\w+|set-feature|security-send|dsm)\b/,
  'sedutil-cli': /--(revert\w*|yesIREALLY\w*|setLocking\w*|initialSetup|PSIDrevert\w*)/i,
  flash_erase: /./,
  flash_eraseall: /./,
  flashcp: /./,
  nandwrite: /./,
  mtd: /^\s*(-\w+ )*(erase|write|refresh)\b/,
  ubiformat: /./,
  ubirmvol: /./,
  newfs_apfs: /./,
  newfs_hfs: /./,
  newfs_msdos: /./,
  gpt: /\b(destroy|remove|create|add|migrate)\b/,
  gpart: /\b(destroy|delete|create|add|modify|resize|restore|recover|undo|bootcode)\b/,
  geli: /\b(kill|init|delkey|setkey|restore|clear|detach)\b/,
  gmirror: /\b(destroy|remove|stop|clear|forget|deactivate)\b/,
  thin_repair: /./,
  thin_restore: /./,
  cache_repair: /./,
  'cryptsetup-reencrypt': /./,
  cryptsetup: /^\s*(repair|convert|resize|config|token (add|remove|import))\b/,
  reiserfsck: /--(rebuild\w*|fix\w*|clean\w*)/,
  xfs_db: /(^|\s)-x\b/,
  xfs_copy: /./,
  xfs_mdrestore: /./,
  xfsrestore: /./,
  restore: /(^|\s)-[a-zA-Z]*r/,
  ntfsresize: /^(?!.*(--info|-i\b|--check|--no-action))/,
  ntfsclone: /--(overwrite|restore-image)|(^|\s)-O\b/,
  'qemu-img':
    /\b(create|convert|commit|rebase|resize|amend|snapshot -[cda]|dd|bitmap --(remove|clear))/,
  'qemu-nbd': /(^|\s)(-d|--disconnect)\b/,
  'nbd-client': /(^|\s)(-d|-disconnect)\b/,
  mdutil: /(^|\s)-[a-zA-Z]*[EXi]/,
  quotaoff: /./,
  hdiutil: /\b(resize|compact|erasekeys|convert|create|burn|makehybrid)\b/,
  diskutil:
    /^\s*(rename|enableOwnership|disableOwnership|repair\w*|moveJournal|disableJournal|addPartition|cs \w+|coreStorage \w+|apfs (?!list|listSnapshots|listUsers|listCryptoUsers)\w+|image \w+)\b/i,
  btrfs: /\b(rescue|check --repair)\b/,
  zfs: /^\s*(unload-key|change-key|set|inherit|upgrade|release|allow|unallow)\b/,
  bcache: /\b(detach|unregister|stop)\b/,
  'make-bcache': /./,
  veracrypt: /(^|\s)(-d|--dismount|-c|--create|--change)\b/,
  photorec: /./,
  extundelete: /--restore/,
  drivetemp: /\bwrite\b/,
  storcli: /\b(del|delete|start (erase|init)|set)\b/,
  storcli64: /\b(del|delete|start (erase|init)|set)\b/,
  MegaCli: /-(CfgLdDel|CfgClr|LDInit|PDClear|CfgForeign -Clear)/i,
  perccli: /\b(del|delete|start (erase|init)|set)\b/,
  ssacli: /\b(delete|create|modify|remove)\b/,
  MegaCli64: /-(CfgLdDel|CfgClr|LDInit|PDClear|CfgForeign -Clear)/i,
  hpssacli: /\b(delete|create|modify|remove)\b/,
  'ceph-volume': /\b(zap|create|prepare|batch|migrate)\b/,
  'partclone.ext4': /(^|\s)-(r|-restore)|\s(-o|-O)\s+\/dev\//,
  fio: /--filename=\/dev\/(?!null)/,
  f3probe: /--destructive/,
  f3fix: /./,
  bmaptool: /^\s*copy\b/,
  ddrescue: /\s\/dev\/\S+(\s+\S+\.(map|log))?$/,
  'systemd-cryptenroll': /--wipe-slot/,
  clevis: /\bluks (unbind|regen|edit)\b/,
  stratis: /\b(destroy|stop|rename|bind|unbind)\b/,
  esptool: /\b(erase|write)[_-]/,
  'esptool.py': /\b(erase|write)[_-]/,
  'st-flash': /\b(erase|write)\b/,
  'dfu-util': /(^|\s)(-D|--download)\b/,
  avrdude: /(^|\s)(-e\b|-U\s*\S*:w:)/,
  openocd: /\b(program|erase|flash write|mass_erase)\b/,
  weka: /\b(delete|remove|reset)\b/,
  arcconf: /^\s*(delete|create|modify|format|clear|uninit)\b/i,
};

/** What only lists. */
const LISTS: WordTable = {
  hdparm: /^(-[iItTg]+|--(dco-identify|fibmap \S+))( \/dev\/\S+)*$/,
  cryptsetup: /^(luksUUID|luksDump|isLuks|status|benchmark|tcryptDump) \S+$/,
  'qemu-img':
    /^(info|check|map|measure|compare|snapshot -l)( (--output=\w+|-U|-f \w+))*( [^-\s]\S*)+$/,
  ntfsresize: /^(--info|-i|--check|-c)( \S+)$/,
  xfs_repair: /^-n \S+$/,
  diskutil: /^(apfs (list|listSnapshots|listUsers)|cs list|listFilesystems|activity)( \S+)?$/,
  'sedutil-cli': /^--(scan|query \S+|isValidSED \S+)$/,
  gpart: /^(show|list|status|backup)( -\w+)*( \S+)?$/,
  geli: /^(list|status|dump \S+)$/,
  gpt: /^(-r )?show( \S+)?$/,
  storcli: /\bshow( all)?$/,
  storcli64: /\bshow( all)?$/,
  mtdinfo: /^/,
  ubinfo: /^/,
  'nbd-client': /^-l \S+$/,
  reiserfsck: /^--check \S+$/,
};

/** Rules on rarer disk tools. */
export const diskToolRules: readonly Rule[] = [
  disk({
    id: 'disks/tools-wipe',
    programs: Object.keys(WIPES),
    when: {
      test: (call) =>
        fitsTable(WIPES)(call) &&
        !/(^|\s)(--(help|version|no-act|no-action|dry-run))(\s|$)/.test(said(call)),
    },
    severity: 'severe',
    why: 'It writes over, re-keys or detaches a disk, an image or a file system.',
    examples: {
      match: [
        'nvme fw-commit /dev/nvme0',
        'flash_eraseall /dev/mtd0',
        'qemu-img resize --shrink a.qcow2 1G',
        'cryptsetup convert /dev/sdb --type luks2',
        'gpart destroy -F ada0',
        'diskutil apfs deleteVolume disk2s1',
      ],
      noMatch: [
        'nvme list',
        'qemu-img info a.qcow2',
        'gpart show',
        'diskutil apfs list',
        'zfs list',
      ],
    },
  }),
  reader(
    'disks/tools-read',
    Object.keys(LISTS),
    { test: (call) => !call.mayHaveHiddenOptions && fitsTable(LISTS)(call) },
    {
      match: [
        'hdparm -tT /dev/sda',
        'cryptsetup luksUUID /dev/sda',
        'qemu-img info a.qcow2',
        'xfs_repair -n /dev/sda1',
        'diskutil apfs list',
      ],
      noMatch: [
        'hdparm -i -W0 /dev/sda',
        'cryptsetup resize x -t 5',
        'qemu-img snapshot -d s a.qcow2',
        'xfs_repair /dev/sda1',
        'diskutil rename disk2 a',
      ],
    },
    'none',
  ),
];
