// What the calls of each language's standard library do, as one table of patterns over dotted names.
import type { CodeLanguage, InlineFindingKind } from './types.ts';

export type CallTable = readonly (readonly [InlineFindingKind, RegExp])[];

const PYTHON: CallTable = [
  [
    'shell-out',
    /^(os\.(system|popen\d?|exec\w+|spawn\w+|posix_spawnp?|startfile)|subprocess\.\w+|commands\.\w+|pty\.spawn|asyncio\.create_subprocess_\w+|pexpect\.\w+|sh\.\w+|plumbum\..*|Popen|check_output|check_call|getoutput|getstatusoutput|(.*\.)?(system|popen|Popen|check_output|check_call|getoutput|run_command))$/,
  ],
  [
    'delete',
    /^(os\.(remove|unlink|rmdir|removedirs)|shutil\.rmtree|rmtree|removedirs|unlink|send2trash|(.*\.)?(unlink|rmdir|rmtree|removedirs|remove_file|delete_file))$/,
  ],
  [
    'overwrite',
    /^(os\.(rename|renames|replace|truncate|link|symlink|ftruncate)|shutil\.(move|copy\w*)|(.*\.)(rename|truncate|write_text|write_bytes|symlink_to|hardlink_to|touch|extractall|to_csv|to_json|to_excel|to_parquet|to_sql|savefig|dump))$/,
  ],
  ['chmod', /^(os\.(l?chmod|l?chown|chflags)|(.*\.)chmod)$/],
  ['process', /^(os\.(kill|killpg|abort|_exit|setuid|fork)|signal\.\w+|psutil\..*)$/],
  [
    'environment',
    /^(os\.(chdir|putenv|unsetenv|chroot|umask)|os\.environ\.(update|setdefault|pop|clear))$/,
  ],
  [
    'network',
    /^(urllib\.request\.\w+|urllib2\.\w+|requests\.\w+|httpx\.\w+|aiohttp\.\w+|http\.(client|server)\..*|socket\.\w+|socketserver\..*|smtplib\..*|ftplib\..*|paramiko\..*|urlopen|urlretrieve|websocket\w*\..*|boto3\..*)$/,
  ],
  [
    'database',
    /^(sqlite3\.\w+|psycopg2?\.\w+|pymysql\.\w+|MySQLdb\.\w+|mysql\.connector\.\w+|pymongo\.\w+|redis\.\w+|sqlalchemy\.\w+|django\.(db\.(connection|connections|transaction)|core\.management\.(call_command|execute_from_command_line|ManagementUtility))\b.*|(.*\.)?(executescript|execute|executemany|drop_database|drop_collection|flushall|flushdb|delete_many))$/,
  ],
  [
    'dynamic-code',
    /^(eval|exec|compile|execfile|__import__|importlib\.import_module|runpy\.\w+|getattr|setattr|globals|vars|locals|marshal\.\w+|pickle\.loads?|ctypes\..*|cffi\..*|builtins\..*|code\.\w+|codeop\..*|types\.(FunctionType|CodeType)|input)$/,
  ],
];

const JAVASCRIPT: CallTable = [
  [
    'shell-out',
    /^(.*\.)?(exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|execa|execaSync|\$)$|^(Bun\.(spawn|spawnSync|\$)|Deno\.(run|Command))$/,
  ],
  [
    'delete',
    /^(.*\.)?(rm|rmSync|rmdir|rmdirSync|unlink|unlinkSync|rimraf|rimrafSync|removeSync|emptyDir|emptyDirSync)$|^(fs\.remove|fse\.remove|Deno\.remove(Sync)?|del|fs\.promises\.rm)$/,
  ],
  [
    'overwrite',
    /^(.*\.)?(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|rename|renameSync|copyFile|copyFileSync|truncate|truncateSync|ftruncate|cpSync|outputFile|outputFileSync|writeJson|writeJsonSync|symlink|symlinkSync|link|linkSync|mkdirSync|mkdir|utimes|write)$|^(Bun\.write|Deno\.(writeTextFile|writeFile|rename|truncate|copyFile|create)(Sync)?)$/,
  ],
  ['chmod', /^(.*\.)?(chmod|chmodSync|chown|chownSync|lchown)$/],
  ['process', /^process\.(kill|abort|setuid|setgid|chdir|umask|dlopen|binding)$/],
  [
    'network',
    /^(fetch|axios(\.\w+)?|got(\.\w+)?|(http|https|http2)\.(request|get|createServer|connect)|net\.\w+|dgram\..*|tls\.\w+|WebSocket|XMLHttpRequest|Deno\.(connect|listen|serve)|Bun\.(serve|connect|listen)|navigator\.sendBeacon)$/,
  ],
  [
    'dynamic-code',
    /^(eval|Function|vm\.\w+|.*\.constructor|globalThis|Reflect\.\w+|module\.\w+|process\.mainModule.*|setTimeout\.call|importScripts)$/,
  ],
];

