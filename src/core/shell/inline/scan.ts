// Looks into a snippet of interpreter code: which of its calls delete, write, send or start something.
// Invariant: `onlyReads` holds only where every name that could do harm was recognised as harmless.
import { argumentsOf, listAfter, MAX_ARGUMENT_TOKENS } from './arguments.ts';
import { awkOnlyReads, scanAwk } from './awk.ts';
import { callsOf } from './calls.ts';
import { type Constants, constantsOf } from './constants.ts';
import { provesJavascript } from './javascriptProof.ts';
import { type Token, tokenize } from './lexer.ts';
import { perlOnlyReads, scanPerl } from './perl.ts';
import { pythonImports, resolveName } from './pythonImports.ts';
import { hasHiddenText, onlyCallsPythonModules, provesPython } from './pythonProof.ts';
import { scanSed, sedOnlyReads } from './sed.ts';
import type { CodeLanguage, InlineFinding } from './types.ts';

/** Longest snippet that is scanned; a longer one counts as not readable. */
const MAX_LENGTH = 60_000;
/** The languages of one-liners: their scanners look for some things from each place on. */
const MAX_LENGTHS: Partial<Record<CodeLanguage, number>> = { awk: 4_000, sed: 8_000, perl: 8_000 };

const isTooLong = (language: CodeLanguage, code: string): boolean =>
  code.length > (MAX_LENGTHS[language] ?? MAX_LENGTH);
/** What a snippet calls. An unreadable snippet gives one `dynamic-code` finding. */
export function scanInlineCode(language: CodeLanguage, code: string): readonly InlineFinding[] {
  if (isTooLong(language, code)) return [unreadable(code)];
  switch (language) {
    case 'awk':
      return scanAwk(code);
    case 'sed':
      return scanSed(code);
    case 'perl':
      return scanPerl(code);
    default:
      break;
  }
  const table = callsOf(language);
  const tokens = tokenize(language, code);
  if (!table || !tokens) return [unreadable(code)];
  const aliases = language === 'python' ? pythonImports(tokens).aliases : new Map<string, string>();
  const canStartPrograms = namesChildProcess(tokens);
  const constants = constantsOf(language, tokens);
  return tokens.flatMap((token, at) =>
    findingAt(language, tokens, at, token, { aliases, canStartPrograms, constants }),
  );
}

/** True where the snippet is proved to only compute, read and print. */
export function onlyReads(language: CodeLanguage, code: string): boolean {
  if (isTooLong(language, code)) return false;
  switch (language) {
    case 'awk':
      return awkOnlyReads(code);
    case 'sed':
      return sedOnlyReads(code);
    case 'perl':
      return perlOnlyReads(code);
    case 'other':
      return false;
    default:
      break;
  }
  const tokens = tokenize(language, code);
  if (!tokens || scanInlineCode(language, code).length > 0) return false;
  switch (language) {
    case 'python':
      return provesPython(code, tokens);
    case 'javascript':
      return provesJavascript(code, tokens);
    case 'ruby':
    case 'php':
    case 'lua':
      return provesTiny(language, code, tokens);
    default:
      return false;
  }
}

/** First parts of the modules that a python snippet imports: a file of that name beside it would be taken instead. */
export function importedModules(language: CodeLanguage, code: string): readonly string[] {
  const tokens = language === 'python' ? tokenize(language, code) : undefined;
  if (!tokens) return [];
  return [...new Set(pythonImports(tokens).modules.map((name) => name.split('.')[0] ?? ''))];
}

/**
 * True where the snippet calls modules of the workspace or its environment and does nothing else: weaker than
 * `onlyReads`, because what those modules do is not looked at.
 */
export function onlyCallsModules(language: CodeLanguage, code: string): boolean {
  if (language !== 'python' || isTooLong(language, code)) return false;
  const tokens = tokenize(language, code);
  if (!tokens || scanInlineCode(language, code).length > 0) return false;
  return onlyCallsPythonModules(code, tokens);
}

function unreadable(code: string): InlineFinding {
  return { kind: 'dynamic-code', name: 'code', span: { start: 0, end: code.length } };
}

/** What the names of the snippet stand for. */
interface Names {
  aliases: ReadonlyMap<string, string>;
  canStartPrograms: boolean;
  constants: Constants;
}

