// The arguments of a call in a snippet, as far as they are constant.
// Invariant: what is not one constant text is no text, and behind too many tokens nothing is known.
import type { Constants } from './constants.ts';
import type { Token } from './lexer.ts';

/** Most tokens that the arguments of one call may have. What stands behind them is not known. */
export const MAX_ARGUMENT_TOKENS = 300;

/** The constant string arguments of a call by position; an empty entry where one is no plain string. Undefined: too many tokens to tell. */
export function argumentsOf(
  tokens: readonly Token[],
  at: number,
  constants?: Constants,
): readonly (Token | undefined)[] | undefined {
  const from = tokens[at + 1]?.text === '(' ? at + 2 : at + 1;
  const found: (Token | undefined)[] = [];
  let depth = 0;
  let current: Token[] = [];
  for (let index = from; index < tokens.length && found.length < 20; index++) {
    if (index - from > MAX_ARGUMENT_TOKENS) return undefined;
    const token = tokens[index] as Token;
    if (token.kind === 'sign' && /[([{]/.test(token.text)) depth++;
    if (token.kind === 'sign' && /[)\]};]/.test(token.text)) {
      if (depth === 0) break;
      depth--;
    }
    if (token.text === ',' && depth === 0) {
      found.push(plain(current, constants));
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) found.push(plain(current, constants));
  return found;
}

function plain(tokens: readonly Token[], constants?: Constants): Token | undefined {
  const [only, ...others] = tokens;
  if (!only || others.length > 0) return undefined;
  const value = only.kind === 'name' ? constants?.get(only.text) : undefined;
  if (value !== undefined) return { ...only, kind: 'string', value };
  return only.kind === 'string' ? only : undefined;
}

/** `['rm', '-rf', 'x']` behind a bracket or comma, where all of it is constant. */
export function listAfter(tokens: readonly Token[], at: number): readonly string[] | undefined {
  const open = at + 2;
  if (tokens[open]?.text !== '[' || !/^[(,]$/.test(tokens[at + 1]?.text ?? '')) return undefined;
  const words: string[] = [];
  for (let index = open + 1; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.text === ']') return words.length > 0 ? words : undefined;
    if (token.text === ',') continue;
    if (token.kind !== 'string' || token.value === undefined) return undefined;
    words.push(token.value);
  }
  return undefined;
}
