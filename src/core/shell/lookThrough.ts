// Looks into scripts and tasks that the line runs, where they can be read.
// Invariant: what cannot be read leaves its call opaque (not transparent), so that it counts as foreign code.
import { positionalOf } from './calls.ts';
import { directoryOf } from './cwd.ts';
import { fixedSource } from './source.ts';
import { join, type ShellState } from './state.ts';
import { partialText } from './unwrap/build.ts';
import type { FilePart, TaskPart } from './unwrap/types.ts';
import type { Draft, Frame, Walk } from './walk.ts';

const MAX_BYTES = 32_768;

/** Walks a script that is run or sourced. Gives the shell's state where it ran in this very shell. */
export function readFilePart(
  walk: Walk,
  draft: Draft,
  part: FilePart,
  state: ShellState,
  frame: Frame,
): ShellState | undefined {
  if (isStream(part)) {
    const why = `${part.step.label} runs text that cannot be seen beforehand.`;
    walk.notUnderstood.push({ code: 'unseen-code', why, span: part.path.span });
  }
  const text = readText(walk, part, state, frame);
  if (text !== undefined && part.reader.kind === 'code') {
    const { language } = part.reader;
    walk.inlineCode.push({ invocation: draft.id, language, code: text, span: part.path.span });
    draft.isTransparentWrapper = false;
    return undefined;
  }
  if (text === undefined) {
    draft.isTransparentWrapper = false;
    return undefined;
  }
  const inner = {
    ...frame,
    dialect: part.reader.kind === 'shell' ? part.reader.dialect : frame.dialect,
  };
  const source = fixedSource(text, part.path.span);
  const entry =
    part.arguments.length > 0 || !part.inCurrentShell
      ? positionalOf(part.arguments)
      : state.positional;
  const result = walk.runSource(source, { ...state, positional: entry }, inner);
  if (!part.inCurrentShell) {
    return undefined;
  }
  const after = join(result.success, result.failure) ?? state;
  return { ...after, positional: state.positional };
}

/** True for `<(…)` and for open files by their number. */
function isStream({ path }: FilePart): boolean {
  return (
    path.parts.some((piece) => piece.kind === 'substitution' && path.text.includes('<(')) ||
    /^\/dev\/(?:stdin|fd\b)|^\/proc\/[^/]*\/fd\b/.test(partialText(path))
  );
}

function readText(walk: Walk, part: FilePart, state: ShellState, frame: Frame): string | undefined {
  if (frame.place.kind !== 'local' || !walk.context.files) {
    return undefined;
  }
  const place = directoryOf(state.cwd, part.path);
  return place.kind === 'known' ? walk.context.files.read(place.path, MAX_BYTES) : undefined;
}

/** Walks the commands of a task. */
export function readTaskPart(
  _walk: Walk,
  draft: Draft,
  _part: TaskPart,
  _state: ShellState,
  _frame: Frame,
): void {
  draft.isTransparentWrapper = false;
}
