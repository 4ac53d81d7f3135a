// Rules on archives: packed, unpacked, looked into.
import type { Word } from '../../shell/types.ts';
import { reader } from '../readRule.ts';
import { REPLACES, REPLACES_ALL } from '../replacing.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { RESTORE } from './fileRule.ts';

/** True where `tar` makes an archive: `c` or `-c` as its mode. */
function packs(call: Call): boolean {
  if (call.has('-x', '--extract', '--get', '-d', '--diff')) return false;
  const first = call.invocation.argv[1]?.value ?? '';
  const isOldStyle = /^[a-zA-Z]+$/.test(first) && !first.includes('x') && first.includes('c');
  if (call.program === '7z') return first === 'a';
  if (call.program === 'cpio') return call.has('-o', '--create');
  return call.has('-c', '--create') || isOldStyle;
}

/** Where `tar` puts its archive: `-f FILE`, or the word behind `cf`. */
function archiveOf(call: Call): Word | undefined {
  const named = call.valueOf('-f', '--file');
  if (named) return named;
  const [letters, ...rest] = call.invocation.argv.slice(1);
  const isOldStyle = /^[a-zA-Z]+$/.test(letters?.value ?? '') && letters?.value?.includes('f');
  // Letters that take a word take them in their order.
  const before = (letters?.value ?? '').split('f')[0] ?? '';
  return isOldStyle ? rest[before.replace(/[^bCFgHIKLNTVX]/g, '').length] : undefined;
}

/** The letters of tar's mode, with or without a dash: `xzf`. */
const letters = (call: Call) => {
  const first = call.invocation.argv[1]?.value ?? '';
  return /^-?[a-zA-Z]+$/.test(first) ? first : '';
};

const OTHER_PROGRAMS = words(
  '-I --use-compress-program --plugin --to-command --checkpoint-action -F --info-script --new-volume-script --rmt-command --rsh-command',
);

/** True where what is packed is printed or listed, and nothing is written. */
function printsArchive(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.has(...OTHER_PROGRAMS)) return false;
  const isOldStyle = !letters(call).startsWith('-');
  switch (call.program) {
    case 'unzip':
      return call.has('-p', '-c', '-l', '-t', '-z', '-Z');
    case 'cpio':
      return call.has('-t', '--list') && !call.has('-o', '-p');
    case 'ar':
      return /^-?[tp][vO]*$/.test(letters(call));
    case 'dpkg-deb':
      return call.has('-c', '-I', '-f', '-W', '--contents', '--info', '--field', '--show');
    default:
      return (
        !packs(call) &&
        (call.has('-O', '--to-stdout') || (isOldStyle && letters(call).includes('O')))
      );
  }
}

/** True where an archive is unpacked into files. */
function unpacks(call: Call): boolean {
  if (call.program === 'dpkg-deb')
    return call.has('-x', '-X', '-R', '-e', '--extract', '--vextract');
  if (call.program === '7z') return /^[ex]$/.test(call.invocation.argv[1]?.value ?? '');
  return (
    !/^-?t|^l$/.test(call.invocation.argv[1]?.value ?? '') &&
    !call.has('-l', '-t', '--list', '--delete') &&
    !packs(call) &&
    !printsArchive(call)
  );
}

/** `-P`: names that begin with `/` or climb with `..` are taken as they are. */
const keepsRoots = (call: Call) =>
  call.program === 'cpio'
    ? call.has('--absolute-filenames')
    : call.has('-P', '--absolute-names', '--absolute-paths', '--insecure') ||
      (!letters(call).startsWith('-') && letters(call).includes('P'));

/** `gzip -l`, `xz -t`, `zstd -dc`: nothing is written but to the screen. */
function onlyTests(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.program === 'zip') return false;
  const names = call.options.map(({ name }) => name);
  if (!names.some((name) => SHOWS.test(name)) || !names.every((name) => HARMLESS.test(name)))
    return false;
  // The last of two modes counts: `xz -t -d` unpacks and deletes.
  return names.some((name) => PRINTS.test(name)) || names.every((name) => !UNPACKS.test(name));
}

const SHOWS = /^(-[ltcV]|--(list|test|stdout|to-stdout|version))$/;
const PRINTS = /^(-c|--stdout|--to-stdout)$/;
const UNPACKS = /^(-d|--decompress|--uncompress)$/;
const HARMLESS =
  /^(-[lcdtvqkfnNVT0-9]|--(stdout|to-stdout|decompress|uncompress|list|test|verbose|quiet|keep|force|no-name|name|version|robot|threads))$/;

