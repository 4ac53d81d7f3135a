// Rules on folders that are kept equal: rsync.

import type { Word } from '../../shell/types.ts';
import { pretends } from '../pretending.ts';
import { READING } from '../readRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Rule, Target } from '../types.ts';
import { words } from '../words.ts';
import { RESTORE } from './fileRule.ts';

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

/** What these name is written even where nothing is copied. */
const WRITES = words('--write-batch --only-write-batch --log-file --backup-dir --temp-dir -T');

/** True where rsync only says what it would do. */
export const isPreview = (call: Call) =>
  pretends(call, '-n', '--dry-run', '--list-only') && !call.has(...WRITES);

/** Rules on folders that are kept equal. */
export const syncRules: readonly Rule[] = [
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
      test: (call) => !isPreview(call),
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
    when: { test: isPreview },
    ...READING,
    target: 'none',
    why: 'It only lists what would be copied.',
    examples: {
      match: ['rsync -an a/ b/'],
      noMatch: ['rsync -a a/ b/', 'rsync -n --only-write-batch x a/ b/'],
    },
  },
  {
    id: 'files/sync',
    programs: ['rsync'],
    when: { test: (call) => !isPreview(call) },
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
];
