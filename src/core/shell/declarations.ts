// `export`, `declare`, `typeset`, `local`, `readonly`.
// Invariant: attributes that change what a name means (nameref, integer, case) leave no stale constant behind.
import { checkArithmetic } from './arithmetic.ts';
import { checkAssigned } from './assignedNames.ts';
import { Expander } from './expand.ts';
import { assign, constantText, forget, type ShellState, type Value } from './state.ts';
import type { Span, Word, WordPart } from './types.ts';
import { noteChange } from './variableChanges.ts';
import type { Frame } from './walk.ts';

/** Most names that one call declares; more are not followed. */
const MAX_NAMES = 200;

/** The state behind a declaring builtin. */
export function declare(
  state: ShellState,
  builtin: string,
  args: readonly Word[],
  expander: Expander,
  frame: Frame,
): ShellState {
  let flags = '';
  let next = state;
  if (args.length > MAX_NAMES) {
    noteChange(expander, undefined, 'set');
    return { ...forget(state, state.variables.keys()), isVague: true };
  }
  for (const word of args) {
    if (/^[-+]/.test(word.value ?? '')) {
      flags += word.value;
      continue;
    }
    const declared = split(word);
    if (!declared) {
      noteChange(expander, undefined, 'set');
      return { ...forget(next, next.variables.keys()), isVague: true };
    }
    next = declareOne(next, builtin, flags, declared, expander, frame);
  }
  return next;
}

interface Declared {
  name: string;
  parts: readonly WordPart[] | undefined;
  append: boolean;
  isArray: boolean;
  span: Span;
}

function split(word: Word): Declared | undefined {
  const [first, ...rest] = word.parts;
  const head = first?.kind === 'literal' ? first.value : '';
  const match = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?=)?/.exec(head);
  if (
    !match?.[1] ||
    (match[3] === undefined && (rest.length > 0 || match[0].length < head.length))
  ) {
    return undefined;
  }
  const value = head.slice(match[0].length);
  const parts: WordPart[] = [
    ...(value === '' ? [] : [{ kind: 'literal' as const, value, quoted: true }]),
    ...rest,
  ];
  return {
    name: match[1],
    parts:
      match[3] === undefined
        ? undefined
        : match[2]
          ? [{ kind: 'opaque', text: word.text, why: 'element' }]
          : parts,
    append: match[3] === '+=',
    isArray: /^\w+\+?=\(/.test(word.text),
    span: word.span,
  };
}

function declareOne(
  state: ShellState,
  builtin: string,
  flags: string,
  declared: Declared,
  expander: Expander,
  frame: Frame,
): ShellState {
  const { name, parts, append, isArray } = declared;
  if (builtin === 'local' && frame.calls.length === 0) {
    // bash refuses it outside of functions, other shells take it.
    noteChange(expander, name, 'set');
    return forget(state, [name]);
  }
  let next = state;
  expander.span = declared.span;
  const isLocal =
    frame.calls.length > 0 &&
    (builtin === 'local' ||
      ((builtin === 'declare' || builtin === 'typeset') && !flags.includes('g')));
  if (isLocal && !next.locals.has(name)) {
    const locals = new Map(next.locals).set(name, state.variables.get(name));
    next = assign({ ...next, locals }, name, { kind: 'unset' });
  }
  if (builtin === 'export' || flags.includes('x')) {
    next = { ...next, exported: new Set([...next.exported, name]) };
  }
  if (/-\w*n/.test(flags) && builtin !== 'export') {
    // A nameref: from here on any assignment may reach any variable.
    const target = parts && constantText(parts);
    noteChange(expander, name, 'hidden');
    const references = new Map(next.references).set(name, target === '' ? undefined : target);
    return { ...forget(next, [...next.variables.keys(), name]), isVague: true, references };
  }
  const losesExport =
    /\+\w*x/.test(flags) || (builtin === 'export' && /-\w*n/.test(flags)) || /-\w*[aA]/.test(flags);
  if (losesExport || (isLocal && !parts)) {
    noteChange(expander, name, 'hidden');
  }
  if (flags.includes('A')) {
    return assign(next, name, { kind: 'map' });
  }
  if (isArray) {
    return flags.includes('i') ? checkedArray(next, name, expander) : next;
  }
  if (flags.includes('i')) {
    const text = parts?.map((part) => (part.kind === 'literal' ? part.value : '')).join('') ?? '';
    checkArithmetic(expander, parts ?? [], text);
    if (parts) noteChange(expander, name, 'set');
    const evaluated = new Set([...next.evaluated, name]);
    return { ...assign(next, name, { kind: 'number' }), evaluated };
  }
  if (/[luc]/.test(flags)) {
    if (parts) noteChange(expander, name, 'set');
    return assign(next, name, { kind: 'unknown' });
  }
  if (parts) {
    checkAssigned(expander, name, { kind: 'scalar', parts });
  }
  if (!parts) {
    return isLocal ? assign(next, name, { kind: 'unset' }) : next;
  }
  const value: Value = append ? { kind: 'unknown' } : { kind: 'scalar', parts };
  return assign(next, name, value);
}

/** `declare -ia x=(…)`: the items are evaluated; they were assigned when the words were expanded. */
function checkedArray(state: ShellState, name: string, expander: Expander): ShellState {
  const next = { ...state, evaluated: new Set([...state.evaluated, name]) };
  const probe = new Expander(next, expander.host, expander.span);
  checkAssigned(probe, name, state.variables.get(name));
  return next;
}
