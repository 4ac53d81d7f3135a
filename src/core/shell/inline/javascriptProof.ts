// Proves of a JavaScript snippet for node that it only computes, reads and prints. Allowlists only.
// Invariant: `process`, `fs` and `require` stand in no expression but the listed ones, variables are called
// only where the snippet itself declares them as functions, and nothing reaches a constructor by a name.
import { callsOf, SAFE_NODE_FS, SAFE_NODE_MODULES } from './calls.ts';
import type { Token } from './lexer.ts';
import { hasHiddenText } from './pythonProof.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const KEYWORDS = set(`
  const let var if else for of in while do break continue return function new typeof instanceof void delete throw try
  catch finally switch case default class extends null undefined true false NaN Infinity async await from as this super
  static get set yield import export
`);
const GLOBALS = set(`
  parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI String Number Boolean
  Array Object Date RegExp Map Set WeakMap BigInt Error TypeError RangeError SyntaxError URL URLSearchParams TextEncoder
  TextDecoder Promise setTimeout clearTimeout structuredClone require
`);
const ROOTS =
  /^(console|JSON|Math|Object|Array|String|Number|Date|Promise|Buffer|Intl|URL|performance|process|Symbol|BigInt|RegExp|Map|Set|Boolean|Error)$/;
const METHODS = set(`
  log error warn table dir info debug parse stringify map filter forEach reduce reduceRight join split slice splice push
  pop shift unshift concat includes indexOf lastIndexOf find findIndex findLast some every sort reverse flat flatMap fill
  keys values entries from isArray of toString toFixed toPrecision toLocaleString toISOString getTime getFullYear getMonth
  getDate getDay getHours getMinutes now trim trimStart trimEnd padStart padEnd replace replaceAll match matchAll test
  search startsWith endsWith charAt charCodeAt codePointAt at repeat toUpperCase toLowerCase localeCompare substring
  substr has get set add clear size then catch finally all allSettled resolve hasOwnProperty fromEntries assign freeze
  basename dirname extname relative normalize isAbsolute inspect format createHash update digest randomUUID byteLength
  floor ceil round abs max min pow sqrt random trunc sign log2 log10 isInteger isSafeInteger fromCharCode fromCodePoint
  toSorted toReversed hrtime memoryUsage uptime cwd exit on once setEncoding write satisfies valid gt lt compare coerce
  major minor patch platform arch cpus totalmem freemem homedir hostname tmpdir type release userInfo fileURLToPath
  pathToFileURL readFileSync existsSync statSync lstatSync readdirSync realpathSync
