// What is said of a file that may stand where something is written. One place, so that it can be left out where none does.

/** After what a call writes or packs. */
export const REPLACES = '; a file that stands there is replaced.';
/** After what it moves. */
export const REPLACES_AT_END = '; a file that stands at the new place is replaced.';
/** After what it unpacks. */
export const REPLACES_ALL = '; files of the same name are replaced.';
/** After what a redirect writes. */
export const EMPTIES = '; what stands there is emptied first, even if the program fails.';

/** After what is emptied. */
export const LOSES = '; what was in it is lost.';

/** The same reason for a place where nothing stands. */
export function withoutReplacing(reason: string): string {
  const said = [REPLACES, REPLACES_AT_END, REPLACES_ALL, EMPTIES, LOSES].find((clause) =>
    reason.endsWith(clause),
  );
  return said === undefined ? reason : `${reason.slice(0, -said.length)}.`;
}
