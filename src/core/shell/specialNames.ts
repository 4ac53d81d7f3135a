// Names that the shell itself gives a value or a meaning to.
// Invariant: a name that is listed here is never taken for a constant because the line assigned it.

/** Parameters whose value the shell makes up, whatever was assigned. */
export const DYNAMIC_NAMES =
  /^(?:[?$!0_-]|RANDOM|SRANDOM|SECONDS|LINENO|EPOCHSECONDS|EPOCHREALTIME|BASHPID|PPID|UID|EUID|FUNCNAME|DIRSTACK|GROUPS|BASH_.*|PIPESTATUS)$/;

/** Those that are integers. */
export const INTEGER_NAMES: ReadonlySet<string> = new Set(
  '? $ ! # RANDOM SRANDOM SECONDS LINENO EPOCHSECONDS BASHPID PPID UID EUID COLUMNS LINES'.split(
    ' ',
  ),
);

/** Those whose every assignment bash evaluates as arithmetic, in some version of it. */
export const EVALUATED_NAMES: ReadonlySet<string> = new Set(
  'RANDOM SRANDOM SECONDS LINENO OPTIND HISTCMD BASHPID BASH_SUBSHELL EPOCHSECONDS PPID UID EUID'.split(
    ' ',
  ),
);

/** Builtins that declare variables: their arguments are read like assignments. */
export const DECLARING: ReadonlySet<string> = new Set([
  'declare',
  'typeset',
  'local',
  'export',
  'readonly',
]);
