// What the table of wrappers hands to the analyser: the programs, texts and files that one call would start.
// Invariant: whatever a call would start is a part, or is covered by a `NotUnderstood`; never neither.
import type { CodeLanguage } from '../inline/types.ts';
import type { TomlRunner } from '../tasks/tomlScripts.ts';
import type {
  Assignment,
  NestingStep,
  NotUnderstood,
  Place,
  ShellDialect,
  Span,
  VariableChange,
  Word,
} from '../types.ts';

/** Stands in a text for a piece whose value is not known; a shell reads a variable there. */
export const UNKNOWN_TEXT = `\${unknown}`;

/** What a wrapper does to the variables of the program that it starts. */
export interface PartEnvironment {
  /** True where the program gets none of the wrapper's own (`env -i`). */
  isBare?: boolean;
  /** Variables that an option sets or takes away (`env -u X`); those of a file that is not seen have no name. */
  changes?: readonly Omit<VariableChange, 'invocation'>[];
}

/** What every part carries. */
interface PartBase {
  step: NestingStep;
  /** Where it runs; undefined: where the wrapper runs. */
  place?: Place;
  /** True where it runs as root or as another user; undefined: as the wrapper. */
  elevated?: boolean;
  /** Working directory, relative to the wrapper's; `unknown` where it cannot be told; undefined: the wrapper's. */
  cwd?: Word | 'unknown';
  /** What the wrapper does to the variables that it hands on, where no assignment says so. */
  environment?: PartEnvironment;
  /** `none`: it does not read the wrapper's standard input (xargs, at, cron); undefined: it inherits it. */
  input?: 'none';
}

/** Words that are started as a program. `words[0]` may be dynamic: then the program is not known (ask). */
export interface ArgvPart extends PartBase {
  kind: 'argv';
  words: readonly Word[];
  /** Assignments that the wrapper puts in the child's environment (`env A=b`, `sudo A=b`). */
  assignments?: readonly Assignment[];
  /** True where more words may be added, or the call repeated (`xargs`, `find -exec`). The added words are represented by a dynamic or glob word in `words`. */
  hasUnknownOperands?: boolean;
}

/** Text that a shell would run. */
export interface TextPart extends PartBase {
  kind: 'text';
  /** The text. Where `isPartial`, unknown pieces are written as `${NAME}` or `UNKNOWN_TEXT`, so that the rest can be named. */
  text: string;
  /** True where pieces are not constant; `notUnderstood` then already covers it. */
  isPartial: boolean;
  dialect: ShellDialect;
  /** The source words that make up the text, in order, for mapping spans; empty for text from standard input. */
  words: readonly Word[];
  /** Where the text stands in the line. */
  span: Span;
  /** `$0`, `$1`, … where the call gives them; empty where it does not. */
  positional: readonly Word[];
  /** True where it runs in the calling shell itself (`eval`, `trap`), so that its `cd` and assignments stay. */
  inCurrentShell?: boolean;
  /** True where it runs any number of times, or later (`trap`, `at`), or once for each of several values (`hyperfine`). */
  isRepeated?: boolean;
  /** True where it runs when the shell ends, so that no command of the line stands behind it. */
  isAtEnd?: boolean;
}

/** Code of another language, on the command line or from standard input. */
export interface CodePart extends PartBase {
  kind: 'code';
  language: CodeLanguage;
  /** The code where it is constant; undefined otherwise (`notUnderstood` then covers it). */
  code: string | undefined;
  /** The code with U+FFFC for each piece that is not constant; equal to `code` where that is known. */
  partial: string;
  span: Span;
}

/** How a file that is run has to be read. */
export type FileReader =
  | { kind: 'shell'; dialect: ShellDialect }
  | { kind: 'code'; language: CodeLanguage }
  /** By its first line (`#!`); see `shebangOf`. No such line: `sh`. */
  | { kind: 'shebang' };

/** A file whose contents would run. Where it cannot be read, it is foreign code: the analyser clears `transparent`. */
export interface FilePart extends PartBase {
  kind: 'file';
  path: Word;
  reader: FileReader;
  /** `$1`, … */
  arguments: readonly Word[];
  /** True for `source` and `.`: it runs in the calling shell itself. */
  inCurrentShell: boolean;
}

/** A named task of a task runner, whose text is looked for in the runner's file. The call stays opaque: a runner does more than its texts say. */
export interface TaskPart extends PartBase {
  kind: 'task';
  runner:
    | 'npm'
    | 'scripts' // npm scripts by patterns: run-s, concurrently npm:x
    | 'make'
    | 'just'
    | 'composer'
    | 'deno'
    | 'mise'
    | 'task'
    | 'devbox'
    | TomlRunner;
  /** The program that the name is where the file has no such task; the call then starts nothing else. */
  otherwise?: ArgvPart;
  /** Script, target or recipe names; empty: the runner's default. */
  names: readonly Word[];
  /** The file that defines them, where an option names it (`make -f`); undefined: the runner's usual names. */
  file: Word | undefined;
  /** `NAME=value` on the command line of make and just. */
  variables: Readonly<Record<string, string>>;
  /** Words handed to the script (`npm test -- --watch`). */
  arguments: readonly Word[];
}

export type UnwrappedPart = ArgvPart | TextPart | CodePart | FilePart | TaskPart;

/** The result of unwrapping one call. */
export interface Unwrapped {
  /** True where the call does nothing but start its parts (file and task parts: if they could be read). */
  transparent: boolean;
  parts: readonly UnwrappedPart[];
  notUnderstood: readonly NotUnderstood[];
}