/** The folder into which an archive is unpacked, where the call names one. */
function unpackedInto(call: Call, context: EffectContext): readonly Target[] {
  if (call.program === 'dpkg-deb')
    return call.operands.slice(1, 2).map((word) => pathTarget(word, call, context));
  const folder = /^(tar|bsdtar|gtar)$/.test(call.program)
    ? call.valueOf('-C', '--directory')
    : call.program === 'unzip'
      ? call.valueOf('-d')
      : call.program === 'cpio'
        ? call.valueOf('-D', '--directory')
        : undefined;
  if (folder) return [pathTarget(folder, call, context)];
  const glued = call.invocation.argv.find((word) => /^-o./.test(word.value ?? ''));
  if (call.program !== '7z' || !glued) return [];
  return [pathTarget({ ...glued, value: glued.value?.slice(2) }, call, context)];
}

/** Rules on archives. */
export const archiveRules: readonly Rule[] = [
  {
    id: 'files/extract',
    programs: ['tar', 'bsdtar', 'gtar', 'unzip', '7z', 'unrar', 'cpio', 'dpkg-deb'],
    when: { test: unpacks },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'workspace',
    target: unpackedInto,
    why: `It unpacks files${REPLACES_ALL}`,
    recovery: RESTORE,
    alternative: 'List the archive first.',
    examples: {
      match: ['tar xf a.tgz', 'unzip a.zip'],
      noMatch: ['tar tf a.tgz', 'unzip -l a.zip', 'tar xOf a.tgz b', 'unzip -p a.zip b'],
    },
  },
  {
    id: 'files/extract-anywhere',
    programs: ['tar', 'bsdtar', 'gtar', 'cpio'],
    when: { test: (call) => unpacks(call) && keepsRoots(call) },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    why: 'It unpacks files to wherever the archive says, also outside of this folder.',
    recovery: RESTORE,
    alternative: 'Leave `-P` away, and list the archive first.',
    examples: {
      match: ['tar xPf a.tar', 'tar --absolute-names -xf a.tar'],
      noMatch: ['tar xf a.tar', 'tar tPf a.tar'],
    },
  },
  {
    id: 'files/archive-remove',
    programs: ['tar', 'gtar', 'zip', '7z', 'ar'],
    when: {
      test: (call) => {
        const mode = call.invocation.argv[1]?.value ?? '';
        if (call.program === 'zip') return call.has('-d', '--delete');
        if (/^(7z|ar)$/.test(call.program)) return /^-?d/.test(mode);
        return call.has('--delete');
      },
    },
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target: 'first',
    why: 'It deletes files inside the archive {target}.',
    recovery: RESTORE,
    examples: {
      match: ["zip -d a.zip '*.log'", 'tar --delete -f a.tar b', '7z d a.7z b'],
      noMatch: ['zip -r a.zip src', 'tar tf a.tar', '7z l a.7z'],
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
      const archive = archiveOf(call);
      return archive ? [pathTarget(archive, call, context)] : [];
    },
    why: `It packs files into {target}${REPLACES}`,
    recovery: RESTORE,
    examples: { match: ['tar -czf a.tgz src'], noMatch: ['tar xf a.tgz', 'tar tf a.tgz'] },
  },
  {
    id: 'files/pack-and-delete',
    programs: ['tar', 'bsdtar', 'gtar', 'zip', '7z'],
    when: {
      test: (call) =>
        call.has('--remove-files') ||
        (call.program === 'zip' && call.has('-m')) ||
        (call.program === '7z' && call.invocation.argv.some(({ value }) => value === '-sdel')),
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
    programs: words(
      'gzip gunzip xz unxz bzip2 bunzip2 zip zstd unzstd lz4 pigz split csplit dos2unix unix2dos',
    ),
    when: { test: (call) => !onlyTests(call) },
    verb: 'modify',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'operands',
    why: 'It packs or rewrites {target}.',
    recovery: 'Unpack it again.',
    examples: { match: ['gzip a.log'], noMatch: ['zcat a.gz', 'gzip -t a.gz'] },
  },
  reader(
    'files/archive-test',
    words('gzip gunzip xz unxz bzip2 bunzip2 zstd unzstd lz4 pigz zip'),
    { test: onlyTests },
    {
      match: ['gzip -l a.gz', 'xz -t a.xz', 'gzip -dc a.gz', 'zstd -dc -T0 a.zst'],
      noMatch: ['gzip a', 'zip -T a.zip', 'xz -t -d a.xz', 'zstd -c a -o b', 'zstd -t --rm a.zst'],
    },
  ),
  reader(
    'files/archive-print',
    words('tar bsdtar gtar unzip cpio ar dpkg-deb'),
    { test: printsArchive },
    {
      match: ['tar xOf a.tgz b', 'unzip -p a.zip b', 'cpio -t', 'ar t lib.a', 'dpkg-deb -c a.deb'],
      noMatch: ['tar xf a.tgz', 'unzip a.zip', 'ar r lib.a b.o', 'tar xf a.tar --to-command=./x'],
    },
    'none',
  ),
];
