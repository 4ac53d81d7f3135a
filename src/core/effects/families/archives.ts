// Rules on archives and on folders that are kept equal.
import type { Word } from '../../shell/types.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
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

const SYSTEM_TOP =
  /^\/(bin|boot|dev|etc|home|lib\d*|opt|proc|root|run|sbin|srv|sys|usr|var|Users|System|Library|Applications)\/?$/;

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

/** Rules on archives and on folders that are kept equal. */
export const archiveRules: readonly Rule[] = [
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
      const archive = archiveOf(call);
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
];
