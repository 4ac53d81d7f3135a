// Runs one simple command: function, builtin or program; adds its invocation and what it starts.
// Invariant: a name that the line has given another meaning (function, alias) is not taken for the program of that name.
import { applyBuiltin } from './builtins.ts';
import { join } from './joinStates.ts';
import { runLeavable } from './jumps.ts';
import { constantOutput } from './outputs.ts';
import { ownFileOf } from './ownFiles.ts';
import { runParts } from './parts.ts';
import { positionalOf } from './positional.ts';
import { printedFile } from './printedFile.ts';
import { type Assigned, common, type Program } from './program.ts';
import { assign, forget, type ShellState } from './state.ts';
import type { Word } from './types.ts';
import { both, type Draft, type Frame, type Result, type Walk } from './walk.ts';

/** Adds the invocation of a simple command, walks what it starts, and gives the states behind it. */
export function runProgram(walk: Walk, program: Program): Result {
  const { argv, frame, state, span, redirects, assignments, input } = program;
  const [first] = argv;
  if (!first) {
    return runBare(walk, program);
  }
  const name = programName(first);
  const draft = walk.add({
    argv,
    program: name,
    ...common(frame, state, span),
    ownFile: ownFileOf(walk.context, first, state.cwd, frame),
    redirects,
    assignments,
    input,
  });
  if (name === undefined) {
    const why = `It is not known which program \`${first.text}\` is.`;
    walk.notUnderstood.push({ code: 'dynamic-program', why, span: first.span });
    return both(state);
  }
  if (state.aliases.has(first.value ?? '') && !program.isFirstWordQuoted) {
    const why = `The line gives \`${name}\` another meaning.`;
    walk.notUnderstood.push({ code: 'unsupported-construct', why, span: first.span });
  }
  const entry = first.value === undefined ? undefined : state.functions.get(first.value);
  if (!entry) {
    return runOrdinary(walk, program, draft);
  }
  const called = callFunction(walk, program, draft);
  if (entry.isCertain) {
    return called;
  }
  const ordinary = runOrdinary(walk, program, draft);
  return {
    success: join(called.success, ordinary.success),
    failure: join(called.failure, ordinary.failure),
  };
}

/** Assignments and redirects without a program stay with the shell. */
function runBare(walk: Walk, program: Program): Result {
  const { frame, span, redirects, assignments, input } = program;
  walk.add({
    argv: [],
    program: undefined,
    ...common(frame, program.state, span),
    redirects,
    assignments,
    input,
  });
  const state = withValues(program.state, program.values);
  return both(state);
}

/** The state with the assignments that stand before a command. */
export function withValues(state: ShellState, values: readonly Assigned[]): ShellState {
  return values.reduce(
    (current, { assignment, value }) =>
      assign(current, assignment.name.replace(/\[.*/s, ''), value),
    state,
  );
}

/** What stands before a program is in its environment: variables of its own, also where the shell has arrays of these names. */
function withExports(state: ShellState, values: readonly Assigned[]): ShellState {
  if (values.length === 0) return state;
  const names = values.map(({ assignment }) => assignment.name);
  const variables = new Map(state.variables);
  for (const { assignment, value } of values) {
    variables.set(assignment.name.replace(/\[.*/s, ''), value);
  }
  return { ...state, variables, exported: new Set([...state.exported, ...names]) };
}

/** Builtins behind which other shells than bash keep what was assigned before them. */
const KEEPS_VALUES =
  /^(?:[.:]|eval|exec|export|readonly|set|unset|shift|trap|times|exit|return|break|continue|source|command)$/;

function runOrdinary(walk: Walk, program: Program, draft: Draft): Result {
  const { state, frame } = program;
  const inner = withExports(state, program.values);
  const started = runParts(walk, draft, inner, frame);
  const result = applyBuiltin(walk, draft, started ?? state, frame, program.values);
  const printed = printedFile(draft, frame, state);
  if (
    frame.dialect !== 'bash' &&
    program.values.length > 0 &&
    KEEPS_VALUES.test(draft.program ?? '')
  ) {
    const names = program.values.map(({ assignment }) => assignment.name);
    const kept = (after: ShellState | undefined) => after && forget(after, names);
    return { success: kept(result.success), failure: kept(result.failure) };
  }
  return { ...result, output: constantOutput(draft, frame, state), ...(printed && { printed }) };
}

function callFunction(walk: Walk, program: Program, draft: Draft): Result {
  const { state, frame, argv, span } = program;
  const name = argv[0]?.value ?? '';
  const entry = state.functions.get(name);
  if (!entry || frame.calls.includes(name)) {
    draft.isTransparentWrapper = true;
    return both(state);
  }
  draft.isTransparentWrapper = entry.isCertain;
  const inner: Frame = {
    ...frame,
    input: program.input,
    calls: [...frame.calls, name],
    // What leaves the function leaves nothing around its call.
    jumps: undefined,
    nesting: [...frame.nesting, { label: `${name}()`, kind: 'compound', span }],
  };
  const entryState = {
    ...withExports(state, program.values),
    positional: positionalOf(argv.slice(1)),
    // What stands before the call is gone behind it.
    locals: new Map(
      program.values.map(({ assignment: { name } }) => [name, state.variables.get(name)]),
    ),
  };
  let result: Result = { success: undefined, failure: undefined };
  for (const body of entry.bodies) {
    walk.markCalled(body);
    const end = runLeavable(walk, body, entryState, inner);
    result = {
      success: join(result.success, end.success),
      failure: join(result.failure, end.failure),
    };
  }
  // `return` ends the body early with either result.
  const end = join(result.success, result.failure) ?? entryState;
  const after = leaveFunction(state, end);
  const names = program.values.map(({ assignment }) => assignment.name);
  return both(frame.dialect === 'bash' ? after : forget(after, names));
}

/** Takes back what the function declared local, and its positional parameters. */
function leaveFunction(before: ShellState, after: ShellState): ShellState {
  const variables = new Map(after.variables);
  for (const [name, value] of after.locals) {
    if (value) {
      variables.set(name, value);
    } else {
      variables.delete(name);
    }
  }
  return { ...after, variables, positional: before.positional, locals: before.locals };
}

/** Last path segment of the program; undefined where it is not constant. */
export function programName(first: Word): string | undefined {
  if (first.value === undefined || first.isGlob) {
    return undefined;
  }
  return first.value.slice(first.value.lastIndexOf('/') + 1);
}
