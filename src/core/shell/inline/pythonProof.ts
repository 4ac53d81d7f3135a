// Proves of a python snippet that it only computes, reads and prints. Allowlists only: what is not listed is not proved.
// Invariant: no value that could do harm is ever reachable: modules stand in no expression, attributes of
// attributes are no modules, variables are never called, and no text is run.
import { callsOf, SAFE_PYTHON_MODULES, SAFE_PYTHON_OS } from './calls.ts';
import { type Token, tokenize } from './lexer.ts';
import { pythonImports, resolveName } from './pythonImports.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const KEYWORDS = set(`
  and as assert break continue class def del elif else except finally for from if import in is lambda not or pass raise
  return try while with yield None True False match case _ self
`);
const BUILTINS = set(`
  print len range str int float bool list dict set tuple frozenset sorted reversed enumerate zip map filter any all sum
  min max abs round repr ascii chr ord hex oct bin divmod pow isinstance issubclass callable hasattr iter next slice
  bytes bytearray complex hash id type open exit quit dir super format
`);
const METHODS = set(`
  split rsplit splitlines strip lstrip rstrip replace startswith endswith join format lower upper title capitalize
  swapcase casefold center ljust rjust zfill find rfind index rindex count encode decode isdigit isalpha isalnum isspace
  isupper islower isnumeric isidentifier partition rpartition expandtabs translate removeprefix removesuffix
  append extend insert pop remove sort reverse clear copy get items keys values setdefault update add discard union
  intersection difference symmetric_difference issubset issuperset
  search match fullmatch findall finditer sub subn group groups groupdict start end span
  exists is_file is_dir is_symlink read_text read_bytes glob rglob iterdir stat resolve absolute relative_to with_suffix
  with_name with_stem joinpath samefile as_posix expanduser is_absolute owner
  read readline readlines seek tell close strftime isoformat timestamp total_seconds weekday date time
  most_common elements appendleft popleft rotate hexdigest digest find findtext iter itertext getroot
  mean std var min max sum reshape flatten tolist astype argmax argmin cumsum dot head tail describe info groupby
  sort_values value_counts unique nunique isna isnull notna to_string to_list to_dict iterrows itertuples as_integer_ratio
  bit_length namelist geturl getsource
`);
/** Attributes of modules that are modules themselves, and frames through which everything can be reached. */
const INNER = set(`
  ElementPath abc ast base64mime binascii bltns builtins charset codecs contextlib copyreg csv decoder dis email encoder
  encoders encodings entities enum errors fnmatch functools genericpath header importlib inspect io itertools iterators
  keyword linecache ntpath numbers operator os pathlib platform posixpath quoprimime re scanner st stdlib_re
  struct sys textwrap token tokenize types urllib utils warnings zipfile subprocess shutil socket threading
  multiprocessing signal tempfile ctypes pickle marshal runpy code codeop gc pty posix nt imp pkgutil site ssl http
  ctypeslib distutils testing lib core compat api common internals f2py mro modules meta_path path_hooks
