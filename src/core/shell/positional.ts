// The words `$1`, `$2` … that a function, a script or `sh -c` gets, and those of an array.
import type { ShellState } from './state.ts';
import type { Word, WordPart } from './types.ts';

/** Positional parameters from words; undefined where their number is not known. */
export function positionalOf(words: readonly Word[]): ShellState['positional'] {
  const isCertain = words.every((word) => !word.isGlob && isOneWord(word.parts));
  return isCertain ? words.map((word) => word.parts) : undefined;
}

/** False where these parts may be no word, or several. */
export function isOneWord(parts: readonly WordPart[]): boolean {
  return parts.every((part) => {
    if (part.kind === 'literal') return true;
    // An integer is one word as long as no digit of it separates words.
    if (part.kind === 'opaque') return part.why === 'arithmetic';
    return part.kind !== 'glob' && part.quoted;
  });
}
