// What stands in a word for the output of a command.
// Invariant: where a function or an alias of the line has the name of a program, nothing is known of what it prints.
import type { ShellState } from './state.ts';
import type { WordPart } from './types.ts';

/** The part for `$(text)`; its text proves something only where each program in it is the program of that name. */
export function outputPart(
  text: string,
  quoted: boolean,
  { functions, aliases }: ShellState,
): WordPart {
  const isRenamed =
    functions.size + aliases.size > 0 &&
    text.split(/[^\w.:@%+-]+/).some((name) => functions.has(name) || aliases.has(name));
  return isRenamed
    ? { kind: 'opaque', text: `$(${text})`, why: 'a function has the name of the program' }
    : { kind: 'substitution', text, quoted };
}
