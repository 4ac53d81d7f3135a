// Starts the read-only programs that facts come from.
// Invariant: no shell, no prompt, no hook, a time limit, a cap on output, and no program from the workspace.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { type StartTool, startTool } from './startTool.ts';
import type { ToolRunner } from './types.ts';

/** Variables through which a repository or an agent could make a tool start a program while we only look. */
const REMOVED =
  /^(GIT_|LD_|DYLD_|BASH_ENV$|ENV$|PAGER$|GH_PAGER$|BROWSER$|LESSOPEN$|SSH_ASKPASS$|TAR_OPTIONS$|TAPE$|UNZIP|ZIPINFO|RSYNC_|FIND_)/;

const FIXED: Readonly<Record<string, string>> = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
  // A partial clone must not fetch what is missing only because somebody looks.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_LITERAL_PATHSPECS: '1',
  LC_ALL: 'C',
  GH_PROMPT_DISABLED: '1',
  GH_NO_UPDATE_NOTIFIER: '1',
};

/** A runner on the given environment. A program is never taken from a folder below `distrusted` (the workspace). */
export function createToolRunner(
  environment: Readonly<Record<string, string | undefined>>,
  distrusted: readonly string[],
  start: StartTool = startTool,
): ToolRunner {
  const env: Record<string, string> = { ...FIXED };
  const folders = programFolders(environment.PATH ?? '', distrusted);
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !(name in env) && !REMOVED.test(name)) env[name] = value;
  }
  // What a tool starts in turn (tar its unpackers) is looked for in the same places.
  env.PATH = folders.join(path.delimiter);
  const found = new Map<string, string | undefined>();
  return (program, argv, options) => {
    if (!found.has(program)) found.set(program, findProgram(program, folders, distrusted));
    const file = found.get(program);
    if (file === undefined)
      return Promise.resolve({ stdout: undefined, exitCode: undefined, failure: 'missing' });
    return start(file, argv, { ...options, env: { ...env, ...options.environment } });
  };
}

/** Relative folders of PATH and those of the workspace do not count. */
function programFolders(pathVariable: string, distrusted: readonly string[]): readonly string[] {
  return pathVariable
    .split(path.delimiter)
    .filter(
      (folder) => path.isAbsolute(folder) && !distrusted.some((root) => isBelow(folder, root)),
    );
}

/** The program's file; one that leads back into the workspace does not count. */
function findProgram(
  program: string,
  folders: readonly string[],
  distrusted: readonly string[],
): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of folders) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (isProgram(file) && !distrusted.some((root) => isBelow(file, root))) return file;
    }
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not for us: the next folder is asked.
    return false;
  }
}

function isBelow(file: string, root: string): boolean {
  const inside = (place: string) => {
    const way = path.relative(root, place);
    return !way.startsWith('..') && !path.isAbsolute(way);
  };
  if (inside(file)) return true;
  try {
    return inside(realpathSync(file));
  } catch {
    // Nothing stands there.
    return false;
  }
}
