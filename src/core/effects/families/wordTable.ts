// Rules of many programs at once: for each program a pattern on the words of the call.
import type { Call } from '../types.ts';

/** By program; the pattern is held against every word of the call, options with them. */
export type WordTable = Readonly<Record<string, RegExp>>;

/** Every word of the call, options with them. */
export const said = (call: Call) =>
  call.invocation.argv
    .slice(1)
    .map((word) => word.value ?? '')
    .join(' ');

/** True where the table has the program and its pattern fits. */
export const fitsTable = (table: WordTable) => (call: Call) =>
  table[call.program]?.test(said(call)) === true;