const RUBY: CallTable = [
  [
    'shell-out',
    /^(Kernel\.)?(system|exec|spawn|syscall|fork)$|^(IO|Open3|PTY)\.\w+$|^Process\.spawn$/,
  ],
  [
    'delete',
    /^(File|Dir|IO)\.(delete|unlink|rmdir|rm)$|^FileUtils\.(rm\w*|remove\w*|safe_unlink)$|^(.*\.)(unlink|rmtree|rmdir|delete!)$|^rm_rf?$/,
  ],
  [
    'overwrite',
    /^(File|IO)\.(write|binwrite|rename|truncate|symlink|link)$|^FileUtils\.(mv|cp|cp_r|move|copy|install|ln_sf?|touch|mkdir_p)$|^(.*\.)(truncate|write|puts!|rename)$/,
  ],
  ['chmod', /^(File|FileUtils)\.(chmod|chown|chmod_R|chown_R)$/],
  ['process', /^Process\.\w+$/],
  [
    'network',
    /^(Net\..*|URI\.open|open_uri|TCPSocket.*|Socket.*|UDPSocket.*|HTTParty\..*|Faraday\..*|RestClient\..*)$/,
  ],
  [
    'dynamic-code',
    /^(.*\.)?(eval|instance_eval|class_eval|module_eval|send|public_send|__send__|method|const_get|define_method|load|require_relative|binding|Marshal\.load|instance_variable_set|open)$/,
  ],
];

const PHP: CallTable = [
  ['shell-out', /^(system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec|mail)$/],
  ['delete', /^(unlink|rmdir)$/],
  [
    'overwrite',
    /^(file_put_contents|fopen|fwrite|fputs|fputcsv|rename|copy|move_uploaded_file|touch|mkdir|symlink|link|ftruncate|tempnam)$/,
  ],
  ['chmod', /^(chmod|chown|chgrp)$/],
  ['process', /^posix_\w+$/],
  [
    'network',
    /^(curl_\w+|fsockopen|pfsockopen|stream_socket_\w+|socket_\w+|file_get_contents|ftp_\w+)$/,
  ],
  [
    'dynamic-code',
    /^(eval|assert|create_function|call_user_func\w*|preg_replace_callback|include|include_once|require|require_once|unserialize|dl|array_map|usort|extract)$/,
  ],
];

const LUA: CallTable = [
  ['shell-out', /^(os\.execute|io\.popen)$/],
  ['delete', /^os\.remove$/],
  ['overwrite', /^(os\.rename|io\.open|io\.output|os\.tmpname)$/],
  [
    'dynamic-code',
    /^(load|loadstring|loadfile|dofile|require|debug\.\w+|package\..*|setfenv|getfenv|rawset)$/,
  ],
];

const R: CallTable = [
  ['shell-out', /^(base\.)?(system|system2|shell|shell\.exec|pipe)$/],
  ['delete', /^(unlink|file\.remove|base\.unlink)$/],
  [
    'overwrite',
    /^(write\w*|writeLines|file\.(rename|copy|create|append)|saveRDS|save|sink|cat|dir\.create|download\.file|pdf|png)$/,
  ],
  ['network', /^(url|download\.file|socketConnection|httr\..*|curl\..*)$/],
  [
    'dynamic-code',
    /^(eval|parse|source|do\.call|get|match\.fun|library|require|Reduce|sapply|lapply)$/,
  ],
];

/** The table of a language; undefined for languages that have scanners of their own or none. */
export function callsOf(language: CodeLanguage): CallTable | undefined {
  switch (language) {
    case 'python':
      return PYTHON;
    case 'javascript':
      return JAVASCRIPT;
    case 'ruby':
      return RUBY;
    case 'php':
      return PHP;
    case 'lua':
      return LUA;
    case 'r':
      return R;
    default:
      return undefined;
  }
}

/** Python modules whose functions only compute or read. */
export const SAFE_PYTHON_MODULES: ReadonlySet<string> = new Set(
  'sys json re math cmath statistics random string textwrap pprint collections itertools functools operator datetime time calendar decimal fractions typing dataclasses enum os os.path pathlib glob fnmatch hashlib base64 binascii struct ast tokenize keyword platform csv io difflib heapq bisect copy html html.parser xml.etree.ElementTree urllib.parse uuid locale gettext unicodedata tomllib toml yaml configparser zlib importlib.metadata sysconfig inspect argparse dis abc contextlib warnings traceback errno stat textwrap array numbers secrets ipaddress email mimetypes __future__ numpy pandas'.split(
    ' ',
  ),
);

/** Functions of `os` that only look. */
export const SAFE_PYTHON_OS =
  /^os\.(path(\.\w+)*|getcwd|getcwdb|listdir|scandir|walk|stat|lstat|environ(\.(get|items|keys|values|copy))?|getenv|sep|linesep|pathsep|name|uname|getpid|getppid|getuid|geteuid|getgid|cpu_count|getlogin|access|readlink|get_terminal_size|fspath|fsencode|fsdecode|devnull|extsep|curdir|pardir|DirEntry|PathLike|R_OK|X_OK|W_OK|F_OK|strerror|getloadavg|statvfs)$/;

/** Node modules that only compute or read; functions of `fs` are looked at one by one. */
export const SAFE_NODE_MODULES: ReadonlySet<string> = new Set(
  'fs fs/promises path os util url querystring assert crypto buffer string_decoder perf_hooks punycode semver'.split(
    ' ',
  ),
);

/** Functions of `fs` that only look. */
export const SAFE_NODE_FS =
  /^(readFile|readFileSync|readdir|readdirSync|readlink|readlinkSync|stat|statSync|lstat|lstatSync|exists|existsSync|access|accessSync|realpath|realpathSync|constants|promises)$/;
