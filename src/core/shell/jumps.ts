// `break`, `continue` and `return` leave a loop or a function early, with the state that holds where they stand.
// Invariant: what holds behind a loop or a function holds on every way out of it.
import { join } from './joinStates.ts';
import type { ShellState } from './state.ts';
import type { Structure } from './syntax.ts';
import type { Frame, Result, Walk } from './walk.ts';

/** Walks the body of a loop or a function; its early ends count among its ends. */
export function runLeavable(walk: Walk, body: Structure, state: ShellState, frame: Frame): Result {
  return leavable(frame, (inner) => walk.run(body, state, inner));
}

/** The same for anything that is walked. */
export function leavable(frame: Frame, run: (inner: Frame) => Result): Result {
  const jumps: ShellState[] = [];
  const result = run({ ...frame, jumps });
  if (jumps.length === 0) return result;
  // A `return` leaves the loops around it as well.
  frame.jumps?.push(...jumps);
  return { ...result, success: jumps.reduce<ShellState | undefined>(join, result.success) };
}
