// What `$x` and `${x…}` stand for, as far as it can be told before the line runs.
// Invariant: commands inside of an expansion are always walked, whether or not the expansion's value is known.
import { checkArithmetic } from './arithmetic.ts';
import { checkAssigned } from './assignedNames.ts';
import type { Expander } from './expand.ts';
import { changed } from './parameterChanges.ts';
import { isOneWord } from './positional.ts';
import { DYNAMIC_NAMES } from './specialNames.ts';
import { assign, constantText, type ShellState, scalar, type Value } from './state.ts';
import type { ParameterPiece, Piece } from './tokens.ts';
import type { WordPart } from './types.ts';

type Parts = readonly WordPart[];

/** What an expansion gives. `pieces` are pieces that stand in its place (`${x:-a b}` with x empty). */
export type Expansion =
  | { kind: 'parts'; parts: Parts }
  | { kind: 'fields'; fields: readonly Parts[] }
  | { kind: 'pieces'; pieces: readonly Piece[]; resolve(): WordPart[] };

/** Expands one parameter; assignments by `${x:=v}` change the expander's state. */
export function expandParameter(expander: Expander, piece: ParameterPiece): Expansion {
  if (piece.subscript) {
    walkSubscript(expander, piece);
  }
  if (piece.operator === '@' && literalOf(piece.operand).startsWith('P')) {
    expander.host.report('dynamic-code', 'The value is run as a prompt.', expander.span);
  }
  if (piece.prefix === '!') {
    checkOffsets(expander, piece, expander.parts(piece.operand, false));
    checkIndirection(expander, piece);
    return unknown(piece, { name: `!${piece.name}` });
  }
  const value = valueFor(expander.state, piece);
  if (piece.prefix === '#') {
    return lengthOf(piece, value);
  }
  if (value?.kind === 'array') {
    return arrayExpansion(expander, piece, value.items);
  }
  return operate(expander, piece, value);
}