`);
/** Functions of otherwise harmless modules that run text, reach names by text, write, or load code. */
const DENIED =
  /^(operator\.(attrgetter|methodcaller|call)|typing\.(get_type_hints|ForwardRef)|dataclasses\.make_dataclass|inspect\.(signature|get_annotations|stack|currentframe|getattr_static|getmembers\w*)|platform\.popen|io\.(?!(StringIO|BytesIO)$).*|site\..*|yaml\.(?!(safe_load|safe_load_all|safe_dump|YAMLError)$).*|(numpy|pandas)\.(?!(__version__|array|zeros|ones|arange|linspace|mean|median|std|sum|min|max|abs|sqrt|exp|log|dot|round|unique|DataFrame|Series|to_datetime|concat|read_csv|read_json|isna|nan|pi|inf)$).*|os\.path\.(?!\w+$).*|importlib\.metadata\.(?!(version|metadata|requires|distributions|packages_distributions|PackageNotFoundError)$).*|sys\.(?!(argv|version|version_info|path|platform|executable|stdin|stdin\.(read|readline|readlines|buffer\.read)|stdout\.(write|flush)|stderr\.(write|flush)|exit|maxsize|getsizeof|byteorder|getrecursionlimit|prefix|base_prefix|implementation\.name|getdefaultencoding|getfilesystemencoding|stdout|stderr|float_info)$).*)$/;
/** Lower-case classes behind which a method may stand: `datetime.datetime.now`. */
const CLASSES = /^(datetime\.(datetime|date|time|timedelta|timezone)|json|os\.path)$/;
const DUNDER =
  /^__(name|file|version|doc|main|future|annotations|len|init|str|repr|pkginfo|about|author|license|title)__$/;
const UNSAFE_NAMES =
  /^(exec|eval|compile|__import__|getattr|setattr|delattr|globals|locals|vars|input|breakpoint|help|memoryview|object|eval_str|allow_pickle|await|async|global|nonlocal)$/;
const UNSAFE_CALLS =
  /^(.*\.)?(write(?!$)\w*|mkdir|rename|save\w*|commit|upload\w*|publish|send\w*|post|put|delete|patch|connect|bind|listen|terminate|kill|tofile|dump|(?<!^(json|tomllib|toml)\.)load|eval|query)$/;

/** Members through which everything can be reached, whatever module they stand in. */
const POWERFUL = set(`
  os posix nt subprocess shutil socket ssl sys builtins importlib runpy ctypes cffi pickle marshal shelve pty gc imp pkgutil
  inspect codecs io pathlib http urllib request requests signal multiprocessing threading asyncio tempfile zipfile tarfile
  distutils setuptools code codeop site ctypeslib f2py
`);
/** Names that say that something is deleted, sent, started or written. */
const SAYS_HARM =
  /^(call_command|execute\w*|exec\w*|eval\w*|main|run\w*|deploy\w*|drop\w*|destroy\w*|delete\w*|remove\w+|purge\w*|wipe\w*|migrate\w*|flush\w*|reset\w+|truncate\w*|(un)?install\w*|invoke\w*|shell\w*|system\w*|popen\w*|spawn\w*|fork\w*|kill\w*|upload\w*|download\w*|fetch\w*|request\w*|connect\w*|write\w*|save\w*|dump\w*|to_\w*file|create_\w+|bulk_\w+|send\w*|publish\w*|start\w*|stop\w*|load\w+|import_\w+|open\w*|read_(pickle|sql|html|clipboard)|memmap|fromfile|tofile|from_pickle)$/i;
/** Modules of the standard library and well-known packages that act on the machine, the network or a store. */
const ACTING = set(`
  subprocess shutil socket socketserver ssl ctypes cffi importlib pickle marshal shelve http urllib ftplib smtplib imaplib
  poplib telnetlib xmlrpc asyncio multiprocessing threading concurrent runpy code codeop pty tty termios signal site sqlite3
  dbm tempfile zipfile tarfile venv webbrowser builtins gc imp pkgutil zipimport distutils setuptools pip ensurepip pdb
  profile cProfile trace faulthandler resource posix nt mmap fcntl sched atexit test turtle tkinter
  requests httpx aiohttp urllib3 boto3 botocore aiobotocore paramiko fabric invoke plumbum sh pexpect psutil docker
  kubernetes google googleapiclient azure redis pymongo motor psycopg psycopg2 asyncpg MySQLdb pymysql mysql cx_Oracle
  pyodbc duckdb sqlalchemy alembic celery airflow prefect stripe twilio openai anthropic slack_sdk telegram git github
  gitlab selenium playwright pyautogui pynput keyring websockets websocket zmq pika kafka nats scrapy cloudpickle dill
  joblib execnet rpyc pyro
