// Rules on making, writing, copying and moving files.
import { REPLACES, REPLACES_AT_END } from '../replacing.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { RESTORE } from './fileRule.ts';

/** What is moved and is a whole workspace, its history, or a home. */
const movedWhole = (call: Call, context: EffectContext): readonly Target[] =>
  call.operands
    .slice(0, call.has('-t', '--target-directory') ? undefined : -1)
    .map((word) => pathTarget(word, call, context))
    .filter(({ place, isGlob }) => !isGlob && /^(workspace-root|home|root)$/.test(place ?? ''));

/** Scripts that leave no line: `d`, `1,$d`, a pattern that fits every line, and perl's `$_=""`. */
const DROPS_ALL = /^\s*((0?1,\$)?\s*d|\/(\.\*|\^|\$)?\/d|\$_\s*=\s*(""|''|undef)\s*;?)\s*$/;

/** Rules on making, writing, copying and moving files. */
export const fileWriteRules: readonly Rule[] = [
  {
    id: 'files/find-write',
    programs: ['find'],
    when: { any: ['-fprint', '-fprint0', '-fprintf', '-fls'] },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target: (call, context) =>
      call.invocation.argv.flatMap((word, at, all) => {
        const isFile = /^-(fprint|fprint0|fprintf|fls)$/.test(all[at - 1]?.value ?? '');
        return isFile ? [pathTarget(word, call, context)] : [];
      }),
    why: 'It writes its list over {target}.',
    recovery: RESTORE,
    examples: { match: ['find . -fprintf out %p'], noMatch: ['find . -printf %p'] },
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
    why: `It moves {target}${REPLACES_AT_END}`,
    recovery: 'Move it back; a replaced file comes from version control or a backup.',
    alternative: '`mv -n` never replaces.',
    examples: { match: ['mv a b'], noMatch: ['cp a b'] },
  },
  {
    id: 'files/move-whole',
    programs: ['mv'],
    when: {
      operands: { min: 2 },
      test: (call, context) => movedWhole(call, context).length > 0,
    },
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'effort',
    reach: 'machine',
    target: movedWhole,
    why: 'It moves {target} away as a whole; whatever relies on the old place no longer finds it.',
    recovery: 'Move it back to where it was.',
    alternative: 'Copy it first, and look at the copy.',
    examples: { match: ['mv .git /tmp', 'mv ~ /srv/old'], noMatch: ['mv src lib', 'mv a.ts b.ts'] },
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
    why: `It writes {target}${REPLACES}`,
    recovery: RESTORE,
    alternative: '`cp -n` never replaces.',
    examples: { match: ['cp a b'], noMatch: ['mv a b'] },
  },
  {
    id: 'files/copy-secret',
    programs: words(
      'cp mv install ln tar bsdtar gtar zip 7z gzip xz bzip2 zstd openssl gpg gpg2 dd rsync ditto',
    ),
    when: { operands: { some: { place: ['secret'] } } },
    verb: 'read',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'no',
    reach: 'machine',
    target: (call, context) =>
      call.operands
        .map((word) => pathTarget(word, call, context))
        .filter(({ place }) => place === 'secret'),
    why: 'It copies {target}, which holds secrets.',
    recovery: 'Delete the copy; renew the secret if it was read.',
    examples: {
      match: ['cp ~/.ssh/id_rsa /tmp/x', 'tar czf - ~/.ssh'],
      noMatch: ['cp a b', 'tar czf a.tgz src'],
    },
  },
  {
    id: 'files/append',
    programs: ['tee', 'sponge'],
    when: { any: ['-a', '--append'], operands: { min: 1 } },
    verb: 'modify',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'operands',
    why: 'It adds to {target}.',
    recovery: RESTORE,
    examples: { match: ['tee -a log.txt'], noMatch: ['tee log.txt'] },
  },
  {
    id: 'files/write',
    programs: ['tee', 'sponge'],
    when: { none: ['-a', '--append'], operands: { min: 1 } },
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
    id: 'files/sort-into',
    programs: ['sort', 'gsort', 'shuf', 'iconv'],
    when: { any: ['-o', '--output'], none: ['--compress-program'] },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: (call, context) => {
      const file = call.valueOf('-o', '--output');
      return file ? [pathTarget(file, call, context)] : [];
    },
    why: 'It writes its result over {target}.',
    recovery: RESTORE,
    examples: { match: ['sort -u a.txt -o a.txt', 'shuf -o b a'], noMatch: ['sort a.txt'] },
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
    id: 'files/edit-to-nothing',
    programs: ['sed', 'gsed', 'perl'],
    when: {
      any: ['-i', '--in-place'],
      test: (call) => call.invocation.argv.some(({ value }) => DROPS_ALL.test(value ?? '')),
    },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target: (call, context) =>
      call.operands
        .slice(call.has('-e', '--expression') ? 0 : 1)
        .map((word) => pathTarget(word, call, context)),
    why: 'It deletes every line of {target}.',
    recovery: RESTORE,
    alternative: 'Name the lines or the pattern to delete.',
    examples: {
      match: ["sed -i '1,$d' f.txt", 'sed -i d f.txt', "sed -i -e '/.*/d' f.txt"],
      noMatch: ["sed -i '1d' f.txt", "sed -i '/foo/d' f.txt", "sed '1,$d' f.txt"],
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
];
