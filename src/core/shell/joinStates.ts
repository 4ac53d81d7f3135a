// Where two ways through a line meet: what is known behind both of them.
// Invariant: only what holds on both ways stays known.
import { constantText, type FunctionEntry, type ShellState, type Value } from './state.ts';
import type { Cwd, Input, WordPart } from './types.ts';

/** What holds where either of two ways was taken; undefined stands for a way that cannot be taken. */
export function join(a: ShellState | undefined, b: ShellState | undefined): ShellState | undefined {
  if (a === b || !b) {
    return a;
  }
  if (!a) {
    return b;
  }
  return {
    inherited: a.inherited,
    variables: joinMaps(a.variables, b.variables, joinValues),
    functions: joinFunctions(a.functions, b.functions),
    aliases: a.aliases === b.aliases ? a.aliases : new Set([...a.aliases, ...b.aliases]),
    exported: a.exported === b.exported ? a.exported : new Set([...a.exported, ...b.exported]),
    evaluated:
      a.evaluated === b.evaluated ? a.evaluated : new Set([...a.evaluated, ...b.evaluated]),
    references:
      a.references === b.references
        ? a.references
        : joinMaps<string | undefined>(a.references, b.references, sameName),
    cwd: joinCwd(a.cwd, b.cwd),
    previousCwd: joinCwd(a.previousCwd, b.previousCwd),
    directories: a.directories === b.directories ? a.directories : undefined,
    positional: isSame(a.positional, b.positional) ? a.positional : undefined,
    locals: a.locals === b.locals ? a.locals : new Map([...b.locals, ...a.locals]),
    input: isSame(a.input, b.input) ? a.input : UNKNOWN_INPUT,
    stopsOnError: a.stopsOnError && b.stopsOnError,
    hasForeignIfs: a.hasForeignIfs || b.hasForeignIfs,
    hasNoGlob: a.hasNoGlob && b.hasNoGlob,
    isVague: a.isVague || b.isVague,
  };
}

const UNKNOWN_INPUT: Input = {
  kind: 'dynamic',
  why: 'standard input was redirected on one way only',
  span: { start: 0, end: 0 },
};

function joinMaps<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  merge: (a: V | undefined, b: V | undefined) => V,
): ReadonlyMap<string, V> {
  if (a === b) {
    return a;
  }
  const result = new Map<string, V>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    result.set(name, merge(a.get(name), b.get(name)));
  }
  return result;
}

function joinValues(a: Value | undefined, b: Value | undefined): Value {
  if (a && b && isSame(a, b)) {
    return a;
  }
  return isInteger(a) && isInteger(b) ? { kind: 'number' } : { kind: 'unknown' };
}

function isInteger(value: Value | undefined): boolean {
  return (
    value?.kind === 'number' ||
    value?.kind === 'unset' ||
    (value?.kind === 'scalar' &&
      (/^-?[0-9]*$/.test(constantText(value.parts) ?? 'x') || isResult(value.parts)))
  );
}

/** `$((n + 1))`, whatever `n` holds. */
function isResult(parts: readonly WordPart[]): boolean {
  const [only, ...rest] = parts;
  return only?.kind === 'opaque' && only.why === 'arithmetic' && rest.length === 0;
}

function sameName(a: string | undefined, b: string | undefined): string | undefined {
  return a === b ? a : undefined;
}

function joinFunctions(
  a: ReadonlyMap<string, FunctionEntry>,
  b: ReadonlyMap<string, FunctionEntry>,
): ReadonlyMap<string, FunctionEntry> {
  return joinMaps(a, b, (left, right) => ({
    bodies: [...new Set([...(left?.bodies ?? []), ...(right?.bodies ?? [])])],
    isCertain: left?.isCertain === true && right?.isCertain === true,
  }));
}

function joinCwd(a: Cwd, b: Cwd): Cwd {
  if (a.kind === 'unknown') {
    return a;
  }
  if (b.kind === 'unknown') {
    return b;
  }
  return a.path === b.path
    ? a
    : { kind: 'unknown', why: `it is ${a.path} or ${b.path}, depending on what succeeds` };
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** True where both states say the same, so that a loop's body need not be looked at again. */
export function isStable(before: ShellState, after: ShellState): boolean {
  return (
    before.cwd === after.cwd &&
    before.isVague === after.isVague &&
    before.evaluated.size === after.evaluated.size &&
    before.references.size === after.references.size &&
    before.hasForeignIfs === after.hasForeignIfs &&
    sameEntries(before.variables, after.variables, isSame) &&
    isSame(before.positional, after.positional) &&
    sameEntries(before.functions, after.functions, (x, y) => x.bodies.length === y.bodies.length)
  );
}

function sameEntries<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  same: (a: V, b: V) => boolean,
): boolean {
  if (a === b) {
    return true;
  }
  if (a.size !== b.size) {
    return false;
  }
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !same(value, other)) {
      return false;
    }
  }
  return true;
}
