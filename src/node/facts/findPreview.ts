// What `find … -delete` would delete: the real find with the same words, printing in the place of deleting.
// Invariant: find is only started where every word is constant and one of those that only test or print.
import * as path from 'node:path';
import type { Hits } from './standingFiles.ts';
import type { FactTools, Subject } from './types.ts';

const TESTS_WITH_VALUE = new Set(
  '-name -iname -path -ipath -wholename -iwholename -lname -regex -iregex -regextype -type -xtype -maxdepth -mindepth -size -mtime -atime -ctime -mmin -amin -cmin -newer -user -group -perm -links -fstype'.split(
    ' ',
  ),
);
const PLAIN = new Set(
  '-empty -true -false -not -a -and -o -or -prune -depth -d -mount -xdev -daystart -noleaf ! ( ) , -L -H -P -delete -print -print0'.split(
    ' ',
  ),
);
const MOST = 5000;

/** All files that the call would delete, whichever of its roots an effect names; undefined where that cannot be told. */
export async function findPreview(
  { call, folder }: Subject,
  { context }: FactTools,
): Promise<Hits | undefined> {
  const words = call.invocation.argv.slice(1);
  if (folder === undefined) return undefined;
  if (words.some((word) => word.value === undefined || word.isGlob)) return undefined;
  const argv = previewWords(words.map((word) => word.value ?? ''));
  if (!argv || call.invocation.isRepeated) return undefined;
  const options = { cwd: folder, timeLimitMs: context.timeLimitMs };
  const { stdout, exitCode } = await context.run('find', argv, options);
  if (exitCode !== 0 || stdout === undefined) return undefined;
  const found = stdout.split('\0').filter(Boolean);
  if (found.length > MOST) return undefined;
  return { roots: found.map((file) => path.resolve(folder, file)), recursive: false };
}

/** The same words with `-print0` for `-delete`; undefined where one of them could do more than look. */
function previewWords(words: readonly string[]): readonly string[] | undefined {
  const argv: string[] = [];
  let isStart = true;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (isStart && /^[^-!(,]/.test(word)) {
      argv.push(word);
      continue;
    }
    if (isStart && !/^-[LHP]$/.test(word)) {
      // -delete makes find go into depth first.
      argv.push('-depth');
      isStart = false;
    }
    if (TESTS_WITH_VALUE.has(word)) {
      argv.push(word, words[index + 1] ?? '');
      index += 1;
    } else if (!PLAIN.has(word)) return undefined;
    else if (word === '-delete') argv.push('-print0');
    else argv.push(/^-print0?$/.test(word) ? '-true' : word);
  }
  return argv;
}
