// Recipes of a justfile: what `just NAME` hands to its shell.
import type { ShellDialect } from '../types.ts';
import { UNKNOWN_TEXT } from '../unwrap/types.ts';
import { MAX_TEXTS, type TaskText, type TaskVariables } from './types.ts';

interface Recipe {
  name: string;
  parameters: readonly { name: string; value: string | undefined; isRest: boolean }[];
  /** Names of recipes that run before or after it. */
  needed: readonly string[];
  lines: string[];
}

interface Justfile {
  recipes: readonly Recipe[];
  aliases: ReadonlyMap<string, string>;
  variables: ReadonlyMap<string, string | undefined>;
  dialect: ShellDialect;
}

const ASSIGNMENT = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/;
const HEADER =
  /^@?([A-Za-z_][\w-]*)((?:\s+(?:[^:"'`]|"[^"]*"|'[^']*'|`[^`]*`)*)?)\s*:(?!=)\s*(.*)$/;
const PARAMETER = /([+*]?)\$?([A-Za-z_][\w-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s]+))?/g;

/** The texts that just hands to its shell; undefined where there is no such recipe. */
export function justTexts(
  text: string,
  names: readonly string[],
  outside: TaskVariables,
): readonly TaskText[] | undefined {
  const file = parseJustfile(text);
  const [wanted = file.recipes[0]?.name ?? '', ...args] = names;
  const texts: TaskText[] = [];
  return addRecipe(file, wanted, args, outside, texts, new Set()) ? texts : undefined;
}

function parseJustfile(text: string): Justfile {
  const recipes: Recipe[] = [];
  const aliases = new Map<string, string>();
  const variables = new Map<string, string | undefined>();
  let shell = 'sh';
  for (const line of text.replace(/\\\r?\n[ \t]*/g, ' ').split(/\r?\n/)) {
    if (/^[ \t]+\S/.test(line)) {
      recipes.at(-1)?.lines.push(line.trim());
      continue;
    }
    const setting = /^set\s+shell\s*:=\s*\[\s*["']([^"']+)["']/.exec(line);
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(line);
    const assignment = ASSIGNMENT.exec(line);
    const header = HEADER.exec(line);
    if (setting) {
      shell = setting[1]?.split('/').pop() ?? '';
    } else if (alias) {
      aliases.set(alias[1] ?? '', alias[2] ?? '');
    } else if (assignment) {
      variables.set(assignment[1] ?? '', constant(assignment[2] ?? ''));
    } else if (header && !line.startsWith('#')) {
      recipes.push(recipeOf(header));
    }
  }
  const dialect = shell === 'bash' || shell === 'zsh' || shell === 'fish' ? shell : 'sh';
  return { recipes, aliases, variables, dialect };
}

function recipeOf([, name = '', parameters = '', behind = '']: RegExpExecArray): Recipe {
  return {
    name,
    parameters: [...parameters.matchAll(PARAMETER)].map(([, rest, parameter = '', value]) => ({
      name: parameter,
      value: value === undefined ? undefined : constant(value),
      isRest: rest !== '',
    })),
    needed: [...behind.replace(/#.*$/, '').matchAll(/\(?([A-Za-z_][\w-]*)[^()\s]*/g)].map(
      ([, other = '']) => other,
    ),
    lines: [],
  };
}

/** The value of a plain string; undefined where just computes it. */
function constant(text: string): string | undefined {
  return /^(?:"([^"\\]*)"|'([^']*)')\s*(?:#.*)?$/
    .exec(text.trim())
    ?.slice(1)
    .find((value) => value !== undefined);
}

function addRecipe(
  file: Justfile,
  name: string,
  args: readonly string[],
  outside: TaskVariables,
  texts: TaskText[],
  done: Set<string>,
): boolean {
  const recipe = file.recipes.find((other) => other.name === (file.aliases.get(name) ?? name));
  if (!recipe || done.has(recipe.name)) {
    return recipe !== undefined;
  }
  done.add(recipe.name);
  for (const other of recipe.needed) {
    addRecipe(file, other, [], outside, texts, done);
  }
  const values = new Map(file.variables);
  for (const [key, value] of Object.entries(outside.given)) {
    values.set(key, value);
  }
  recipe.parameters.forEach(({ name: key, value, isRest }, index) => {
    const given = isRest ? args.slice(index).join(' ') : args[index];
    values.set(key, given === undefined || (isRest && given === '') ? value : given);
  });
  const lines = recipe.lines.map((line) => interpolated(line, values));
  const isScript = lines[0]?.startsWith('#!') === true;
  for (const text of isScript ? [lines.join('\n')] : lines) {
    if (texts.length < MAX_TEXTS) {
      texts.push({ text: text.replace(/^[@-]+/, ''), dialect: file.dialect, positional: args });
    }
  }
  return true;
}

function interpolated(line: string, values: ReadonlyMap<string, string | undefined>): string {
  return line.replace(
    /\{\{\s*(.*?)\s*\}\}/g,
    (_, name: string) => values.get(name) ?? UNKNOWN_TEXT,
  );
}
