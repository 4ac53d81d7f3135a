// Which files a copy, a move or a link would replace.
// Invariant: it may name more than is replaced, never less; a source that is not constant leaves it unknown.
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { type Hits, type How, isFolder, rootsOf, statOf } from './standingFiles.ts';
import type { Subject } from './types.ts';

export const COPIES = /^(mv|cp|install|ln)$/;

/** `cp a b/` replaces `b/a`; `mv a b` takes `a` away and replaces `b`. */
export async function replacedByCopy(
  { call, folder = '/', line }: Subject,
  file: string,
): Promise<Hits | undefined> {
  const into = call.valueOf('-t', '--target-directory');
  const to = (into ?? call.operands.at(-1))?.value;
  if (call.mayHaveHiddenOptions || to === undefined || /[*?[]/.test(to)) return undefined;
  const destination = path.resolve(folder, to);
  const isSource = call.program === 'mv' && path.resolve(file) !== destination;
  if (isSource || call.has('-n', '--no-clobber')) return { roots: [], recursive: false };
  const how = { line, recursive: true, follows: call.program === 'cp' };
  const words = into ? call.operands : call.operands.slice(0, -1);
  const sources = words.map((word) => word.value);
  const isWhole = call.has('-T', '--no-target-directory') || !(await isFolder(destination));
  const isOpen = sources.some((name) => name === undefined || /[*?[]/.test(name));
  if (isWhole && (isOpen || sources.length !== 1)) return rootsOf([destination], how);
  if (isOpen) return undefined;
  const pairs = sources.map((name = '') => ({
    from: path.resolve(folder, name),
    to: isWhole ? destination : path.join(destination, path.basename(name)),
  }));
  const isMerge = call.program === 'cp' && call.has('-r', '-R', '--recursive', '-a', '--archive');
  return isMerge
    ? mergedInto(pairs, how)
    : rootsOf(
        pairs.map((pair) => pair.to),
        how,
      );
}

interface Pair {
  from: string;
  to: string;
}

const MOST_ENTRIES = 2000;

/** A folder that is copied onto another replaces only the files that both have. */
async function mergedInto(pairs: readonly Pair[], how: How): Promise<Hits | undefined> {
  const waiting = [...pairs];
  const found: string[] = [];
  for (let seen = 0; waiting.length > 0; seen++) {
    const pair = waiting.shift();
    if (!pair) continue;
    if (seen > MOST_ENTRIES) return undefined;
    const [source, target] = await Promise.all([statOf(pair.from), isFolder(pair.to)]);
    if (source?.isDirectory() && target) {
      const names = await readdir(pair.from);
      waiting.push(
        ...names.map((name) => ({
          from: path.join(pair.from, name),
          to: path.join(pair.to, name),
        })),
      );
    } else found.push(pair.to);
  }
  return rootsOf(found, { ...how, recursive: true });
}
