// What is known of the shell at one moment of the line: variables, functions, working directory.
// Invariant: a state is never changed in place; where two ways meet, only what holds on both stays known.
import { withEntry } from './layeredMap.ts';
import type { Structure } from './syntax.ts';
import type {
  ChangedVariable,
  ChangedVariables,
  Cwd,
  Input,
  ShellContext,
  WordPart,
} from './types.ts';

/** What a variable holds; `isMaybeArray`: the first element of what may be an array. A name without a value here comes from the environment and is not known. */
export type Value =
  | { kind: 'scalar'; parts: readonly WordPart[]; isMaybeArray?: true }
  | { kind: 'array'; items: readonly (readonly WordPart[])[] }
  /** An integer that is not known; harmless where it is evaluated as arithmetic. */
  | { kind: 'number' }
  /** An associative array. */
  | { kind: 'map' }
  | { kind: 'unset' }
  /** Assigned in the line from something that is not known: a file, a pipe, a command. */
  | { kind: 'unknown' };

/** Definitions that a name may have; `isCertain` is false where it may also be no function. */
export interface FunctionEntry {
  bodies: readonly Structure[];
  isCertain: boolean;
}

export interface ShellState {
  /** What was known of the variables when the line started. */
  inherited: ReadonlyMap<string, Value>;
  variables: ReadonlyMap<string, Value>;
  functions: ReadonlyMap<string, FunctionEntry>;
  aliases: ReadonlySet<string>;
  exported: ReadonlySet<string>;
  /** Names that were declared integers: what they are given is evaluated. */
  evaluated: ReadonlySet<string>;
  /** Names that were declared references, with the name they stand for; undefined where it is not known. */
  references: ReadonlyMap<string, string | undefined>;
  cwd: Cwd;
  previousCwd: Cwd;
  /** Directories below the top of `pushd`'s stack; undefined where it is not known. */
  directories: readonly Cwd[] | undefined;
  /** `$1`, `$2`, …; undefined where they are not known. */
  positional: readonly (readonly WordPart[])[] | undefined;
  /** What the names that a function declared local held before; undefined: nothing. */
  locals: ReadonlyMap<string, Value | undefined>;
  /** Standard input after `exec < f`; undefined where it was not redirected. */
  input: Input | undefined;
  /** True after `set -e`: behind a failed command nothing runs. */
  stopsOnError: boolean;
  hasForeignIfs: boolean;
  hasNoGlob: boolean;
  /** True after code that could not be seen ran in this very shell: it may have assigned anything. */
  isVague: boolean;
}

/** Where the shell stands when the line starts. */
export function initialState(context: ShellContext): ShellState {
  const variables = new Map<string, Value>();
  for (const [name, value] of Object.entries(context.variables)) {
    variables.set(name, scalar(value));
  }
  if (context.home !== undefined && !variables.has('HOME')) {
    variables.set('HOME', scalar(context.home));
  }
  const exported = new Set(variables.keys());
  const ifs = context.variables.IFS;
  if (ifs === undefined) {
    // Every bash starts with this one; it takes none from the environment.
    variables.set('IFS', scalar(' \t\n'));
  }
  return {
    inherited: variables,
    variables,
    functions: new Map(),
    aliases: new Set(),
    exported,
    evaluated: new Set(),
    references: new Map(),
    cwd:
      context.cwd === undefined
        ? { kind: 'unknown', why: 'the directory in which the line starts is not known' }
        : { kind: 'known', path: context.cwd },
    previousCwd: { kind: 'unknown', why: 'there was no earlier directory' },
    directories: [],
    positional: [],
    locals: new Map(),
    input: undefined,
    stopsOnError: false,
    hasForeignIfs: ifs !== undefined && ifs !== ' \t\n',
    hasNoGlob: false,
    isVague: false,
  };
}

/** A value that is known in full. */
export function scalar(text: string): Value {
  return {
    kind: 'scalar',
    parts: text === '' ? [] : [{ kind: 'literal', value: text, quoted: true }],
  };
}

