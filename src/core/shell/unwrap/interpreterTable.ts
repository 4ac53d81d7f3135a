// What interpreters there are, and which of their options and operands are code.
// Invariant: an option of an interpreter that takes code is in its entry.
import type { CodeLanguage } from '../inline/types.ts';
import type { OptionTable } from './optionReader.ts';

/** One interpreter. */
export interface Interpreter {
  language: CodeLanguage;
  options: OptionTable;
  /** Options whose value is code. */
  code: readonly string[];
  /** Subcommands whose first operand is code (`deno eval`). */
  codeVerbs?: readonly string[];
  /** Subcommands before a script file (`deno run`). */
  fileVerbs?: readonly string[];
  /** True where the first operand is code unless an option gave it (awk, sed). */
  firstIsCode?: boolean;
  /** Options that name a file of code. */
  codeFiles?: readonly string[];
  /** Options with which it runs code besides, and the values with which it does not. */
  loads?: Readonly<Record<string, RegExp>>;
  /** Where options are not all known: the long ones that run no code and write no file. Any other counts as `loads`. */
  harmless?: RegExp;
}

const NEVER = /^(?!)/;

const PYTHON: Interpreter = {
  language: 'python',
  options: {
    flags: 'bBdEhiIOPqsSuvVx?R',
    values: 'WXQ',
    last: 'cm',
    numbers: true,
    longValues: ['--check-hash-based-pycs'],
    longFlags: ['--help', '--version'],
  },
  code: ['-c'],
  // `-W error::a.b` imports a; `-i` reads on from standard input.
  loads: {
    '-W': /^[^:]*(?::[^:]*(?::[A-Za-z]*(?::|$)|$)|$)/,
    '-i': NEVER,
    '-X': /^(?:dev|utf8|importtime|faulthandler|tracemalloc|no_debug_ranges|int_max_str_digits|warn_default_encoding|frozen_modules)(?:=\w*)?$/,
  },
};
const NODE: Interpreter = {
  language: 'javascript',
  options: {
    flags: 'ciphvt',
    values: 'erC',
    isOpen: true,
    longValues: [
      '--eval',
      '--require',
      '--import',
      '--loader',
      '--experimental-loader',
      '--env-file',
      '--input-type',
      '--conditions',
      '--title',
      '--max-old-space-size',
    ],
  },
  code: ['-e', '--eval', '-p', '--print', '-pe', '--pe'],
  fileVerbs: ['run'],
  loads: {
    '-r': NEVER,
    '--require': NEVER,
    '--import': NEVER,
    '--loader': NEVER,
    '--experimental-loader': NEVER,
    // The file may hold NODE_OPTIONS.
    '--env-file': NEVER,
    '-i': NEVER,
  },
  harmless:
    /^--(?:no-|allow-|disable-|harmony|trace-(?:warnings|deprecation|uncaught|exit|sigint)|experimental-(?!loader|config|default-config|sea)|input-type|conditions|title|max-|stack-|unhandled-rejections|permission|enable-source-maps|check|version|help|v8-options|use-|expose-gc|preserve-symlinks|throw-deprecation|pending-deprecation|interactive|print|eval|pe$|test|watch|run|require|import|loader|env-file|dns-result-order|network-family|insecure|icu-data|jitless|zero-fill|frozen-intrinsics|force-)/,
};

const LUA_LOADS = { '-l': NEVER, '-i': NEVER };

