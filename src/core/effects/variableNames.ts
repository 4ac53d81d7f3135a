// What the names of variables mean: which decide what code runs, which the gate sets, which change nothing.
// Invariant: whatever the gate hands to a command to protect it (node/childEnvironment.ts) stands here, so that a line
// that takes it off asks; a test holds the two together.
import { words } from './words.ts';

/** Variables that decide which code a shell, a loader or a program runs, or which settings it reads. */
const HOOKS =
  /^(LD_\w+|DYLD_\w+|BASH_ENV|ENV|PROMPT_COMMAND|PS[04]|SHELLOPTS|BASHOPTS|IFS|PATH|CDPATH|INTERLOCK_\w+|GIT_(?!PAGER$|TERMINAL_PROMPT$|OPTIONAL_LOCKS$|AUTHOR_|COMMITTER_|TRACE|MERGE_AUTOEDIT$|COMMIT_)\w+|\w*PAGER|\w*EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT)|PERL5\w*|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_OPTS|GRADLE_OPTS|RUSTC_WRAPPER|RUSTFLAGS|CARGO_(BUILD_RUSTC\w*|HOME|TARGET_\w+_RUNNER)|CC|CXX|npm_config_\w+|DOCKER_HOST|KUBECONFIG|SSH_ASKPASS|SUDO_ASKPASS|GIT_SSH_COMMAND|HOME|OPENSSL_CONF|\w+_proxy|\w+_PROXY)$/;

/** Variables by which a program that otherwise reads loads other settings, and with them code: by name. */
const LOADERS: ReadonlySet<string> = new Set(
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

/** What the gate sets and what protects only while it is there. Without the rest only the output looks different. */
const PROTECTS = /^(GIT_CONFIG_(COUNT|KEY_\w+|VALUE_\w+)|GIT_PAGER|INTERLOCK_\w+)$/;

/** True where a program that does not get the variable runs other code, or is not held any more. */
export function protects(name: string): boolean {
  // Without PATH a shell looks for programs in the current folder.
  return PROTECTS.test(name) || name === 'PATH';
}

/** True where the variable decides which code runs. `isHandedOn`: a program gets it in this very spelling. */
export function isHook(name: string, isHandedOn: boolean): boolean {
  // Windows does not tell `Path` from `PATH`; in a shell they are two.
  return HOOKS.test(name) || LOADERS.has(name) || (isHandedOn && HOOKS.test(name.toUpperCase()));
}

/** True where the variable is known to change nothing that matters. */
export function isHarmlessName(name: string): boolean {
  return HARMLESS.test(name);
}

/** Programs that start no others and read no settings: they need none of the gate's variables. */
const PLAIN_PROGRAMS: ReadonlySet<string> = new Set(
  words(`
    : [ arch awk base64 basename cat cksum comm cp cut date df dirname du echo egrep expand expr false fgrep fold gawk
    getconf grep groups gzip head hostname id join jq ls md5sum mkdir mktemp mv nl nproc od paste printenv printf ps
    pwd readlink realpath rev rm rmdir sed seq sha1sum sha256sum sleep sort stat sum tac tail tar tee test touch tr
    true truncate tty uname uniq uptime wc which whoami yes
  `),
);

/** True where it does not matter to a program which variables it gets. */
export function needsNoVariables(program: string): boolean {
  return PLAIN_PROGRAMS.has(program);
}