function findingAt(
  language: CodeLanguage,
  tokens: readonly Token[],
  at: number,
  token: Token,
  { aliases, canStartPrograms, constants }: Names,
): InlineFinding[] {
  const span = { start: token.start, end: token.end };
  if (token.kind === 'string') {
    const isShell = token.text.startsWith('`') && (language === 'ruby' || language === 'php');
    if (isShell) return [{ kind: 'shell-out', name: 'backticks', command: token.value, span }];
    // `open` of python is looked at with its mode; elsewhere a name of a file of secrets is enough.
    return isOpened(tokens, at) ? [] : secretRead(token.value, span);
  }
  if (token.kind === 'sign') {
    const isComputed =
      token.text === ']' && tokens[at + 1]?.text === '(' && language === 'javascript';
    return isComputed ? [{ kind: 'dynamic-code', name: 'a computed name', span }] : [];
  }
  if (token.kind !== 'name') return [];
  const name = resolveName(pathAt(tokens, at), aliases);
  if (name === 'open' && language === 'python') return pythonOpen(tokens, at, span, constants);
  if (/^(process\.(stdout|stderr)|sys\.(stdout|stderr)|res|response)\.write$/.test(name)) return [];
  const kind = callsOf(language)?.find(([, pattern]) => pattern.test(name))?.[0];
  if (!kind || !isUse(language, tokens, at)) return [];
  if (name === 'getattr' && argumentsOf(tokens, at)?.[1]?.value !== undefined) return [];
  const isPattern = name.endsWith('.exec') && token.text !== 'exec' && !canStartPrograms;
  if (language === 'javascript' && isPattern) return [];
  if (kind !== 'shell-out') {
    const target =
      language === 'python' && OF_PATHS.test(name) && !name.startsWith('os.')
        ? receiverOf(tokens, at, constants)
        : argumentsOf(tokens, at, constants)?.[0]?.value;
    return [{ kind, name, span, ...(target !== undefined && { target }) }];
  }
  const given = argumentsOf(tokens, at) ?? [];
  return [{ kind, name, span, ...shellOut(language, given, tokens, at) }];
}

/** What a path of python does to itself; the arguments are no path. */
const OF_PATHS = /\.(write_text|write_bytes|touch|unlink|rmdir|truncate)$/;

/** `p` of `p.unlink()`, and the text of `Path('a').unlink()`. */
function receiverOf(
  tokens: readonly Token[],
  at: number,
  constants: Constants,
): string | undefined {
  const name = tokens[at]?.text ?? '';
  if (name.includes('.')) return constants.get(name.slice(0, name.lastIndexOf('.')));
  const [path, open, text, close, dot] = tokens.slice(Math.max(at - 5, 0), at);
  const isPath = /^(pathlib\.)?Path$/.test(path?.text ?? '') && open?.text === '(';
  return isPath && close?.text === ')' && dot?.text === '.' ? text?.value : undefined;
}

/** `regex.exec(text)` is no program call: child_process is always named or imported as such. */
function namesChildProcess(tokens: readonly Token[]): boolean {
  const text = tokens.map((token) => token.value ?? token.text).join(' ');
  return text.includes('child_process');
}

/** A name counts where it is called; in ruby and php also without brackets. */
function isUse(language: CodeLanguage, tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text;
  if (next === '(') return tokens[at - 1]?.text !== 'def' && tokens[at - 1]?.text !== 'function';
  if (language === 'ruby') return true;
  // Handed on instead of called: `map(os.remove, names)`, `x = eval`.
  return language === 'python'
    ? tokens[at]?.text.includes('.') === true ||
        /^(eval|exec|compile|__import__)$/.test(tokens[at]?.text ?? '')
    : /^(eval|Function)$/.test(tokens[at]?.text ?? '');
}

/** The dotted name, with `?.` in front where it is a member of an expression. */
function pathAt(tokens: readonly Token[], at: number): string {
  const text = tokens[at]?.text ?? '';
  return tokens[at - 1]?.text === '.' ? `?.${text}` : text;
}

