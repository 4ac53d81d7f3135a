// What variables do: harmless ones are configuration, loader and hook variables run code.
import type { Assignment, Invocation } from '../shell/types.ts';
import type { Effect } from './types.ts';

const DANGER =
  /^(LD_\w+|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS[04]|SHELLOPTS|BASHOPTS|IFS|PATH|CDPATH|GIT_(?!PAGER$|TERMINAL_PROMPT$|OPTIONAL_LOCKS$|AUTHOR_|COMMITTER_|TRACE|MERGE_AUTOEDIT$|COMMIT_)\w+|\w*PAGER|EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT)|PERL5\w*|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_OPTS|GRADLE_OPTS|RUSTC_WRAPPER|RUSTFLAGS|CARGO_(BUILD_RUSTC\w*|HOME|TARGET_\w+_RUNNER)|CC|CXX|npm_config_\w+|DOCKER_HOST|KUBECONFIG|SSH_ASKPASS|SUDO_ASKPASS|GIT_SSH_COMMAND|HOME|OPENSSL_CONF|\w+_proxy|\w+_PROXY)$/i;

/** One effect for each assignment, before a program or by itself. */
export function assignmentEffects(invocation: Invocation): Effect[] {
  return [...invocation.assignments, ...exported(invocation)].map((assignment) =>
    effectOf(invocation, assignment),
  );
}

/** `export NAME=VALUE` sets a variable as `NAME=VALUE` does; only dangerous names are named here, the rest by the rule on export. */
function exported(invocation: Invocation): readonly Assignment[] {
  if (!/^(export|declare|typeset|readonly|local)$/.test(invocation.program ?? '')) return [];
  return invocation.argv.slice(1).flatMap((word) => {
    const first = word.value ?? (word.parts[0]?.kind === 'literal' ? word.parts[0].value : '');
    const name = /^(\w+)\+?=/.exec(first)?.[1];
    if (name === undefined || !DANGER.test(name)) return [];
    const value =
      word.value === undefined ? undefined : word.value.slice(word.value.indexOf('=') + 1);
    const assignment: Assignment = {
      name,
      value: { ...word, value },
      append: false,
      span: word.span,
    };
    return isHarmlessValue(assignment) ? [] : [assignment];
  });
}

function effectOf(invocation: Invocation, assignment: Assignment): Effect {
  const isForRead = assignment.name === 'IFS' && invocation.program === 'read';
  const isDanger = DANGER.test(assignment.name) && !isForRead && !isHarmlessValue(assignment);
  return {
    rule: isDanger ? 'shell/hook-variable' : 'shell/assignment',
    verb: isDanger ? 'execute-code' : 'read',
    category: isDanger ? 'config-change' : 'read-only',
    severity: isDanger ? 'moderate' : 'none',
    reversible: 'yes',
    reach: isDanger ? 'machine' : 'nothing',
    target: { kind: 'setting', name: assignment.name },
    invocation: invocation.id,
    span: assignment.span,
    reason: isDanger
      ? `${assignment.name} decides which code other programs load or run.`
      : `It sets ${assignment.name} for this line only.`,
    recovery: 'It ends with this line.',
  };
}

/** The path as it was, with folders of installed tools before or behind it. */
const USUAL_PATH =
  /^(PATH=)?["']?(PATH=)?((\$PATH|\$\{PATH\}|(\/usr|\/usr\/local|\/opt\/[\w.-]+|\/snap|)\/s?bin|(\$HOME|\$\{HOME\}|~)\/(\.[\w-]+|go|bin)(\/[\w.-]+)*)(:|["']?$))+["']?$/;

/** `PAGER=cat` and the like are how agents keep programs from waiting. */
function isHarmlessValue(assignment: Assignment): boolean {
  const value = assignment.value?.value;
  if (assignment.name === 'PATH') return USUAL_PATH.test(assignment.value?.text ?? '');
  const isTool = /PAGER$|EDITOR$|^VISUAL$/i.test(assignment.name);
  return value === '' || (isTool && /^(cat|true|:|less|more)$/.test(value ?? '?'));
}
