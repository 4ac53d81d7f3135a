// Options of the shell and its positional parameters: `set`, `shopt`, `shift`.
import type { ShellState } from './state.ts';
import type { Word } from './types.ts';

/** Most positional parameters that are kept; `set -- "$@" "$@"` doubles them. */
const MAX_POSITIONAL = 200;

/** After `shopt -s expand_aliases` and the like, later words mean something else. */
export function checkShellOptions(
  args: readonly Word[],
  report: (code: string, why: string) => void,
): void {
  const changes = args.some((word) =>
    /^(?:expand_aliases|lastpipe|extglob|sourcepath|assoc_expand_once|histexpand)$/.test(
      word.value ?? 'lastpipe',
    ),
  );
  const isOnlyGlob = args.every((word) =>
    /^-s$|^(?:extglob|globstar|nullglob|dotglob|nocaseglob|failglob|nocasematch)$/.test(
      word.value ?? '',
    ),
  );
  if (changes && !isOnlyGlob) {
    report('unsupported-construct', 'This shell option changes how the rest of the line is read.');
  }
}

/** The state behind `set`: options and positional parameters. */
export function setOptions(state: ShellState, args: readonly Word[]): ShellState {
  let next = state;
  let at = 0;
  for (; at < args.length; at++) {
    const value = args[at]?.value;
    if (value === undefined) {
      return { ...next, positional: undefined };
    }
    if (value === '--') {
      at++;
      return { ...next, positional: positional(args.slice(at)) };
    }
    if (!/^[-+]/.test(value)) {
      break;
    }
    const isOn = value.startsWith('-');
    const long = value.endsWith('o') ? args[++at]?.value : undefined;
    if (value.includes('e') || long === 'errexit') {
      next = { ...next, stopsOnError: isOn };
    }
    if (value.includes('f') || long === 'noglob') {
      next = { ...next, hasNoGlob: isOn };
    }
  }
  return at < args.length ? { ...next, positional: positional(args.slice(at)) } : next;
}

function positional(words: readonly Word[]): ShellState['positional'] {
  const isCertain =
    words.length <= MAX_POSITIONAL &&
    words.every((word) => word.value !== undefined && !word.isGlob);
  return isCertain ? words.map((word) => word.parts) : undefined;
}

/** The state behind `shift`. */
export function shift(state: ShellState, args: readonly Word[]): ShellState {
  const count = args.length === 0 ? 1 : Number(args[0]?.value ?? Number.NaN);
  const known = state.positional;
  if (!known || Number.isNaN(count)) {
    return { ...state, positional: undefined };
  }
  return { ...state, positional: count <= known.length ? known.slice(count) : known };
}
