// The recipes that `make TARGETS` would run: those of the targets and of all that they need.
import type { ShellDialect } from '../types.ts';
import { expandMake, type MakeScope } from './makeExpansion.ts';
import { type Makefile, type MakeRule, parseMakefile } from './makefile.ts';
import { MAX_TEXTS, type TaskText, type TaskVariables } from './types.ts';

/** The texts that make hands to its shell for the targets; undefined where it has no rule for one of them. */
export function makeTexts(
  text: string,
  names: readonly string[],
  outside: TaskVariables,
): readonly TaskText[] | undefined {
  const file = parseMakefile(text);
  const wanted = names.length > 0 ? names : defaultGoal(file, outside);
  const reader = new TargetReader(file, outside);
  const areFound = wanted.map((name) => reader.add(name));
  return areFound.includes(false) || wanted.length === 0 ? undefined : reader.texts;
}

function defaultGoal(file: Makefile, outside: TaskVariables): readonly string[] {
  const named = file.variables.get('.DEFAULT_GOAL');
  if (named !== undefined) {
    return [expandMake(named, { ...file, outside, automatic: {} })];
  }
  const isGoal = (name: string): boolean => !name.startsWith('.') && !name.includes('%');
  return file.rules.flatMap(({ targets }) => targets.filter(isGoal)).slice(0, 1);
}

class TargetReader {
  readonly texts: TaskText[] = [];
  private readonly done = new Set<string>();
  private readonly dialect: ShellDialect;

  constructor(
    private readonly file: Makefile,
    private readonly outside: TaskVariables,
  ) {
    const shell = expandMake('$(SHELL)', this.scope({})).split('/').pop() ?? '';
    this.dialect = shell === 'bash' || shell === 'zsh' ? shell : 'sh';
  }

  /** False where no rule makes this. */
  add(name: string): boolean {
    if (this.done.has(name) || this.texts.length >= MAX_TEXTS) {
      return true;
    }
    this.done.add(name);
    const exact = this.file.rules.filter(({ targets }) => this.expanded(targets).includes(name));
    const rules = exact.some(({ recipe }) => recipe.length > 0)
      ? exact
      : [...exact, ...this.file.rules.filter(({ targets }) => stemOf(targets, name) !== undefined)];
    for (const rule of rules) {
      this.run(rule, name);
    }
    return rules.length > 0;
  }

  private run(rule: MakeRule, name: string): void {
    const stem = stemOf(rule.targets, name) ?? '';
    const needed = this.expanded(rule.prerequisites).map((word) => word.replace('%', stem));
    for (const other of needed) {
      this.add(other);
    }
    const [first = ''] = needed;
    const all = needed.join(' ');
    const scope = this.scope({ '@': name, '<': first, '^': all, '+': all, '*': stem });
    const lines = rule.recipe.map((line) => expandMake(line, scope));
    const texts = this.file.isOneShell ? [lines.join('\n')] : lines;
    for (const text of texts) {
      this.texts.push({
        text: text.replace(/^[\s@+-]+/, ''),
        dialect: this.dialect,
        positional: [],
      });
    }
  }

  private expanded(words: readonly string[]): string[] {
    return words.flatMap((word) =>
      expandMake(word, this.scope({}))
        .split(/\s+/)
        .filter((name) => name !== ''),
    );
  }

  private scope(automatic: Readonly<Record<string, string>>): MakeScope {
    return { ...this.file, outside: this.outside, automatic };
  }
}

/** What `%` stands for where a pattern of the rule fits the name. */
function stemOf(targets: readonly string[], name: string): string | undefined {
  for (const target of targets) {
    const [head = '', tail, ...more] = target.split('%');
    const fits = tail !== undefined && more.length === 0 && head + tail !== '';
    if (fits && name.length > head.length + tail.length) {
      if (name.startsWith(head) && name.endsWith(tail)) {
        return name.slice(head.length, name.length - tail.length);
      }
    }
  }
  return undefined;
}
