// Text for shells other than bash: what the bash reading of it would get wrong.
// Invariant: a construct that another shell reads differently is not understood; there is no list of harmless exceptions.
import type { NotUnderstood, ShellDialect } from './types.ts';

/** Why the bash reading does not hold; undefined where it does. `isWhole`: nothing of the text can be read. */
export interface DialectProblem {
  problem: NotUnderstood;
  isWhole: boolean;
}

const PLAIN_TEXT = /^(?:[\w./:@%,+-][\w./:@%,+=-]*|'[^'\\]*'|"[^"$`\\!]*"|[ \t\n]+|&&|\|\||[;|])*$/;
const OTHER_WORDS =
  /(?:^|[\s;|&])(?:and|or|not|begin|end|repeat|foreach|noglob|nocorrect|function|if|while|for|switch|case|else|select|time|builtin|-)(?=[\s;|&]|$)/;

/** True for text that bash, zsh and fish read alike: plain words and quotes, lists and pipes. */
export function isReadAlike(text: string): boolean {
  return PLAIN_TEXT.test(text) && !OTHER_WORDS.test(text);
}

/** Checks text against the shell that will run it. */
export function checkDialect(text: string, dialect: ShellDialect): DialectProblem | undefined {
  const span = { start: 0, end: text.length };
  switch (dialect) {
    case 'bash':
    case 'sh':
      return undefined;
    default:
      return {
        isWhole: true,
        problem: { code: 'shell', why: `Commands for ${dialect} cannot be read.`, span },
      };
  }
}
