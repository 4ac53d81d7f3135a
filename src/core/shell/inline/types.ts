// What the scanners of interpreter code report.
// Invariant: a snippet that no scanner can vouch for has a `dynamic-code` finding, or `onlyReads` is false for it.
import type { InlineCode, Span } from '../types.ts';

/** Languages of inline code; the same names as in `InlineCode`. */
export type CodeLanguage = InlineCode['language'];

export type InlineFindingKind =
  | 'shell-out' // starts a program or a shell
  | 'delete'
  | 'overwrite' // empties or replaces a file
  | 'write' // creates or appends
  | 'read-secret'
  | 'network'
  | 'dynamic-code' // runs text that is not constant, or reaches functions by computed names
  | 'process' // signals, exits of other processes
  | 'environment' // changes the environment or the cwd
  | 'chmod'
  | 'database'
  | 'import-unknown'; // a module that the scanner does not know

/** One call found in a snippet. */
export interface InlineFinding {
  kind: InlineFindingKind;
  /** What is called, as a person reads it: `os.remove`, `fs.rmSync`. */
  name: string;
  /** The constant path, URL or statement; undefined where it is not constant. */
  target?: string;
  /** For `shell-out`: the constant shell text. */
  command?: string;
  /** For `shell-out`: the constant words, where no shell stands between. */
  argv?: readonly string[];
  /** Range in the snippet. */
  span: Span;
}
