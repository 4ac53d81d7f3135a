// Loops and `case`.
// Invariant: what a body may change is not known inside the body either, unless every round is walked on its own.
import { checkArithmetic } from './arithmetic.ts';
import { checkAssigned } from './assignedNames.ts';
import { Expander } from './expand.ts';
import { isStable, join } from './joinStates.ts';
import { runLeavable } from './jumps.ts';
import { assign, blur, constantText, type ShellState, type Value } from './state.ts';
import { hostFor } from './substitutions.ts';
import type { Structure } from './syntax.ts';
import type { Span, Word, WordPart } from './types.ts';
import type { Frame, Result, Walk } from './walk.ts';

type Loop = Extract<Structure, { kind: 'loop' }>;

/** Most rounds and most commands in all rounds that are walked one by one. */
const MAX_ROUNDS = 16;
const MAX_ROUND_COMMANDS = 64;
const MAX_LOOKS = 4;

/** `for x in …`, `for ((…))`, `select`. */
export function runFor(
  walk: Walk,
  loop: Loop,
  state: ShellState,
  frame: Frame,
  span: Span,
): Result {
  const { header } = loop;
  const expander = new Expander(state, hostFor(walk, frame), span);
  if (header?.kind === 'count') {
    checkArithmetic(expander, expander.parts(header.pieces, false), header.text);
    return repeat(walk, loop, expander.state, frame);
  }
  if (header?.kind !== 'for') {
    return repeat(walk, loop, state, frame);
  }
  const words = header.words ? expander.words(header.words) : positionalWords(state, span);
  for (const { parts } of words ?? []) {
    checkAssigned(expander, header.name, { kind: 'scalar', parts });
  }
  if (!words) {
    checkAssigned(expander, header.name, undefined);
  }
  const rounds = words && roundsOf(words, loop.body);
  if (rounds) {
    return unroll(walk, loop, assignRounds(header.name, rounds), expander.state, frame);
  }
  const entry = assign(expander.state, header.name, commonValue(words));
  return repeat(walk, loop, entry, frame);
}

function positionalWords(state: ShellState, span: Span): Word[] | undefined {
  return state.positional?.map((parts) => {
    const value = constantText(parts);
    return { text: value ?? '"$@"', value, parts, isGlob: false, span };
  });
}

function roundsOf(words: readonly Word[], body: Structure): readonly Value[] | undefined {
  const commands = countSegments(body);
  const isShort = words.length <= MAX_ROUNDS && words.length * commands <= MAX_ROUND_COMMANDS;
  const areKnown = words.every((word) => word.value !== undefined);
  return words.length > 0 && isShort && areKnown
    ? words.map((word) => ({ kind: 'scalar', parts: quoted(word) }))
    : undefined;
}

/** The variable holds what the glob stands for, so glob parts stay globs wherever it is used. */
function quoted(word: Word): Word['parts'] {
  return word.parts.map((part) => (part.kind === 'literal' ? { ...part, quoted: true } : part));
}

/** The list was split where the loop began, if it was not quoted. */
function oneOfMany(part: WordPart): WordPart {
  return part.kind === 'substitution' && !part.quoted ? { ...part, isOneWord: true } : part;
}

function assignRounds(
  name: string,
  rounds: readonly Value[],
): ((state: ShellState) => ShellState)[] {
  return rounds.map((value) => (state) => assign(state, name, value));
}

/** One value for all rounds: integers, the output of one command, or unknown. */
function commonValue(words: readonly Word[] | undefined): Value {
  const [only] = words ?? [];
  // A word of several pieces may be split, and then the variable holds one piece of it.
  if (words?.length === 1 && only?.value === undefined && only?.parts.length === 1) {
    return { kind: 'scalar', parts: quoted(only).map(oneOfMany) };
  }
  const areIntegers = words?.every((word) => /^-?[0-9]+$/.test(word.value ?? ''));
  return areIntegers ? { kind: 'number' } : { kind: 'unknown' };
}

function unroll(
  walk: Walk,
  loop: Loop,
  rounds: readonly ((state: ShellState) => ShellState)[],
  state: ShellState,
  frame: Frame,
): Result {
  let current = state;
  let all: ShellState | undefined;
  const jumps = mayJump(loop.body);
  for (const round of rounds) {
    const before = round(current);
    const result = runLeavable(walk, loop.body, before, frame);
    const after = join(result.success, result.failure) ?? before;
    current = jumps ? (join(before, after) ?? after) : after;
    all = join(all, current);
  }
  const end = (jumps ? all : current) ?? state;
  return { success: end, failure: end };
}

/** `while` and `until`. */
export function runWhile(walk: Walk, loop: Loop, state: ShellState, frame: Frame): Result {
  return repeat(walk, loop, state, frame);
}

