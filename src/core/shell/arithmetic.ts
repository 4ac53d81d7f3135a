// Arithmetic: its value where it is constant, and the danger that it evaluates text from elsewhere as code.
// Invariant: a variable whose text is not known to be an integer is not evaluated in silence (`a='x[$(cmd)]'; $((a))` runs cmd).
import type { Expander } from './expand.ts';
import { printsNumber } from './numbers.ts';
import { INTEGER_NAMES } from './specialNames.ts';
import { assign, constantText, type ShellState, type Value } from './state.ts';
import type { ArithmeticPiece } from './tokens.ts';
import type { WordPart } from './types.ts';
import { noteChange } from './variableChanges.ts';

const MAX_DEPTH = 6;
/** Longest expression; what is looked for in it is looked for at each of its names. */
const MAX_LENGTH = 2_000;
const NAMES = /\$?\{?#?([A-Za-z_][A-Za-z0-9_]*|(?<=\$\{?)[0-9?$!#@*-])/g;

/** The part that an arithmetic expansion becomes. */
export function arithmeticPart(expander: Expander, piece: ArithmeticPiece): WordPart {
  const parts = expander.parts(piece.pieces, false);
  checkArithmetic(expander, parts, piece.text);
  const value = calculate(substituted(expander.state, constantText(parts) ?? '?'));
  return value === undefined
    ? { kind: 'opaque', text: piece.text, why: 'arithmetic' }
    : { kind: 'literal', value: String(value), quoted: true };
}

/** Reports what would be evaluated as code in an expression that was expanded to `parts`, and forgets what `text` assigns. */
export function checkArithmetic(
  expander: Expander,
  parts: readonly WordPart[],
  text: string,
): void {
  const expanded = parts.map((part) => ('value' in part ? part.value : '0')).join('');
  if (text.length > MAX_LENGTH || expanded.length > MAX_LENGTH) {
    const why = 'An arithmetic expression is too long to be read.';
    expander.host.report('too-long', why, expander.span);
    noteChange(expander, undefined, 'set');
    return;
  }
  const [, first = '', value = ''] = /^\s*([A-Za-z_]\w*)\s*=(?!=)([^,;]*)/.exec(text) ?? [];
  if (first !== '' && !new RegExp(`\\b${first}\\b`).test(value)) {
    // `i = 0; i < 3`: what it held before does not matter.
    expander.state = assign(expander.state, first, { kind: 'number' });
  }
  const culprit = parts.find((part) => !isHarmlessPart(expander.state, part));
  if (culprit) {
    const shown = culprit.kind === 'variable' ? culprit.name : shownText(expander, culprit);
    const why = `Arithmetic evaluates the text of \`${shown}\`, which is not known to be a number.`;
    expander.host.report('dynamic-code', why, expander.span);
  }
  for (const name of new Set([...assignedNames(text), ...assignedNames(expanded)])) {
    noteChange(expander, name, 'set');
    expander.state = assign(expander.state, name, { kind: 'number' });
  }
}

/** A literal of the expression itself may hold brackets and names; the text of a variable may not. */
function isHarmlessPart(state: ShellState, part: WordPart): boolean {
  return part.kind === 'literal' || part.kind === 'glob'
    ? !/[`$]/.test(part.value) && evaluatedText(state, part.value, 0) === undefined
    : areHarmless(state, [part], 0);
}

function shownText(expander: Expander, part: Exclude<WordPart, { kind: 'variable' }>): string {
  if (part.kind === 'substitution' || part.kind === 'opaque') {
    return part.text.length > 60 ? `${part.text.slice(0, 60)}…` : part.text;
  }
  return evaluatedText(expander.state, part.value, 0) ?? part.value;
}

/** Names that an expression assigns: `x = 1`, `x += 1`, `x++`, `--x`. */
function assignedNames(text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(
    /\b([A-Za-z_]\w*)(?:\[[^\]]*\]+)?\s*(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)/g,
  )) {
    names.push(match[1] ?? match[2] ?? '');
  }
  return names;
}

/** The first name whose text might hold code; undefined where there is none. */
function evaluatedText(state: ShellState, text: string, depth: number): string | undefined {
  for (const match of text.matchAll(NAMES)) {
    const name = match[1] ?? '';
    // `${#x}` is a length.
    if (match[0].includes('#') && name !== '#') {
      continue;
    }
    if (!isHarmless(state, valueFor(state, name), depth)) {
      return name;
    }
  }
  return undefined;
}

function valueFor(state: ShellState, name: string): Value | undefined {
  if (INTEGER_NAMES.has(name)) {
    return { kind: 'number' };
  }
  if (/^[0-9@*]$/.test(name)) {
    return state.positional ? { kind: 'array', items: state.positional } : { kind: 'unknown' };
  }
  return state.variables.get(name);
}

function isHarmless(state: ShellState, value: Value | undefined, depth: number): boolean {
  switch (value?.kind) {
    case undefined:
    case 'number':
    case 'unset':
      return true;
    case 'scalar':
      return areHarmless(state, value.parts, depth);
    case 'array':
      return value.items.every((parts) => areHarmless(state, parts, depth));
    default:
      return false;
  }
}

function areHarmless(state: ShellState, parts: readonly WordPart[], depth: number): boolean {
  return parts.every((part) => {
    switch (part.kind) {
      case 'literal':
      case 'glob':
        return (
          !/[[`]|\$\(/.test(part.value) &&
          assignedNames(part.value).length === 0 &&
          depth < MAX_DEPTH &&
          evaluatedText(state, part.value, depth + 1) === undefined
        );
      case 'substitution':
        return printsNumber(part.text);
      case 'variable':
        return (
          part.name.startsWith('#') ||
          (!part.name.startsWith('!') && isHarmless(state, valueFor(state, part.name), depth + 1))
        );
      default:
        return part.why === 'arithmetic';
    }
  });
}

function substituted(state: ShellState, text: string): string {
  return text.replace(/[A-Za-z_]\w*/g, (name) => {
    const value = state.variables.get(name);
    const constant = value?.kind === 'scalar' ? constantText(value.parts) : undefined;
    return constant !== undefined && /^-?[0-9]+$/.test(constant) ? `(${constant})` : '?';
  });
}

/** Value of an expression of decimal integers, `+ - * / %` and brackets; undefined for everything else. */
function calculate(text: string): number | undefined {
  if (!/^[-+*/%() 0-9]+$/.test(text) || /(?<![0-9])0[0-9]|\*\*|\+\+|--/.test(text)) {
    return undefined;
  }
  const tokens = text.match(/[0-9]+|[-+*/%()]/g) ?? [];
  let at = 0;
  const factor = (): number => {
    const token = tokens[at++];
    if (token === '-' || token === '+') {
      return token === '-' ? -factor() : factor();
    }
    if (token === '(') {
      const inner = sum();
      return tokens[at++] === ')' ? inner : Number.NaN;
    }
    return token !== undefined && /^[0-9]/.test(token) ? Number(token) : Number.NaN;
  };
  const product = (): number => {
    let left = factor();
    for (
      let token = tokens[at];
      token === '*' || token === '/' || token === '%';
      token = tokens[at]
    ) {
      at++;
      const right = factor();
      left = token === '*' ? left * right : token === '/' ? Math.trunc(left / right) : left % right;
    }
    return left;
  };
  const sum = (): number => {
    let left = product();
    for (let token = tokens[at]; token === '+' || token === '-'; token = tokens[at]) {
      at++;
      const right = product();
      left = token === '+' ? left + right : left - right;
    }
    return left;
  };
  const value = tokens.length > 200 ? Number.NaN : sum();
  return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
}
