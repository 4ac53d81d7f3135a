// Where `cd`, `pushd` and `popd` lead.
// Invariant: a directory that might not exist leads to two places, and so, behind `;`, to an unknown one.
import { constantText, type ShellState, textOf, type Value } from './state.ts';
import type { Assignment, Cwd, SourceFiles, Word } from './types.ts';

/** The states behind a command that succeeded, and behind one that failed; undefined: cannot happen. */
export interface Outcome {
  success: ShellState | undefined;
  failure: ShellState | undefined;
}

/** Resolves a path against a directory, without looking at the disk. */
export function resolvePath(cwd: Cwd, path: string): Cwd {
  if (path.startsWith('/')) {
    return { kind: 'known', path: normalize(path) };
  }
  return cwd.kind === 'known' ? { kind: 'known', path: normalize(`${cwd.path}/${path}`) } : cwd;
}

function normalize(path: string): string {
  const result: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') {
      result.pop();
    } else if (segment !== '' && segment !== '.') {
      result.push(segment);
    }
  }
  return `/${result.join('/')}`;
}

/** What `cd` with these arguments does. */
export function changeDirectory(
  state: ShellState,
  args: readonly Word[],
  files: SourceFiles | undefined,
): Outcome {
  const operands = operandsOf(args);
  const target = operands
    ? cdTarget(state, operands)
    : unknown('the arguments of cd are not constant');
  return move(state, target, files);
}

/** The words behind options; undefined where a word might be either. */
function operandsOf(args: readonly Word[]): readonly Word[] | undefined {
  let at = 0;
  for (; at < args.length; at++) {
    const value = args[at]?.value;
    if (value === '--') {
      at++;
      break;
    }
    if (value === undefined || !/^-[LPe@]+$/.test(value)) {
      break;
    }
  }
  return args.slice(at);
}

function cdTarget(state: ShellState, operands: readonly Word[]): Cwd {
  const [operand] = operands;
  if (!operand) {
    const home = textOf(state, 'HOME');
    return home === undefined
      ? unknown('the home directory is not known')
      : resolvePath(state.cwd, home);
  }
  if (operands.length > 1 || operand.value === undefined || operand.isGlob) {
    return unknown(`it is not known where \`cd ${operand.text}\` leads`);
  }
  if (operand.value === '-') {
    return previousDirectory(state);
  }
  const isFree = !/^\.{0,2}\/|^\.{1,2}$/.test(operand.value);
  if (isFree && (state.variables.has('CDPATH') || state.isVague)) {
    return unknown('CDPATH is set');
  }
  return operand.value === '' ? state.cwd : resolvePath(state.cwd, operand.value);
}

/** What `~+` and the next OLDPWD are: the line may have given PWD another value, and then it is not where the shell stands. */
export function statedDirectory(state: ShellState): Cwd {
  const value = state.variables.get('PWD');
  return value === undefined || value === state.inherited.get('PWD')
    ? state.cwd
    : stated(state, 'PWD');
}

/** Where `cd -` and `~-` lead. */
export function previousDirectory(state: ShellState): Cwd {
  const value = state.variables.get('OLDPWD');
  return value === undefined || value === state.inherited.get('OLDPWD')
    ? state.previousCwd
    : stated(state, 'OLDPWD');
}

function stated(state: ShellState, name: string): Cwd {
  const path = textOf(state, name);
  return path?.startsWith('/') ? resolvePath(state.cwd, path) : unknown(`${name} was changed`);
}

function move(state: ShellState, target: Cwd, files: SourceFiles | undefined): Outcome {
  const variables = new Map(state.variables);
  variables.delete('PWD');
  variables.delete('OLDPWD');
  const success = { ...state, variables, cwd: target, previousCwd: statedDirectory(state) };
  return { success, failure: mustExist(state.cwd, target, files) ? undefined : state };
}

/** True for the directory itself, its parents, and what the disk says. */
function mustExist(cwd: Cwd, target: Cwd, files: SourceFiles | undefined): boolean {
  if (target.kind === 'unknown') {
    return false;
  }
  if (target.path === '/' || files?.isDirectory?.(target.path) === true) {
    return true;
  }
  return cwd.kind === 'known' && `${cwd.path}/`.startsWith(`${target.path}/`);
}

/** What a builtin does that gets variables of its own (`HOME=/ cd`); behind it they are as they were. */
export function during(
  values: readonly { assignment: Assignment; value: Value }[],
  state: ShellState,
  act: (now: ShellState) => Outcome,
): Outcome {
  if (values.length === 0) return act(state);
  const variables = new Map(state.variables);
  for (const { assignment, value } of values) variables.set(assignment.name, value);
  const { success, failure } = act({ ...state, variables });
  const restored = (after: ShellState | undefined): ShellState | undefined => {
    if (!after) return undefined;
    const left = new Map(after.variables);
    for (const { assignment } of values) {
      const before = state.variables.get(assignment.name);
      if (before) left.set(assignment.name, before);
      else left.delete(assignment.name);
    }
    return { ...after, variables: left };
  };
  return { success: restored(success), failure: restored(failure) };
}

/** What `pushd` does. */
export function pushDirectory(
  state: ShellState,
  args: readonly Word[],
  files: SourceFiles | undefined,
): Outcome {
  const [operand] = args;
  const isPlain = args.length === 1 && operand?.value !== undefined && !/^[-+]/.test(operand.value);
  const target = isPlain ? cdTarget(state, args) : unknown('the directory stack was turned');
  const outcome = move(state, target, files);
  const directories = isPlain && state.directories ? [state.cwd, ...state.directories] : undefined;
  return { ...outcome, success: outcome.success && { ...outcome.success, directories } };
}

/** What `popd` does. */
export function popDirectory(state: ShellState, args: readonly Word[]): Outcome {
  const [target, ...rest] = args.length === 0 ? (state.directories ?? []) : [];
  const isKnown = args.length === 0 && target !== undefined;
  const outcome = move(
    state,
    isKnown ? target : unknown('the directory stack is not known'),
    undefined,
  );
  const directories = isKnown ? rest : undefined;
  return { ...outcome, success: outcome.success && { ...outcome.success, directories } };
}

function unknown(why: string): Cwd {
  return { kind: 'unknown', why };
}

/** Directory of a word's path; unknown where the word is not constant. */
export function directoryOf(cwd: Cwd, word: Word): Cwd {
  const path = constantText(word.parts);
  return path === undefined || word.isGlob
    ? unknown(`\`${word.text}\` is not known`)
    : resolvePath(cwd, path);
}
