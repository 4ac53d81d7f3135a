// Ways to run a command from inside of something else.
// Invariant: bash runs the wrapped command, whatever the wrapper is; at most it also runs harmless ones.
import { doubleQuoted, singleQuoted } from './spellings.ts';

/** Programs that start the words behind them. */
export const PREFIXES: readonly (readonly string[])[] = [
  ...['env', 'env A=b', 'env -u HOME', 'env -i', 'env --', 'timeout 5', 'timeout -k 1 -s INT 5m'],
  ...['nice', 'nice -n 5', 'nice -5', 'nohup', 'command', 'command -p', 'command --', 'setsid -w'],
  ...['stdbuf -oL', 'ionice -c 3', 'xargs', 'xargs -n1 -P 2', 'strace -f', 'chronic'],
  ...['flock /tmp/lock', 'builtin command', 'exec', 'exec -a name', 'unbuffer', 'taskset -c 0'],
].map((text) => text.split(' '));

/** The same, with other rights. */
export const ELEVATING: readonly (readonly string[])[] = [
  ...['sudo', 'sudo -n', 'sudo -u root --', 'sudo A=b', 'doas', 'sudo -E env', 'pkexec'],
].map((text) => text.split(' '));

/** A line break behind a line keeps heredocs whole. */
const block = (line: string): string => (line.includes('\n') ? `${line}\n` : `${line};`);
/** A list counts as one command only in braces. */
const group = (line: string): string => (/[;\n&|#]/.test(line) ? `{ ${block(line)} }` : line);
const inHeredoc = (line: string): string => line.replace(/[\\$`]/g, '\\$&');

/** A delimiter that does not stand in the line. */
function heredoc(line: string, write: (end: string) => string): string {
  let end = 'END';
  while (line.includes(end)) {
    end += 'D';
  }
  return write(end);
}

/** Text that a shell is given. */
export const STRINGS: readonly ((line: string) => string)[] = [
  (line) => `bash -c ${singleQuoted(line)}`,
  (line) => `bash -c ${doubleQuoted(line)}`,
  (line) => `bash --norc -ec ${singleQuoted(line)}`,
  (line) => `/bin/bash -xc -- ${singleQuoted(line)} name arg`,
  (line) => `eval ${singleQuoted(line)}`,
  (line) => `eval ${doubleQuoted(line)}`,
  (line) => heredoc(line, (end) => `bash <<'${end}'\n${line}\n${end}\n`),
  (line) => heredoc(line, (end) => `bash -s <<${end}\n${inHeredoc(line)}\n${end}\n`),
  (line) => `bash <<< ${singleQuoted(line)}`,
  (line) => `echo ${singleQuoted(line)} | bash`.replace(/^echo '([^']*\\[^']*)'/, "printf %s '$1'"),
  (line) => `printf '%s\\n' ${singleQuoted(line)} | bash -s`,
  (line) => heredoc(line, (end) => `cat <<'${end}' | bash\n${line}\n${end}\n`),
  (line) => `trap ${singleQuoted(line)} EXIT`,
  (line) => `code=${singleQuoted(line)}; bash -c "$code"`,
  (line) => `code=${singleQuoted(line)}; eval "$code"`,
  (line) => `. /dev/stdin <<< ${singleQuoted(line)}`,
  // The line is a word that the text on the standard input runs.
  (line) => `bash -s -- ${singleQuoted(line)} <<< 'eval "$1"'`,
  (line) => `echo 'eval "$2"' | bash -s a ${singleQuoted(line)}`,
  (line) => `source /dev/stdin ${singleQuoted(line)} <<< 'eval "$1"'`,
  (line) => `xargs bash -c ${singleQuoted(line)}`,
  (line) => `find . -maxdepth 0 -exec bash -c ${singleQuoted(line)} _ {} \\;`,
  // watch hands its text to sh, which reads these in another way.
  (line) => (/&>|\$'|<<<|\[\[/.test(line) ? line : `watch -n1 ${singleQuoted(line)}`),
];

/** Places where the output of the line is evaluated once more. */
export const EVALUATED: readonly ((line: string) => string)[] = [
  (line) => `echo $(( 1 + $(${line}\n) ))`,
  (line) => `[[ $(${line}\n) -gt 1 ]]`,
  (line) => `x[$(${line}\n)]=1`,
  (line) => `eval "$(${line}\n)"`,
  (line) => `$(${line}\n) && ls`,
];

/** Places inside of words and compounds. */
export const COMPOUNDS: readonly ((line: string) => string)[] = [
  (line) => `echo "$(${line}\n)"`,
  (line) => `echo \`${line.replace(/[\\$`]/g, '\\$&')}\n\``,
  (line) => `cat <(${line}\n)`,
  (line) => `x=$(${line}\n)`,
  (line) => heredoc(line, (end) => `cat <<${end}\n$(${line}\n)\n${end}\n`),
  (line) => `[[ -n $(${line}\n) ]]`,
  (line) => `echo "\${x:-$(${line}\n)}"`,
  (line) => `if true; then ${block(line)} fi`,
  (line) => `if ${block(line)} then :; fi`,
  (line) => `if false; then :; elif true; then ${block(line)} else :; fi`,
  (line) => `for i in 1 2; do ${block(line)} done`,
  (line) => `for ((i = 0; i < 1; i++)); do ${block(line)} done`,
  (line) => `while ${block(line)} do break; done`,
  (line) => `until true; do ${block(line)} done; until ${block(line)} do break; done`,
  (line) => `case x in y) ;; x) ${line}\n;; esac`,
  (line) => `{ ${block(line)} }`,
  // bash may take `((` for arithmetic, and a heredoc behind it asks for that reason.
  (line) => (line.startsWith('(') ? `( ${line}\n)` : `(${line}\n)`),
  (line) => `f() { ${block(line)} }; f`,
  (line) => `function g { ${block(line)} }; g a b`,
  (line) => `! ${group(line)}`,
  (line) => `time { ${block(line)} }`,
  (line) => `time -p ${group(line)}`,
  (line) => `coproc { ${block(line)} }`,
  (line) => `{ ${block(line)} } > /dev/null 2>&1`,
  (line) => `${group(line)} && ls`,
  (line) => `${group(line)} || true`,
  (line) => `${group(line)} | cat`,
  (line) => `${group(line)} 2>&1 | tail -n 3`,
  (line) => `${group(line)} & wait`,
  (line) => `ls && ${group(line)}`,
  (line) => `ls; ${line}`,
  (line) => `false || ${group(line)}`,
  (line) => `ls | ${group(line)}`,
  (line) => `ls & ${line}`,
  (line) => `# a comment\n${line}`,
  (line) => `echo a #b\n${line}`,
  (line) => `\n\n  ${line}\n`,
  (line) =>
    line.includes('\n')
      ? line
      : heredoc(line, (end) => `cat <<${end} > /dev/null; ${line}\nbody\n${end}\n`),
];

/** Those among them that add nothing but what only reads. */
export const HARMLESS_STRINGS = STRINGS.slice(0, 7);
