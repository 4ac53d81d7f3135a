// What changes of variables do: harmless ones are configuration, those that loaders and programs obey run code.
// Invariant: what the gate hands to a command to protect it is not taken off in silence, in whatever spelling.
import type {
  Assignment,
  Invocation,
  ShellAnalysis,
  Span,
  VariableChange,
} from '../shell/types.ts';
import type { Effect } from './types.ts';
import { isHarmlessName, isHook, needsNoVariables, protects } from './variableNames.ts';

type Weight = 'none' | 'minor' | 'moderate';

/** How much a variable can change: nothing, something that is not known, or which code runs. */
function weightOf(assignment: Assignment, invocation: Invocation): Weight {
  const name = assignment.name.replace(/\[.*/s, '');
  if (name === 'IFS' && invocation.program === 'read') return 'none';
  if (isHarmlessValue(name, assignment.value?.value, assignment.value?.text)) return 'none';
  const reachesProgram = invocation.argv.length > 0;
  if (isOwnModulePath(name, assignment.value?.value)) return reachesProgram ? 'minor' : 'none';
  if (isHook(name, reachesProgram) || isSearchPath(assignment)) return 'moderate';
  // By itself an assignment changes only what the line says later, and that is read with its value.
  return reachesProgram && !isHarmlessName(name) ? 'minor' : 'none';
}

/** zsh ties the list `path` to PATH. */
function isSearchPath({ name, value }: Assignment): boolean {
  return (
    /^(path|fpath|cdpath)(\[|$)/.test(name) && (name.includes('[') || /^\(/.test(value?.text ?? ''))
  );
}

/** One effect for each assignment before a program or by itself. */
export function assignmentEffects(invocation: Invocation): Effect[] {
  return invocation.assignments.map((assignment) => effectOf(invocation, assignment));
}

const REASONS: Readonly<Record<Weight, (name: string) => string>> = {
  none: (name) => `It sets ${name} for this line only.`,
  minor: (name) => `${name} may change what the program does; this name is not known.`,
  moderate: (name) => `${name} decides which code other programs load or run.`,
};

function effectOf(invocation: Invocation, assignment: Assignment): Effect {
  const weight = weightOf(assignment, invocation);
  const isDanger = weight === 'moderate';
  return {
    rule: { none: 'shell/assignment', minor: 'shell/environment', moderate: 'shell/hook-variable' }[
      weight
    ],
    verb: isDanger ? 'execute-code' : weight === 'minor' ? 'change-config' : 'read',
    category: weight === 'none' ? 'read-only' : 'config-change',
    severity: weight,
    reversible: 'yes',
    reach: isDanger ? 'machine' : 'nothing',
    target: { kind: 'setting', name: assignment.name },
    invocation: invocation.id,
    span: assignment.span,
    reason: REASONS[weight](assignment.name),
    recovery: 'It ends with this line.',
  };
}

/** One effect for each change that matters and that no assignment shows: `read PATH`, `unset GIT_CONFIG_COUNT`. */
export function changeEffects({ changes, invocations }: ShellAnalysis): Effect[] {
  return changes.flatMap((change) => {
    const reason = reasonOf(change);
    const call = invocations[Math.min(change.invocation, invocations.length - 1)];
    if (reason === undefined || !call) return [];
    const rule = change.how === 'set' ? 'shell/hook-variable' : 'shell/lost-variable';
    return [danger(rule, call.id, change.span, change.name ?? '', reason)];
  });
}

function reasonOf({ name, how, value }: VariableChange): string | undefined {
  if (name === undefined)
    return 'It is not known which variables it changes; some decide which code runs.';
  if (how === 'hidden') return protects(name) ? lost(name) : undefined;
  const isDanger = isHook(name, false) && !isHarmlessValue(name, value, value);
  return isDanger ? REASONS.moderate(name) : undefined;
}

function lost(name: string): string {
  if (name === 'PATH')
    return 'Without PATH the shell takes programs from the current folder instead of the system.';
  return name.startsWith('GIT_')
    ? `Without ${name} git obeys settings that may run code, from folders that only look like repositories.`
    : `Without ${name} the command cannot be found and stopped any more.`;
}

/** A program that gets none of the gate's variables, where it or what it starts may need them. */
export function bareEffects(invocation: Invocation): Effect[] {
  const { program, id, span } = invocation;
  const isNothing = program === undefined || invocation.isTransparentWrapper;
  if (!invocation.hasBareEnvironment || isNothing || needsNoVariables(program)) return [];
  const reason = `${program} starts without the variables that the gate sets; they keep git from running code out of settings in foreign folders.`;
  return [danger('shell/bare-environment', id, span, program, reason)];
}

function danger(
  rule: string,
  invocation: number,
  span: Span,
  name: string,
  reason: string,
): Effect {
  return {
    rule,
    verb: 'execute-code',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'yes',
    reach: 'machine',
    target: { kind: 'setting', name },
    invocation,
    span,
    reason,
    recovery: 'It ends with this line.',
    alternative: 'Run it with the variables that are there.',
  };
}

/** The path as it was, with folders of installed tools before or behind it. */
const USUAL_PATH =
  /^(PATH=)?["']?(PATH=)?((\$PATH|\$\{PATH\}|(\/usr|\/usr\/local|\/opt\/[\w.-]+|\/snap|)\/s?bin|(\$HOME|\$\{HOME\}|~)\/(\.[\w-]+|go|bin)(\/[\w.-]+)*)(:|["']?$))+["']?$/;

/** Values that only set sizes, warnings and output; none of them names a file or a program. */
const USUAL_VALUES: Readonly<Record<string, RegExp>> = {
  NODE_OPTIONS:
    /^(--(max-old-space-size=\d+|max-semi-space-size=\d+|stack-trace-limit=\d+|(no-)?warnings|no-deprecation|enable-source-maps|trace-(warnings|deprecation|uncaught)|experimental-vm-modules|experimental-strip-types|openssl-legacy-provider|unhandled-rejections=\w+|dns-result-order=\w+)(\s+|$))+$/,
  RUSTFLAGS:
    /^(-[DWAF]\s*[\w:-]+(\s+|$)|-C\s*(debuginfo|opt-level|target-cpu|instrument-coverage|overflow-checks)(=[\w-]+)?(\s+|$)|--cfg\s+\w+(\s+|$))+$/,
  GOFLAGS:
    /^(-(mod=(mod|vendor|readonly)|count=\d+|race|v|tags=[\w,]+|buildvcs=\w+|trimpath)(\s+|$))+$/,
  JAVA_TOOL_OPTIONS: /^(-X(mx|ms|ss)\d+[kmg]?(\s+|$))+$/i,
  MAVEN_OPTS: /^(-X(mx|ms|ss)\d+[kmg]?(\s+|$))+$/i,
  GRADLE_OPTS: /^(-X(mx|ms|ss)\d+[kmg]?(\s+|$))+$/i,
  MAKEFLAGS: /^-?-?j(obs)?=?\d*$/,
};

/** `PYTHONPATH=src`: modules of the workspace come first, as they do for its own tests. */
const isOwnModulePath = (name: string, value = '/') =>
  /^(PYTHONPATH|RUBYLIB|NODE_PATH|PERL5LIB)$/.test(name) &&
  value.split(':').every((entry) => /^(\.|(\.\/)?[\w-]+(\/[\w-]+)*\/?)$/.test(entry));

const USUAL_COMPILER =
  /^(ccache )?([\w]+-linux-\w+-)?(gcc|g\+\+|clang|clang\+\+|cc|c\+\+|tcc)(-\d+)?$/;

/** `PAGER=cat` and the like are how agents keep programs from waiting. */
function isHarmlessValue(
  name: string,
  value: string | undefined,
  text: string | undefined,
): boolean {
  if (name === 'PATH') return USUAL_PATH.test(text ?? '');
  if (value === '') return !protects(name) || name === 'GIT_PAGER';
  if (USUAL_VALUES[name]?.test(value ?? '')) return true;
  if (/^(CC|CXX)$/.test(name)) return USUAL_COMPILER.test(value ?? '');
  if (name === 'SHELL') return /^(\/(usr\/)?bin\/)?(ba|da|z)?sh$/.test(value ?? '');
  return /PAGER$|EDITOR$|^VISUAL$/i.test(name) && /^(cat|true|:|less|more)$/.test(value ?? '?');
}
