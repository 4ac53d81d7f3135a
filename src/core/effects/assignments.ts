// What variables do: harmless ones are configuration, loader and hook variables run code.
import type { Assignment, Invocation } from '../shell/types.ts';
import type { Effect } from './types.ts';
import { words } from './words.ts';

const DANGER =
  /^(LD_\w+|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS[04]|SHELLOPTS|BASHOPTS|IFS|PATH|CDPATH|GIT_(?!PAGER$|TERMINAL_PROMPT$|OPTIONAL_LOCKS$|AUTHOR_|COMMITTER_|TRACE|MERGE_AUTOEDIT$|COMMIT_)\w+|\w*PAGER|\w*EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT)|PERL5\w*|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_OPTS|GRADLE_OPTS|RUSTC_WRAPPER|RUSTFLAGS|CARGO_(BUILD_RUSTC\w*|HOME|TARGET_\w+_RUNNER)|CC|CXX|npm_config_\w+|DOCKER_HOST|KUBECONFIG|SSH_ASKPASS|SUDO_ASKPASS|GIT_SSH_COMMAND|HOME|OPENSSL_CONF|\w+_proxy|\w+_PROXY)$/i;

/** Variables by which a program that otherwise reads loads other settings, and with them code: by name. */
const LOADERS = new Set(
  words(`
    XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_DIRS ZDOTDIR FPATH INPUTRC AWS_CONFIG_FILE
    AWS_SHARED_CREDENTIALS_FILE KUBECTL_EXTERNAL_DIFF HELM_PLUGINS HELM_CONFIG_HOME DOCKER_CONFIG PSQLRC
    PGSYSCONFDIR MYSQL_HOME NODE_REPL_EXTERNAL_MODULE GOFLAGS GOENV GOTOOLCHAIN RIPGREP_CONFIG_PATH
    BAT_CONFIG_PATH BAT_CONFIG_DIR BAT_OPTS FZF_DEFAULT_COMMAND FZF_DEFAULT_OPTS LESS LESSKEY LESSKEYIN MANOPT
    TAR_OPTIONS RSYNC_RSH CVS_RSH MAKEFLAGS MAKEFILES GNUMAKEFLAGS GCONV_PATH LOCPATH TERMINFO MAGIC TCLLIBPATH
    LUA_INIT LUA_PATH LUA_CPATH EXINIT VIMINIT MYVIMRC SYSTEMD_EDITOR BASH_LOADABLES_PATH ANSIBLE_CONFIG
    TF_CLI_CONFIG_FILE RUSTC RUSTDOC CPP LD AR SHELL JQ_LIBRARY_PATH AWKPATH AWKLIBPATH HOSTALIASES
    DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS DOTNET_SHARED_STORE CORECLR_PROFILER CORECLR_PROFILER_PATH
    PGSERVICEFILE PGSERVICE CLOUDSDK_CONFIG CLOUDSDK_PYTHON GH_CONFIG_DIR NPM_CONFIG_USERCONFIG YARN_RC_FILENAME
  `),
);

/** Variables that change how things look, how much is said, or for which platform is built. */
const HARMLESS =
  /^(CI|NO_COLOR|FORCE_COLOR|CLICOLOR(_FORCE)?|COLORTERM|TERM|COLUMNS|LINES|LANG|LANGUAGE|LC_\w+|TZ|DEBUG|VERBOSE|NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|ENVIRONMENT|RUST_(LOG|BACKTRACE|MIN_STACK)|RUST_TEST_\w+|GO111MODULE|GOOS|GOARCH|GOMAXPROCS|GODEBUG|GOGC|CGO_ENABLED|PYTHON(UNBUFFERED|DONTWRITEBYTECODE|IOENCODING|UTF8|HASHSEED|WARNINGS|FAULTHANDLER|OPTIMIZE)|PYTEST_CURRENT_TEST|DJANGO_SETTINGS_MODULE|GIT_(PAGER|TERMINAL_PROMPT|OPTIONAL_LOCKS|TRACE\w*|AUTHOR_\w+|COMMITTER_\w+|MERGE_AUTOEDIT)|\w*PAGER|(\w+_)?LOG_LEVEL|\w+_TELEMETRY(_\w+)?|\w*TELEMETRY_DISABLED|DO_NOT_TRACK|HOMEBREW_NO_\w+|DEBIAN_FRONTEND|OLDPWD|PWD|IFS|POSIXLY_CORRECT|CARGO_TERM_\w+|CARGO_INCREMENTAL|npm_config_loglevel|JEST_\w+|TSC_\w+|PORT|HOST|TMPDIR|GH_(PAGER|PROMPT_DISABLED|NO_UPDATE_NOTIFIER|REPO)|AWS_(PROFILE|REGION|DEFAULT_REGION|PAGER|DEFAULT_OUTPUT)|MSYS\w*|PGOPTIONS|PG(HOST|PORT|USER|DATABASE|CONNECT_TIMEOUT))$/;

type Weight = 'none' | 'minor' | 'moderate';

/** How much a variable can change: nothing, something that is not known, or which code runs. */
function weightOf(assignment: Assignment, invocation: Invocation): Weight {
  const { name } = assignment;
  if (name === 'IFS' && invocation.program === 'read') return 'none';
  if (isHarmlessValue(assignment)) return 'none';
  if (DANGER.test(name) || LOADERS.has(name)) return 'moderate';
  // By itself an assignment changes only what the line says later, and that is read with its value.
  const reachesProgram = invocation.argv.length > 0;
  return reachesProgram && !HARMLESS.test(name) ? 'minor' : 'none';
}

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
    if (name === undefined) return [];
    const value =
      word.value === undefined ? undefined : word.value.slice(word.value.indexOf('=') + 1);
    const assignment: Assignment = {
      name,
      value: { ...word, value },
      append: false,
      span: word.span,
    };
    return weightOf(assignment, invocation) === 'moderate' ? [assignment] : [];
  });
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
