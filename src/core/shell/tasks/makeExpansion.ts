// Expands `$(NAME)`, `$@` and the few functions of make that can be told from the text.
// Invariant: total and bounded; what only make can tell becomes `UNKNOWN_TEXT`.
import { UNKNOWN_TEXT } from '../unwrap/types.ts';
import type { TaskVariables } from './types.ts';

/** What stands around the text that is expanded. */
export interface MakeScope {
  variables: ReadonlyMap<string, string>;
  defaults: ReadonlySet<string>;
  outside: TaskVariables;
  /** `@`, `<`, `^`, `*` and the arguments of `$(call …)`. */
  automatic: Readonly<Record<string, string>>;
}

const MAX_DEPTH = 12;
const MAX_LENGTH = 20_000;

const BUILT_IN: Readonly<Record<string, string>> = {
  MAKE: 'make',
  RM: 'rm -f',
  CC: 'cc',
  CXX: 'c++',
  AR: 'ar',
  AS: 'as',
  LD: 'ld',
  SHELL: '/bin/sh',
};

/** The text as make hands it to a shell. `$(shell TEXT)` becomes `$(TEXT)`. */
export function expandMake(text: string, scope: MakeScope, depth = 0): string {
  if (depth > MAX_DEPTH || !text.includes('$')) {
    return text;
  }
  let result = '';
  for (let at = 0; at < text.length && result.length < MAX_LENGTH; at++) {
    if (text[at] !== '$') {
      result += text[at];
      continue;
    }
    const next = text[++at] ?? '';
    if (next === '(' || next === '{') {
      const end = closing(text, at);
      result += reference(text.slice(at + 1, end), scope, depth + 1);
      at = end;
    } else {
      result += next === '$' ? '$' : variable(next, scope, depth + 1);
    }
  }
  return result;
}

function closing(text: string, open: number): number {
  const left = text[open] ?? '';
  const right = left === '(' ? ')' : '}';
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === left) {
      depth++;
    } else if (text[at] === right && --depth === 0) {
      return at;
    }
  }
  return text.length;
}

function reference(inner: string, scope: MakeScope, depth: number): string {
  const call = /^([a-z-]+)\s+(.*)$/s.exec(inner);
  if (!call) {
    // `$(SRC:.c=.o)` and `$(@D)` are made from the value, which is enough to know that it is not known.
    const isPlain = /^[^\s:]+$/.test(inner);
    return isPlain ? variable(expandMake(inner, scope, depth), scope, depth) : UNKNOWN_TEXT;
  }
  const [, name = '', rest = ''] = call;
  switch (name) {
    case 'shell':
      return `$(${expandMake(rest, scope, depth)})`;
    case 'strip':
      return expandMake(rest, scope, depth).trim();
    case 'call': {
      const [callee = '', ...args] = rest.split(',');
      const given = args.map((word, index) => [index + 1, expandMake(word, scope, depth)] as const);
      const automatic = { ...scope.automatic, ...Object.fromEntries(given) };
      return variable(callee.trim(), { ...scope, automatic }, depth);
    }
    case 'info':
    case 'warning':
      return '';
    default:
      return UNKNOWN_TEXT;
  }
}

function variable(name: string, scope: MakeScope, depth: number): string {
  const given = own(scope.outside.given, name) ?? own(scope.automatic, name);
  if (given !== undefined) {
    return given;
  }
  const inherited = scope.outside.environment(name);
  const value = scope.variables.get(name);
  if (inherited !== undefined && (value === undefined || scope.defaults.has(name))) {
    return inherited;
  }
  if (value !== undefined) {
    return expandMake(value, scope, depth);
  }
  return own(BUILT_IN, name) ?? (/^[?+|%]|^[@<^*][DF]$/.test(name) ? UNKNOWN_TEXT : '');
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
