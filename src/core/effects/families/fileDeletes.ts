// Rules on deleting files, and on writes after which nothing is left.
import type { Word } from '../../shell/types.ts';
import { LOSES } from '../replacing.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { RESTORE } from './fileRule.ts';

/** Start folders of `find`: the operands before its first expression word. */
function findRoots(call: Call, context: EffectContext): readonly Target[] {
  const given = call.invocation.argv.slice(1);
  const end = given.findIndex((word) => /^(-[a-zA-Z]{2,}|[(!])/.test(word.value ?? ''));
  const roots = (end < 0 ? given : given.slice(0, end)).filter(
    (word) => !/^-[HLPOD]/.test(word.value ?? ''),
  );
  const name = call.valueOf('-name');
  if (roots.length > 0)
    return roots.map((word) => pathTarget(foundBelow(word, name, call), call, context));
  return [{ kind: 'path', name: '.', place: 'workspace-root', path: undefined }];
}

/** What `find ROOT -name PATTERN` finds, where nothing else of the expression could find another name. */
function foundBelow(root: Word, name: Word | undefined, call: Call): Word {
  const words = call.invocation.argv.map((word) => word.value ?? '');
  const isOnlyName =
    name?.value !== undefined &&
    root.value !== undefined &&
    words.filter((word) => word === '-name').length === 1 &&
    !words.some((word) => /^(-o|-or|!|-not|,|-iname|-follow|-L)$/.test(word));
  if (!isOnlyName) return root;
  return { ...root, value: `${root.value?.replace(/\/+$/, '')}/*/${name.value}`, isGlob: true };
}

/** True where what is written comes from /dev/null: the file is empty afterwards. */
function takesNothing(call: Call, context: EffectContext): boolean {
  const isSink = (word: Word) => pathTarget(word, call, context).place === 'sink';
  if (/^(tee|sponge)$/.test(call.program))
    return (
      !call.has('-a', '--append') &&
      call.invocation.redirects.some(({ op, target }) => op === '<' && isSink(target))
    );
  const [first, ...rest] = call.operands;
  return first !== undefined && rest.length > 0 && isSink(first);
}

const isSparePlace = (call: Call, context: EffectContext) =>
  call.operands.length > 0 &&
  call.operands.every((word) =>
    /^(temporary|disposable)$/.test(pathTarget(word, call, context).place ?? ''),
  );

/** `find . -name __pycache__ -exec rm -r {} +`: whatever is found, it is build output by its name. */
const isAllThrowAway = (call: Call, context: EffectContext) =>
  call.operands.length > 0 &&
  call.operands.every(
    (word) => word.value !== undefined && pathTarget(word, call, context).place === 'disposable',
  );

/** Rules on deleting files, and on writes after which nothing is left. */
export const fileDeleteRules: readonly Rule[] = [
  {
    id: 'files/delete-recursive',
    programs: ['rm', 'rimraf', 'del-cli'],
    when: {
      test: (call) => call.program !== 'rm' || call.has('-r', '-R', '--recursive'),
    },
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
      match: ['rm -rf notes', 'rm --recurs notes', 'rm notes -fr', 'rimraf notes'],
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
    when: {
      test: (call, context) =>
        call.mayHaveHiddenOptions && !(call.invocation.isRepeated && isAllThrowAway(call, context)),
    },
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'operands',
    why: 'It deletes what {target} turns out to be, which cannot be seen beforehand.',
    recovery: RESTORE,
    alternative: 'Print the list first.',
    examples: {
      match: ['rm $FILES', 'find . -name "*.ts" -exec rm {} +'],
      noMatch: ['rm a.txt', 'find . -name __pycache__ -exec rm -rf {} +'],
    },
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
    id: 'files/empty-trash',
    programs: ['trash-empty', 'trash-rm', 'gio'],
    when: {
      test: (call) =>
        call.program !== 'gio' || (call.operands[0]?.value === 'trash' && call.has('--empty')),
    },
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    why: 'It empties the bin, so that what is in it cannot be taken out again.',
    recovery: 'Only a backup helps.',
    examples: { match: ['trash-empty', 'gio trash --empty'], noMatch: ['trash a', 'gio trash a'] },
  },
  {
    id: 'files/empty',
    programs: ['cp', 'install', 'ln', 'tee', 'sponge'],
    when: { operands: { min: 1 }, test: takesNothing },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target: 'last',
    why: `It empties {target}${LOSES}`,
    recovery: RESTORE,
    alternative: 'Move it to the bin with `trash`.',
    examples: {
      match: ['cp /dev/null data.csv', 'ln -sf /dev/null data.csv', 'tee data.csv < /dev/null'],
      noMatch: ['cp a.csv data.csv', 'tee -a data.csv < /dev/null', 'tee data.csv < a.csv'],
    },
  },
  {
    id: 'files/trash',
    programs: ['trash', 'trash-put', 'gio'],
    when: {
      test: (call) =>
        call.program !== 'gio' || (call.operands[0]?.value === 'trash' && !call.has('--empty')),
    },
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
    id: 'files/truncate',
    programs: ['truncate'],
    when: { test: (call, context) => !isSparePlace(call, context) },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target: 'operands',
    why: 'It cuts {target} to a size; what was beyond is lost.',
    recovery: RESTORE,
    examples: {
      match: ['truncate -s 0 app.db'],
      noMatch: ['wc app.db', 'truncate -s 10M /tmp/image'],
    },
  },
  {
    id: 'files/resize',
    programs: ['truncate'],
    when: { test: isSparePlace },
    verb: 'overwrite',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'operands',
    why: 'It makes {target} as large or as small as it is told.',
    recovery: 'Make the file again.',
    examples: { match: ['truncate -s 10M /tmp/image'], noMatch: ['truncate -s 0 app.db'] },
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
];
