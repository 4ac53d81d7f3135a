// The environment in which an agent's command runs.
// Invariant: nothing in it makes bash or the system's loader run code that is not in the command line.
import * as path from 'node:path';

/**
 * Variables through which a loader, bash itself or the editor's own helpers would run something unseen, or with which bash
 * reads a line in another way: in POSIX mode aliases count, and `cd ..` goes where PWD says, which may name the folder through
 * a link. From the last ones the `activate` of an environment brings back what it takes for PATH.
 */
const REMOVED =
  /^(BASH_ENV|ENV|BASH_FUNC_.*|BASH_LOADABLES_PATH|BASH_XTRACEFD|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|CDPATH|GLOBIGNORE|EXECIGNORE|IFS|LD_.*|DYLD_.*|GCONV_PATH|NODE_OPTIONS|ELECTRON_.*|VSCODE_.*|LESSOPEN|LESSCLOSE|POSIXLY_CORRECT|BASH_COMPAT|PWD|OLDPWD|_OLD_VIRTUAL_.*|INTERLOCK_.*)$/i;

/** Set for every run: programs that would wait in a pager print instead. */
const PLAIN_OUTPUT: Readonly<Record<string, string>> = {
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  MANPAGER: 'cat',
};

/** Names a run's processes, so that all of them can be found when it has to be stopped. */
export const RUN_MARKER = 'INTERLOCK_RUN';

const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

export type Environment = Readonly<Record<string, string>>;

/** True where a variable of this name is never handed to an agent's command. */
export function isRemoved(name: string): boolean {
  return REMOVED.test(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** `base` with the agent's additions, without what could run unseen code. `run` is the submission's id. */
export function childEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  additions: Environment,
  run: string,
): Environment {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...base, ...additions })) {
    if (value !== undefined && !isRemoved(name)) {
      result[name] = value;
    }
  }
  return { ...result, ...programPlaces(result), ...gateVariables(result, run) };
}

/** The folders in which a command with these variables looks for programs, in order. */
export function programFolders(
  given: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.values(programPlaces(given)).flatMap((value) => value.split(path.delimiter));
}

/**
 * Without the folders of PATH that are not absolute: where `.` or `node_modules/.bin` is among them, a file that an agent
 * wrote stands in for `ls`. Without PATH bash would take a list of its own, in which `.` may be.
 */
function programPlaces(given: Readonly<Record<string, string | undefined>>): Environment {
  const name = Object.keys(given).find((key) => /^path$/i.test(key)) ?? 'PATH';
  const folders = (given[name] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return { [name]: folders.join(path.delimiter) || USUAL_PATH };
}

/**
 * What the gate adds; which of it protects is told in core/effects/variableNames.ts. `safe.bareRepository` keeps git
 * from taking a folder of plain files for a repository: the settings in such files could name programs, and a reading
 * git command in there would start them. (git-config(1))
 */
export function gateVariables(base: Environment, run: string): Environment {
  const count = Math.max(0, Math.trunc(Number(base.GIT_CONFIG_COUNT ?? '0')) || 0);
  return {
    ...PLAIN_OUTPUT,
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: 'safe.bareRepository',
    [`GIT_CONFIG_VALUE_${count}`]: 'explicit',
    [RUN_MARKER]: run,
  };
}
