// Indexes in the list of an array: bash evaluates them as arithmetic.
// Invariant: an index whose text is not known to be a number is never evaluated in silence.
import { checkArithmetic } from './arithmetic.ts';
import type { Expander } from './expand.ts';
import { constantText } from './state.ts';
import type { Word, WordPart } from './types.ts';

/** `a=([i]=1)` evaluates i, as `a[i]=1` does. */
export function checkIndexes(expander: Expander, items: readonly Word[]): void {
  for (const item of items) {
    if (/^\[.*\]\+?=/s.test(item.text)) {
      const index = indexOf(item.parts);
      checkArithmetic(expander, index, constantText(index) ?? '');
    }
  }
}

/** What stands between the first bracket and the one that closes it. */
function indexOf(parts: readonly WordPart[]): WordPart[] {
  const inner: WordPart[] = [];
  let depth = 0;
  for (const part of parts) {
    if (!('value' in part)) {
      inner.push(part);
      continue;
    }
    const from = inner.length === 0 ? 1 : 0;
    let end = 0;
    for (; end < part.value.length; end++) {
      const char = part.value[end];
      depth += char === '[' ? 1 : char === ']' ? -1 : 0;
      if (depth === 0) break;
    }
    inner.push({ kind: 'literal', value: part.value.slice(from, end), quoted: true });
    if (depth === 0) break;
  }
  return inner;
}
