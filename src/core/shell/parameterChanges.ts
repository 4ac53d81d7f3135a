// What `${x%…}`, `${x#…}`, `${x:…}` and `${x^^}` make of a value that is known.
import { simplePattern } from './globs.ts';
import { constantText } from './state.ts';
import type { WordPart } from './types.ts';

/** Longest value that is looked at; a pattern is tried at each of its characters. */
const MAX_LENGTH = 1_000;

/** The value after an operator; undefined where it is not known. */
export function changed(
  value: string,
  operator: string,
  operand: readonly WordPart[],
): string | undefined {
  if (value.length > MAX_LENGTH) {
    return undefined;
  }
  if (/^[#%]/.test(operator)) {
    const isLongest = operator.length === 2;
    const pattern = simplePattern(operand, operator === '##');
    if (pattern === undefined) {
      return undefined;
    }
    return operator.startsWith('#')
      ? value.replace(new RegExp(`^${pattern}`), '')
      : withoutSuffix(value, new RegExp(`^${pattern.replaceAll('*?', '*')}$`), isLongest);
  }
  const argument = constantText(operand);
  if (operator === ':' && /^ ?-?[0-9]+(?::[0-9]+)?$/.test(argument ?? '')) {
    const [from = 0, count] = (argument ?? '').split(':').map(Number);
    const start = from < 0 ? value.length + from : from;
    return start < 0 ? '' : value.slice(start, count === undefined ? undefined : start + count);
  }
  if (argument === '' && operator === '^^') {
    return value.toUpperCase();
  }
  if (argument === '' && operator === ',,') {
    return value.toLowerCase();
  }
  return undefined;
}

function withoutSuffix(value: string, pattern: RegExp, isLongest: boolean): string {
  const starts = Array.from({ length: value.length + 1 }, (_, index) => index);
  const start = (isLongest ? starts : starts.reverse()).find((at) => pattern.test(value.slice(at)));
  return start === undefined ? value : value.slice(0, start);
}
