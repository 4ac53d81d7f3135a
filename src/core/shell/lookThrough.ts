// Looks into scripts that the line runs, where they can be read.
// Invariant: what cannot be read leaves its call opaque (not transparent), so that it counts as foreign code.
import { ACTIVATION_VARIABLES, isActivation } from './activation.ts';
import { directoryOf, resolvePath } from './cwd.ts';
import { join } from './joinStates.ts';
import { leavable } from './jumps.ts';
import { positionalOf } from './positional.ts';
import { readerOf } from './shebang.ts';
import { fixedSource } from './source.ts';
import { changedVariables, type ShellState } from './state.ts';
import type { Cwd } from './types.ts';
import { partialText } from './unwrap/build.ts';
import { startedParts } from './unwrap/interpreters.ts';
import type { FilePart, UnwrappedPart } from './unwrap/types.ts';
import type { Draft, Frame, Walk } from './walk.ts';

/** What came of looking into a file. */
export interface Looked {
  /** The shell's state where the file ran in this very shell. */
  state?: ShellState | undefined;
  /** What the code of the file starts. */
  parts: readonly UnwrappedPart[];
}

const MAX_BYTES = 32_768;
const NOTHING: Looked = { parts: [] };

/** Walks a script that is run or sourced, or scans the code of a file. */
export function readFilePart(
  walk: Walk,
  draft: Draft,
  part: FilePart,
  state: ShellState,
  frame: Frame,
): Looked {
  const place = directoryOf(state.cwd, part.path);
  if (isStream(part, state.cwd)) {
    const why = `${part.step.label} runs text that cannot be seen beforehand.`;
    walk.notUnderstood.push({ code: 'unseen-code', why, span: part.path.span });
  }
  const text =
    frame.place.kind === 'local' && place.kind === 'known'
      ? walk.readFile(place.path, MAX_BYTES)
      : undefined;
  const reader =
    text !== undefined && part.reader.kind === 'shebang' ? readerOf(text) : part.reader;
  if (text === undefined || reader === undefined || reader.kind === 'shebang') {
    draft.isTransparentWrapper = false;
    return NOTHING;
  }
  if (reader.kind === 'code') {
    draft.isTransparentWrapper = false;
    return frame.isInTask ? NOTHING : scanCode(walk, draft, part, reader.language, text);
  }
  walk.lookedInto.push(draft);
  // Which programs its folder then holds is looked up by whoever knows the machine.
  if (place.kind === 'known' && activates(part, text, place.path, state))
    return { parts: [], state };
  return {
    state: runScript(walk, part, state, { ...frame, dialect: reader.dialect }, text),
    parts: [],
  };
}

/** True for the script of an environment, where the line has not prepared what that takes PATH from. */
function activates(
  { inCurrentShell }: FilePart,
  text: string,
  path: string,
  state: ShellState,
): boolean {
  if (!inCurrentShell || !isActivation(text, path)) return false;
  const changed = changedVariables(state);
  const isPrepared = ACTIVATION_VARIABLES.some((name) => changed?.values.has(name));
  return changed?.isVague !== true && !isPrepared;
}

function runScript(
  walk: Walk,
  part: FilePart,
  state: ShellState,
  frame: Frame,
  text: string,
): ShellState | undefined {
  const entry =
    part.arguments.length > 0 || !part.inCurrentShell
      ? positionalOf(part.arguments)
      : state.positional;
  const source = fixedSource(text, part.path.span);
  const result = leavable({ ...frame, jumps: undefined }, (inner) =>
    walk.runSource(source, { ...state, positional: entry }, inner),
  );
  if (!part.inCurrentShell) {
    return undefined;
  }
  const after = join(result.success, result.failure) ?? state;
  return { ...after, positional: state.positional };
}

function scanCode(
  walk: Walk,
  draft: Draft,
  { path }: FilePart,
  language: Parameters<typeof startedParts>[0]['language'],
  code: string,
): Looked {
  walk.inlineCode.push({ invocation: draft.id, language, code, span: path.span });
  return { parts: startedParts({ language }, { code }, path.span, path) };
}

/** Open files by their number, and terminals. */
const STREAM = /^\/dev\/(?:std\w*|fd\b|tty|pts\b|console)|^\/proc\/[^/]*\/(?:fd|task)\b/;

/** True for `<(…)` and for open files, however their path is spelled. */
function isStream({ path }: FilePart, cwd: Cwd): boolean {
  if (path.parts.some((piece) => piece.kind === 'substitution' && path.text.includes('<('))) {
    return true;
  }
  const text = partialText(path);
  const place = resolvePath(cwd, text);
  // The directory may be /dev, or one of open files.
  if (place.kind === 'unknown') return /(?:^|\/)(?:std(?:in|out|err)|tty|[0-9]+)$/.test(text);
  // Which file a pattern there hits is not known.
  const start = place.path.replace(/(?<=[?*[]).*$/s, '');
  return STREAM.test(start) || /^\/(?:dev\/|proc\/.*)?[^/]*[?*[]$/.test(start);
}
