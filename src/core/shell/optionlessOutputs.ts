// Programs whose output is never an option: object names of git, paths of the system, dates, counts.
// Invariant: nothing that a file, a peer or an argument may decide stands at the start of such an output.
import { printsNumber } from './numbers.ts';
import type { Word, WordPart } from './types.ts';

const REVISION = String.raw`\w[\w./~^@{}-]*`;

/** One word, in quotes or not. */
const ONE_WORD: readonly RegExp[] = [
  new RegExp(`^git rev-parse( (-q|--quiet|--verify|--short(=\\d+)?))* ${REVISION}$`),
  new RegExp(`^git merge-base( --fork-point)?( ${REVISION}){1,2}$`),
  new RegExp(
    `^git (log|rev-list)( (-\\d+|-n ?\\d+|--all|--reverse|--no-merges|--merges|--max-count=\\d+|--max-parents=0|--first-parent|--skip=\\d+|--(format|pretty)=(format:|tformat:)?%[hH]|--|${REVISION}))*$`,
  ),
  /^git (branch --show-current|symbolic-ref --short HEAD|rev-parse --abbrev-ref HEAD)$/,
  /^(which|command -v|type -P) \w[\w.-]*$/,
  /^date( -u)? \+%[\w%:.+-]*$/,
  /^mktemp( -d)?$/,
  /^rustc --print sysroot$/,
  /^go env (GOPATH|GOROOT|GOMODCACHE|GOBIN|GOOS|GOARCH|GOVERSION)$/,
  /^(uname|uname -[smrn]|hostname|whoami|id -un|arch)$/,
];

/** A path with its root, which may hold spaces: one word only in quotes. */
const ONE_PATH =
  /^(pwd( -[PL])?|git rev-parse --(show-toplevel|absolute-git-dir)|npm (root|prefix)( -g)?|brew --prefix( [\w.@-]+)?)$/;

/** True where a word that is not constant turns out to be an operand, whatever the command in it prints. */
export function isNoOption({ parts }: Word): boolean {
  const [first, next] = parts;
  if (first?.kind !== 'substitution' || !printsNoOption(first)) return false;
  // Where nothing is printed the word begins with what follows.
  return next === undefined || (next.kind === 'literal' && /^[^-]/.test(next.value));
}

/** True where the shell may make several words of one: what is not quoted is split at its spaces. */
export function mayBeSeveral({ parts }: Word): boolean {
  return parts.some((part) => {
    switch (part.kind) {
      case 'variable':
        return /@/.test(part.name) || (!part.quoted && !/^[#?$!]$/.test(part.name));
      case 'substitution':
        return !part.quoted && part.isOneWord !== true && !printsNoOption(part);
      case 'opaque':
        return part.why !== 'arithmetic';
      default:
        return false;
    }
  });
}

function printsNoOption({ text, quoted }: Extract<WordPart, { kind: 'substitution' }>): boolean {
  const command = text
    .trim()
    .replace(/ ?2> ?(&1|\/dev\/null)$/, '')
    // Quotes around one plain word change nothing.
    .replace(/(["'])([\w%:+./=-]*)\1/g, '$2')
    .trim();
  if (quoted && ONE_PATH.test(command)) return true;
  if (
    /^git (log|rev-list)\b/.test(command) &&
    !/^git rev-list|=(t?format:)?%[hH]( |$)/.test(command)
  )
    return false;
  return (
    ONE_WORD.some((shape) => shape.test(command)) ||
    (printsNumber(text) && !/\b(seq|expr)\b/.test(text))
  );
}
