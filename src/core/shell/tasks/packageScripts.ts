// Scripts and tasks in JSON: package.json (`npm run x`), composer.json (`composer run x`), deno.json (`deno task x`), devbox.json.
import { field, list } from './documents.ts';
import { MAX_TEXTS, type TaskText } from './types.ts';

/** The texts of a script, its arguments as shell words behind it, with those before and after it; undefined where the file or the script cannot be read. */
export function packageScript(
  document: unknown,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const scripts = scriptsOf(document);
  const own = scripts?.[name];
  if (!scripts || own === undefined) {
    return undefined;
  }
  // Not every package manager runs these two; where they stand there, they may run.
  const texts = [scripts[`pre${name}`], [own, ...args].join(' '), scripts[`post${name}`]];
  return texts.flatMap((text) => (text === undefined ? [] : [shellText(text)]));
}

/** Most places in a pattern where any text may stand: each one more costs time. */
const MAX_STARS = 3;

/** The texts of all scripts whose names fit a pattern of `run-s` and its like: `build:*`, `build:**`, `lint -- --fix`. */
export function matchingScripts(
  document: unknown,
  pattern: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const [name = '', ...given] = pattern.trim().split(/\s+/);
  const words = given[0] === '--' ? given.slice(1) : given;
  if ((name.match(/\*+/g)?.length ?? 0) > MAX_STARS) return undefined;
  const escaped = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const fits = new RegExp(
    `^${escaped.replace(/\*+/g, (star) => (star === '*' ? '[^:]*' : '.*'))}$`,
  );
  const found = Object.keys(scriptsOf(document) ?? {}).filter((script) => fits.test(script));
  const texts = found.flatMap(
    (script) => packageScript(document, script, [...words, ...args]) ?? [],
  );
  return found.length === 0 ? undefined : texts.slice(0, MAX_TEXTS);
}

/** The texts of a script of devbox.json. */
export function devboxScript(
  document: unknown,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const shell = field(document, 'shell');
  const own = field(field(shell, 'scripts'), name);
  if (own === undefined) return undefined;
  const lines = list(own).filter((line) => typeof line === 'string');
  const before = list(field(shell, 'init_hook')).filter((line) => typeof line === 'string');
  return [shellText(before.join('\n')), { ...shellText(lines.join('\n')), positional: args }];
}

function scriptsOf(document: unknown): Readonly<Record<string, string>> | undefined {
  const scripts = field(document, 'scripts');
  if (typeof scripts !== 'object' || scripts === null) {
    return undefined;
  }
  const entries = Object.entries(scripts).filter(([, text]) => typeof text === 'string');
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** The texts of a script of composer.json: one or a list, with calls of other scripts; calls of PHP methods are not read. */
export function composerScript(
  document: unknown,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const texts = composerTexts(field(document, 'scripts'), name, args, []);
  return texts?.slice(0, MAX_TEXTS).map(shellText);
}

function composerTexts(
  scripts: unknown,
  name: string,
  args: readonly string[],
  callers: readonly string[],
): readonly string[] | undefined {
  const own = field(scripts, name);
  if (own === undefined || callers.includes(name) || callers.length > MAX_CALLS) {
    return undefined;
  }
  const list = (Array.isArray(own) ? own : [own]).filter((entry) => typeof entry === 'string');
  return list.slice(0, MAX_TEXTS).flatMap((entry) => {
    const text = [entry, ...args].join(' ');
    const called = /^@(\S+)\s*(.*)$/s.exec(text);
    const [, word = '', rest = ''] = called ?? [];
    if (!called) {
      return /^[\w\\]+::\w+$/.test(entry) ? [] : [text];
    }
    if (word === 'putenv') {
      return [`export ${rest}`];
    }
    return /^(php|composer)$/.test(word)
      ? [`${word} ${rest}`]
      : (composerTexts(scripts, word, rest === '' ? [] : [rest], [...callers, name]) ?? []);
  });
}

/** Most scripts that call each other in a row. */
const MAX_CALLS = 8;

/** The texts of a task of deno.json with those of the tasks that have to run before it. */
export function denoTask(
  document: unknown,
  name: string,
  args: readonly string[],
  callers: readonly string[] = [],
): readonly TaskText[] | undefined {
  const task = field(field(document, 'tasks'), name);
  const command = typeof task === 'string' ? task : field(task, 'command');
  const needs = field(task, 'dependencies');
  if (task === undefined || callers.includes(name) || callers.length > MAX_CALLS) {
    return callers.length === 0 ? packageScript(document, name, args) : undefined;
  }
  const before = (Array.isArray(needs) ? needs : [])
    .slice(0, MAX_CALLS)
    .flatMap((other) =>
      typeof other === 'string' ? (denoTask(document, other, [], [...callers, name]) ?? []) : [],
    );
  const own = typeof command === 'string' ? [shellText([command, ...args].join(' '))] : [];
  return [...before, ...own].slice(0, MAX_TEXTS);
}

function shellText(text: string): TaskText {
  return { text, dialect: 'sh', positional: [] };
}