const INTERPRETERS: Readonly<Record<string, Interpreter>> = {
  python: PYTHON,
  pypy: PYTHON,
  pypy3: PYTHON,
  node: NODE,
  nodejs: NODE,
  bun: { ...NODE, options: { ...NODE.options, isOpen: true } },
  deno: {
    language: 'javascript',
    options: { flags: 'ARWNESqr', isOpen: true },
    code: [],
    codeVerbs: ['eval'],
    fileVerbs: ['run'],
  },
  tsx: { language: 'javascript', options: NODE.options, code: ['-e', '--eval', '-p', '--print'] },
  'ts-node': {
    language: 'javascript',
    options: {
      flags: 'TFsiHhv',
      values: 'epPOrCI',
      isOpen: true,
      longValues: ['--eval', '--print', '--project', '--require'],
    },
    code: ['-e', '--eval', '-p', '--print'],
  },
  perl: {
    language: 'perl',
    options: { flags: 'acnpsStTuUvwWX', values: 'eEImM', glued: 'iCdDFxV', digits: 'l0' },
    code: ['-e', '-E'],
    // The debugger runs `.perldb`.
    loads: { '-d': NEVER },
  },
  ruby: {
    language: 'ruby',
    options: { flags: 'acdlnpsSvwUhW', values: 'eErIC', glued: 'iFKTx0W', isOpen: true },
    code: ['-e'],
    loads: {
      '-r': /^(?:json|set|time|date|csv|yaml|pp|digest|securerandom|fileutils|open3|uri|net\/http)$/,
      '-I': NEVER,
    },
  },
  php: {
    language: 'php',
    options: {
      flags: 'aCnhilmqsvw',
      values: 'cdrBREFfStz',
      longValues: ['--run', '--process-code', '--file'],
      isOpen: true,
    },
    code: ['-r', '--run', '-R', '-B', '-E', '--process-code'],
    codeFiles: ['-f', '-F', '--file'],
    loads: { '-d': /^(?!auto_|extension|zend|.*\.so)/, '-c': NEVER, '-z': NEVER },
  },
  lua: {
    language: 'lua',
    options: { flags: 'iEvW', values: 'el' },
    code: ['-e'],
    loads: LUA_LOADS,
  },
  ghc: { language: 'other', options: { values: 'e', isOpen: true }, code: ['-e'], codeFiles: [] },
  ipython: { language: 'other', options: { isOpen: true, values: 'c' }, code: ['-c'] },
  luajit: {
    language: 'lua',
    options: { flags: 'iEvW', values: 'elj' },
    code: ['-e'],
    loads: { ...LUA_LOADS, '-j': NEVER },
  },
  rscript: { language: 'r', options: { values: 'e', isOpen: true }, code: ['-e'] },
  awk: {
    language: 'awk',
    options: {
      flags: 'bcCghMnNOPrsStVI',
      values: 'FveilEfWm',
      glued: 'dDLop',
      isOpen: true,
      longValues: [
        '--field-separator',
        '--assign',
        '--file',
        '--source',
        '--include',
        '--load',
        '--exec',
      ],
    },
    code: ['-e', '--source'],
    codeFiles: ['-f', '--file', '-E', '--exec', '-i', '--include'],
    firstIsCode: true,
    // gawk writes files with some, and loads code with others.
    loads: {
      '-l': NEVER,
      '--load': NEVER,
      '-W': NEVER,
      '-o': NEVER,
      '-p': NEVER,
      '-d': NEVER,
      '-D': NEVER,
    },
    harmless:
      /^--(?:field-separator|assign|file|source|include|load|exec|posix|traditional|re-interval|lint|csv|bignum|characters-as-bytes|sandbox|version|help|non-decimal-data|use-lc-numeric|optimize|no-optimize|copyright|gen-pot)/,
  },
  sed: {
    language: 'sed',
    options: {
      flags: 'nrEsuza',
      values: 'efl',
      glued: 'iI',
      longValues: ['--expression', '--file', '--line-length'],
      longFlags: [
        '--quiet',
        '--silent',
        '--debug',
        '--follow-symlinks',
        '--in-place',
        '--posix',
        '--regexp-extended',
        '--separate',
        '--sandbox',
        '--unbuffered',
        '--null-data',
        '--help',
        '--version',
      ],
    },
    code: ['-e', '--expression'],
    codeFiles: ['-f', '--file'],
    firstIsCode: true,
  },
  osascript: { language: 'other', options: { values: 'els', flags: 'i' }, code: ['-e'] },
  tclsh: { language: 'other', options: {}, code: [] },
  wish: { language: 'other', options: {}, code: [] },
  groovy: { language: 'other', options: { values: 'e', isOpen: true }, code: ['-e'] },
  julia: {
    language: 'other',
    options: { values: 'eEpJLC', isOpen: true, longValues: ['--eval', '--print', '--load'] },
    code: ['-e', '-E', '--eval', '--print'],
  },
  scala: { language: 'other', options: { values: 'e', isOpen: true }, code: ['-e'] },
  elixir: { language: 'other', options: { values: 'er', isOpen: true }, code: ['-e', '--eval'] },
  erl: { language: 'other', options: { isOpen: true }, code: ['-eval'] },
  guile: { language: 'other', options: { values: 'cel', isOpen: true }, code: ['-c'] },
  racket: { language: 'other', options: { values: 'efl', isOpen: true }, code: ['-e'] },
  sbcl: {
    language: 'other',
    options: { isOpen: true, longValues: ['--eval', '--load', '--script'] },
    code: ['--eval'],
  },
  octave: {
    language: 'other',
    options: { isOpen: true, longValues: ['--eval'] },
    code: ['--eval'],
  },
  dc: {
    language: 'other',
    options: { values: 'ef', longValues: ['--expression', '--file'], isOpen: true },
    code: ['-e', '--expression'],
  },
  gnuplot: { language: 'other', options: { values: 'e', flags: 'p' }, code: ['-e'] },
  sqlplus: { language: 'other', options: { isOpen: true }, code: [] },
};

const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^python[\d.]*w?$|^py$/, 'python'],
  [/^ipython\d$/, 'ipython'],
  [/^(perl[\d.]+)$/, 'perl'],
  [/^(ruby[\d.]+|jruby|irb)$/, 'ruby'],
  [/^(php[\d.]+|php-cgi)$/, 'php'],
  [/^lua[\d.]+$/, 'lua'],
  [/^(Rscript|R|r)$/, 'rscript'],
  [/^(gawk|mawk|nawk|original-awk|bwk)$/, 'awk'],
  [/^(gsed|ssed)$/, 'sed'],
  [/^(tclsh[\d.]+)$/, 'tclsh'],
];

/** The entry for a program name; undefined where it is no interpreter. */
export function interpreterOf(program: string): Interpreter | undefined {
  const name = ALIASES.find(([pattern]) => pattern.test(program))?.[1] ?? program;
  return Object.hasOwn(INTERPRETERS, name) ? INTERPRETERS[name] : undefined;
}
