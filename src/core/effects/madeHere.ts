// What a line makes itself and then deletes or runs: a file of mktemp, a file that it wrote, a program that it built.
// Invariant: it counts only where the line surely made the thing, and nothing between could have put another in its place.
import type { Invocation, ShellAnalysis } from '../shell/types.ts';
import { absolutePath } from './targets.ts';
import type { Effect, EffectContext } from './types.ts';
import { isHarmlessName, isHook } from './variableNames.ts';

/** The effects with what the line made itself told apart from what was there before. */
export function withOwnThings(
  analysis: ShellAnalysis,
  effects: readonly Effect[],
  context: EffectContext,
): Effect[] {
  return effects.flatMap((effect) => {
    const call = analysis.invocations[effect.invocation];
    if (call?.place.kind !== 'local') return [effect];
    if (effect.target.kind === 'path' && effect.target.place === 'unknown')
      return ofMktemp(effect, call, analysis, context);
    if (effect.rule === 'files/delete' && isWrittenFirst(effect, call, analysis))
      return [{ ...effect, target: { ...effect.target, place: 'temporary' } }];
    if (/^code\/run-(workspace-)?file$/.test(effect.rule) && isBuilt(effect, analysis, effects))
      return [runsBuilt(effect)];
    return [effect];
  });
}

const VARIABLE = /^"?\$\{?([A-Za-z_]\w*)\}?"?$/;
const MKTEMP =
  /^"?\$\(\s*mktemp(\s+-[dqt]+|\s+--directory|\s+-t\s+[\w.-]+|\s+(\/tmp\/|\$TMPDIR\/)?[\w.-]*X{3,}[\w.-]*)*\s*(2>\s*\/dev\/null\s*)?\)"?$/;

/** `"$d"` behind `d=$(mktemp -d)`: nobody else has anything in what mktemp has just made. */
function ofMktemp(
  effect: Effect,
  call: Invocation,
  analysis: ShellAnalysis,
  context: EffectContext,
): Effect[] {
  const name = VARIABLE.exec(effect.target.name)?.[1];
  if (name === undefined || !holdsMktemp(name, call, analysis, context)) return [effect];
  // That its words are not seen says nothing more: there is this one, and it is known.
  if (effect.rule === 'files/delete-unseen') return [];
  return [{ ...effect, target: { ...effect.target, place: 'temporary' } }];
}

function holdsMktemp(
  name: string,
  call: Invocation,
  { invocations, changes }: ShellAnalysis,
  context: EffectContext,
): boolean {
  // Where the assignment does not happen the variable has to be empty: what the environment may hold is no such name.
  if (isHook(name, true) || isHarmlessName(name) || /^(USER|LOGNAME|XDG_|TMP)/.test(name))
    return false;
  if (name in context.shell.variables) return false;
  if (!call.changed || call.changed.isVague || !call.changed.values.has(name)) return false;
  if (changes.some((change) => change.name === undefined || change.name === name)) return false;
  const given = invocations.flatMap(({ assignments }) =>
    assignments.filter((assignment) => assignment.name === name),
  );
  return (
    given.length > 0 &&
    given.every(
      ({ value, append }) =>
        !append &&
        MKTEMP.test(value?.text ?? '') &&
        value?.parts.every(({ kind }) => kind === 'substitution'),
    )
  );
}

/** The line begins by writing the very file anew, so what stood there before is gone already. */
function isWrittenFirst(effect: Effect, call: Invocation, { invocations }: ShellAnalysis): boolean {
  const { path, isGlob } = effect.target;
  const first = invocations.find(({ program }) => program !== 'cd');
  if (path === undefined || isGlob || !first || first.id >= call.id) return false;
  if (first.nesting.length > 0 || call.nesting.length > 0) return false;
  return first.redirects.some(
    ({ op, target }) =>
      (op === '>' || op === '>|') &&
      target.value !== undefined &&
      absolutePath(target.value, first.cwd) === path,
  );
}

const BUILDERS = /^(go|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|rustc)$/;

/** Built from files of the workspace by an earlier call, and before that the line has only read and built. */
function isBuilt(
  effect: Effect,
  { invocations }: ShellAnalysis,
  effects: readonly Effect[],
): boolean {
  const { path } = effect.target;
  const builder = invocations.find(
    (call) => call.id < effect.invocation && path !== undefined && outputOf(call) === path,
  );
  if (!builder) return false;
  return effects.every(
    ({ invocation, severity, rule }) =>
      invocation >= effect.invocation ||
      severity === 'none' ||
      /^builds\/(go|go-output|compile)$/.test(rule),
  );
}

/** The file that a compiler makes from files; from its standard input it could make anything. */
function outputOf(call: Invocation): string | undefined {
  const words = call.argv.map(({ value }) => value);
  if (!BUILDERS.test(call.program ?? '') || call.input.kind !== 'inherit') return undefined;
  if (call.program === 'go' && words[1] !== 'build') return undefined;
  if (
    words.includes(undefined) ||
    words.includes('-') ||
    words.some((word) => /^-x|^@/.test(word ?? ''))
  )
    return undefined;
  const file = words[words.indexOf('-o') + 1];
  return words.includes('-o') && file !== undefined ? absolutePath(file, call.cwd) : undefined;
}

function runsBuilt(effect: Effect): Effect {
  return {
    ...effect,
    rule: 'code/run-built',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    reason: `It runs ${effect.target.name}, which the line has just built from the workspace.`,
    recovery: 'Version control has the sources.',
    alternative: undefined,
  };
}
