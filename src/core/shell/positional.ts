// The words `$1`, `$2` … that a function, a script or `sh -c` gets.
import type { ShellState } from './state.ts';
import type { Word } from './types.ts';

/** Positional parameters from words; undefined where their number is not known. */
export function positionalOf(words: readonly Word[]): ShellState['positional'] {
  const isCertain = words.every(
    (word) =>
      !word.isGlob &&
      word.parts.every((part) => !('quoted' in part) || part.quoted || part.kind === 'literal'),
  );
  return isCertain ? words.map((word) => word.parts) : undefined;
}
