// Walks what a call starts: the parts that the table of wrappers finds in it.
// Invariant: a part is walked, or something in its place is not understood or not transparent.
import { checkAssigned } from './assignedNames.ts';
import { directoryOf } from './cwd.ts';
import { Expander } from './expand.ts';
import { join } from './joinStates.ts';
import { leavable } from './jumps.ts';
import { readFilePart } from './lookThrough.ts';
import { positionalOf } from './positional.ts';
import { alignedSource } from './source.ts';
import { checkStartFiles } from './startFiles.ts';
import { blur, forget, type ShellState, type Value } from './state.ts';
import { hostFor } from './substitutions.ts';
import { readTaskPart } from './taskFiles.ts';
import type { Cwd, Input, Place, Word, WordPart } from './types.ts';
import { spanAround } from './unwrap/build.ts';
import type { ArgvPart, TextPart, Unwrapped, UnwrappedPart } from './unwrap/types.ts';
import { unwrap, withScriptFile } from './unwrap/unwrap.ts';
import type { Draft, Frame, Walk } from './walk.ts';

/** Wrappers that run a builtin or function of this very shell. */
const IN_SHELL: ReadonlySet<string> = new Set(['command', 'builtin', 'exec', 'jobs']);

const MAX_DEPTH = 8;

/** Walks everything that the invocation starts. Gives the shell's state where that ran in this very shell, else undefined. */
export function runParts(
  walk: Walk,
  draft: Draft,
  state: ShellState,
  frame: Frame,
): ShellState | undefined {
  const unwrapped = asWhatItIs(draft, unwrap(draft.argv, draft.input));
  walk.notUnderstood.push(...unwrapped.notUnderstood);
  checkStartFiles(walk, draft, state);
  draft.isTransparentWrapper = unwrapped.transparent;
  if (unwrapped.parts.length > 0 && frame.depth >= MAX_DEPTH) {
    walk.notUnderstood.push({
      code: 'too-deep',
      why: 'Commands are nested too deeply.',
      span: draft.span,
    });
    return undefined;
  }
  let result: ShellState | undefined;
  for (const part of unwrapped.parts) {
    const after = runPart(walk, draft, part, result ?? state, frame);
    result = after ?? result;
  }
  return result;
}

/** A file that stands in for a program may do what the program does, and does what is written in it. */
function asWhatItIs({ argv, ownFile }: Draft, named: Unwrapped): Unwrapped {
  const [first, ...args] = argv;
  if (!ownFile || !first) return named;
  if (ownFile.isTool) return { ...named, transparent: false };
  return withScriptFile(named, constantWord(ownFile.path, first), args);
}

function constantWord(value: string, { span }: Word): Word {
  const parts = [{ kind: 'literal', value, quoted: true }] as const;
  return { text: value, value, parts, isGlob: false, span };
}

function runPart(
  walk: Walk,
  draft: Draft,
  part: UnwrappedPart,
  state: ShellState,
  frame: Frame,
): ShellState | undefined {
  const inner = enter(draft, part, frame);
  for (const change of part.environment?.changes ?? []) {
    walk.changes.push({ ...change, invocation: draft.id });
  }
  const there: ShellState = { ...state, cwd: partCwd(part, state, inner.place) };
  switch (part.kind) {
    case 'argv':
      return runWords(walk, draft, part, there, inner);
    case 'text':
      return runText(walk, draft, part, there, inner);
    case 'code':
      walk.inlineCode.push({
        invocation: draft.id,
        language: part.language,
        code: part.code,
        span: part.span,
      });
      return undefined;
    case 'file': {
      const entry = part.inCurrentShell ? there : child(draft, there);
      const looked = readFilePart(walk, draft, part, entry, inner);
      for (const started of looked.parts) {
        runPart(walk, draft, started, entry, inner);
      }
      return looked.state;
    }
    case 'task':
      if (!readTaskPart(walk, draft, part, child(draft, there), inner) && part.otherwise) {
        runPart(walk, draft, part.otherwise, state, frame);
      }
      return undefined;
  }
}

/** The frame inside of the part. */
function enter(draft: Draft, part: UnwrappedPart, frame: Frame): Frame {
  const input: Input =
    part.input === 'none' ? { kind: 'text', text: '', span: draft.span } : draft.input;
  // Text in the calling shell (`trap`) gets no words of others; where it does they stand in it.
  const getsWords =
    (part.kind === 'argv' && part.hasUnknownOperands === true) ||
    (part.kind === 'text' && part.isRepeated === true && part.inCurrentShell !== true);
  const isInShell =
    IN_SHELL.has(draft.program ?? '') || ('inCurrentShell' in part && part.inCurrentShell === true);
  return {
    ...frame,
    jumps: isInShell ? frame.jumps : undefined,
    input,
    place: part.place ?? frame.place,
    isElevated: part.elevated ?? frame.isElevated,
    hasBareEnvironment: frame.hasBareEnvironment || part.environment?.isBare === true,
    isRepeated: frame.isRepeated || getsWords,
    getsWords: frame.getsWords || getsWords,
    nesting: [...frame.nesting, part.step],
    depth: frame.depth + 1,
  };
}