`);
const DENIED_PARTS =
  /^(constructor|__proto__|prototype|caller|callee|arguments|mainModule|binding|_\w+|dlopen|kill|chdir|setuid|setgid|umask|abort|eval|Function|createRequire|setEngine|runInNewContext|defineProperty|setPrototypeOf)$/;
const DENIED_NAMES =
  /^(eval|Function|global|globalThis|module|exports|Reflect|Proxy|WebAssembly|fetch|with|debugger|Deno|Bun|window|self|vm|constructor)$/;
const PROCESS =
  /^process\.(argv|argv\.(slice|length|map|join)|env(\.\w+)?|stdout(\.(write|columns|isTTY))?|stderr(\.write)?|stdin(\.(on|once|setEncoding|fd))?|version|versions(\.\w+)?|exit|exitCode|cwd|platform|arch|memoryUsage|hrtime|hrtime\.bigint|uptime|on|once|pid|title|release(\.\w+)?|execPath)$/;

/** True where the snippet only computes, reads and prints. `tokens` are those of the whole code. */
export function provesJavascript(code: string, tokens: readonly Token[]): boolean {
  if (hasHiddenText(code) || /<!--|-->|\\u/.test(code) || hasUnsureSlash(code, tokens))
    return false;
  const modules = boundModules(tokens);
  if (!modules) return false;
  const functions = declaredFunctions(tokens, modules);
  return tokens.every((token, at) => {
    const next = tokens[at + 1];
    const isCalled = next?.text === '(' && next.kind === 'sign';
    if (token.kind === 'string') return !isCalled && isPlainText(token, tokens[at - 1]);
    if (token.kind === 'sign') return isHarmlessSign(tokens, at, isCalled);
    return token.kind === 'number' || isHarmlessName(tokens, at, isCalled, modules, functions);
  });
}

/** A slash behind a bracket divides or starts a pattern; with another slash behind it the reading is not sure. */
function hasUnsureSlash(code: string, tokens: readonly Token[]): boolean {
  return tokens.some(
    (token, at) =>
      token.text === '/' &&
      token.kind === 'sign' &&
      tokens[at - 1]?.kind !== 'number' &&
      tokens[at - 1]?.kind !== 'name' &&
      code.indexOf('/', token.end) >= 0,
  );
}

function isPlainText(token: Token, before: Token | undefined): boolean {
  const isTemplate = token.text.startsWith('`');
  // A name before a template calls that name.
  if (isTemplate && before?.kind === 'name' && !KEYWORDS.has(before.text)) return false;
  if (isTemplate && before?.kind === 'sign' && /^[)\]]$/.test(before.text)) return false;
  if (token.value !== undefined) return !isDangerous(token.value);
  return /^`[^{}]*(?:\$\{[^{}`]*\}[^{}]*)*`$/.test(token.text);
}

/** Names of functions that do harm, as the key of a property. */
function isDangerous(name: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(name)) return false;
  if (/^(constructor|__proto__|prototype|mainModule|binding|dlopen)$/.test(name)) return true;
  return (
    callsOf('javascript')?.some(
      ([kind, pattern]) => kind !== 'network' && /[A-Z]|^rm$/.test(name) && pattern.test(name),
    ) === true
  );
}

function isHarmlessSign(tokens: readonly Token[], at: number, isCalled: boolean): boolean {
  const token = tokens[at] as Token;
  if (/[^\x20-\x7e]/.test(token.text) || /^[@#\\]$/.test(token.text)) return false;
  if (!isCalled) return true;
  if (token.text === ']') return false;
  // `(() => …)()` calls what is seen; `(a, b)()` does not.
  return (
    token.text !== ')' ||
    groupBefore(tokens, at).some(({ text }) => text === '>' || text === 'function')
  );
}

/** The tokens inside of the brackets that close at `end`. */
function groupBefore(tokens: readonly Token[], end: number): readonly Token[] {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    if (tokens[at]?.text === ')' && tokens[at]?.kind === 'sign') depth++;
    if (tokens[at]?.text === '(' && tokens[at]?.kind === 'sign' && --depth === 0) {
      const inner = tokens.slice(at + 1, end);
      const isFunction =
        /^(async|function|\()$/.test(inner[0]?.text ?? '') || inner[1]?.text === '=';
      return isFunction && tokens[at - 1]?.kind !== 'name' ? inner : [];
    }
  }
  return [];
}

interface Modules {
  /** Local names of modules that are harmless as a whole, and of `fs`. */
  names: ReadonlyMap<string, string>;
  /** Functions that were taken out of modules by name. */
  taken: ReadonlySet<string>;
}

/** What `require` and `import` bind; undefined where one of them is not plain or not harmless. */
function boundModules(tokens: readonly Token[]): Modules | undefined {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    if (token.text === 'import') {
      if (!readImport(tokens, at, names, taken)) return undefined;
    } else if (token.text.split('.')[0] === 'require') {
      if (token.text !== 'require' || tokens[at + 1]?.text !== '(') return undefined;
      if (!readRequire(tokens, at, names, taken)) return undefined;
    }
  }
  return { names, taken };
}

function readRequire(
  tokens: readonly Token[],
  at: number,
  names: Map<string, string>,
  taken: Set<string>,
): boolean {
  const name = tokens[at + 2]?.value?.replace(/^node:/, '');
  if (name === undefined || tokens[at + 3]?.text !== ')') return false;
  if (/\.json$/.test(name) && /^[./]/.test(name)) return true;
  if (!SAFE_NODE_MODULES.has(name)) return false;
  const isFs = name === 'fs' || name === 'fs/promises';
  if (tokens[at + 4]?.text === '.') return !isFs || SAFE_NODE_FS.test(tokens[at + 5]?.text ?? '');
  if (tokens[at - 1]?.text !== '=') return !isFs && tokens[at + 4]?.text !== '[';
  const before = tokens[at - 2];
  if (before?.kind === 'name' && /^(const|let|var)$/.test(tokens[at - 3]?.text ?? '')) {
    names.set(before.text, name);
    return tokens[at + 4]?.text !== '[';
  }
  return before?.text === '}' && readTaken(tokens, at - 2, isFs, taken);
}

/** `import x from 'm'`, `import * as x from 'm'`, `import { a } from 'm'`; never `import(…)`. */
function readImport(
  tokens: readonly Token[],
  at: number,
  names: Map<string, string>,
  taken: Set<string>,
): boolean {
  const end = tokens.findIndex(({ kind }, index) => index > at && kind === 'string');
  const name = tokens[end]?.value?.replace(/^node:/, '');
  if (name === undefined || !SAFE_NODE_MODULES.has(name) || tokens[at + 1]?.text === '(')
    return false;
  if (tokens[end - 1]?.text !== 'from') return false;
  const before = tokens[end - 2];
  if (before?.text === '}')
    return readTaken(tokens, end - 2, name === 'fs' || name === 'fs/promises', taken);
  if (before?.kind === 'name') names.set(before.text, name);
  return before?.kind === 'name';
}

function readTaken(
  tokens: readonly Token[],
  close: number,
  isFs: boolean,
  taken: Set<string>,
): boolean {
  for (let at = close - 1; at >= 0 && tokens[at]?.text !== '{'; at--) {
    const token = tokens[at] as Token;
    if (token.text === ',') continue;
    if (token.kind !== 'name' || (isFs && !SAFE_NODE_FS.test(token.text))) return false;
    taken.add(token.text);
  }
  return true;
}

/** `function f`, `f = (…) =>`, `f = x =>`, `f = function`, `f = async …`, `class F`. */
function declaredFunctions(tokens: readonly Token[], { taken }: Modules): ReadonlySet<string> {
  const found = new Set(taken);
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    const before = tokens[at - 1]?.text ?? '';
    if (/^(function|class)$/.test(before)) found.add(token.text);
    if (!/^(const|let|var)$/.test(before) || tokens[at + 1]?.text !== '=') continue;
    const start = tokens[at + 2]?.text === 'async' ? at + 3 : at + 2;
    const isArrow =
      tokens[start]?.kind === 'name' &&
      tokens[start + 1]?.text === '=' &&
      tokens[start + 2]?.text === '>';
    if (tokens[start]?.text === 'function' || isArrow || isBracketedArrow(tokens, start))
      found.add(token.text);
  }
  return found;
}

function isBracketedArrow(tokens: readonly Token[], open: number): boolean {
  if (tokens[open]?.text !== '(') return false;
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0)
      return tokens[at + 1]?.text === '=' && tokens[at + 2]?.text === '>';
  }
  return false;
}

function isHarmlessName(
  tokens: readonly Token[],
  at: number,
  isCalled: boolean,
  { names, taken }: Modules,
  functions: ReadonlySet<string>,
): boolean {
  const written = tokens[at]?.text ?? '';
  const isMember = tokens[at - 1]?.text === '.';
  if (!isMember && KEYWORDS.has(written)) return true;
  const segments = written.split('.');
  const [root = ''] = segments;
  const last = segments.at(-1) ?? '';
  if (segments.some((part) => DENIED_PARTS.test(part))) return false;
  if (!isMember && DENIED_NAMES.test(root)) return false;
  if (!isMember && root === 'process') return PROCESS.test(written);
  const module = isMember ? undefined : names.get(root);
  if (module !== undefined) return isHarmlessMember(tokens, at, segments, module);
  const isTableName = callsOf('javascript')?.some(([, pattern]) => pattern.test(written)) === true;
  if (isTableName && !/^(\?\.)?exec$/.test(last) && !taken.has(written)) return false;
  if (!isCalled) return root !== 'require' || isMember;
  if (segments.length > 1 || isMember)
    return METHODS.has(last) || last === 'exec' || (ROOTS.test(root) && METHODS.has(last));
  return GLOBALS.has(written) || functions.has(written);
}

function isHarmlessMember(
  tokens: readonly Token[],
  at: number,
  segments: readonly string[],
  module: string,
): boolean {
  const isFs = module === 'fs' || module === 'fs/promises';
  const isDeclared = /^(const|let|var|import|as|,)$/.test(tokens[at - 1]?.text ?? '');
  if (segments.length === 1) return isDeclared || (!isFs && tokens[at + 1]?.text !== '[');
  if (!isFs) return true;
  const inner = segments[1] === 'promises' ? segments.slice(2) : segments.slice(1);
  return inner.length >= 1 && SAFE_NODE_FS.test(inner[0] ?? '') && inner[0] !== 'promises';
}
