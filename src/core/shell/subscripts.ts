// Text that builtins evaluate although it is quoted: `test -v 'x[$(cmd)]'` runs cmd.
// Invariant: such text is never taken for plain data.
import type { Expander } from './expand.ts';
import { constantText } from './state.ts';
import type { Word } from './types.ts';

/** True where a command stands behind an opening bracket. */
export function holdsSubscriptCode(text: string): boolean {
  const open = text.indexOf('[');
  return open >= 0 && /\$\(|`|\$\{/.test(text.slice(open));
}

/** Reports a word that an evaluating builtin would run code from. */
export function checkSubscripts(expander: Expander, word: Word): void {
  const value = constantText(word.parts);
  if (value !== undefined && holdsSubscriptCode(value)) {
    const why = 'The shell evaluates the subscript in this text, and runs the command in it.';
    expander.host.report('dynamic-code', why, word.span);
  }
}
