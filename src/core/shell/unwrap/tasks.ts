// Task runners: `npm run x`, `make x`, `just x`. What they run stands in files that the analyser may look into.
import type { Word } from '../types.ts';
import { opaque, step } from './build.ts';
import { hasOption, type OptionTable, optionValue, readOptions, wordTail } from './optionReader.ts';
import type { TaskPart, Unwrapped } from './types.ts';

const NODE: OptionTable = {
  isOpen: true,
  values: 'wC',
  longValues: ['--prefix', '--workspace', '--filter', '--cwd', '--dir'],
};
/** Options that say where package.json lies; a workspace is named by its folder, among others. */
const NODE_FOLDERS = ['--prefix', '-C', '--cwd', '--dir', '-w', '--workspace'];
const MAKE: OptionTable = {
  flags: 'bBdehiknpqrRsStvwL',
  values: 'CfIoW',
  glued: 'jlO',
  isOpen: true,
  longValues: ['--directory', '--file', '--makefile', '--include-dir', '--old-file', '--what-if'],
};
const JUST: OptionTable = {
  flags: 'nqvuEl',
  values: 'dfsS',
  isOpen: true,
  longValues: ['--justfile', '--working-directory', '--set', '--shell', '--dotenv-path'],
};

/** Verbs of yarn, pnpm and bun that no script of that name replaces. */
const OWN_VERBS =
  /^(add|audit|bin|cache|config|create|dedupe|dlx|exec|info|init|install|i|link|list|ls|login|logout|node|npm|outdated|owner|pack|patch|pm|prune|publish|rebuild|remove|rm|root|self-update|set|setup|store|unlink|up|update|upgrade|version|versions|view|why|workspace|workspaces|x)$/;

const COMPOSER: OptionTable = {
  isOpen: true,
  values: 'd',
  longValues: ['--working-dir', '--timeout'],
};
/** What composer does itself; every other word names a script. */
const COMPOSER_VERBS =
  /^(about|archive|audit|browse|home|bump|check-platform-reqs|clear-?cache|cc|completion|config|create-project|depends|why|diagnose|dump-?autoload|exec|fund|global|help|init|install|i|licenses|list|outdated|prohibits|why-not|reinstall|remove|rm|uninstall|require|r|search|self-?update|show|info|status|suggests|update|u|upgrade|validate)$/;
const DENO: OptionTable = { isOpen: true, values: 'c', longValues: ['--config', '--cwd'] };

/** With these make and just print, and start nothing. */
const ONLY_PRINTS = {
  make: ['-n', '--dry-run', '--just-print', '--recon', '-q', '--question', '-v', '--version', '-h'],
  just: ['-n', '--dry-run', '-l', '--list', '--summary', '--show', '-s', '--dump', '--evaluate'],
};

/** Verbs of node package managers that run a script of package.json. */
const SCRIPTS: Readonly<Record<string, string>> = {
  test: 'test',
  t: 'test',
  tst: 'test',
  start: 'start',
  stop: 'stop',
  restart: 'restart',
};

/** Reads a call of a task runner; undefined where it runs no task of a file. */
export function unwrapTask(program: string, argv: readonly Word[]): Unwrapped | undefined {
  switch (program) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
    case 'bun':
      return unwrapScript(program, argv);
    case 'composer':
      return unwrapJsonTask('composer', COMPOSER, argv, COMPOSER_VERBS);
    case 'deno':
      return unwrapJsonTask('deno', DENO, argv, undefined);
    case 'make':
    case 'gmake':
      return unwrapRunner('make', MAKE, argv, '-f', '--file', '--makefile');
    case 'mise':
    case 'rtx':
      return unwrapMise(argv);
    case 'just':
      return unwrapRunner('just', JUST, argv, '-f', '--justfile');
    default:
      return undefined;
  }
}

function unwrapScript(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  // pnpm's -w is the root of the workspace.
  const table = program === 'pnpm' ? { ...NODE, values: 'CF', flags: 'w' } : NODE;
  const read = readOptions(argv.slice(1), table, program);
  const [verb, ...rest] = read.rest;
  const isRun = /^(run|run-script|rum|urn)$/.test(verb?.value ?? '');
  // `bun -e CODE` and `bun file.ts` are calls of the interpreter.
  const isCode = hasOption(read, '-e', '--eval', '-p', '--print') || /[./]/.test(verb?.value ?? '');
  if (program === 'bun' && !isRun && isCode) return undefined;
  const fixed = scriptNamed(program, verb?.value ?? '');
  if (!verb || (!isRun && fixed === undefined)) return undefined;
  const inner = readOptions(rest, table, program);
  const name = isRun ? inner.rest[0] : { ...verb, value: fixed };
  if (!name) return undefined;
  const behind = behindName(program, isRun ? inner.rest.slice(1) : inner.rest);
  const part: TaskPart = {
    kind: 'task',
    runner: 'npm',
    names: [name],
    file: undefined,
    variables: {},
    arguments: behind.words.filter((word) => word.value !== '--'),
    step: step(`${program} ${verb.text} ${isRun ? name.text : ''}`.trim(), 'task', first),
    ...directoryOf(
      behind.folder ?? optionValue(inner, ...NODE_FOLDERS) ?? optionValue(read, ...NODE_FOLDERS),
    ),
  };
  return opaque([part]);
}

/** The words for the script; npm takes its own options also from among them, up to `--`. */
function behindName(
  program: string,
  given: readonly Word[],
): { words: readonly Word[]; folder: Word | undefined } {
  const words: Word[] = [];
  let folder: Word | undefined;
  const left = [...given];
  for (let word = left.shift(); word; word = left.shift()) {
    const [option = '', glued] = /^([^=]*)(=)?/.exec(word.value ?? '')?.slice(1) ?? [];
    if (program !== 'npm' || word.value === '--') {
      return { words: [...words, word, ...left], folder };
    }
    if (!NODE_FOLDERS.includes(option)) words.push(word);
    else folder = glued ? wordTail(word, option.length + 1) : left.shift();
  }
  return { words, folder };
}

