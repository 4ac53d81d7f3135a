// Looks into a snippet of interpreter code: which of its calls delete, write, send or start something.
// Invariant: `onlyReads` holds only where every name that could do harm was recognised as harmless.
import { awkOnlyReads, scanAwk } from './awk.ts';
import {
  callsOf,
  SAFE_NODE_FS,
  SAFE_NODE_MODULES,
  SAFE_PYTHON_MODULES,
  SAFE_PYTHON_OS,
} from './calls.ts';
import { type Token, tokenize } from './lexer.ts';
import { perlOnlyReads, scanPerl } from './perl.ts';
import { scanSed, sedOnlyReads } from './sed.ts';
import type { CodeLanguage, InlineFinding } from './types.ts';

/** Longest snippet that is scanned; a longer one counts as not readable. */
const MAX_LENGTH = 60_000;

/** What a snippet calls. An unreadable snippet gives one `dynamic-code` finding. */
export function scanInlineCode(language: CodeLanguage, code: string): readonly InlineFinding[] {
  if (code.length > MAX_LENGTH) return [unreadable(code)];
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
  return tokens.flatMap((token, at) => findingAt(language, tokens, at, token, aliases));
}

/** True where the snippet is proved to only compute, read and print. */
export function onlyReads(language: CodeLanguage, code: string): boolean {
  if (code.length > MAX_LENGTH) return false;
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
      return pythonOnlyReads(tokens);
    case 'javascript':
      return javascriptOnlyReads(tokens);
    case 'ruby':
      return names(tokens).every((name) => RUBY_SAFE.test(name));
    case 'php':
      return called(tokens).every((name) => PHP_SAFE.test(name));
    case 'lua':
      return called(tokens).every((name) => LUA_SAFE.test(name));
    default:
      return false;
  }
}

function unreadable(code: string): InlineFinding {
  return { kind: 'dynamic-code', name: 'code', span: { start: 0, end: code.length } };
}

function findingAt(
  language: CodeLanguage,
  tokens: readonly Token[],
  at: number,
  token: Token,
  aliases: ReadonlyMap<string, string>,
): InlineFinding[] {
  const span = { start: token.start, end: token.end };
  if (token.kind === 'string') {
    const isShell = token.text.startsWith('`') && (language === 'ruby' || language === 'php');
    return isShell ? [{ kind: 'shell-out', name: 'backticks', command: token.value, span }] : [];
  }
  if (token.kind === 'sign') {
    const isComputed =
      token.text === ']' && tokens[at + 1]?.text === '(' && language === 'javascript';
    return isComputed ? [{ kind: 'dynamic-code', name: 'a computed name', span }] : [];
  }
  if (token.kind !== 'name') return [];
  const name = resolve(pathAt(tokens, at), aliases);
  if (name === 'open' && language === 'python') return pythonOpen(tokens, at, span);
  if (/^(process\.(stdout|stderr)|sys\.(stdout|stderr)|res|response)\.write$/.test(name)) return [];
  const kind = callsOf(language)?.find(([, pattern]) => pattern.test(name))?.[0];
  if (!kind || !isUse(language, tokens, at)) return [];
  if (name === 'getattr' && argumentsOf(tokens, at)[1]?.value !== undefined) return [];
  if (language === 'javascript' && name.endsWith('.exec') && isPatternExec(tokens, at)) return [];
  const given = argumentsOf(tokens, at);
  const [first] = given;
  const target = first?.value;
  if (kind !== 'shell-out') return [{ kind, name, span, ...(target !== undefined && { target }) }];
  return [{ kind, name, span, ...shellOut(given, tokens, at) }];
}

