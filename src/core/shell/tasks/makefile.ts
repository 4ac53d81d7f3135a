// Reads a makefile into rules and variables. Branches of conditionals are all taken; what make computes is not.
// Invariant: a recipe that may run is in `rules`; a value that is not known expands to `UNKNOWN_TEXT`.

/** One rule: its targets share the recipe. */
export interface MakeRule {
  targets: readonly string[];
  prerequisites: readonly string[];
  /** Lines as the shell gets them, before make's own expansion. */
  recipe: readonly string[];
}

export interface Makefile {
  rules: readonly MakeRule[];
  /** Unexpanded values. */
  variables: ReadonlyMap<string, string>;
  /** Names set with `?=`: the environment wins over them. */
  defaults: ReadonlySet<string>;
  /** True after `.ONESHELL:`: one shell gets the whole recipe. */
  isOneShell: boolean;
}

const ASSIGNMENT =
  /^(?:(?:export|override|private|unexport)\s+)*([^\s:#=+?!]+)\s*(\?|:{1,3}|\+|!)?=\s*(.*)$/s;
const CONDITIONAL = /^(?:ifeq|ifneq|ifdef|ifndef|else|endif)\b/;
const DIRECTIVE = /^(?:-?include|sinclude|vpath|export|unexport|load|undefine)\b/;
const DEFINE = /^(?:override\s+|export\s+)*define\s+(\S+)/;

/** Reads the text of a makefile. Total: a line that is no makefile line is left out. */
export function parseMakefile(text: string): Makefile {
  const lines = logicalLines(text);
  const variables = new Map<string, string>();
  const defaults = new Set<string>();
  const rules: (MakeRule & { recipe: string[] })[] = [];
  let current: string[] | undefined;
  for (let at = 0; at < lines.length; at++) {
    const raw = lines[at] ?? '';
    if (raw.startsWith('\t')) {
      current?.push(raw.slice(1));
      continue;
    }
    const line = withoutComment(raw).trim();
    const defined = DEFINE.exec(line);
    if (defined) {
      const end = lines.findIndex((other, index) => index > at && /^endef\b/.test(other.trim()));
      const last = end < 0 ? lines.length : end;
      variables.set(defined[1] ?? '', lines.slice(at + 1, last).join('\n'));
      at = last;
    } else if (line !== '' && !CONDITIONAL.test(line)) {
      const rule = readAssignment(line, variables, defaults)
        ? undefined
        : ruleOf(line, raw, variables, defaults);
      if (rule) {
        rules.push(rule);
      }
      current = rule?.recipe;
    }
  }
  const isOneShell = rules.some(({ targets }) => targets.includes('.ONESHELL'));
  return { rules, variables, defaults, isOneShell };
}

/** Continued lines are one line; in recipes the shell itself sees the break. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const last = lines.length - 1;
    const isRecipe = lines[last]?.startsWith('\t') === true;
    if (open) {
      lines[last] = isRecipe
        ? `${lines[last]}\n${line.replace(/^\t/, '')}`
        : `${lines[last]?.slice(0, -1)} ${line.trim()}`;
    } else {
      lines.push(line);
    }
    open = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
  }
  return lines;
}

function withoutComment(line: string): string {
  return line.replace(/(^|[^\\])#.*$/s, '$1');
}

function readAssignment(
  line: string,
  variables: Map<string, string>,
  defaults: Set<string>,
): boolean {
  const match = ASSIGNMENT.exec(line);
  if (!match) {
    return false;
  }
  const [, name = '', operator = '', value = ''] = match;
  const before = variables.get(name);
  if (operator === '?' && before === undefined) {
    defaults.add(name);
  } else if (operator !== '?') {
    defaults.delete(name);
  }
  if (operator === '+' && before !== undefined) {
    variables.set(name, `${before} ${value}`);
  } else if (operator === '!') {
    variables.set(name, `$(shell ${value})`);
  } else if (operator !== '?' || before === undefined) {
    // `:=` expands now: a value that names itself would never end.
    const isOwn = value.includes(`$(${name})`) || value.includes(`\${${name}}`);
    variables.set(name, isOwn ? value.replaceAll(`$(${name})`, before ?? '') : value);
  }
  return true;
}

function ruleOf(
  line: string,
  raw: string,
  variables: Map<string, string>,
  defaults: Set<string>,
): (MakeRule & { recipe: string[] }) | undefined {
  if (DIRECTIVE.test(line)) {
    return undefined;
  }
  const match = /^((?:[^:=]|\$[({][^)}]*[)}])+?)\s*(::?|&:)(?!=)(.*)$/s.exec(raw.trim());
  if (!match) {
    return undefined;
  }
  const [, targets = '', , behind = ''] = match;
  // `target: NAME = value` is an assignment for that target only; here it counts everywhere.
  if (readAssignment(withoutComment(behind).trim(), variables, defaults)) {
    return undefined;
  }
  const semicolon = behind.indexOf(';');
  const names = withoutComment(semicolon < 0 ? behind : behind.slice(0, semicolon));
  return {
    targets: wordsOf(targets),
    prerequisites: wordsOf(names.replace(/[|:]/g, ' ')),
    recipe: semicolon < 0 ? [] : [behind.slice(semicolon + 1).trim()],
  };
}

/** Words of a list; a reference to a variable stays one word. */
function wordsOf(text: string): string[] {
  return text.match(/(?:\$\([^)]*\)|\$\{[^}]*\}|[^\s])+/g) ?? [];
}