`);

/** A plain module of the workspace or of its environment; no star, no relative import. */
function isOrdinaryModule(name: string): boolean {
  if (!/^[A-Za-z]\w*(\.\w+)*$/.test(name)) return false;
  const parts = name.split('.');
  return !ACTING.has(parts[0] ?? '') && !parts.some((part) => POWERFUL.has(part));
}

/** True where the snippet only computes, reads and prints. `tokens` are those of the whole code. */
export function provesPython(code: string, tokens: readonly Token[]): boolean {
  return holds(code, tokens, new Set());
}

/**
 * True where the snippet does nothing by itself but calls what modules of the workspace or of its environment offer,
 * by names that do not say harm. What those modules do is not looked at.
 */
export function onlyCallsPythonModules(code: string, tokens: readonly Token[]): boolean {
  const { modules } = pythonImports(tokens);
  const others = modules.filter(
    (name) => !SAFE_PYTHON_MODULES.has(name) || /^(numpy|pandas)$/.test(name),
  );
  if (others.length === 0 || others.some((name) => !isOrdinaryModule(name))) return false;
  return holds(code, tokens, new Set(others));
}

/** Each name of a snippet is compared with all of them. */
const MAX_MODULES = 60;

function holds(code: string, tokens: readonly Token[], others: ReadonlySet<string>): boolean {
  if (hasHiddenText(code) || /coding[:=]/.test(code.split('\n', 2).join(' '))) return false;
  const { aliases, modules: imported } = pythonImports(tokens);
  const modules = [...new Set(imported)];
  if (modules.length > MAX_MODULES) return false;
  if (!modules.every((name) => SAFE_PYTHON_MODULES.has(name) || others.has(name))) return false;
  if (modules.includes('pandas') && tokens.some(({ value }) => /^\w+:\/\//.test(value ?? '')))
    return false;
  const defined = definitions(tokens);
  return tokens.every((token, at) => {
    const next = tokens[at + 1];
    const isCalled = next?.text === '(' && next.kind === 'sign';
    if (token.kind === 'string') return !isCalled && isPlainText(token);
    if (token.kind === 'sign') return isHarmlessSign(token, tokens[at - 1], isCalled);
    return (
      token.kind === 'number' ||
      isHarmlessName(tokens, at, isCalled, { aliases, defined, modules, others })
    );
  });
}

/** Line ends that only some readers take as such, and letters that python folds into others. */
export function hasHiddenText(code: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the check is about
  return /[\r\u2028\u2029\u0085\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(code);
}

function isPlainText(token: Token): boolean {
  if (token.value !== undefined) return true;
  // Places inside of a formatted text: plain ones only, and each has to be readable.
  if (!/^[^{}]*(?:(?:\{\{|\}\}|\{[^{}]*\})[^{}]*)*$/.test(token.text)) return false;
  return [...token.text.matchAll(/\{([^{}]*)\}/g)].every(
    ([, place]) =>
      tokenize('python', (place ?? '').replace(/(![rsa])?(:[^'"]*)?$/, '')) !== undefined,
  );
}

function isHarmlessSign(token: Token, before: Token | undefined, isCalled: boolean): boolean {
  if (/[^\x20-\x7e]/.test(token.text) || token.text === '`' || token.text === '\\') return false;
  // `f()()` and `x[0]()` call what is not seen.
  if (isCalled && /^[)\]}]$/.test(token.text)) return false;
  return !(token.text === '@' && before !== undefined);
}

interface Known {
  aliases: ReadonlyMap<string, string>;
  defined: ReadonlySet<string>;
  modules: readonly string[];
  /** Modules that are called without being looked at; none where reading has to be proved. */
  others: ReadonlySet<string>;
}