/** `composer run NAME`, `composer NAME`, `deno task NAME`. `own`: verbs that are no names; undefined: none are. */
function unwrapJsonTask(
  runner: 'composer' | 'deno',
  table: OptionTable,
  argv: readonly Word[],
  own: RegExp | undefined,
): Unwrapped | undefined {
  const first = argv[0] as Word;
  const before = readOptions(argv.slice(1), table, runner);
  const [verb, ...rest] = before.rest;
  const isRun = /^(run|run-script|task)$/.test(verb?.value ?? '');
  if (!verb || (runner === 'deno' && verb.value !== 'task')) return undefined;
  if (!isRun && (own === undefined || own.test(verb.value ?? ''))) return undefined;
  const read = isRun ? readOptions(rest, table, runner) : { ...before, rest: before.rest };
  const [name, ...words] = read.rest;
  if (!name) return undefined;
  const directory = [before, read].map((each) => optionValue(each, '-d', '--working-dir', '--cwd'));
  const part: TaskPart = {
    kind: 'task',
    runner,
    names: [name],
    file: optionValue(read, '-c', '--config') ?? optionValue(before, '-c', '--config'),
    variables: {},
    arguments: words.filter((word) => word.value !== '--'),
    step: step(`${runner} ${isRun ? `${verb.text} ` : ''}${name.text}`, 'task', first),
    ...directoryOf(directory.find((word) => word !== undefined)),
  };
  return opaque([part]);
}

const MISE: OptionTable = {
  isOpen: true,
  values: 'CEjosStT',
  longValues: ['--cd', '--env', '--jobs', '--output', '--shell', '--tool', '--timeout'],
};

/** `mise run NAME WORDS ::: NAME`, also as `mise tasks run`. */
function unwrapMise(argv: readonly Word[]): Unwrapped | undefined {
  const first = argv[0] as Word;
  const before = readOptions(argv.slice(1), MISE, 'mise');
  const isLong = /^(tasks?|t)$/.test(before.rest[0]?.value ?? '');
  const [verb, ...rest] = isLong ? before.rest.slice(1) : before.rest;
  if (!/^(run|r)$/.test(verb?.value ?? '')) return undefined;
  const read = readOptions(rest, MISE, 'mise');
  const directory = optionValue(read, '-C', '--cd') ?? optionValue(before, '-C', '--cd');
  const groups: Word[][] = [[]];
  for (const word of read.rest)
    if (word.value === ':::') groups.push([]);
    else groups.at(-1)?.push(word);
  const parts = groups.flatMap(([name, ...words]): TaskPart[] =>
    name
      ? [
          {
            kind: 'task',
            runner: 'mise',
            names: [name],
            file: undefined,
            variables: {},
            arguments: words.filter((word) => word.value !== '--'),
            step: step(`mise run ${name.text}`, 'task', first),
            ...directoryOf(directory),
          },
        ]
      : [],
  );
  return opaque(parts);
}

/** The script that a verb stands for; undefined where it stands for none. */
function scriptNamed(program: string, verb: string): string | undefined {
  // `bun test` is bun's own test runner.
  if (program === 'bun' && verb === 'test') return undefined;
  // `bun -e "f()"`: what has brackets or blanks in it is code, no name of a script.
  if (program === 'bun' && !/^[\w:.@/+-]*$/.test(verb)) return undefined;
  if (Object.hasOwn(SCRIPTS, verb)) return SCRIPTS[verb];
  return program === 'npm' || verb === '' || OWN_VERBS.test(verb) ? undefined : verb;
}

function unwrapRunner(
  runner: 'make' | 'just',
  table: OptionTable,
  argv: readonly Word[],
  ...fileOptions: string[]
): Unwrapped {
  const first = argv[0] as Word;
  const names: Word[] = [];
  const variables: Record<string, string> = {};
  let read = readOptions(argv.slice(1), table, runner);
  if (hasOption(read, ...ONLY_PRINTS[runner])) return opaque([], read.notUnderstood);
  const file = optionValue(read, ...fileOptions);
  const directory = optionValue(read, '-C', '--directory', '-d', '--working-directory');
  const notUnderstood = [...read.notUnderstood];
  while (read.rest.length > 0) {
    const word = read.rest[0] as Word;
    const assignment = /^([A-Za-z_][\w.]*)[:?+]?=(.*)$/s.exec(word.value ?? '');
    if (assignment) variables[assignment[1] ?? ''] = assignment[2] ?? '';
    else names.push(word);
    // What stands behind a recipe of just belongs to the recipe.
    if (runner === 'just' && !assignment) {
      names.push(...read.rest.slice(1));
      break;
    }
    read = readOptions(read.rest.slice(1), table, runner);
    notUnderstood.push(...read.notUnderstood);
  }
  const part: TaskPart = {
    kind: 'task',
    runner,
    names,
    file,
    variables,
    arguments: [],
    step: step(`${runner} ${names.map((word) => word.text).join(' ')}`.trim(), 'task', first),
    ...directoryOf(directory),
    // make hands the variables of its command line on to what it starts.
    environment: {
      changes: Object.entries(variables).map(([name, value]) => ({
        name,
        how: 'set' as const,
        value,
        span: first.span,
      })),
    },
  };
  return opaque([part], notUnderstood);
}

function directoryOf(word: Word | undefined): { cwd?: Word } {
  return word ? { cwd: word } : {};
}