function partCwd(part: UnwrappedPart, state: ShellState, place: Place): Cwd {
  if (part.cwd === undefined) {
    const isSame = part.place === undefined || place.kind === 'local';
    return isSame
      ? state.cwd
      : { kind: 'unknown', why: 'it is a directory of another machine or container' };
  }
  return part.cwd === 'unknown'
    ? { kind: 'unknown', why: 'the wrapper changes it' }
    : directoryOf(state.cwd, part.cwd);
}

function runWords(
  walk: Walk,
  draft: Draft,
  part: ArgvPart,
  state: ShellState,
  frame: Frame,
): ShellState | undefined {
  if (part.words.length === 0) {
    return undefined;
  }
  for (const { name, span, value } of part.assignments ?? []) {
    const expander = new Expander(state, hostFor(walk, frame), span);
    checkAssigned(expander, name, valueOfAssignment(value?.parts), true);
    if (!/^[A-Za-z_][\w.]*$/.test(name)) {
      const why = `\`${name}\` may give the shells that are started a function of that name.`;
      walk.notUnderstood.push({ code: 'unsupported-construct', why, span });
    }
  }
  const isInShell = IN_SHELL.has(draft.program ?? '');
  const result = walk.runProgram({
    argv: part.words,
    redirects: [],
    assignments: part.assignments ?? [],
    values: (part.assignments ?? []).map((assignment) => ({
      assignment,
      value: valueOfAssignment(assignment.value?.parts),
    })),
    input: frame.input,
    hasOwnInput: false,
    isFirstWordQuoted: true,
    state: {
      ...(frame.hasBareEnvironment ? withoutEnvironment(state) : state),
      functions: new Map(),
      aliases: new Set(),
    },
    frame,
    span: spanAround(part.words) ?? draft.span,
  });
  if (!isInShell) {
    return undefined;
  }
  const after = join(result.success, result.failure) ?? state;
  const aliases = new Set([...state.aliases, ...after.aliases]);
  return { ...after, functions: state.functions, aliases };
}

function valueOfAssignment(parts: readonly WordPart[] | undefined): Value {
  return parts ? { kind: 'scalar', parts } : { kind: 'unset' };
}

function withoutEnvironment(state: ShellState): ShellState {
  return { ...state, exported: new Set() };
}

function runText(
  walk: Walk,
  draft: Draft,
  part: TextPart,
  state: ShellState,
  frame: Frame,
): ShellState | undefined {
  const source = alignedSource(part.text, walk.text, part.span);
  const inner: Frame = { ...frame, dialect: part.dialect };
  const [, ...args] = part.positional;
  if (part.inCurrentShell) {
    if (part.isRepeated) {
      const later = { ...blur(state, 'it runs later'), functions: state.functions };
      const from = walk.invocations.length;
      const { success, failure } = walk.runSource(source, later, inner);
      const moves = walk.invocations
        .slice(from)
        .some(({ argv }) => MOVES.test(argv[0]?.value ?? ''));
      return part.isAtEnd ? undefined : disturbed(state, later, join(success, failure), moves);
    }
    // `source FILE WORDS` has words of its own; without any those of the shell stay.
    const own = part.positional.length > 0;
    const entry = own ? { ...state, positional: positionalOf(args) } : state;
    // `return` leaves what is sourced, and in `eval` what is around it.
    const isSourced = /^(?:source|\.)$/.test(draft.program ?? '');
    const there = { ...inner, dialect: frame.dialect };
    const result = isSourced
      ? leavable({ ...there, jumps: undefined }, (own) => walk.runSource(source, entry, own))
      : walk.runSource(source, entry, there);
    const after = join(result.success, result.failure) ?? entry;
    return own ? { ...after, positional: state.positional } : after;
  }
  walk.runSource(source, { ...child(draft, state, inner), positional: positionalOf(args) }, inner);
  return undefined;
}

/** Builtins that change the directory. */
const MOVES = /^(?:cd|chdir|pushd|popd)$/;

/** The state when code that changes the shell itself may run between any two commands (`trap 'cd /' DEBUG`). */
function disturbed(
  state: ShellState,
  before: ShellState,
  after: ShellState | undefined,
  moves: boolean,
): ShellState | undefined {
  if (!after || (!moves && after.variables.size === 0)) {
    return undefined;
  }
  const { cwd, previousCwd, directories } = moves ? before : state;
  return { ...forget(state, after.variables.keys()), cwd, previousCwd, directories };
}

/** What a new process of the shell knows: exported variables, and what stands before the command. */
function child(draft: Draft, state: ShellState, frame?: Frame): ShellState {
  const variables = new Map<string, Value>();
  if ((frame?.place.kind ?? 'local') === 'local') {
    const own = new Set([...state.exported, ...draft.assignments.map(({ name }) => name)]);
    for (const [name, value] of state.variables) {
      if (own.has(name)) {
        // An array is not handed on.
        const isArray = value.kind === 'array' || value.kind === 'map';
        variables.set(name, isArray ? { kind: 'unset' } : value);
      } else if (state.inherited.get(name) !== value) {
        // It gets the new value where the variable came from the environment, which is not known here.
        variables.set(name, { kind: 'unknown' });
      }
    }
  }
  return {
    ...state,
    variables,
    functions: new Map(),
    aliases: new Set(),
    positional: [],
    locals: new Map(),
    input: undefined,
    stopsOnError: false,
    hasNoGlob: false,
    hasForeignIfs: false,
    directories: [],
  };
}
