// Runners whose names stand in a file, or are programs: task, poe, pipenv run, pdm run, hatch run, pixi run, devbox run, run-s, cargo's aliases.
// Invariant: what may be a program is a part too, whether or not a file gives the name another meaning.
import type { TomlRunner } from '../tasks/tomlScripts.ts';
import type { Word } from '../types.ts';
import { argvPart, opaque, step, transparent } from './build.ts';
import {
  constantWord,
  hasOption,
  type OptionTable,
  optionValue,
  readOptions,
} from './optionReader.ts';
import type { TaskPart, Unwrapped } from './types.ts';

const OPEN: OptionTable = { isOpen: true };

/** Tools with `run NAME WORDS`, where the name is one of a script or a program. */
const RUN_TOOLS: Readonly<
  Record<string, { runner: TomlRunner | 'devbox'; options: OptionTable; own?: RegExp }>
> = {
  pipenv: { runner: 'pipenv', options: OPEN },
  pdm: {
    runner: 'pdm',
    options: { isOpen: true, values: 'pc', longValues: ['--project', '--config', '--venv'] },
    own: /^(?:add|build|cache|completion|config|export|fix|import|info|init|install|list|lock|new|outdated|plugin|publish|python|py|remove|search|self|show|sync|update|use|venv)$/,
  },
  rye: { runner: 'rye', options: { isOpen: true, longValues: ['--pyproject'] } },
  hatch: { runner: 'hatch', options: { isOpen: true, values: 'ep', longValues: ['--env'] } },
  pixi: {
    runner: 'pixi',
    options: { isOpen: true, values: 'e', longValues: ['--environment', '--manifest-path'] },
  },
  devbox: {
    runner: 'devbox',
    options: { isOpen: true, values: 'ce', longValues: ['--config', '--env', '--env-file'] },
  },
};

const TASK: OptionTable = {
  isOpen: true,
  flags: 'afglnpsvwxy',
  values: 'cdotCI',
  longValues: ['--dir', '--taskfile', '--output', '--concurrency', '--interval', '--sort'],
};
const TASK_PRINTS = ['-l', '--list', '-a', '--list-all', '--version', '-n', '--dry', '--summary'];
const RUN_ALL: OptionTable = { isOpen: true, longValues: ['--max-parallel', '--npm-path'] };
/** What cargo does itself; another word is an alias or a program of its own. */
const CARGO_VERBS =
  /^(?:add|b|bench|build|c|check|clean|clippy|d|doc|expand|fetch|fix|fmt|generate-lockfile|help|info|init|install|locate-project|login|logout|metadata|miri|new|nextest|owner|package|pkgid|publish|r|remove|report|rm|run|rustc|rustdoc|search|t|test|tree|uninstall|update|vendor|verify-project|version|watch|yank)$/;

/** Reads a call of such a runner; undefined where it is none, or does something else. */
export function unwrapScriptRunner(program: string, argv: readonly Word[]): Unwrapped | undefined {
  const tool = Object.hasOwn(RUN_TOOLS, program) ? RUN_TOOLS[program] : undefined;
  if (tool) return unwrapRunTool(program, argv, tool);
  switch (program) {
    case 'task':
    case 'go-task':
      return unwrapTaskfile(argv);
    case 'poe':
      return opaque(namedTask('poe', argv, readOptions(argv.slice(1), POE, 'poe').rest));
    case 'run-s':
    case 'run-p':
    case 'npm-run-all':
    case 'npm-run-all2':
      return unwrapRunAll(program, argv);
    case 'cargo':
      return unwrapCargo(argv);
    case 'node':
      return unwrapNodeRun(argv);
    default:
      return undefined;
  }
}

const POE: OptionTable = { isOpen: true, values: 'CeX', longValues: ['--directory', '--executor'] };

function unwrapRunTool(
  program: string,
  argv: readonly Word[],
  { runner, options, own }: (typeof RUN_TOOLS)[string],
): Unwrapped | undefined {
  const first = argv[0] as Word;
  const before = readOptions(argv.slice(1), options, program);
  const verb = before.rest[0]?.value ?? '';
  const isShort = own !== undefined && verb !== 'run' && !own.test(verb) && verb !== '';
  if (verb !== 'run' && !isShort) return undefined;
  const words = isShort ? before.rest : readOptions(before.rest.slice(1), options, program).rest;
  if (words.length === 0) return undefined;
  if (isShort) return opaque(namedTask(runner, argv, words));
  const otherwise = argvPart(words, step(`${program} run`, 'wrapper', first));
  return transparent(namedTask(runner, argv, words, { otherwise }));
}

