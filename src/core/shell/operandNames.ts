// Which variables a builtin fills: the operands of `read`, `mapfile` and `printf -v`.
// Invariant: where a word is not constant it is not known which, and `undefined` says so.
import type { Word } from './types.ts';

/** The names that a builtin fills; undefined where a word is not constant. */
export function operandNames(
  args: readonly Word[],
  valueOptions: string,
  defaults: readonly string[],
): readonly string[] | undefined {
  const names: string[] = [...defaults];
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    if (value === undefined) {
      return undefined;
    }
    if (!value.startsWith('-')) {
      names.push(value.replace(/\[.*/s, ''));
      continue;
    }
    // The last letter of a bundle may take the next word; `-a` names an array.
    const last = value.at(-1) ?? '';
    const next = args[at + 1]?.value;
    if (value.length > 1 && valueOptions.includes(last)) {
      at++;
    }
    if (last === 'a') {
      names.push(...(next === undefined ? [] : [next]));
    } else if (value.includes('a')) {
      names.push(value.slice(value.indexOf('a') + 1));
    }
  }
  return names;
}

/** The variable of `printf -v`. */
export function printfTarget(args: readonly Word[]): readonly string[] | undefined {
  const glued = args[0]?.value?.slice(2);
  const name = glued === '' ? args[1]?.value : glued;
  return name === undefined ? undefined : [name.replace(/\[.*/s, '')];
}
