// A simple command after expansion, and what every invocation takes over from the place where it stands.
import { changedVariables, type ShellState, type Value } from './state.ts';
import type { Assignment, Input, Redirect, Span, Word } from './types.ts';
import type { Frame } from './walk.ts';

/** A simple command after expansion. */
export interface Program {
  argv: readonly Word[];
  redirects: readonly Redirect[];
  assignments: readonly Assignment[];
  values: readonly Assigned[];
  input: Input;
  /** True where the command redirects its own standard input. */
  hasOwnInput: boolean;
  isFirstWordQuoted: boolean;
  state: ShellState;
  frame: Frame;
  span: Span;
}

/** An assignment as it is shown, and the value that the shell then holds. */
export interface Assigned {
  assignment: Assignment;
  value: Value;
}

/** The fields of an invocation that follow from where it stands. */
export function common(frame: Frame, state: ShellState, span: Span) {
  return {
    pipedTo: [],
    cwd: state.cwd,
    place: frame.place,
    nesting: frame.nesting,
    isTransparentWrapper: false,
    isElevated: frame.isElevated,
    hasBareEnvironment: frame.hasBareEnvironment,
    changed: changedVariables(state),
    isRepeated: frame.isRepeated,
    hasUnknownOperands: frame.getsWords,
    ...(frame.keepsOn && { keepsOn: frame.keepsOn }),
    span,
  };
}
