// Text that builtins evaluate although it is quoted: `test -v 'x[$(cmd)]'` runs cmd.
// Invariant: such text is never taken for plain data.
import type { Expander } from './expand.ts';
import { constantText } from './state.ts';
import type { Word } from './types.ts';

const EVALUATED = /\[[\s\S]*(?:\$\(|`|\$\{)/;

/** Reports a word that an evaluating builtin would run code from. */
export function checkSubscripts(expander: Expander, word: Word): void {
  const value = constantText(word.parts);
  if (value !== undefined && EVALUATED.test(value)) {
    const why = 'The shell evaluates the subscript in this text, and runs the command in it.';
    expander.host.report('dynamic-code', why, word.span);
  }
}
