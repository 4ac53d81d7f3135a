// What a reader of task files hands to the walk: shell text, and how it would be run.
import type { ShellDialect } from '../types.ts';

/** One text that the task runner hands to a shell. */
export interface TaskText {
  text: string;
  dialect: ShellDialect;
  /** `$1`, … for the text. */
  positional: readonly string[];
}

/** What a task file may know from outside: variables of the environment and of the command line. */
export interface TaskVariables {
  /** `NAME=value` on the command line; they win over those of the file. */
  given: Readonly<Record<string, string>>;
  /** Of the environment, where its value is known. */
  environment(name: string): string | undefined;
}

/** Most texts that one task gives. */
export const MAX_TEXTS = 200;
