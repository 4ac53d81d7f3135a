// Where a secret stands in a text: what finds secrets gives, and what replaces them takes.

/** A secret in a text, by half-open offsets. */
export interface SecretRange {
  start: number;
  end: number;
  kind: string;
}

/** Sorted, and those that overlap made one, of the kind of the first; at one place the longest is the first. */
export function mergedRanges(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: SecretRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (!last || range.start >= last.end) result.push({ ...range });
    else last.end = Math.max(last.end, range.end);
  }
  return result;
}
