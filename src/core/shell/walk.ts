// What the parts of the walk share: where they are (`Frame`) and what they may ask the walk to do (`Walk`).
// Invariant: findings are only ever added through `Walk`, so that a loop body that is looked at again leaves no trace of the first look.
import type { Outcome } from './cwd.ts';
import type { Program } from './program.ts';
import type { Source } from './source.ts';
import type { ShellState } from './state.ts';
import type { Structure } from './syntax.ts';
import type { Script } from './tokens.ts';
import type {
  InlineCode,
  Input,
  Invocation,
  KeepsOn,
  NestingStep,
  NotUnderstood,
  Place,
  ShellContext,
  ShellDialect,
  Span,
  VariableChange,
  Word,
} from './types.ts';

/** What surrounds the commands that are being walked. */
export interface Frame {
  dialect: ShellDialect;
  nesting: readonly NestingStep[];
  place: Place;
  isElevated: boolean;
  /** True where programs do not get the variables that the line itself got. */
  hasBareEnvironment: boolean;
  /** True where the commands may run any number of times. */
  isRepeated: boolean;
  /** True where programs may get further words. */
  getsWords: boolean;
  keepsOn?: KeepsOn;
  input: Input;
  /** Layers of unwrapping so far. */
  depth: number;
  /** Names of the functions that are being run, against endless recursion. */
  calls: readonly string[];
  /** True where `set -e` does not count: conditions, the left side of `&&`. */
  ignoresErrors: boolean;
  /** Collects the states in which `break`, `continue` and `return` leave; undefined where nothing is to be left. */
  jumps?: ShellState[] | undefined;
  /** True for the commands of a task, whose runner counts as the workspace's own code already. */
  isInTask: boolean;
}

/** Result of walking commands: the states behind them, and their output where it is known. */
export interface Result extends Outcome {
  output?: string;
  /** The file whose content is the output, unchanged (`cat file`). */
  printed?: Word;
}

/** An invocation whose late fields are still open. */
export type Draft = Invocation & { pipedTo: number[]; isTransparentWrapper: boolean };

/** The walk over one submission. */
export interface Walk {
  readonly context: ShellContext;
  readonly invocations: Draft[];
  readonly notUnderstood: NotUnderstood[];
  readonly inlineCode: InlineCode[];
  readonly changes: VariableChange[];
  readonly text: string;
  /** Calls whose script was walked in their place. */
  readonly lookedInto: Draft[];
  /** Calls of task runners, with the names of the files that say what their tasks are. */
  readonly tasks: { draft: Draft; files: readonly string[] }[];
  add(invocation: Omit<Draft, 'id'>): Draft;
  run(structure: Structure, state: ShellState, frame: Frame): Result;
  /** Walks one simple command whose words are known. */
  runProgram(program: Program): Result;
  runScript(script: Script, state: ShellState, frame: Frame): Result;
  /** Reads and walks text that the line hands to a shell. */
  runSource(source: Source, state: ShellState, frame: Frame): Result;
  /** The text of a file; undefined where it cannot be read, or where enough files were read. */
  readFile(path: string, maxBytes: number): string | undefined;
  /** What a file holds, read once for all calls of the line; undefined also where enough files were read. */
  parseOnce(path: string, parse: () => unknown): unknown;
  /** Where the findings stand; `rollBack` forgets what came after. */
  mark(): Mark;
  rollBack(mark: Mark): void;
  /** A function was called under this name, so its definition need not be walked on its own. */
  markCalled(body: Structure): void;
}

/** Lengths of the lists of findings. */
export interface Mark {
  invocations: number;
  notUnderstood: number;
  inlineCode: number;
  changes: number;
}

/** True for what is no program: a bare redirect or assignment. */
export function isVoid(draft: Draft): boolean {
  return draft.argv.length === 0;
}

/** The same state, whether the command succeeds or fails. */
export function both(state: ShellState): Result {
  return { success: state, failure: state };
}

/** The frame inside of a compound command. */
export function inside(frame: Frame, label: string, span: Span): Frame {
  const step: NestingStep = { label, kind: 'compound', span };
  return { ...frame, nesting: [...frame.nesting, step] };
}
