// Tasks of mise.toml: what `mise run NAME` hands to a shell, with the tasks that run before and after it.
// Invariant: a place that mise fills in is text that is not known, never left out.
import type { ShellDialect } from '../types.ts';
import { UNKNOWN_TEXT } from '../unwrap/types.ts';
import { field, list } from './documents.ts';
import { MAX_TEXTS, type TaskText } from './types.ts';

/** Most tasks that need each other in a row. */
const MAX_CALLS = 8;

/** The texts of a task; undefined where the file or the task cannot be read. */
export function miseTask(
  document: unknown,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const tasks = field(document, 'tasks');
  return textsOf(tasks, name, args, [])?.slice(0, MAX_TEXTS);
}

function textsOf(
  tasks: unknown,
  wanted: string,
  args: readonly string[],
  callers: readonly string[],
): readonly TaskText[] | undefined {
  const [name = '', ...given] = wanted.split(' ');
  const task = field(tasks, name) ?? aliased(tasks, name);
  if (task === undefined || callers.includes(name) || callers.length > MAX_CALLS) return undefined;
  const needed = (key: string) =>
    list(field(task, key))
      .slice(0, MAX_CALLS)
      .flatMap((other) => textsOf(tasks, nameOf(other), [], [...callers, name]) ?? []);
  const runs = typeof task === 'string' || Array.isArray(task) ? task : field(task, 'run');
  const words = [...given, ...args];
  const own = list(runs)
    .slice(0, MAX_TEXTS)
    .flatMap((run, at, all) => {
      if (typeof run !== 'string') return textsOf(tasks, nameOf(run), [], [...callers, name]) ?? [];
      const text = at === all.length - 1 ? [run, ...words].join(' ') : run;
      return [shellText(text, task)];
    });
  const script = field(task, 'file');
  const byFile = typeof script === 'string' ? [shellText([script, ...words].join(' '), task)] : [];
  return [...needed('depends'), ...own, ...byFile, ...needed('depends_post')];
}

function aliased(tasks: unknown, name: string): unknown {
  const all = typeof tasks === 'object' && tasks !== null ? Object.values(tasks) : [];
  return all.find((task) => list(field(task, 'alias')).includes(name));
}

/** A task is named by a text, or by a table or a list that starts with its name. */
function nameOf(other: unknown): string {
  const name = typeof other === 'string' ? other : (list(other)[0] ?? field(other, 'task'));
  return typeof name === 'string' ? name : '';
}

function shellText(text: string, task: unknown): TaskText {
  const folder = field(task, 'dir');
  const [shell = ''] = String(field(task, 'shell') ?? 'sh').split(' ');
  const there = folder === undefined ? '' : `cd "${filled(String(folder))}"\n`;
  return { text: there + filled(text), dialect: dialectOf(shell), positional: [] };
}

function dialectOf(shell: string): ShellDialect {
  const name = shell.split('/').pop() ?? '';
  if (name === 'bash' || name === 'zsh' || name === 'fish') return name;
  return name === 'sh' || name === 'dash' ? 'sh' : 'unknown';
}

/** `{{…}}` is a template. */
function filled(text: string): string {
  return text.replace(/\{[{%][^{}]*[}%]\}/g, UNKNOWN_TEXT);
}
