// Which variables of the environment the analysis may put in the place of `$NAME`.
// Invariant: the value is what the command's own shell will hold, and it is no secret, for it shows up in words that are logged.
import { existsSync } from 'node:fs';
import { isRemoved } from './childEnvironment.ts';

/** Names whose values are places or harmless words by convention. */
const PLAIN = /^(HOME|USER|LOGNAME|TMPDIR|TMP|TEMP|XDG_\w+_(HOME|DIR)|LANG|LC_\w+|TZ|SHELL|CI)$/;

/** Names that are never shown, whatever stands in them. */
const SECRET = /(secret|token|passw|pwd$|credential|api_?key|private|auth|cookie|session)/i;

const PATH_VALUE = /^\/[\w@.+,:~ /-]{0,255}$/;

/** Name and value of what is known to hold when the shell starts: plain names, and paths that exist. */
export function knownVariables(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || isRemoved(name) || isSetByShell(name)) continue;
    if (PLAIN.test(name) || isPlace(name, value)) known[name] = value;
  }
  return known;
}

/** bash itself gives these a value when it starts, or a run sets them. */
function isSetByShell(name: string): boolean {
  return /^(_|PWD|OLDPWD|SHLVL|PATH|PAGER|GIT_PAGER|MANPAGER|TERM|COLORTERM)$/.test(name);
}

function isPlace(name: string, value: string): boolean {
  return !SECRET.test(name) && PATH_VALUE.test(value) && value !== '/' && existsSync(value);
}
