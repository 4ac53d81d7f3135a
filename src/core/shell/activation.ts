// The `activate` script of a Python environment, told by every one of its lines.
// Invariant: each line that is taken for one of such a script does no more than put the environment's own folder before PATH,
// keep what was there, and change the prompt; any other line, and any other folder, makes it a script like all others.

const OLD = '_OLD_VIRTUAL_(?:PATH|PYTHONHOME|PS1)';
const NAME = `(?:PATH|PYTHONHOME|PS1|VIRTUAL_ENV|VIRTUAL_ENV_PROMPT|${OLD})`;
const CONSTANT = `(?:"[^"$\`\\\\]*"|'[^'$\`\\\\]*'|[\\w./-]*)`;

/** Lines of the scripts that venv, virtualenv and uv write, without their indentation. */
const LINES: readonly RegExp[] = [
  '#.*',
  '(?:\\}|fi|else|esac|;;|\\*\\)|\\*?CYGWIN\\*\\|\\*?MSYS\\*(?:\\|\\*?MINGW\\*)?\\))',
  '(?:deactivate|pydoc) ?\\(\\) ?\\{',
  'deactivate nondestructive',
  'python -m pydoc "\\$@"',
  'hash -r(?: ?2> ?/dev/null)?(?: \\|\\| true)?',
  `export(?: ${NAME})+`,
  // Without PATH programs would be taken from the current folder.
  `unset(?: (?!PATH\\b)${NAME})+`,
  'unset -f (?:deactivate|pydoc)(?: ?>/dev/null 2>&1 \\|\\| true)?',
  `if (?:! )?\\[ (?:! )?(?:-[nz] )?"\\$\\{?[\\w:+-]+\\}?"(?: != | = )?(?:"?[\\w$]*"?)(?: -o -n "\\$\\{ZSH_VERSION:-\\}")? \\] ?; ?then`,
  'if \\[ "\\$\\{OSTYPE:-\\}" = "cygwin" \\] \\|\\| \\[ "\\$\\{OSTYPE:-\\}" = "msys" \\] ?; ?then',
  'case "\\$\\(uname\\)" in',
  'echo "You must source this script: \\\\\\$ source \\$0" >&2',
  'exit 33',
  `(?:PATH|PYTHONHOME|PS1)="\\$(?:\\{${OLD}(?::-)?\\}|${OLD})"`,
  `${OLD}="\\$(?:\\{(?:PATH|PYTHONHOME|PS1)(?::?-)?\\}|PATH|PYTHONHOME|PS1)"`,
  `VIRTUAL_ENV_PROMPT=${CONSTANT}`,
  `PS1=${CONSTANT}"?\\$\\{PS1:?-\\}"`,
  'PS1="[^"$`\\\\]*(?:\\$\\{VIRTUAL_ENV_PROMPT\\}[^"$`\\\\]*)?\\$\\{PS1:?-\\}"',
  'PATH="\\$VIRTUAL_ENV/(?:bin|Scripts|"bin"):\\$PATH"',
].map((text) => new RegExp(`^${text}$`));

/** In quotes, or of letters that need none: nothing in it may be run. */
const FOLDER_VALUE = `(?:"([^"$\`\\\\]+)"|'([^'$\`\\\\]+)'|([\\w@%+=:,./-]+))`;
const FOLDER = new RegExp(
  `^(?:export )?VIRTUAL_ENV=(?:${FOLDER_VALUE}|\\$\\(cygpath ${FOLDER_VALUE}\\))$`,
);
const FILE = /^(.+)\/(?:bin|Scripts)\/activate$/;

/** Brings PATH back from a variable, which has to be there. */
const BRINGS_BACK = /^PATH="\$\{?_OLD_/;
const IF_THERE =
  /^if (?:\[ -n "\$\{_OLD_VIRTUAL_PATH:-\}" \]|! \[ -z "\$\{_OLD_VIRTUAL_PATH:\+_\}" \]) ?; ?then$/;

/** Variables from which such a script takes PATH; where the line sets one, it is a script like all others. */
export const ACTIVATION_VARIABLES: readonly string[] = [
  '_OLD_VIRTUAL_PATH',
  '_OLD_VIRTUAL_PYTHONHOME',
  'VIRTUAL_ENV',
];

/** True where the text is such a script and the path is where it belongs. */
export function isActivation(text: string, path: string): boolean {
  const folder = FILE.exec(path)?.[1];
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isOwn = (line: string) => {
    const value = FOLDER.exec(line)
      ?.slice(1)
      .find((group) => group !== undefined);
    return value !== undefined && value === folder;
  };
  return (
    folder !== undefined &&
    lines.some(isOwn) &&
    lines.every((line) => isOwn(line) || LINES.some((known) => known.test(line))) &&
    lines.every((line, at) => !BRINGS_BACK.test(line) || IF_THERE.test(lines[at - 1] ?? ''))
  );
}
