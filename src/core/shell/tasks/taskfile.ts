// Tasks of Taskfile.yml: what `task NAME` hands to its shell, with the tasks that it needs.
// Invariant: a place that a template fills in is text that is not known, never left out.
import { UNKNOWN_TEXT } from '../unwrap/types.ts';
import { field, list, names } from './documents.ts';
import { MAX_TEXTS, type TaskText } from './types.ts';

const MAX_CALLS = 8;

/** What the tasks of one file are read with. */
interface Reading {
  document: unknown;
  /** `NAME=value` on the command line; they win over those of the file. */
  given: Readonly<Record<string, string>>;
  /** The words behind `--`. */
  args: readonly string[];
}

/** The texts of tasks; undefined where the document is none of task's or a task is not in it. */
export function taskfileTexts(
  document: unknown,
  wanted: readonly string[],
  given: Readonly<Record<string, string>>,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const reading: Reading = { document, given, args };
  const tasks = wanted.length > 0 ? wanted : ['default'];
  const texts = tasks.map((name) => textsOf(reading, name, []));
  if (texts.some((each) => each === undefined)) return undefined;
  return texts
    .flatMap((each) => each ?? [])
    .slice(0, MAX_TEXTS)
    .map((text) => ({ text, dialect: 'bash', positional: [] }));
}

function textsOf(
  reading: Reading,
  name: string,
  callers: readonly string[],
): readonly string[] | undefined {
  const task = taskNamed(field(reading.document, 'tasks'), name);
  if (task === undefined || callers.includes(name) || callers.length > MAX_CALLS) return undefined;
  const below = [...callers, name];
  const call = (other: unknown): readonly string[] => {
    const called = typeof other === 'string' ? other : field(other, 'task');
    return typeof called === 'string' ? (textsOf(reading, called, below) ?? []) : [];
  };
  const isShort = typeof task === 'string' || Array.isArray(task);
  const fill = filler(reading, isShort ? undefined : task);
  const folder = field(task, 'dir');
  const there = typeof folder === 'string' ? `cd "${fill(folder)}" || exit\n` : '';
  const run = (command: unknown): readonly string[] => {
    if (typeof command === 'string') return [there + fill(command)];
    const text = field(command, 'cmd') ?? field(command, 'sh');
    const last = field(command, 'defer');
    return [
      ...(typeof text === 'string' ? [there + fill(text)] : []),
      ...(last === undefined ? [] : run(last)),
      ...call(field(command, 'task')),
    ];
  };
  const checks = ['status', 'preconditions'].flatMap((key) => list(field(task, key)));
  const commands = isShort
    ? list(task)
    : [...list(field(task, 'cmd')), ...list(field(task, 'cmds'))];
  return [
    ...shellVariables(reading, task).map(fill),
    ...list(field(task, 'deps')).slice(0, MAX_TEXTS).flatMap(call),
    ...[...checks, ...commands].slice(0, MAX_TEXTS).flatMap(run),
  ];
}

function taskNamed(tasks: unknown, name: string): unknown {
  const own = field(tasks, name);
  if (own !== undefined) return own;
  const byAlias = names(tasks).find((other) =>
    list(field(field(tasks, other), 'aliases')).includes(name),
  );
  return byAlias === undefined ? undefined : field(tasks, byAlias);
}

/** Variables that are the output of a command: it runs before the task. */
function shellVariables({ document }: Reading, task: unknown): readonly string[] {
  return [document, task].flatMap((owner) =>
    ['vars', 'env'].flatMap((key) => {
      const table = field(owner, key);
      return names(table).flatMap((name) => {
        const text = field(field(table, name), 'sh');
        return typeof text === 'string' ? [text] : [];
      });
    }),
  );
}

/** Puts constants in the place of `{{.NAME}}`; every other template is not known. */
function filler({ document, given, args }: Reading, task: unknown): (text: string) => string {
  const valueFor = (name: string): string => {
    if (name === 'CLI_ARGS') return args.join(' ');
    const value =
      given[name] ?? field(field(task, 'vars'), name) ?? field(field(document, 'vars'), name);
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain && !String(value).includes('{{') ? String(value) : UNKNOWN_TEXT;
  };
  return (text) =>
    text.replace(/\{\{-?\s*(?:\.(\w+)\s*|(?:[^{}]|\{(?!\{)|\}(?!\}))*?)-?\}\}/g, (_, name) =>
      name === undefined ? UNKNOWN_TEXT : valueFor(name),
    );
}
