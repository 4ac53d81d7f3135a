// `export`, `declare`, `typeset`, `local`, `readonly`.
// Invariant: attributes that change what a name means (nameref, integer, case) leave no stale constant behind.
import { checkArithmetic } from './arithmetic.ts';
import type { Expander } from './expand.ts';
import { assign, forget, type ShellState, type Value } from './state.ts';
import type { Word, WordPart } from './types.ts';
import type { Frame } from './walk.ts';

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
  for (const word of args) {
    if (/^[-+]/.test(word.value ?? '')) {
      flags += word.value;
      continue;
    }
    const declared = split(word);
    if (!declared) {
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
  let next = state;
  const isLocal =
    frame.calls.length > 0 &&
    (builtin === 'local' ||
      ((builtin === 'declare' || builtin === 'typeset') && !flags.includes('g')));
  if (isLocal && !next.locals.has(name)) {
    next = { ...next, locals: new Map(next.locals).set(name, state.variables.get(name)) };
  }
  if (builtin === 'export' || flags.includes('x')) {
    next = { ...next, exported: new Set([...next.exported, name]) };
  }
  if (/-\w*n/.test(flags) && builtin !== 'export') {
    // A nameref: from here on any assignment may reach any variable.
    return { ...forget(next, [...next.variables.keys(), name]), isVague: true };
  }
  if (flags.includes('A')) {
    return assign(next, name, { kind: 'map' });
  }
  if (isArray) {
    return next;
  }
  if (flags.includes('i')) {
    const text = parts?.map((part) => (part.kind === 'literal' ? part.value : '')).join('') ?? '';
    checkArithmetic(expander, parts ?? [], text);
    return assign(next, name, { kind: 'number' });
  }
  if (/[luc]/.test(flags)) {
    return assign(next, name, { kind: 'unknown' });
  }
  if (!parts) {
    return isLocal ? assign(next, name, { kind: 'unset' }) : next;
  }
  const value: Value = append ? { kind: 'unknown' } : { kind: 'scalar', parts };
  return assign(next, name, value);
}
