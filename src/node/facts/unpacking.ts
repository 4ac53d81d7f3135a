// Which files an archive would replace: its list of names, by the program's own listing, held against what stands there.
// Invariant: nothing is unpacked; a spelling that could put files elsewhere is not read, so that nothing is known.
import * as path from 'node:path';
import { readTar, readUnzip, type Unpacking } from './archiveWords.ts';
import { type Hits, statOf } from './hits.ts';
import type { FactTools, Subject } from './types.ts';

/** Larger archives take too long to be listed. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_NAMES = 5000;

/** The files that stand where the archive's would go; undefined where that cannot be told. */
export async function replacedByUnpacking(
  subject: Subject,
  { context }: FactTools,
): Promise<Hits | undefined> {
  const { call, folder } = subject;
  const words = call.invocation.argv.slice(1).map((word) => (word.isGlob ? undefined : word.value));
  if (folder === undefined || words.includes(undefined) || call.invocation.hasUnknownOperands)
    return undefined;
  const read = call.program === 'unzip' ? readUnzip : readTar;
  const unpacking = read(words as string[]);
  if (!unpacking) return undefined;
  if (unpacking.keeps) return { roots: [], recursive: false };
  const archive = path.resolve(folder, unpacking.archive);
  const stat = await statOf(archive);
  if (!stat?.isFile() || stat.size > MOST_BYTES) return undefined;
  const [program, argv] = listing(call.program, archive, unpacking.members);
  const { stdout, exitCode } = await context.run(program, argv, {
    cwd: folder,
    timeLimitMs: context.timeLimitMs,
  });
  const names = exitCode === 0 ? stdout?.split('\n').filter(Boolean) : undefined;
  if (!names || names.length > MOST_NAMES) return undefined;
  return standing(names, path.resolve(folder, unpacking.folder), unpacking);
}

function listing(
  program: string,
  archive: string,
  members: readonly string[],
): readonly [string, readonly string[]] {
  if (program === 'unzip') return ['unzip', ['-Z1', archive, ...members]];
  // An absolute name is never taken for one of another machine.
  return [
    'tar',
    ['--list', '--force-local', '--quoting-style=literal', '-f', archive, '--', ...members],
  ];
}

async function standing(
  names: readonly string[],
  folder: string,
  { strip, isFlat }: Unpacking,
): Promise<Hits | undefined> {
  const places = new Set<string>();
  for (const name of names) {
    if (name.endsWith('/')) continue;
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    // Both programs refuse to leave the folder.
    if (parts.includes('..')) continue;
    const kept = isFlat ? parts.slice(-1) : parts.slice(strip);
    if (kept.length > 0) places.add(path.join(folder, ...kept));
  }
  const files = [...places];
  const stats = await Promise.all(files.map(statOf));
  const roots = files.filter((_, index) => stats[index] && !stats[index]?.isDirectory());
  return { roots, recursive: false };
}