/** The text of parts that are all constant; undefined otherwise. */
export function constantText(parts: readonly WordPart[]): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.kind !== 'literal' && part.kind !== 'glob') {
      return undefined;
    }
    text += part.value;
  }
  return text;
}

/** The constant text of a variable; undefined where it has none. Unset counts as not known. */
export function textOf(state: ShellState, name: string): string | undefined {
  const value = state.variables.get(name);
  return value?.kind === 'scalar' ? constantText(value.parts) : undefined;
}

/** Most parts that a variable's known value may have; `a=$a$a` doubles them. */
const MAX_PARTS = 200;
const MAX_TEXT = 20_000;

function isBounded(value: Value): boolean {
  const parts = value.kind === 'scalar' ? value.parts : value.kind === 'array' ? value.items : [];
  const text = value.kind === 'scalar' ? constantText(value.parts) : undefined;
  return parts.length <= MAX_PARTS && (text?.length ?? 0) <= MAX_TEXT;
}

/** A line that changes more variables than these counts as one that may have changed any. */
const MAX_CHANGED = 200;

/** Which variables the line has changed so far; undefined where it has changed none. */
export function changedVariables(state: ShellState): ChangedVariables | undefined {
  if (state.variables === state.inherited && !state.isVague) return undefined;
  const values = new Map<string, ChangedVariable>();
  for (const [name, value] of state.variables) {
    if (state.inherited.get(name) === value) continue;
    if (values.size >= MAX_CHANGED) return { isVague: true, values };
    const isExported = state.exported.has(name);
    const isUnset = value.kind === 'unset';
    values.set(name, { value: isUnset ? null : textOf(state, name), isExported });
  }
  return values.size === 0 && !state.isVague ? undefined : { isVague: state.isVague, values };
}

/** Assigns a variable. */
export function assign(state: ShellState, name: string, given: Value): ShellState {
  const value = intoArray(state, name, isBounded(given) ? given : { kind: 'unknown' });
  const next = { ...state, variables: withEntry(state.variables, name, value) };
  if (name === 'IFS') {
    const text = value.kind === 'scalar' ? constantText(value.parts) : undefined;
    next.hasForeignIfs = text !== ' \t\n';
  }
  return next;
}

/** `a=x` sets the first element where a is an array. */
function intoArray({ variables, isVague }: ShellState, name: string, given: Value): Value {
  const before = variables.get(name);
  if (given.kind === 'number') return before?.kind === 'array' ? { kind: 'unknown' } : given;
  if (given.kind !== 'scalar') return given;
  if (before?.kind === 'array') {
    return { kind: 'array', items: [given.parts, ...before.items.slice(1)] };
  }
  if (before?.kind === 'map') return before;
  const mayBeArray =
    before?.kind === 'unknown' ||
    (before?.kind === 'scalar' && before.isMaybeArray) ||
    (before === undefined && isVague);
  return mayBeArray ? { ...given, isMaybeArray: true } : given;
}

/** Forgets what the named variables hold. */
export function forget(state: ShellState, names: Iterable<string>): ShellState {
  const variables = new Map(state.variables);
  let hasForeignIfs = state.hasForeignIfs;
  for (const name of names) {
    variables.set(name, { kind: 'unknown' });
    hasForeignIfs ||= name === 'IFS';
  }
  return { ...state, variables, hasForeignIfs };
}

/** The state after code that was not seen ran in this shell. */
export function blur(state: ShellState, why: string): ShellState {
  return {
    ...state,
    variables: new Map(),
    functions: uncertain(state.functions),
    cwd: { kind: 'unknown', why },
    previousCwd: { kind: 'unknown', why },
    directories: undefined,
    positional: undefined,
    isVague: true,
  };
}

function uncertain(
  functions: ReadonlyMap<string, FunctionEntry>,
): ReadonlyMap<string, FunctionEntry> {
  return new Map([...functions].map(([name, entry]) => [name, { ...entry, isCertain: false }]));
}