function isHarmlessName(
  tokens: readonly Token[],
  at: number,
  isCalled: boolean,
  { aliases, defined, modules, others }: Known,
): boolean {
  const written = (tokens[at]?.text ?? '').replace(isCalled ? /$^/ : /\.__class__\.__name__$/, '');
  const isMember = tokens[at - 1]?.text === '.';
  if (!isMember && KEYWORDS.has(written)) return true;
  const path = isMember ? `?.${written}` : resolveName(written, aliases);
  const segments = path.split('.');
  if (namesItsClass(tokens, at)) return true;
  if (isLookedAt(tokens, at) && modules.some((name) => path.startsWith(`${name}.`)))
    return !segments.slice(1).some((part) => INNER.has(part));
  const isInner = (part: string) =>
    part.startsWith('_') &&
    part !== '_' &&
    !DUNDER.test(part) &&
    !(others.size > 0 && OWN_METHOD.test(part));
  if (segments.some(isInner)) return false;
  if (segments.some((part) => /^[@$]|^(f|gi|cr|tb|co|ag)_/.test(part))) return false;
  if (UNSAFE_NAMES.test(path) || segments.slice(1).some((part) => UNSAFE_NAMES.test(part)))
    return false;
  if (others.size > 0 && /^sys\.path\.(insert|append|copy|extend)$/.test(path)) return true;
  const isOther = others.has(segments[0] ?? '');
  if ((DENIED.test(path) && !isOther) || UNSAFE_CALLS.test(path)) return false;
  if (callsOf('python')?.some(([kind, pattern]) => kind !== 'environment' && pattern.test(path)))
    return path === 'type';
  const module = [...modules]
    .filter((name) => path === name || path.startsWith(`${name}.`))
    .sort((a, b) => b.length - a.length)[0];
  const saysHarm = (part: string) => SAYS_HARM.test(part) && !runsTests(part, modules);
  if (module !== undefined && others.has(module)) {
    // A folder of tests is what `pytest` imports and runs, whatever its modules and classes are called.
    const own = /^tests?\./.test(module) ? path.slice(module.length + 1).split('.') : segments;
    const said = own.filter((part) => !/^[A-Z]\w*Test(s|Case)?$/.test(part));
    return !segments.some((part) => POWERFUL.has(part)) && !said.some(saysHarm);
  }
  if (module !== undefined) return isHarmlessMember(tokens, at, path, module);
  const inner = others.size > 0 ? POWERFUL : INNER;
  if (segments.slice(1).some((part) => inner.has(part) || part === 'open')) return false;
  if (!isCalled) return path !== 'open';
  const last = segments.at(-1) ?? '';
  if (segments.length > 1 && others.size > 0)
    return METHODS.has(last) || /^[A-Z]/.test(last) || !saysHarm(last);
  if (segments.length > 1) return METHODS.has(last) || /^[A-Z]/.test(last);
  return (
    BUILTINS.has(last) ||
    defined.has(last) ||
    /^[A-Z]\w*(Error|Exception|Warning|Interrupt|Exit|Iteration)$/.test(last)
  );
}

/** A method that a class keeps for itself, such as `_detect_changes`; `_os` and its like are modules. */
const OWN_METHOD = /^_[a-z]+(_[a-z]+)+$/;

/** `x.__class__.__name__`: the name of a class, and nothing more of it. */
const namesItsClass = (tokens: readonly Token[], at: number) =>
  tokens[at]?.text === '__class__' &&
  tokens[at + 1]?.text === '.' &&
  tokens[at + 2]?.text === '__name__' &&
  tokens[at + 3]?.text !== '(';

/** Finding and running tests is what `python -m unittest` does. */
const runsTests = (name: string, modules: readonly string[]) =>
  /^(run_tests|loadTestsFrom\w+)$/.test(name) || (name === 'run' && modules.includes('unittest'));

/** `module.name`, `module.Class.method`; the module alone only in its import. */
function isHarmlessMember(
  tokens: readonly Token[],
  at: number,
  path: string,
  module: string,
): boolean {
  if (path === module) return /^(import|from|,|as)$/.test(tokens[at - 1]?.text ?? '');
  if (/^os(\.|$)/.test(path) && module === 'os') return SAFE_PYTHON_OS.test(path);
  const inner = path.slice(module.length + 1).split('.');
  if (inner.some((part) => INNER.has(part))) return false;
  if (module === 'sys' || inner.length === 1) return true;
  return (
    (/^[A-Z]/.test(inner[0] ?? '') ||
      CLASSES.test(`${module}.${inner[0] ?? ''}`) ||
      inner.at(-1) === '__version__') &&
    (METHODS.has(inner.at(-1) ?? '') || SAFE_STATIC.test(inner.at(-1) ?? ''))
  );
}

/** `inspect.getsource(argparse.HelpFormatter.add_text)`: named so that its text is shown, and called by nobody. */
const isLookedAt = (tokens: readonly Token[], at: number) =>
  /^inspect\.(getsource|getsourcefile|getfile|getdoc|getsourcelines)$/.test(
    tokens[at - 2]?.text ?? '',
  ) &&
  tokens[at - 1]?.text === '(' &&
  tokens[at + 1]?.text === ')';

const SAFE_STATIC =
  /^(now|today|utcnow|strptime|fromtimestamp|fromisoformat|combine|utc|home|cwd|from_dict|fromkeys|__name__|__doc__|__version__|min|max|name|maketrans|from_bytes|quantize|Element|A-Z\w*)$/;

function definitions(tokens: readonly Token[]): ReadonlySet<string> {
  const found = tokens.flatMap((token, at) =>
    /^(def|class)$/.test(token.text) && tokens[at + 1]?.kind === 'name'
      ? [tokens[at + 1]?.text ?? '']
      : [],
  );
  return new Set(found);
}