/** `${!x}` evaluates the value of x as a name, and a name such as `a[$(…)]` runs code. `${!a[@]}` and `${!a*}` only list names. */
function checkIndirection(expander: Expander, piece: ParameterPiece): void {
  const listsNames =
    /^[@*]$/.test(piece.subscript?.text ?? '') ||
    /^[@*]$/.test(literalOf(piece.operand) + piece.operator);
  if (listsNames) return;
  const value = valueFor(expander.state, piece);
  const name = value?.kind === 'scalar' ? constantText(value.parts) : undefined;
  if (name !== undefined && /^([A-Za-z_]\w*|\d+|[@*#?$!-])?$/.test(name)) return;
  if (value?.kind === 'number' || value?.kind === 'unset') return;
  expander.host.report(
    'unsupported-construct',
    `Which variable \${!${piece.name}} reads is not known, and some names run code.`,
    expander.span,
  );
}

function walkSubscript(expander: Expander, piece: ParameterPiece): void {
  const parts = expander.parts(piece.subscript?.pieces ?? [], false);
  const text = piece.subscript?.text ?? '';
  const isMap = expander.state.variables.get(piece.name)?.kind === 'map';
  if (!isMap && text !== '@' && text !== '*') {
    checkArithmetic(expander, parts, text);
  }
}

/** The value that a parameter names; undefined where it is not known. `$@` and `${a[@]}` are arrays. */
function valueFor(state: ShellState, piece: ParameterPiece): Value | undefined {
  const { name, subscript } = piece;
  if (name === '@' || name === '*') {
    return state.positional && { kind: 'array', items: state.positional };
  }
  if (name === '#' && piece.prefix === '') {
    return state.positional ? scalar(String(state.positional.length)) : { kind: 'number' };
  }
  if (/^[1-9][0-9]*$/.test(name)) {
    const item = state.positional?.[Number(name) - 1];
    return state.positional && (item ? { kind: 'scalar', parts: item } : { kind: 'unset' });
  }
  if (DYNAMIC_NAMES.test(name)) {
    return undefined;
  }
  const value = state.variables.get(name) ?? directoryValue(state, name);
  const isWhole = /^[@*]$/.test(subscript?.text ?? '');
  if (isWhole && (value?.kind === 'number' || (value?.kind === 'scalar' && value.isMaybeArray))) {
    return undefined;
  }
  if (value?.kind !== 'array') {
    return subscript && !/^[@*0]$/.test(subscript.text) ? undefined : value;
  }
  if (isWhole) {
    return value;
  }
  const index = subscript
    ? /^[0-9]+$/.test(subscript.text)
      ? Number(subscript.text)
      : undefined
    : 0;
  if (index === undefined) {
    return undefined;
  }
  const item = value.items[index];
  // A word before it that may be none, or several, moves all behind it.
  if (!value.items.slice(0, index + 1).every(isOneWord)) {
    return undefined;
  }
  return item ? { kind: 'scalar', parts: item } : { kind: 'unset' };
}

function directoryValue(state: ShellState, name: string): Value | undefined {
  const place = name === 'PWD' ? state.cwd : name === 'OLDPWD' ? state.previousCwd : undefined;
  return place?.kind === 'known' ? scalar(place.path) : undefined;
}

function lengthOf(piece: ParameterPiece, value: Value | undefined): Expansion {
  if (value?.kind === 'array') {
    return value.items.every(isOneWord)
      ? text(String(value.items.length))
      : unknown(piece, { name: `#${piece.name}` });
  }
  if (/^[@*]$/.test(piece.subscript?.text ?? '')) {
    // A variable that is no array counts as one of one element.
    return value?.kind === 'scalar'
      ? text('1')
      : value?.kind === 'unset'
        ? text('0')
        : unknown(piece, { name: `#${piece.name}` });
  }
  const constant = value?.kind === 'scalar' ? constantText(value.parts) : undefined;
  return constant === undefined || !/^[ -~\t\n]*$/.test(constant)
    ? unknown(piece, { name: `#${piece.name}` })
    : text(String(constant.length));
}

function arrayExpansion(
  expander: Expander,
  piece: ParameterPiece,
  items: readonly Parts[],
): Expansion {
  const { operator } = piece;
  if (/^:?[-+]$/.test(operator) || operator === '') {
    const isSet = items.length > 0;
    if (operator.endsWith('-') && !isSet) {
      return inPlace(expander, piece);
    }
    if (operator.endsWith('+')) {
      return isSet
        ? inPlace(expander, piece)
        : walked(expander, piece, { kind: 'fields', fields: [] });
    }
    const isJoined = piece.quoted && (piece.name === '*' || piece.subscript?.text === '*');
    if (isJoined && expander.state.hasForeignIfs) {
      return walked(expander, piece, unknown(piece, {}));
    }
    const fields = isJoined ? [joinWithSpaces(items)] : items;
    return walked(expander, piece, { kind: 'fields', fields });
  }
  return walked(expander, piece, unknown(piece, {}));
}

function joinWithSpaces(items: readonly Parts[]): Parts {
  return items.flatMap((item, index) =>
    index === 0 ? item : [{ kind: 'literal' as const, value: ' ', quoted: true }, ...item],
  );
}

function operate(expander: Expander, piece: ParameterPiece, value: Value | undefined): Expansion {
  const parts = value?.kind === 'scalar' ? value.parts : value?.kind === 'unset' ? [] : undefined;
  const constant = parts && constantText(parts);
  const isNull = constant === '' && (value?.kind === 'unset' || piece.operator.startsWith(':'));
  switch (piece.operator) {
    case '':
      return parts ? { kind: 'parts', parts } : unknown(piece, {});
    case ':-':
    case '-':
      return parts && constant !== undefined
        ? isNull
          ? inPlace(expander, piece)
          : walked(expander, piece, { kind: 'parts', parts })
        : withFallback(expander, piece);
    case ':=':
    case '=':
      return assignDefault(expander, piece, constant === undefined ? undefined : isNull, parts);
    case ':+':
    case '+':
      if (constant !== undefined) {
        const nothing: Expansion = { kind: 'parts', parts: [] };
        return isNull ? walked(expander, piece, nothing) : inPlace(expander, piece);
      }
      return withFallback(expander, piece);
    case ':?':
    case '?':
      return walked(
        expander,
        piece,
        parts && !isNull ? { kind: 'parts', parts } : unknown(piece, { isGuarded: true }),
      );
    default:
      return change(expander, piece, constant);
  }
}

function assignDefault(
  expander: Expander,
  piece: ParameterPiece,
  isNull: boolean | undefined,
  parts: Parts | undefined,
): Expansion {
  const operand = expander.parts(piece.operand, 'value');
  if (isNull === false && parts) {
    return { kind: 'parts', parts };
  }
  if (/^[A-Za-z_]/.test(piece.name)) {
    const value: Value = isNull ? { kind: 'scalar', parts: operand } : { kind: 'unknown' };
    checkAssigned(expander, piece.name, { kind: 'scalar', parts: operand });
    expander.state = assign(expander.state, piece.name, value);
  }
  const fallback = constantText(operand);
  return isNull ? { kind: 'parts', parts: operand } : unknown(piece, { fallback });
}

function withFallback(expander: Expander, piece: ParameterPiece): Expansion {
  const fallback = constantText(expander.parts(piece.operand, false));
  return unknown(piece, piece.operator.endsWith('-') ? { fallback } : {});
}

/** Operators that change a known value: `%`, `#`, `/`, case, substring. */
function change(
  expander: Expander,
  piece: ParameterPiece,
  constant: string | undefined,
): Expansion {
  const { operator } = piece;
  const isPattern = /^[#%]/.test(operator);
  const operand = isPattern
    ? expander.pattern(piece.operand)
    : expander.parts(piece.operand, false);
  checkOffsets(expander, piece, operand);
  // How many bytes make a character depends on the locale.
  if (constant === undefined || !/^[ -~\t\n]*$/.test(constant)) {
    return unknown(piece, {});
  }
  const result = changed(constant, operator, operand);
  return result === undefined ? unknown(piece, {}) : text(result);
}

function inPlace(expander: Expander, piece: ParameterPiece): Expansion {
  const { operand } = piece;
  const [first] = operand;
  if (!piece.quoted && first?.kind === 'literal' && !first.quoted && first.value.startsWith('~')) {
    return walked(expander, piece, unknown(piece, {}));
  }
  return { kind: 'pieces', pieces: operand, resolve: () => expander.parts(operand, false) };
}

/** Walks the operand for its commands; its value does not matter. */
function walked(expander: Expander, piece: ParameterPiece, expansion: Expansion): Expansion {
  checkOffsets(expander, piece, expander.parts(piece.operand, false));
  return expansion;
}

/** `${x:a:b}` evaluates a and b, whatever x is. */
function checkOffsets(expander: Expander, { operator, operand }: ParameterPiece, parts: Parts) {
  if (operator === ':') {
    checkArithmetic(expander, parts, literalOf(operand));
  }
}

function literalOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'literal' ? piece.value : '')).join('');
}

function text(value: string): Expansion {
  return { kind: 'parts', parts: [{ kind: 'literal', value, quoted: true }] };
}

function unknown(
  piece: ParameterPiece,
  detail: { name?: string; fallback?: string | undefined; isGuarded?: boolean },
): Expansion {
  const { fallback, isGuarded } = detail;
  return {
    kind: 'parts',
    parts: [
      {
        kind: 'variable',
        name: detail.name ?? piece.name,
        // `"$@"` is any number of words, in spite of its quotes.
        quoted: piece.quoted && piece.name !== '@' && piece.subscript?.text !== '@',
        ...(fallback === undefined ? {} : { fallback }),
        ...(isGuarded ? { isGuarded } : {}),
      },
    ],
  };
}
