// The files with code that a kept approval rests on: what was read of them, and what of them would run.
// Invariant: one that is other than it was, is gone, or has come up since ends the approval for this line; a file that
// cannot be told apart from a changed one counts as changed.
import type { Fact } from '../risk/types.ts';

/** A file as it was when the approval was given. */
export interface PinnedFile {
  /** What a person reads. */
  file: string;
  /** Its fingerprint. */
  mark: string;
}

/** The files that an assessment rests on. Two of one name may be told apart by their folders only. */
export function pinnedFiles(facts: readonly Fact[]): PinnedFile[] {
  const files = new Map<string, PinnedFile>();
  for (const { id, how, value } of facts) {
    if (id !== 'code.read' && id !== 'code.file') continue;
    const entry = { file: how.replace(/^read /, ''), mark: String(value) };
    files.set(keyOf(entry), entry);
  }
  return [...files.values()];
}

/** A file that is not what it was; undefined where all are. */
export function changedPin(
  pinned: readonly PinnedFile[],
  facts: readonly Fact[],
): string | undefined {
  const now = pinnedFiles(facts);
  return (missing(now, pinned) ?? missing(pinned, now))?.file;
}

function missing(of: readonly PinnedFile[], from: readonly PinnedFile[]): PinnedFile | undefined {
  const known = new Set(from.map(keyOf));
  return of.find((entry) => !known.has(keyOf(entry)));
}

function keyOf({ file, mark }: PinnedFile): string {
  return JSON.stringify([file, mark]);
}

/** Undefined where it is no list of such files. */
export function parsePinned(value: unknown): PinnedFile[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const files = value.flatMap((entry: unknown) => {
    const { file, mark } = (entry ?? {}) as Partial<PinnedFile>;
    return typeof file === 'string' && typeof mark === 'string' ? [{ file, mark }] : [];
  });
  return files.length === value.length ? files : undefined;
}
