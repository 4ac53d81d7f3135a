// Lists, pipelines and branches, in the order in which a shell runs them.
// Invariant: every branch is walked; where two ways meet, only what holds on both stays known.
import type { Outcome } from './cwd.ts';
import { join } from './joinStates.ts';
import type { ShellState } from './state.ts';
import { spanOf } from './structureSpan.ts';
import type { Structure } from './syntax.ts';
import { both, type Draft, type Frame, inside, isVoid, type Result, type Walk } from './walk.ts';

/** `a; b & c`, one after another; what runs in the background changes nothing here. */
export function runSequence(
  walk: Walk,
  structure: Extract<Structure, { kind: 'sequence' }>,
  state: ShellState,
  frame: Frame,
): Result {
  let current = state;
  let result: Result = both(state);
  const outputs: (string | undefined)[] = [];
  for (const { body, isBackground } of structure.items) {
    if (isBackground) {
      const isLooped = frame.keepsOn !== undefined && frame.keepsOn !== 'background';
      walk.run(body, current, { ...frame, keepsOn: isLooped ? 'multiplies' : 'background' });
      result = both(current);
      outputs.push(undefined);
      continue;
    }
    result = walk.run(body, current, frame);
    outputs.push(result.output);
    const stops = current.stopsOnError && !frame.ignoresErrors && body.kind === 'segment';
    current = (stops ? result.success : join(result.success, result.failure)) ?? current;
  }
  return outputs.length === 1 ? result : { ...result, output: joinOutputs(outputs) };
}

/** `a && b`. */
export function runAnd(
  walk: Walk,
  { left, right }: Extract<Structure, { kind: 'and' }>,
  state: ShellState,
  frame: Frame,
): Result {
  const first = walk.run(left, state, { ...frame, ignoresErrors: true });
  const second = walk.run(right, first.success ?? state, frame);
  if (!first.success) {
    return { success: undefined, failure: first.failure };
  }
  return { success: second.success, failure: join(first.failure, second.failure) };
}

/** `a || b`. */
export function runOr(
  walk: Walk,
  { left, right }: Extract<Structure, { kind: 'or' }>,
  state: ShellState,
  frame: Frame,
): Result {
  const first = walk.run(left, state, { ...frame, ignoresErrors: true });
  const second = walk.run(right, first.failure ?? state, frame);
  if (!first.failure) {
    return first;
  }
  return { success: join(first.success, second.success), failure: second.failure };
}

/** `a | b`: each stage reads what the one before it prints. */
export function runPipeline(
  walk: Walk,
  stages: readonly Structure[],
  state: ShellState,
  frame: Frame,
): Result {
  let input = frame.input;
  let before: Draft[] = [];
  let last: Result = both(state);
  for (const [index, stage] of stages.entries()) {
    const mark = walk.invocations.length;
    last = walk.run(stage, state, { ...frame, input, ignoresErrors: true });
    const started = walk.invocations.slice(mark);
    for (const reader of started.filter((draft) => index > 0 && draft.input === input)) {
      for (const writer of before) {
        writer.pipedTo.push(reader.id);
      }
    }
    before = started.filter((draft) => !isVoid(draft));
    const file = stage.kind === 'segment' ? last.printed : undefined;
    input =
      last.output === undefined
        ? { kind: 'pipe', from: before.map((draft) => draft.id), ...(file && { file }) }
        : { kind: 'text', text: last.output, span: spanOf(stage) };
  }
  // zsh runs the last stage in the shell itself.
  if (frame.dialect === 'zsh') {
    return {
      ...both(join(state, join(last.success, last.failure)) ?? state),
      output: last.output,
    };
  }
  return { ...both(state), output: last.output };
}

/** `if`: each condition is met in the state where the ones before it failed. */
export function runIf(
  walk: Walk,
  { branches }: Extract<Structure, { kind: 'if' }>,
  state: ShellState,
  frame: Frame,
): Result {
  let entry: ShellState | undefined = state;
  let known = state;
  const ends: Outcome[] = [];
  for (const { condition, body } of branches) {
    if (!condition) {
      ends.push(walk.run(body, entry ?? known, inside(frame, 'else', spanOf(body))));
      entry = undefined;
      break;
    }
    const step = inside(frame, 'if', spanOf(condition));
    const tested = walk.run(condition, entry ?? known, { ...step, ignoresErrors: true });
    ends.push(walk.run(body, tested.success ?? known, inside(frame, 'if', spanOf(body))));
    known = join(tested.success, tested.failure) ?? known;
    entry = tested.failure;
  }
  const success = ends.reduce<ShellState | undefined>((all, end) => join(all, end.success), entry);
  const failure = ends.reduce<ShellState | undefined>(
    (all, end) => join(all, end.failure),
    undefined,
  );
  return { success, failure };
}

function joinOutputs(outputs: readonly (string | undefined)[]): string | undefined {
  return outputs.every((output) => output !== undefined) ? outputs.join('') : undefined;
}
