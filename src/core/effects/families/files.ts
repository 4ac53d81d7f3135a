// Files deleted, overwritten, moved and made. Where they lie is weighed by risk, not here.

import type { Word } from '../../shell/types.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, Target } from '../types.ts';
import { words } from '../words.ts';

const RESTORE = 'Restore it from version control or a backup; a shell has no bin.';

/** Start folders of `find`: the operands before its first expression word. */
function findRoots(call: Call, context: EffectContext): readonly Target[] {
  const given = call.invocation.argv.slice(1);
  const end = given.findIndex((word) => /^(-[a-zA-Z]{2,}|[(!])/.test(word.value ?? ''));
  const roots = (end < 0 ? given : given.slice(0, end)).filter(
    (word) => !/^-[HLPOD]/.test(word.value ?? ''),
  );
  if (roots.length > 0) return roots.map((word) => pathTarget(word, call, context));
  return [{ kind: 'path', name: '.', place: 'workspace-root', path: undefined }];
}

/** True where `tar` makes an archive: `c` or `-c` as its mode. */
function packs(call: Call): boolean {
  if (call.has('-x', '--extract', '--get', '-d', '--diff')) return false;
  const first = call.invocation.argv[1]?.value ?? '';
  const isOldStyle = /^[a-zA-Z]+$/.test(first) && !first.includes('x') && first.includes('c');
  if (call.program === '7z') return first === 'a';
  if (call.program === 'cpio') return call.has('-o', '--create');
  return call.has('-c', '--create') || isOldStyle;
}

/** The folder into which an archive is unpacked, where the call names one. */
function unpackedInto(call: Call, context: EffectContext): readonly Target[] {
  const folder = /^(tar|bsdtar|gtar)$/.test(call.program)
    ? call.valueOf('-C', '--directory')
    : call.program === 'unzip'
      ? call.valueOf('-d')
      : undefined;
  if (folder) return [pathTarget(folder, call, context)];
  const glued = call.invocation.argv.find((word) => /^-o./.test(word.value ?? ''));
  if (call.program !== '7z' || !glued) return [];
  return [pathTarget({ ...glued, value: glued.value?.slice(2) }, call, context)];
}

/** A folder on another machine is a host; without --delete a sync replaces single files and never the folder. */
function syncTarget(word: Word, call: Call, context: EffectContext): Target {
  if (/^[^/]+:/.test(word.value ?? '')) return { kind: 'host', name: word.value ?? '' };
  const target = pathTarget(word, call, context);
  return target.place === 'root' &&
    /^\/[a-z]+\/?$/.test(word.value ?? '') &&
    !SYSTEM_TOP.test(word.value ?? '')
    ? { ...target, place: 'outside' }
    : target;
}

const SYSTEM_TOP =
  /^\/(bin|boot|dev|etc|home|lib\d*|opt|proc|root|run|sbin|srv|sys|usr|var|Users|System|Library|Applications)\/?$/;

export const filesFamily: Family = {
  name: 'files',
  about: 'Deleting, overwriting, moving and making files.',
  syntax: [
    {
      programs: ['rm', 'rmdir', 'unlink', 'mkdir', 'touch', 'tee'],
      flags: [
        '--recursive',
        '--force',
        '--interactive',
        '--parents',
        '--append',
        '--no-preserve-root',
        '--preserve-root',
      ],
    },
    {
      programs: ['mv', 'cp', 'ln', 'install'],
      valueOptions: ['-t', '--target-directory', '-S', '--suffix'],
      flags: ['--recursive', '--force'],
    },
    { programs: ['truncate'], valueOptions: ['-s', '--size', '-r', '--reference'] },
    { programs: ['shred'], valueOptions: ['-n', '--iterations', '-s', '--size'] },
    {
      programs: ['find'],
      singleDashLong: true,
      // The tests and actions of find that take a word: `-name -delete` looks for a file of that name.
      valueOptions: words(
        '-name -iname -path -ipath -wholename -iwholename -lname -ilname -regex -iregex -regextype -type -xtype -maxdepth -mindepth -size -perm -user -group -uid -gid -inum -links -samefile -newer -anewer -cnewer -mtime -atime -ctime -mmin -amin -cmin -used -fstype -context -printf -fprint -fprint0 -fls -D',
      ),
      commandOptions: words('-exec -execdir -ok -okdir'),
    },
    {
      programs: ['fd', 'fdfind'],
      valueOptions: ['-e', '--extension', '-t', '--type', '-d', '--max-depth', '-E', '--exclude'],
    },
    { programs: ['sed', 'gsed'], valueOptions: ['-e', '--expression', '-f', '--file', '-l'] },
    {
      programs: ['rsync'],
      valueOptions: [
        '-e',
        '--rsh',
        '--exclude',
        '--include',
        '--rsync-path',
        '--files-from',
        '-f',
        '--filter',
      ],
    },
    {
      programs: ['tar', 'bsdtar', 'gtar'],
      valueOptions: [
        '-f',
        '--file',
        '-C',
        '--directory',
        '--exclude',
        '-X',
        '-T',
        '--strip-components',
        '-I',
      ],
    },
    { programs: ['unzip'], valueOptions: ['-d', '-x', '-P'] },
    { programs: ['patch'], valueOptions: ['-p', '-i', '-d', '-o', '-r'] },
    { programs: ['split'], valueOptions: ['-b', '-l', '-n', '-a'] },
  ],
  rules: [
    {
      id: 'files/delete-recursive',
      programs: ['rm'],
      when: { any: ['-r', '-R', '--recursive'] },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'workspace',
      target: 'operands',
      why: 'It deletes {target} with everything in it.',
      recovery: RESTORE,
      alternative: 'Move it to the bin with `trash`, or list it first.',
      examples: {
        match: ['rm -rf notes', 'rm --recurs notes', 'rm notes -fr'],
        noMatch: ['rm notes', 'ls -r'],
      },
    },
    {
      id: 'files/delete',
      programs: ['rm', 'unlink'],
      when: { none: ['-r', '-R', '--recursive'], operands: { min: 1 } },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'workspace',
      target: 'operands',
      why: 'It deletes {target}.',
      recovery: RESTORE,
      alternative: 'Move it to the bin with `trash`.',
      examples: { match: ['rm notes.txt', 'rm -f a b'], noMatch: ['rm -r a'] },
    },
    {
      id: 'files/delete-unseen',
      programs: ['rm', 'unlink', 'shred', 'rmdir'],
      when: { test: (call) => call.mayHaveHiddenOptions },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'machine',
      target: 'operands',
      why: 'It deletes what {target} turns out to be, which cannot be seen beforehand.',
      recovery: RESTORE,
      alternative: 'Print the list first.',
      examples: { match: ['rm $FILES'], noMatch: ['rm a.txt'] },
    },
    {
      id: 'files/remove-empty-folder',
      programs: ['rmdir'],
      when: { operands: { min: 1 } },
      verb: 'delete',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      target: 'operands',
      why: 'It removes {target} where it is empty.',
      recovery: 'Make the folder again.',
      examples: { match: ['rmdir empty'], noMatch: ['rm empty'] },
    },
    {
      id: 'files/shred',
      programs: ['shred', 'srm', 'wipe'],
      when: {},
      verb: 'delete',
      category: 'data-mutation',
      severity: 'severe',
      reversible: 'no',
      reach: 'machine',
      target: 'operands',
      why: 'It overwrites {target} so that nothing can bring it back.',
      recovery: 'Only a backup helps.',
      alternative: 'Move it to the bin with `trash`.',
      examples: { match: ['shred -u key.txt'], noMatch: ['cat key.txt'] },
    },
    {
      id: 'files/trash',
      programs: ['trash', 'trash-put', 'gio'],
      when: { test: (call) => call.program !== 'gio' || call.operands[0]?.value === 'trash' },
      verb: 'delete',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      target: 'operands',
      why: 'It moves {target} to the bin.',
      recovery: 'Take it out of the bin.',
      examples: { match: ['trash notes.txt'], noMatch: ['rm notes.txt'] },
    },
    {
      id: 'files/find-delete',
      programs: ['find'],
      when: { any: ['-delete'] },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'workspace',
      target: findRoots,
      why: 'It deletes everything under {target} that the search finds.',
      recovery: RESTORE,
      alternative: 'Run it with -print instead of -delete first.',
      examples: { match: ['find . -name "*.bak" -delete'], noMatch: ['find . -name "*.bak"'] },
    },
    {
      id: 'files/find-write',
      programs: ['find'],
      when: { any: ['-fprint', '-fprint0', '-fprintf', '-fls'] },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: { kind: 'path', operand: 0 },
      why: 'It writes its list over a file.',
      recovery: RESTORE,
      examples: { match: ['find . -fprintf out %p'], noMatch: ['find . -printf %p'] },
    },
    {
      id: 'files/truncate',
      programs: ['truncate'],
      when: {},
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'workspace',
      target: 'operands',
      why: 'It cuts {target} to a size; what was beyond is lost.',
      recovery: RESTORE,
      examples: { match: ['truncate -s 0 app.db'], noMatch: ['wc app.db'] },
    },
    {
      id: 'files/move',
      programs: ['mv', 'rename', 'prename'],
      when: { operands: { min: 1 } },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'operands',
      why: 'It moves {target}; a file that stands at the new place is replaced.',
      recovery: 'Move it back; a replaced file comes from version control or a backup.',
      alternative: '`mv -n` never replaces.',
      examples: { match: ['mv a b'], noMatch: ['cp a b'] },
    },
    {
      id: 'files/move-into-nothing',
      programs: ['mv'],
      when: {
        test: (call, context) => {
          const to = call.valueOf('-t', '--target-directory') ?? call.operands.at(-1);
          const place = to && pathTarget(to, call, context).place;
          return place === 'sink' || place === 'device';
        },
      },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'severe',
      reversible: 'no',
      reach: 'workspace',
      target: 'all-but-last',
      why: 'It moves {target} onto a device: the file is gone, and the device may be replaced.',
      recovery: RESTORE,
      alternative: 'Move it to the bin with `trash`.',
      examples: { match: ['mv notes.txt /dev/null'], noMatch: ['mv a b'] },
    },
    {
      id: 'files/copy',
      programs: ['cp', 'install', 'ln', 'scp-local', 'ditto'],
      when: { operands: { min: 1 } },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'last',
      why: 'It writes {target}; a file that stands there is replaced.',
      recovery: RESTORE,
      alternative: '`cp -n` never replaces.',
      examples: { match: ['cp a b'], noMatch: ['mv a b'] },
    },
    {
      id: 'files/copy-secret',
      programs: ['cp', 'mv', 'install', 'ln'],
      when: { operands: { some: { place: ['secret'] } } },
      verb: 'read',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'no',
      reach: 'machine',
      target: 'all-but-last',
      why: 'It copies {target}, which holds secrets.',
      recovery: 'Delete the copy; renew the secret if it was read.',
      examples: { match: ['cp ~/.ssh/id_rsa /tmp/x'], noMatch: ['cp a b'] },
    },
    {
      id: 'files/write',
      programs: ['tee', 'sponge'],
      when: { operands: { min: 1 } },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'operands',
      why: 'It writes {target}.',
      recovery: RESTORE,
      examples: { match: ['tee out.txt'], noMatch: ['tee'] },
    },
    {
      id: 'files/make',
      programs: ['mkdir', 'touch', 'mktemp', 'mkfifo'],
      when: {},
      verb: 'create',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      target: 'operands',
      why: 'It makes {target}.',
      recovery: 'Delete it again.',
      examples: { match: ['mkdir -p a/b', 'touch x'], noMatch: ['ls a'] },
    },
    {
      id: 'files/edit-in-place',
      programs: ['sed', 'gsed', 'perl', 'ruby'],
      when: { any: ['-i', '--in-place'] },
      verb: 'modify',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: (call, context) =>
        call.operands
          .slice(call.has('-e', '--expression', '-f', '--file') ? 0 : 1)
          .map((word) => pathTarget(word, call, context)),
      why: 'It rewrites {target} in place.',
      recovery: RESTORE,
      alternative: 'Look at the change without -i first.',
      examples: {
        match: ['sed -i s/a/b/ f.txt', 'sed --in-pl s/a/b/ f'],
        noMatch: ['sed s/a/b/ f.txt'],
      },
    },
    {
      id: 'files/patch',
      programs: ['patch'],
      when: { none: ['--dry-run'] },
      verb: 'modify',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'operands',
      why: 'It changes files as the patch says.',
      recovery: '`patch -R` takes it back.',
      examples: { match: ['patch -p1 -i fix.diff'], noMatch: ['diff a b'] },
    },
    {
      id: 'files/sync-delete',
      programs: ['rsync'],
      when: {
        any: [
          '--delete',
          '--delete-after',
          '--delete-before',
          '--delete-during',
          '--delete-excluded',
          '--del',
          '--remove-source-files',
        ],
        none: ['-n', '--dry-run'],
      },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'machine',
      target: 'last',
      why: 'It deletes in {target} what the source does not have.',
      recovery: 'Only a backup helps.',
      alternative: 'Run it with --dry-run first.',
      examples: {
        match: ['rsync -a --delete a/ b/'],
        noMatch: ['rsync -a a/ b/', 'rsync -an --delete a/ b/'],
      },
    },
    {
      id: 'files/sync-preview',
      programs: ['rsync'],
      when: { any: ['-n', '--dry-run', '--list-only'] },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      target: 'none',
      why: 'It only lists what would be copied.',
      recovery: 'Nothing to undo.',
      examples: { match: ['rsync -an a/ b/'], noMatch: ['rsync -a a/ b/'] },
    },
    {
      id: 'files/sync',
      programs: ['rsync'],
      when: { test: (call) => !call.has('-n', '--dry-run', '--list-only') },
      verb: 'modify',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'unknown',
      reach: 'machine',
      target: (call, context) =>
        call.operands.slice(-1).map((word) => syncTarget(word, call, context)),
      why: 'It writes files to {target}.',
      recovery: RESTORE,
      examples: { match: ['rsync -a a/ b/'], noMatch: ['cp a b'] },
    },
    {
      id: 'files/extract',
      programs: ['tar', 'bsdtar', 'gtar', 'unzip', '7z', 'unrar', 'cpio'],
      when: {
        test: (call) =>
          !/^-?t|^l$/.test(call.invocation.argv[1]?.value ?? '') &&
          !call.has('-l', '-t', '--list') &&
          !packs(call),
      },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'effort',
      reach: 'workspace',
      target: unpackedInto,
      why: 'It unpacks files; files of the same name are replaced.',
      recovery: RESTORE,
      alternative: 'List the archive first.',
      examples: {
        match: ['tar xf a.tgz', 'unzip a.zip'],
        noMatch: ['tar tf a.tgz', 'unzip -l a.zip'],
      },
    },
    {
      id: 'files/pack',
      programs: ['tar', 'bsdtar', 'gtar', '7z', 'cpio'],
      when: { none: ['--remove-files', '-l', '-t', '--list'], test: packs },
      verb: 'overwrite',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: (call, context) => {
        const archive = call.valueOf('-f', '--file');
        return archive ? [pathTarget(archive, call, context)] : [];
      },
      why: 'It packs files into {target}; a file that stands there is replaced.',
      recovery: RESTORE,
      examples: { match: ['tar -czf a.tgz src'], noMatch: ['tar xf a.tgz', 'tar tf a.tgz'] },
    },
    {
      id: 'files/pack-and-delete',
      programs: ['tar', 'bsdtar', 'gtar', 'zip'],
      when: {
        test: (call) => call.has('--remove-files') || (call.program === 'zip' && call.has('-m')),
      },
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'effort',
      reach: 'workspace',
      target: 'none',
      why: 'It deletes the files after it packed them.',
      recovery: 'Unpack the archive.',
      examples: { match: ['tar czf a.tgz --remove-files src'], noMatch: ['tar czf a.tgz src'] },
    },
    {
      id: 'files/compress',
      programs: ['gzip', 'gunzip', 'xz', 'bzip2', 'zip', 'zstd', 'split', 'dos2unix'],
      when: {},
      verb: 'modify',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'operands',
      why: 'It packs or rewrites {target}.',
      recovery: 'Unpack it again.',
      examples: { match: ['gzip a.log'], noMatch: ['zcat a.gz'] },
    },
  ],
};
