// Turns one segment into an invocation: cooked words, redirects, assignments, input, and what it does to the shell itself.
// Invariant: every segment adds an invocation, also where it has no program.
import { checkArithmetic } from './arithmetic.ts';
import { checkIndexes } from './arrayIndexes.ts';
import { checkAssigned } from './assignedNames.ts';
import { runArithmetic, runTest } from './conditions.ts';
import { Expander } from './expand.ts';
import type { Assigned } from './program.ts';
import { expandRedirects } from './redirects.ts';
import { DECLARING } from './specialNames.ts';
import { assign, type ShellState, type Value } from './state.ts';
import { hostFor } from './substitutions.ts';
import type { RawAssignment, RawWord, Segment, SimpleSegment } from './tokens.ts';
import type { Span, Word } from './types.ts';
import { noteChange } from './variableChanges.ts';
import type { Frame, Result, Walk } from './walk.ts';
import { word } from './words.ts';

/** Walks one segment. */
export function runSegment(walk: Walk, segment: Segment, state: ShellState, frame: Frame): Result {
  const span = segment.source.span(segment.start, segment.end);
  const expander = new Expander(state, hostFor(walk, frame), span);
  switch (segment.kind) {
    case 'simple':
      return runSimple(walk, segment, expander, frame, span);
    case 'test':
      return runTest(walk, segment, expander, frame, span);
    case 'arithmetic':
      return runArithmetic(walk, segment, expander, frame, span);
  }
}

function runSimple(
  walk: Walk,
  segment: SimpleSegment,
  expander: Expander,
  frame: Frame,
  span: Span,
): Result {
  const before = expander.state;
  const argv = expandWords(expander, segment.words);
  const { redirects, input } = expandRedirects(expander, segment.redirects);
  const assigned = expandAssignments(expander, segment.assignments, argv.length > 0);
  const isQuoted = !/^[\w./:+,@%-]+$/.test(rawText(segment.words[0]));
  for (const raw of segment.redirects) {
    if (raw.fdVariable !== undefined) {
      noteChange(expander, raw.fdVariable, 'set');
      expander.state = assign(expander.state, raw.fdVariable, { kind: 'number' });
    }
  }
  return walk.runProgram({
    argv,
    redirects,
    assignments: assigned.map(({ assignment }) => assignment),
    values: assigned,
    input: input ?? before.input ?? frame.input,
    hasOwnInput: input !== undefined,
    isFirstWordQuoted: isQuoted,
    state: expander.state,
    frame,
    span,
  });
}

function rawText(raw: RawWord | undefined): string {
  return raw ? raw.source.text.slice(raw.start, raw.end) : '';
}

/** Arguments of declaring builtins are not split where they assign. */
function expandWords(expander: Expander, raws: readonly RawWord[]): Word[] {
  const [first, ...rest] = raws;
  if (!first || !DECLARING.has(rawText(first))) {
    return expander.words(raws);
  }
  const words = expander.words([first]);
  for (const raw of rest) {
    const isAssignment = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(rawText(raw));
    if (raw.array) {
      const items = expander.words(raw.array, true);
      if (!raws.some((option) => /^-\w*A/.test(rawText(option)))) {
        checkIndexes(expander, items);
      }
      const text = rawText(raw);
      words.push(
        word(
          text,
          [{ kind: 'literal', value: text, quoted: true }],
          raw.source.span(raw.start, raw.end),
        ),
      );
      const name = /^\w+/.exec(text)?.[0] ?? '';
      const value: Value = { kind: 'array', items: items.map((item) => item.parts) };
      expander.state = withLocal(expander.state, name, raws);
      checkAssigned(expander, name, value);
      expander.state = assign(expander.state, name, value);
    } else if (isAssignment && !raw.pieces.some(hasBrace)) {
      words.push(expander.single(raw, 'word'));
    } else {
      words.push(...expander.words([raw]));
    }
  }
  return words;
}

/** Keeps what a name held before the array of a `local` takes its place. */
function withLocal(state: ShellState, name: string, raws: readonly RawWord[]): ShellState {
  const [builtin, ...options] = raws.map(rawText);
  const isGlobal = options.some((option) => /^-\w*g/.test(option));
  if (!/^(?:local|declare|typeset)$/.test(builtin ?? '') || isGlobal || state.locals.has(name)) {
    return state;
  }
  return { ...state, locals: new Map(state.locals).set(name, state.variables.get(name)) };
}

