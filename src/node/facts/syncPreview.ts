// What `rsync --delete` would delete: the real rsync with the same words and `--dry-run`.
// Invariant: it is only asked where both folders are on this machine and every option is known to start and write nothing.
import * as path from 'node:path';
import type { Hits } from './standingFiles.ts';
import type { FactTools, Subject } from './types.ts';

/** Options that choose files and how they are compared. */
const PLAIN =
  /^(--(delete(-before|-during|-delay|-after|-excluded|-missing-args)?|del|archive|recursive|links|copy-links|perms|times|owner|group|devices|specials|hard-links|acls|xattrs|update|checksum|verbose|quiet|human-readable|progress|stats|compress|whole-file|inplace|one-file-system|relative|existing|ignore-existing|ignore-times|size-only|force|partial|delete-excluded|prune-empty-dirs|no-[a-z-]+)|-[avqrlLptgoDHAXuczhPxRWmIn]+)$/;
const VALUED =
  /^(--(exclude|include|exclude-from|include-from|filter|max-delete|max-size|min-size)|-f)$/;
const MOST = 5000;

/** The files of the target that go; undefined where that cannot be told. */
export async function deletedBySync(
  { call, folder }: Subject,
  { context }: FactTools,
): Promise<Hits | undefined> {
  const words = call.invocation.argv.slice(1);
  if (folder === undefined || call.invocation.isRepeated) return undefined;
  if (words.some((word) => word.value === undefined || word.isGlob)) return undefined;
  const read = readWords(words.map((word) => word.value ?? ''));
  const target = read?.operands.at(-1);
  if (!read || target === undefined || read.operands.length < 2) return undefined;
  // `host:folder` and `rsync://` are elsewhere; files of a source on this machine would go with the target's.
  if (read.operands.some((place) => /^[^/]*:/.test(place))) return undefined;
  const argv = ['--dry-run', '--out-format=%o %n', ...read.argv];
  // Its option library reads aliases from the home folder, and those may start programs.
  const environment = { HOME: '/dev/null' };
  const options = { cwd: folder, timeLimitMs: context.timeLimitMs, environment };
  const { stdout, exitCode } = await context.run('rsync', argv, options);
  if (exitCode !== 0 || stdout === undefined) return undefined;
  const gone = stdout.split('\n').flatMap((line) => /^del\. (.*)$/.exec(line)?.[1] ?? []);
  const files = gone.filter((name) => !name.endsWith('/'));
  if (gone.length > MOST || gone.some((name) => /\\#\d{3}/.test(name))) return undefined;
  const place = path.resolve(folder, target);
  return { roots: files.map((name) => path.join(place, name)), recursive: false };
}

function readWords(
  words: readonly string[],
): { argv: readonly string[]; operands: readonly string[] } | undefined {
  const argv: string[] = [];
  const operands: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [name = '', glued] = word.split(/=(.*)/s);
    argv.push(word);
    if (!word.startsWith('-')) operands.push(word);
    else if (glued !== undefined ? VALUED.test(name) : VALUED.test(word)) {
      // `merge` and `dir-merge` rules name files of rules; those only choose files too.
      if (glued === undefined) argv.push(words[++index] ?? '');
    } else if (!PLAIN.test(word)) return undefined;
  }
  return { argv, operands };
}