/** `regex.exec(text)` is no program call: child_process is always named or imported as such. */
function isPatternExec(tokens: readonly Token[], at: number): boolean {
  const text = tokens.map((token) => token.value ?? token.text).join(' ');
  return tokens[at]?.text !== 'exec' && !text.includes('child_process');
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

function resolve(name: string, aliases: ReadonlyMap<string, string>): string {
  const [root, ...rest] = name.split('.');
  const real = aliases.get(root ?? '');
  return real === undefined ? name : [real, ...rest].join('.');
}

/** The constant string arguments of a call by position; an empty entry where one is no plain string. */
function argumentsOf(tokens: readonly Token[], at: number): readonly (Token | undefined)[] {
  const from = tokens[at + 1]?.text === '(' ? at + 2 : at + 1;
  const found: (Token | undefined)[] = [];
  let depth = 0;
  let current: Token[] = [];
  for (let index = from; index < tokens.length && found.length < 20; index++) {
    const token = tokens[index] as Token;
    if (token.kind === 'sign' && /[([{]/.test(token.text)) depth++;
    if (token.kind === 'sign' && /[)\]};]/.test(token.text)) {
      if (depth === 0) break;
      depth--;
    }
    if (token.text === ',' && depth === 0) {
      found.push(plain(current));
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) found.push(plain(current));
  return found;
}

function plain(tokens: readonly Token[]): Token | undefined {
  return tokens.length === 1 && tokens[0]?.kind === 'string' ? tokens[0] : undefined;
}

function shellOut(
  given: readonly (Token | undefined)[],
  tokens: readonly Token[],
  at: number,
): Pick<InlineFinding, 'command' | 'argv'> {
  const list = listAfter(tokens, at);
  if (list) return { argv: list };
  const [first] = given;
  if (first?.value === undefined) return {};
  // `execFile('rm', ['-rf', 'x'])`: the program and its words apart.
  const second = listAfter(tokens, tokens.indexOf(first));
  return second ? { argv: [first.value, ...second] } : { command: first.value };
}

/** `['rm', '-rf', 'x']` behind a bracket or comma, where all of it is constant. */
function listAfter(tokens: readonly Token[], at: number): readonly string[] | undefined {
  const open = at + 2;
  if (tokens[open]?.text !== '[' || !/^[(,]$/.test(tokens[at + 1]?.text ?? '')) return undefined;
  const words: string[] = [];
  for (let index = open + 1; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.text === ']') return words.length > 0 ? words : undefined;
    if (token.text === ',') continue;
    if (token.kind !== 'string' || token.value === undefined) return undefined;
    words.push(token.value);
  }
  return undefined;
}

function pythonOpen(
  tokens: readonly Token[],
  at: number,
  span: InlineFinding['span'],
): InlineFinding[] {
  const given = argumentsOf(tokens, at);
  const target = given[0]?.value;
  const named = tokens.findIndex((token, index) => index > at && token.text === 'mode');
  const mode =
    given.length > 1
      ? given[1]?.value
      : tokens[named + 2]?.kind === 'string' && named > 0
        ? tokens[named + 2]?.value
        : 'r';
  const to = target === undefined ? {} : { target };
  const isNamed = given.length > 1 && given[1] === undefined && named < 0;
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

const SECRET =
  /(^|\/)(\.env(\.(?!example|sample|template)[\w.]+)?|id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.npmrc|\.pypirc|credentials(\.json)?|shadow|.*\.(pem|p12|pfx|key))$|\/\.(ssh|aws|gnupg|kube)\//;

function secretRead(target: string | undefined, span: InlineFinding['span']): InlineFinding[] {
  return target !== undefined && SECRET.test(target)
    ? [{ kind: 'read-secret', name: 'open', target, span }]
    : [];
}

function pythonImports(tokens: readonly Token[]): {
  aliases: ReadonlyMap<string, string>;
  modules: readonly string[];
} {
  const aliases = new Map<string, string>();
  const modules: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.text;
    if (tokens[at]?.kind !== 'name' || (word !== 'import' && word !== 'from')) continue;
    const isFrom = word === 'from';
    const base = isFrom ? (tokens[++at]?.text ?? '') : '';
    if (isFrom) {
      modules.push(base);
      if (tokens[at + 1]?.text === 'import') at++;
      else continue;
    }
    for (at++; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (token.kind !== 'name') {
        if (token.text === ',' || token.text === '(' || token.text === '*') {
          if (token.text === '*') modules.push('*');
          continue;
        }
        break;
      }
      const full = isFrom ? `${base}.${token.text}` : token.text;
      if (!isFrom) modules.push(token.text);
      const isRenamed = tokens[at + 1]?.text === 'as';
      if (isRenamed) at += 2;
      aliases.set(tokens[at]?.text ?? '', isRenamed || isFrom ? full : token.text);
      if (tokens[at + 1]?.text !== ',') break;
    }
  }
  return { aliases, modules };
}

const PYTHON_DUNDER =
  /(^|\.)__(?!(name|file|version|doc|main|future|annotations|dict|len|init|str|repr)__$)\w+/;
const PYTHON_DENIED =
  /^(sys\.(modules|meta_path|path_hooks|settrace|setprofile|breakpointhook)|breakpoint|(.*\.)?(write|writelines|writerows?|mkdir|rename|replace_with|save|to_\w+|commit|upload\w*|publish|send\w*|post|put|delete|patch|connect|bind|listen|start|terminate|kill|run_until_complete))$/;

function pythonOnlyReads(tokens: readonly Token[]): boolean {
  const { aliases, modules } = pythonImports(tokens);
  if (!modules.every((name) => SAFE_PYTHON_MODULES.has(name))) return false;
  return tokens.every((token, at) => {
    if (token.kind !== 'name') return true;
    const name = resolve(pathAt(tokens, at), aliases);
    if (PYTHON_DUNDER.test(name)) return false;
    if (/^os(\.|$)/.test(name))
      return name === 'os' ? isImportWord(tokens, at) : SAFE_PYTHON_OS.test(name);
    return !PYTHON_DENIED.test(name) || tokens[at + 1]?.text !== '(';
  });
}

/** A module's name may stand alone only in its import. */
function isImportWord(tokens: readonly Token[], at: number): boolean {
  return /^(import|from|,|as)$/.test(tokens[at - 1]?.text ?? '');
}

function javascriptOnlyReads(tokens: readonly Token[]): boolean {
  return tokens.every((token, at) => {
    if (token.kind !== 'name') return true;
    const name = pathAt(tokens, at);
    const next = tokens[at + 1];
    if (name === 'require' || name === 'import') {
      const target =
        next?.text === '(' ? tokens[at + 2] : next?.kind === 'string' ? next : undefined;
      return next?.text !== '(' && name === 'import' ? true : isSafeModule(target?.value);
    }
    if (name === 'from') return isSafeModule(next?.value) || next?.kind !== 'string';
    if (/^fs\./.test(name)) return SAFE_NODE_FS.test(name.split('.').at(-1) ?? '');
    if (/^process\./.test(name))
      return /^process\.(argv|env|stdout|stderr|stdin|version|versions|exit|exitCode|cwd|platform|arch|memoryUsage|hrtime|uptime|nextTick|on|once|pid|title|release|execPath|getuid|report|features|config)/.test(
        name,
      );
    return !/^(global|globalThis|window|self)$/.test(name.split('.')[0] ?? '');
  });
}

function isSafeModule(name: string | undefined): boolean {
  if (name === undefined) return false;
  const plainName = name.replace(/^node:/, '');
  return (
    SAFE_NODE_MODULES.has(plainName) || /^\.{1,2}\/[\w./-]+\.json$|^\/[\w./-]+\.json$/.test(name)
  );
}

const RUBY_SAFE =
  /^(puts|p|pp|print|printf|require|JSON(\..*)?|YAML\.(load_file|safe_load|dump|load)|File\.(read|exist\?|readlines|basename|dirname|extname|join|expand_path|foreach|size|file\?|directory\?|stat)|Dir\.(glob|pwd|entries|children|exist\?|\w*\?)|ARGV.*|ARGF.*|STDIN.*|STDOUT.*|\$\w+(\..*)?|ENV(\..*)?|RUBY_\w+|Gem\..*|Time.*|Date.*|Integer|Float|String|Array|Hash|Set|Math.*|Regexp.*|BEGIN|END|[a-z_]\w*[!?]?(\.[\w.!?]*)?|\?\..*)$/;
const PHP_SAFE =
  /^(echo|print|print_r|var_dump|var_export|json_encode|json_decode|phpversion|phpinfo|strlen|date|time|microtime|md5|sha1|hash|count|implode|explode|trim|str_\w+|sprintf|printf|substr|strpos|in_array|array_(keys|values|merge|sum|slice|unique|column)|sort|ksort|max|min|range|is_\w+|isset|empty|intval|floatval|strtoupper|strtolower|ini_get|extension_loaded|get_loaded_extensions|php_sapi_name|memory_get_usage|file_exists|is_file|is_dir|glob|scandir|file|filesize|basename|dirname|realpath|getcwd|getenv|define|defined|exit|die|if|for|foreach|while|switch|array|list|function|fn|match)$/;
const LUA_SAFE =
  /^(print|string\..*|table\..*|math\..*|utf8\..*|os\.(time|date|clock|getenv)|io\.(read|lines|write)|tostring|tonumber|pairs|ipairs|type|select|unpack|assert|error|pcall|next|function|if|while|for|and|or|not|\?\.\w+|[a-z]\w*:\w+)$/;

function names(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token, at) => (token.kind === 'name' ? [pathAt(tokens, at)] : []));
}

function called(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token, at) =>
    token.kind === 'name' && tokens[at + 1]?.text === '(' ? [pathAt(tokens, at)] : [],
  );
}