/** `export x={a,b}` is two words: arguments of a builtin have their braces expanded, unlike assignments. */
function hasBrace(piece: RawWord['pieces'][number]): boolean {
  return piece.kind === 'literal' && !piece.quoted && piece.value.includes('{');
}

/** Each assignment sees the ones before it; before a program they do not stay. */
function expandAssignments(
  expander: Expander,
  raws: readonly RawAssignment[],
  areTemporary: boolean,
): Assigned[] {
  const before = expander.state;
  const result = raws.map((raw) => {
    const assigned = expandAssignment(expander, raw);
    const isElement = raw.subscript !== undefined && assigned.assignment.value !== undefined;
    const given: Value = isElement
      ? { kind: 'scalar', parts: assigned.assignment.value?.parts ?? [] }
      : assigned.value;
    checkAssigned(expander, raw.name, given, true);
    expander.state = assign(expander.state, raw.name, assigned.value);
    return assigned;
  });
  if (areTemporary && raws.length > 0) {
    const { hasForeignIfs } = before;
    const variables = new Map(expander.state.variables);
    for (const { name } of raws) {
      const value = before.variables.get(name);
      if (value) {
        variables.set(name, value);
      } else {
        variables.delete(name);
      }
    }
    expander.state = { ...expander.state, variables, hasForeignIfs };
  }
  return result;
}

function expandAssignment(expander: Expander, raw: RawAssignment): Assigned {
  const span = raw.source.span(raw.start, raw.end);
  const { name, append } = raw;
  if (raw.subscript) {
    const parts = expander.parts(raw.subscript.pieces, false);
    if (expander.state.variables.get(name)?.kind !== 'map') {
      checkArithmetic(expander, parts, raw.subscript.text);
    }
  }
  if (raw.array) {
    const words = expander.words(raw.array, true);
    const items = words.map((item) => item.parts);
    const isIndexed = raw.array.some((item) => rawText(item).startsWith('['));
    const isMap = expander.state.variables.get(name)?.kind === 'map';
    if (!isMap) {
      checkIndexes(expander, words);
    }
    const value: Value = isMap
      ? { kind: 'map' }
      : isIndexed
        ? { kind: 'unknown' }
        : { kind: 'array', items };
    const assignment = { name, value: arrayWord(raw, span), append, span };
    return { assignment, value: append ? appended(expander.state, name, value) : value };
  }
  const cooked = raw.value
    ? expander.single(raw.value, 'value')
    : word('', [], raw.source.span(raw.end, raw.end));
  const map = expander.state.variables.get(name)?.kind === 'map';
  const value: Value = map ? { kind: 'map' } : { kind: 'scalar', parts: cooked.parts };
  const isElement = raw.subscript !== undefined && !map;
  const assignment = {
    name: raw.subscript ? `${name}[${raw.subscript.text}]` : name,
    value: cooked,
    append,
    span,
  };
  if (isElement) {
    return { assignment, value: { kind: 'unknown' } };
  }
  return { assignment, value: append ? appended(expander.state, name, value) : value };
}

function arrayWord(raw: RawAssignment, span: Span): Word {
  const text = raw.source.text.slice(raw.start, raw.end).replace(/^\w+\+?=/, '');
  return word(text, [{ kind: 'opaque', text, why: 'array' }], span);
}

function appended(state: ShellState, name: string, value: Value): Value {
  const before = state.variables.get(name);
  if (before?.kind === 'scalar' && value.kind === 'scalar') {
    return { kind: 'scalar', parts: [...before.parts, ...value.parts] };
  }
  if (before?.kind === 'array' && value.kind === 'array') {
    return { kind: 'array', items: [...before.items, ...value.items] };
  }
  if (before?.kind === 'array' && value.kind === 'scalar') {
    const [first = [], ...rest] = before.items;
    return { kind: 'array', items: [[...first, ...value.parts], ...rest] };
  }
  return { kind: 'unknown' };
}
