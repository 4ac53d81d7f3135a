// Names of a snippet that hold one constant text from their only assignment on: `p = 'src/a.py'`, `p = Path('a')`.
// Invariant: a name that is bound in any other way, or might be, is not among them.
import type { Token } from './lexer.ts';
import type { CodeLanguage } from './types.ts';

/** A folder or file that the snippet has just made for itself lies among temporary files, whatever its name is. */
const OWN_TEMPORARY = '/tmp/its-own-folder';

/** By name; the text, which is a path where it stands in `Path(…)`. */
export type Constants = ReadonlyMap<string, string>;

const NONE: Constants = new Map();

/** Words with which names are bound by the caller, by a pattern or behind the reader's back. */
const BINDERS: Partial<Record<CodeLanguage, RegExp>> = {
  python: /^(def|lambda|class|global|nonlocal|del|match|exec|eval|globals|locals|vars|setattr)$/,
  javascript: /^(function|class|catch|eval|with|Function)$/,
};

/** The constants of a python or javascript snippet. */
export function constantsOf(language: CodeLanguage, tokens: readonly Token[]): Constants {
  const binders = BINDERS[language];
  if (!binders || tokens.some(({ kind, text }) => kind === 'name' && binders.test(text)))
    return NONE;
  if (tokens.some((token, at) => mayBind(token, tokens[at + 1]))) return NONE;
  const found = new Map<string, string>();
  const spoiled = new Set<string>();
  let depth = 0;
  tokens.forEach((token, at) => {
    if (token.kind === 'sign' && /^[([{]$/.test(token.text)) depth++;
    if (token.kind === 'sign' && /^[)\]}]$/.test(token.text)) depth--;
    if (token.kind !== 'name') return;
    const [root = ''] = token.text.split('.');
    const isWhole = root === token.text;
    const value = isWhole && depth === 0 ? assignedText(language, tokens, at) : undefined;
    if (value !== undefined && !found.has(root)) found.set(root, value);
    else if (isWhole && !isOnlyUsed(tokens, at, depth)) spoiled.add(root);
  });
  for (const name of spoiled) found.delete(name);
  return found;
}

/** An arrow with parameters, `import *`, an assignment inside of a text. */
function mayBind({ kind, text }: Token, next: Token | undefined): boolean {
  if (kind === 'string') return text.includes(':=');
  return (text === '=' && next?.text === '>') || (text === 'import' && next?.text === '*');
}

/** The text behind `name =`, where nothing else stands in the statement. */
function assignedText(
  language: CodeLanguage,
  tokens: readonly Token[],
  at: number,
): string | undefined {
  const isDeclared = tokens[at - 1]?.text === 'const';
  if (language === 'javascript' ? !isDeclared : /^[.,*:]$/.test(tokens[at - 1]?.text ?? ''))
    return undefined;
  if (tokens[at + 1]?.text !== '=' || tokens[at + 2]?.text === '=') return undefined;
  const [first, open, text, close] = tokens.slice(at + 2, at + 6);
  if (first?.kind === 'string') return endsStatement(tokens, at + 3) ? first.value : undefined;
  if (language !== 'python' || first?.kind !== 'name' || open?.text !== '(') return undefined;
  if (/^tempfile\.(mkdtemp|mktemp)$/.test(first.text) && text?.text === ')')
    return endsStatement(tokens, at + 5) ? OWN_TEMPORARY : undefined;
  const isPath = /^(pathlib\.)?Path$/.test(first.text) && close?.text === ')';
  return isPath && text?.kind === 'string' && endsStatement(tokens, at + 6)
    ? text.value
    : undefined;
}

/** A statement ends where the next thing is a name (no sign joins it to what stands before), or at a semicolon. */
function endsStatement(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  if (next === undefined || next.text === ';') return true;
  return next.kind === 'name' && !/^(if|for|or|and|in|is|not|else|instanceof)$/.test(next.text);
}

/** An argument, or what a member is asked of: neither gives the name another value. */
function isOnlyUsed(tokens: readonly Token[], at: number, depth: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  const behind = tokens[at + 1]?.text ?? '';
  if (/^(for|as|import|from|let|var|const|async)$/.test(before)) return false;
  return depth > 0 && /^[(,]$/.test(before) && /^[),]$/.test(behind) && !isTarget(tokens, at);
}

/** `(a, p) = …`, `for (a, p) in …`, `f(p=…)`: the bracket that the name stands in is one that binds. */
function isTarget(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let index = at + 1; index < tokens.length; index++) {
    const text = tokens[index]?.text ?? '';
    if (/^[([{]$/.test(text)) depth++;
    if (!/^[)\]}]$/.test(text)) continue;
    if (depth-- > 0) continue;
    const behind = tokens[index + 1]?.text ?? '';
    const isCompared = behind === '=' && tokens[index + 2]?.text === '=';
    return (behind === '=' && !isCompared) || behind === 'in' || behind === 'of';
  }
  return true;
}