/** Walks condition and body until a further round would change nothing that is known. */
function repeat(walk: Walk, loop: Loop, state: ShellState, frame: Frame): Result {
  const inner: Frame = { ...frame, isRepeated: true, ...(isEndless(loop) && keepingOn(frame)) };
  let entry = state;
  for (let look = 1; ; look++) {
    const mark = walk.mark();
    const tested =
      loop.condition && walk.run(loop.condition, entry, { ...inner, ignoresErrors: true });
    const start = (tested && join(tested.success, tested.failure)) ?? entry;
    const from = (loop.condition && tested?.success) ?? start;
    const result = runLeavable(walk, loop.body, from, inner);
    const back = join(result.success, result.failure);
    const next = join(entry, back) ?? entry;
    if (isStable(entry, next) || look > MAX_LOOKS) {
      const end = join(start, next) ?? next;
      return { success: end, failure: end };
    }
    walk.rollBack(mark);
    entry = look === MAX_LOOKS ? blur(next, 'a loop changes it') : next;
  }
}

const keepingOn = ({ keepsOn = 'endless' }: Frame): Pick<Frame, 'keepsOn'> => ({
  keepsOn: keepsOn === 'background' ? 'endless-background' : keepsOn,
});

/** `while true`, `while :`, `until false`, `for ((;;))`, where nothing in the body leaves the loop. */
function isEndless({ header, condition, body }: Loop): boolean {
  if (mayJump(body)) return false;
  if (header?.kind === 'count') return /^[^;]*;\s*1?\s*;/.test(header.text);
  if (header !== undefined || condition?.kind !== 'segment') return false;
  const { segment } = condition;
  const [word, ...rest] = segment.kind === 'simple' ? segment.words : [];
  if (word === undefined || rest.length > 0) return false;
  const { source, start, end } = word;
  const keyword = /(while|until)\s+$/.exec(source.text.slice(Math.max(0, start - 20), start))?.[1];
  const always =
    keyword === 'until' ? /^false$/ : keyword === 'while' ? /^(true|:)$/ : ANY_CONSTANT;
  return always.test(source.text.slice(start, end));
}

/** Where a comment stands between the keyword and its condition, it is not looked for. */
const ANY_CONSTANT = /^(true|:|false)$/;

/** `case`: every item is looked at, in any of the orders that `;&` allows. */
export function runCase(
  walk: Walk,
  structure: Extract<Structure, { kind: 'case' }>,
  state: ShellState,
  frame: Frame,
): Result {
  const { header } = structure;
  let entry = state;
  if (header.kind === 'case') {
    const { source, start, end } = header.subject;
    const expander = new Expander(state, hostFor(walk, frame), source.span(start, end));
    for (const raw of [header.subject, ...header.items.flat()]) {
      expander.single(raw, false);
    }
    entry = expander.state;
  }
  let end: ShellState | undefined = entry;
  let before = entry;
  for (const body of structure.bodies) {
    const result = walk.run(body, before, frame);
    end = join(end, join(result.success, result.failure));
    // Behind `;&` the next body starts where this one ended.
    before = join(entry, join(result.success, result.failure)) ?? entry;
  }
  return { success: end, failure: end };
}

function countSegments(structure: Structure): number {
  return segmentsIn(structure).length;
}

/** `break`, `continue`, `return`, `exit`, or a program that is not plain text and so might be one of them. */
function mayJump(structure: Structure): boolean {
  return segmentsIn(structure).some(({ segment }) => {
    const [program] = segment.kind === 'simple' ? segment.words : [];
    const raw = program?.source.text.slice(program.start, program.end) ?? '';
    return (
      !/^[\w./:+-]*$/.test(raw) || /^(?:break|continue|return|exit|eval|command|builtin)$/.test(raw)
    );
  });
}

function segmentsIn(structure: Structure): Extract<Structure, { kind: 'segment' }>[] {
  switch (structure.kind) {
    case 'segment':
      return [structure];
    case 'sequence':
      return structure.items.flatMap((item) => segmentsIn(item.body));
    case 'pipeline':
      return structure.stages.flatMap(segmentsIn);
    case 'and':
    case 'or':
      return [...segmentsIn(structure.left), ...segmentsIn(structure.right)];
    case 'if':
      return structure.branches.flatMap(({ condition, body }) => [
        ...(condition ? segmentsIn(condition) : []),
        ...segmentsIn(body),
      ]);
    case 'case':
      return structure.bodies.flatMap(segmentsIn);
    case 'loop':
      return [
        ...(structure.condition ? segmentsIn(structure.condition) : []),
        ...segmentsIn(structure.body),
      ];
    default:
      return segmentsIn(structure.body);
  }
}