/** The part for a name and the words behind it. */
function namedTask(
  runner: TaskPart['runner'],
  argv: readonly Word[],
  words: readonly Word[],
  more: Partial<TaskPart> = {},
): TaskPart[] {
  const first = argv[0] as Word;
  const [name, ...rest] = words;
  if (!name) return [];
  return [
    {
      kind: 'task',
      runner,
      names: [name],
      file: undefined,
      variables: {},
      arguments: rest.filter((word) => word.value !== '--'),
      step: step(`${first.text} ${name.text}`, 'task', first),
      ...more,
    },
  ];
}

/** `task NAME NAME VARIABLE=value -- WORDS` */
function unwrapTaskfile(argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const dashes = argv.findIndex((word) => word.value === '--');
  const end = dashes < 0 ? argv.length : dashes;
  const names: Word[] = [];
  const variables: Record<string, string> = {};
  let read = readOptions(argv.slice(1, end), TASK, 'task');
  if (hasOption(read, ...TASK_PRINTS)) return opaque([], read.notUnderstood);
  const file = optionValue(read, '-t', '--taskfile');
  const directory = optionValue(read, '-d', '--dir');
  while (read.rest.length > 0) {
    const word = read.rest[0] as Word;
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word.value ?? '') ?? [];
    if (name === undefined) names.push(word);
    else variables[name] = value;
    read = readOptions(read.rest.slice(1), TASK, 'task');
  }
  const part: TaskPart = {
    kind: 'task',
    runner: 'task',
    names,
    file,
    variables,
    arguments: argv.slice(end + 1),
    step: step(`task ${names.map((word) => word.text).join(' ')}`.trim(), 'task', first),
    ...(directory ? { cwd: directory } : {}),
  };
  return opaque([part]);
}

/** Each word is a pattern of script names, or a name with words of its own: `run-s clean "lint -- --fix"`. */
function unwrapRunAll(program: string, argv: readonly Word[]): Unwrapped {
  const dashes = argv.findIndex((word) => word.value === '--');
  const end = dashes < 0 ? argv.length : dashes;
  const patterns: Word[] = [];
  let read = readOptions(argv.slice(1, end), RUN_ALL, program);
  while (read.rest.length > 0) {
    patterns.push(read.rest[0] as Word);
    read = readOptions(read.rest.slice(1), RUN_ALL, program);
  }
  return opaque(patterns.flatMap((pattern) => namedTask('scripts', argv, [pattern])));
}

/** `npm:NAME` of concurrently and its like. */
export function scriptPart(word: Word, first: Word): TaskPart | undefined {
  const [, pattern] = /^(?:npm|yarn|pnpm|bun|node):(.+)$/s.exec(word.value ?? '') ?? [];
  return pattern === undefined
    ? undefined
    : namedTask('scripts', [first], [constantWord(pattern, word)])[0];
}

function unwrapCargo(argv: readonly Word[]): Unwrapped | undefined {
  const words = argv.slice(1).filter((word) => !word.value?.startsWith('+'));
  const { rest } = readOptions(
    words,
    { isOpen: true, values: 'CZ', longValues: ['--config'] },
    'cargo',
  );
  if (rest.length === 0 || CARGO_VERBS.test(rest[0]?.value ?? '')) return undefined;
  return opaque(namedTask('cargo', argv, rest));
}

/** `node --run NAME -- WORDS` */
function unwrapNodeRun(argv: readonly Word[]): Unwrapped | undefined {
  const at = argv.findIndex((word) => /^--run(?:=|$)/.test(word.value ?? ''));
  const word = argv[at];
  if (!word || argv.slice(1, at).some((before) => !before.value?.startsWith('-'))) return undefined;
  const glued = word.value?.startsWith('--run=');
  const name = glued ? constantWord(word.value?.slice(6) ?? '', word) : argv[at + 1];
  const behind = argv.slice(at + (glued ? 1 : 2));
  return opaque(name ? namedTask('npm', argv, [name, ...behind]) : []);
}
