// Which call is a file that an agent may have written, by its name or its path, as the machine was looked at before.
// Invariant: only the shell's own commands are never looked for along PATH; behind a wrapper even those are.
import { resolvePath } from './cwd.ts';
import type { Cwd, OwnFile, ShellContext, Word } from './types.ts';
import type { Frame } from './walk.ts';

const BUILTINS: ReadonlySet<string> = new Set(
  (
    '. : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo ' +
    'enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf ' +
    'pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit ' +
    'umask unalias unset wait'
  ).split(' '),
);

/** The file behind the first word of a call; undefined where it is the system's program, or nothing was looked up. */
export function ownFileOf(
  { programFiles }: ShellContext,
  first: Word,
  cwd: Cwd,
  frame: Frame,
): OwnFile | undefined {
  if (!programFiles || first.value === undefined || frame.place.kind !== 'local') return undefined;
  // The task's runner counts as the workspace's own code already.
  if (frame.isInTask) return undefined;
  const key = programKey(first.value, cwd, isInShell(frame));
  return key !== undefined && Object.hasOwn(programFiles, key) ? programFiles[key] : undefined;
}

/** Under what a program was looked up: its bare name, or its absolute path; undefined where neither is known. */
export function programKey(word: string, cwd: Cwd, inShell: boolean): string | undefined {
  const name = word.replace(/^\\/, '');
  if (!name.includes('/')) return inShell && BUILTINS.has(name) ? undefined : name;
  const place = resolvePath(cwd, name);
  return place.kind === 'known' ? place.path : undefined;
}

function isInShell({ nesting, dialect }: Frame): boolean {
  return dialect !== 'fish' && nesting.at(-1)?.kind !== 'wrapper';
}
