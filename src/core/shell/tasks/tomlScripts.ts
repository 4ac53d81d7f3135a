// Scripts that stand in TOML: of pipenv, pdm, poe, rye, pixi, hatch, and the aliases of cargo.
// Invariant: a script that names others brings theirs along, and one that is code of Python adds nothing.
import { UNKNOWN_TEXT } from '../unwrap/types.ts';
import { at, field, list, names } from './documents.ts';
import { MAX_TEXTS, type TaskText } from './types.ts';

export type TomlRunner = 'pipenv' | 'pdm' | 'poe' | 'rye' | 'pixi' | 'hatch' | 'cargo';

/** Where the scripts stand; `*` is any name. */
const PLACES: Readonly<Record<TomlRunner, readonly (readonly string[])[]>> = {
  pipenv: [['scripts']],
  pdm: [['tool', 'pdm', 'scripts']],
  poe: [['tool', 'poe', 'tasks']],
  rye: [['tool', 'rye', 'scripts']],
  pixi: [['tasks'], ['tool', 'pixi', 'tasks'], ['feature', '*', 'tasks']],
  hatch: [
    ['envs', '*', 'scripts'],
    ['tool', 'hatch', 'envs', '*', 'scripts'],
  ],
  cargo: [['alias']],
};
/** Runners whose lists are the words of one command. */
const LISTS_ARE_WORDS: ReadonlySet<TomlRunner> = new Set(['pdm', 'rye', 'pixi', 'cargo']);
const TEXT_KEYS = ['cmd', 'shell', 'script'];
const LIST_KEYS = ['composite', 'sequence', 'chain', 'depends-on', 'depends_on', 'deps', 'ref'];
const MAX_CALLS = 8;

/** The texts of a script; undefined where the file or the script cannot be read. */
export function tomlScript(
  runner: TomlRunner,
  document: unknown,
  name: string,
  args: readonly string[],
): readonly TaskText[] | undefined {
  const tables = PLACES[runner].flatMap((place) => tablesAt(document, place));
  // `hatch run ENV:NAME`
  const plain = runner === 'hatch' ? name.replace(/^[^:]*:/, '') : name;
  const found = tables.filter((table) => field(table, plain) !== undefined);
  if (found.length === 0) return undefined;
  const texts = found.flatMap((scripts) => new Scripts(runner, scripts).texts(plain, args, []));
  return texts.slice(0, MAX_TEXTS).map((text) => ({ text, dialect: 'sh', positional: [] }));
}

function tablesAt(document: unknown, place: readonly string[]): readonly unknown[] {
  const star = place.indexOf('*');
  if (star < 0) return [at(document, place)];
  const above = at(document, place.slice(0, star));
  return names(above).map((name) => at(above, [name, ...place.slice(star + 1)]));
}

class Scripts {
  constructor(
    private readonly runner: TomlRunner,
    private readonly scripts: unknown,
  ) {}

  texts(name: string, args: readonly string[], callers: readonly string[]): readonly string[] {
    const around = (before: string) =>
      this.runner === 'pdm' && field(this.scripts, before + name) !== undefined
        ? this.texts(before + name, [], [...callers, name])
        : [];
    const own = this.commands(field(this.scripts, name), args, [...callers, name]);
    return [...around('pre_'), ...own, ...around('post_')];
  }

  private commands(
    value: unknown,
    args: readonly string[],
    callers: readonly string[],
  ): readonly string[] {
    if (callers.length > MAX_CALLS) return [];
    if (typeof value === 'string') return this.command(value, args, callers);
    if (Array.isArray(value)) {
      const isWords = LISTS_ARE_WORDS.has(this.runner) && value.every(isText);
      return isWords
        ? this.command(value.join(' '), args, callers)
        : value.slice(0, MAX_TEXTS).flatMap((each) => this.step(each, args, callers));
    }
    const lists = LIST_KEYS.flatMap((key) => list(field(value, key)));
    const texts = TEXT_KEYS.flatMap((key) => {
      const text = field(value, key);
      // poe and pdm call functions of Python by `script` and `call`.
      if (key === 'script' && this.runner !== 'pipenv') return [];
      return text === undefined ? [] : this.commands(text, args, callers);
    });
    return [...lists.flatMap((each) => this.step(each, args, callers)), ...texts];
  }

  /** One of several commands gets the words of the call only where it says so. */
  private step(
    value: unknown,
    args: readonly string[],
    callers: readonly string[],
  ): readonly string[] {
    const takesWords = typeof value === 'string' && value.includes('{args');
    return this.commands(value, takesWords ? args : [], callers);
  }

  /** A text, or the script that its first word names. */
  private command(
    text: string,
    args: readonly string[],
    callers: readonly string[],
  ): readonly string[] {
    const [first = '', ...rest] = text.trim().split(/\s+/);
    const isScript = field(this.scripts, first) !== undefined && !callers.includes(first);
    if (isScript) return this.texts(first, [...rest, ...args], callers);
    const whole = this.runner === 'cargo' ? `cargo ${text}` : text;
    const filled = whole.replace(/\{args(?::[^{}]*)?\}/g, args.join(' '));
    const isFilled = filled !== whole;
    return [
      [filled.replace(/\{\{?[^{}]*\}\}?/g, UNKNOWN_TEXT), ...(isFilled ? [] : args)].join(' '),
    ];
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