function shellOut(
  language: CodeLanguage,
  given: readonly (Token | undefined)[],
  tokens: readonly Token[],
  at: number,
): Pick<InlineFinding, 'command' | 'argv'> {
  const list = listAfter(tokens, at);
  if (list) return { argv: list };
  const [first] = given;
  if (first?.value === undefined) return {};
  // `system "rm", "-rf", "x"`: no shell, the words as they are.
  if (language === 'ruby' && given.length > 1) {
    const words = given.flatMap((token) => token?.value ?? []);
    return words.length === given.length ? { argv: words } : {};
  }
  // `execFile('rm', ['-rf', 'x'])`: the program and its words apart.
  const second = listAfter(tokens, tokens.indexOf(first));
  return second ? { argv: [first.value, ...second] } : { command: first.value };
}

function pythonOpen(
  tokens: readonly Token[],
  at: number,
  span: InlineFinding['span'],
  constants: Constants,
): InlineFinding[] {
  const given = argumentsOf(tokens, at, constants);
  if (!given) return [{ kind: 'overwrite', name: 'open', span }];
  const target = given[0]?.value;
  const behind = tokens.slice(at + 1, at + 1 + MAX_ARGUMENT_TOKENS);
  const named = at + 1 + behind.findIndex((token) => token.text === 'mode');
  const mode =
    given.length > 1
      ? given[1]?.value
      : named > at && tokens[named + 2]?.kind === 'string'
        ? tokens[named + 2]?.value
        : 'r';
  const to = target === undefined ? {} : { target };
  const isNamed = given.length > 1 && given[1] === undefined && named === at;
  if (mode !== undefined && /^[rbtU]*$/.test(mode)) return secretRead(target, span);
  if (
    isNamed &&
    tokens
      .slice(at, at + 12)
      .some((token) => /^(encoding|errors|newline|buffering)$/.test(token.text))
  )
    return secretRead(target, span);
  const isAppend = mode !== undefined && /[ax]/.test(mode);
  return [{ kind: isAppend ? 'write' : 'overwrite', name: 'open', span, ...to }];
}

/** The first argument of python's own `open`. */
const isOpened = (tokens: readonly Token[], at: number) =>
  tokens[at - 1]?.text === '(' && tokens[at - 2]?.text === 'open';

const SECRET =
  /(^|\/)(\.env(\.(?!example|sample|template)[\w.]+)?|id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.npmrc|\.pypirc|credentials(\.json)?|shadow|.*\.(pem|p12|pfx|key))$|\/\.(ssh|aws|gnupg|kube)\//;

function secretRead(target: string | undefined, span: InlineFinding['span']): InlineFinding[] {
  return target !== undefined && SECRET.test(target)
    ? [{ kind: 'read-secret', name: 'open', target, span }]
    : [];
}

/** What most one-liners of these languages do. Their other names can stand for anything, so nothing else is proved. */
const TINY: Readonly<Record<'ruby' | 'php' | 'lua', RegExp>> = {
  ruby: /^(puts|print|p|pp|nil|true|false|RUBY_(VERSION|PLATFORM|ENGINE|PATCHLEVEL)|Gem\.VERSION|JSON\.(parse|pretty_generate|generate)|YAML\.safe_load|File\.(read|exist\?|basename|dirname)|STDIN\.read|ARGF\.read|\$stdin\.read|Time\.now|Dir\.(pwd|glob))$/,
  php: /^(echo|print|print_r|var_dump|phpversion|PHP_(VERSION|EOL|OS|OS_FAMILY|INT_MAX)|php_uname|php_sapi_name|json_encode|strlen|date|time|extension_loaded|ini_get|get_loaded_extensions|implode|true|false|null)$/,
  lua: /^(print|_VERSION|math\.(pi|floor|ceil|sqrt|max|min|abs|huge)|string\.(format|rep|upper|lower|len)|os\.(time|date|clock)|tostring|tonumber|nil|true|false)$/,
};

function provesTiny(
  language: 'ruby' | 'php' | 'lua',
  code: string,
  tokens: readonly Token[],
): boolean {
  if (hasHiddenText(code) || /[`%&@$]|#\{/.test(code)) return false;
  return tokens.every((token, at) => {
    const isCalled = tokens[at + 1]?.text === '(';
    if (token.kind === 'name')
      return tokens[at - 1]?.text !== '.' && TINY[language].test(token.text);
    if (token.kind === 'string') return token.value !== undefined && !isCalled;
    if (token.kind === 'sign')
      return /^[\x20-\x7e]$/.test(token.text) && !(isCalled && /[)\]}]/.test(token.text));
    return true;
  });
}
