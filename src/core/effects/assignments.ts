// What variables do: harmless ones are configuration, loader and hook variables run code.
import type { Assignment, Invocation } from '../shell/types.ts';
import type { Effect } from './types.ts';

const DANGER =
  /^(LD_\w+|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS[04]|SHELLOPTS|BASHOPTS|IFS|PATH|CDPATH|GIT_(?!PAGER$|TERMINAL_PROMPT$|OPTIONAL_LOCKS$|AUTHOR_|COMMITTER_|TRACE|MERGE_AUTOEDIT$|COMMIT_)\w+|\w*PAGER|EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT)|PERL5\w*|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_OPTS|GRADLE_OPTS|RUSTC_WRAPPER|RUSTFLAGS|CARGO_(BUILD_RUSTC\w*|HOME|TARGET_\w+_RUNNER)|CC|CXX|npm_config_\w+|DOCKER_HOST|KUBECONFIG|SSH_ASKPASS|SUDO_ASKPASS|GIT_SSH_COMMAND|HOME|OPENSSL_CONF|\w+_proxy|\w+_PROXY)$/i;

/** One effect for each assignment, before a program or by itself. */
export function assignmentEffects(invocation: Invocation): Effect[] {
  return invocation.assignments.map((assignment) => effectOf(invocation, assignment));
}

function effectOf(invocation: Invocation, assignment: Assignment): Effect {
  const isDanger = DANGER.test(assignment.name) && !isHarmlessValue(assignment);
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

/** `PAGER=cat` and the like are how agents keep programs from waiting. */
function isHarmlessValue(assignment: Assignment): boolean {
  const value = assignment.value?.value;
  const isTool = /PAGER$|EDITOR$|^VISUAL$/i.test(assignment.name);
  return value === '' || (isTool && /^(cat|true|:|less|more)$/.test(value ?? '?'));
}
