// Groups, subshells, coprocesses, redirected commands, and the way to loops and `case`.
// Invariant: what runs in a process of its own changes nothing in the shell.
import { Expander } from './expand.ts';
import { runCase, runFor, runWhile } from './loops.ts';
import { common } from './program.ts';
import { expandRedirects } from './redirects.ts';
import type { ShellState } from './state.ts';
import { spanOf } from './structureSpan.ts';
import { hostFor } from './substitutions.ts';
import type { Structure } from './syntax.ts';
import type { Input, Span } from './types.ts';
import { noteChange } from './variableChanges.ts';
import { both, type Frame, inside, type Result, type Walk } from './walk.ts';

/** Walks a compound command. */
export function runCompound(
  walk: Walk,
  structure: Exclude<
    Structure,
    { kind: 'segment' | 'sequence' | 'and' | 'or' | 'not' | 'pipeline' | 'if' | 'function' }
  >,
  state: ShellState,
  frame: Frame,
): Result {
  const span = spanOf(structure);
  switch (structure.kind) {
    case 'group':
      return walk.run(structure.body, state, inside(frame, '{ }', span));
    case 'subshell': {
      const result = walk.run(structure.body, state, inside(frame, '( )', span));
      return { ...both(state), output: result.output };
    }
    case 'coprocess': {
      const input: Input = {
        kind: 'dynamic',
        why: 'a coprocess reads what the line sends it',
        span,
      };
      walk.run(structure.body, state, { ...inside(frame, 'coproc', span), input });
      const { name } = structure;
      for (const filled of [name, `${name}_PID`]) {
        noteChange(new Expander(state, hostFor(walk, frame), span), filled, 'set');
      }
      const variables = new Map(state.variables).set(name, {
        kind: 'unknown' as const,
      });
      return both({ ...state, variables });
    }
    case 'redirected':
      return runRedirected(walk, structure, state, frame, span);
    case 'case':
      return runCase(walk, structure, state, inside(frame, 'case', span));
    case 'loop':
      return structure.header
        ? runFor(walk, structure, state, inside(frame, 'for', span), span)
        : runWhile(walk, structure, state, inside(frame, 'while', span));
  }
}

function runRedirected(
  walk: Walk,
  { redirects, body }: Extract<Structure, { kind: 'redirected' }>,
  state: ShellState,
  frame: Frame,
  span: Span,
): Result {
  const expander = new Expander(state, hostFor(walk, frame), span);
  const expanded = expandRedirects(expander, redirects);
  walk.add({
    argv: [],
    program: undefined,
    redirects: expanded.redirects,
    assignments: [],
    input: frame.input,
    ...common(frame, state, expanded.redirects[0]?.span ?? span),
  });
  const result = walk.run(body, expander.state, {
    ...frame,
    input: expanded.input ?? frame.input,
  });
  return { success: result.success, failure: result.failure };
}
