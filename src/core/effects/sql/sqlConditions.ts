// Does a WHERE spare any row? `1=1`, `true`, `id = id` and the like do not.
// Invariant: a condition counts only where it stands at the depth of its own statement.
import type { SqlToken } from './sqlTypes.ts';

/** True where the statement has a WHERE of its own that can fail for some row. */
export function hasCondition(tokens: readonly SqlToken[]): boolean {
  const depth = tokens[0]?.depth ?? 0;
  const where = tokens.findIndex(
    (token) => token.depth === depth && token.kind === 'word' && token.word === 'where',
  );
  if (where < 0) return false;
  const end = tokens.findIndex(
    (token, index) =>
      index > where &&
      token.depth === depth &&
      /^(returning|order|limit|option|output|settings)$/.test(token.word),
  );
  return !isAlwaysTrue(tokens.slice(where + 1, end < 0 ? undefined : end));
}

/** An empty condition spares nothing, so it counts as always true. */
function isAlwaysTrue(given: readonly SqlToken[]): boolean {
  const tokens = withoutParentheses(given);
  if (tokens.length === 0) return true;
  const alternatives = splitAt(tokens, 'or');
  if (alternatives.length > 1) return alternatives.some(isAlwaysTrue);
  const parts = splitAt(tokens, 'and');
  if (parts.length > 1 && !tokens.some((token) => token.word === 'between'))
    return parts.every(isAlwaysTrue);
  if (tokens[0]?.word === 'not') return isNever(tokens.slice(1));
  return isTautology(tokens);
}

function isNever(given: readonly SqlToken[]): boolean {
  const [first, ...rest] = withoutParentheses(given);
  return rest.length === 0 && /^(false|0|null)$/.test(first?.word ?? '');
}

function withoutParentheses(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first?.text !== '(' || last?.text !== ')' || tokens.length < 3) return tokens;
  const isOnePair = !tokens.slice(1, -1).some((token) => token.depth <= first.depth);
  return isOnePair ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

function splitAt(tokens: readonly SqlToken[], word: string): readonly (readonly SqlToken[])[] {
  const depth = tokens[0]?.depth ?? 0;
  const parts: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'word' && token.word === word && token.depth === depth) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function isTautology(tokens: readonly SqlToken[]): boolean {
  const [left, ...rest] = tokens;
  if (!left) return true;
  if (rest.length === 0) return isTruth(left);
  if (left.word === 'exists') return rest[1]?.word === 'select' && rest[2]?.kind === 'number';
  const sign = rest.filter((token) => token.kind === 'sign' || token.kind === 'word');
  const right = tokens.at(-1) as SqlToken;
  const operator = sign
    .map((token) => token.word)
    .join(' ')
    .trim();
  if (/^is not( null)?$/.test(operator)) return true;
  if (/^i?like$/.test(operator)) return /^'%+'$/.test(right.text);
  if (isConstant(left) && isConstant(right)) return compares(left, right, operator);
  if (left.word === right.word && left.kind === right.kind)
    return /^(=|= =|> =|< =)$/.test(operatorOf(tokens));
  return passesMost(operatorOf(tokens), right);
}

const operatorOf = (tokens: readonly SqlToken[]) =>
  tokens
    .slice(1, -1)
    .map((token) => token.word)
    .join(' ');

/** `id > 0`, `name <> ''`: true for about every row that there is. */
function passesMost(operator: string, right: SqlToken): boolean {
  if (/^(> =?|< >|! =|> -|> = -|< > -)$/.test(operator.replace(/^>$/, '> ')))
    return /^(0|1)$/.test(right.word) || right.text === "''";
  return false;
}

const isConstant = (token: SqlToken) =>
  token.kind === 'string' || token.kind === 'number' || /^(true|false)$/.test(token.word);

const isTruth = (token: SqlToken) =>
  token.word === 'true' || (token.kind === 'number' && Number(token.text) !== 0);

/** Two constants: only `=` of different ones is surely false. */
function compares(left: SqlToken, right: SqlToken, operator: string): boolean {
  return operator === '=' ? left.text === right.text : true;
}
