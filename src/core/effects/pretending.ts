// Does a call only pretend? `--dry-run` says so, unless its value or a later option takes it back.
// Invariant: a call whose options cannot all be seen pretends nothing.
import type { Call } from './types.ts';

const FALSE = /^(false|f|0|no?|off|none|never|without|disable)$/i;

/** True where one of the options is present and none takes it back: `--dry-run=false`, `--no-dry-run`, `-s=no`. */
export function pretends(call: Call, ...names: string[]): boolean {
  if (call.mayHaveHiddenOptions || !call.has(...names)) return false;
  const bare = names.map((name) => name.replace(/^\^?--?/, ''));
  return !call.options.some(({ name, value, word }) => {
    const own = name.replace(/^\^?--?/, '');
    if (FALSE.test(value?.value ?? '') && bare.some((known) => known.startsWith(own))) return true;
    // The short form with a value: apt reads `-s=no`.
    if (/^-[a-zA-Z]=/.test(word.value ?? '') && bare.includes((word.value ?? '')[1] ?? ''))
      return FALSE.test((word.value ?? '').slice(3));
    const back = /^no-?(.+)$/.exec(own)?.[1];
    return back !== undefined && bare.some((known) => known.startsWith(back));
  });
}
