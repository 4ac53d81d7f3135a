// Which files an effect really hits, by the way in which its program chooses them.
// Invariant: more may be named than is hit, never less; what cannot be told has no hits at all.
import { COPIES, replacedByCopy } from './copying.ts';
import { findPreview } from './findPreview.ts';
import { type Hits, isFolder, rootsOf } from './standingFiles.ts';
import { deletedBySync } from './syncPreview.ts';
import type { FactTools, Subject } from './types.ts';
import { replacedByUnpacking } from './unpacking.ts';

/** Options of the shell under which a glob means more than we expand. */
const FOREIGN_GLOBS = /\b(extglob|globstar|nocaseglob|failglob)\b/;

const UNPACKS = 'files/extract';
const SYNCS = 'files/sync-delete';

/** Deleting rules whose target is no list of files: their loss is told otherwise, or cannot be told. */
const NO_LIST = /^(git\/(?!rm)|files\/(pack-and-delete|remove-empty-folder))/;

/** True for effects that take away or replace files of this machine. */
export function touchesFiles({ effect, folder, call }: Subject): boolean {
  const { verb, target, rule, severity } = effect;
  if (rule === UNPACKS) return folder !== undefined;
  return (
    (verb === 'delete' || verb === 'overwrite') &&
    severity !== 'none' &&
    target.kind === 'path' &&
    target.path !== undefined &&
    target.place !== 'device' &&
    target.place !== 'sink' &&
    folder !== undefined &&
    // `find -exec rm {}` and xargs: the path stands for others that are not seen.
    !call.invocation.isRepeated &&
    !NO_LIST.test(rule)
  );
}

/** Expands what an effect names; undefined where that cannot be told. No roots: nothing stands there. */
export async function hitsOf(subject: Subject, tools: FactTools): Promise<Hits | undefined> {
  const { effect, line } = subject;
  const file = effect.target.path;
  if (effect.rule === UNPACKS) return replacedByUnpacking(subject, tools);
  if (effect.rule === SYNCS) return deletedBySync(subject, tools);
  if (file === undefined || !touchesFiles(subject)) return undefined;
  if (effect.rule === 'files/find-delete') return findPreview(subject, tools);
  if (effect.target.isGlob && FOREIGN_GLOBS.test(line)) return undefined;
  if (effect.verb === 'overwrite')
    return COPIES.test(subject.call.program)
      ? replacedByCopy(subject, file)
      : replacedByWrite(file, line);
  const recursive = effect.rule !== 'files/delete';
  return rootsOf([file], { line, recursive, follows: file.endsWith('/') });
}

/** Unpacking or building into a folder replaces nobody knows what. */
async function replacedByWrite(file: string, line: string): Promise<Hits | undefined> {
  if (await isFolder(file)) return undefined;
  return rootsOf([file], { line, recursive: false, follows: true });
}
