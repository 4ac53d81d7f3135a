// Which row of a list a key goes to. One row takes part in the order of Tab; arrows move from it.

export interface ListPosition {
  current: number;
  count: number;
  /** Rows that fit on the screen. */
  page: number;
}

/** The row that gets the focus; undefined where the key is none of the list's. */
export function rowForKey(key: string, { current, count, page }: ListPosition): number | undefined {
  const last = count - 1;
  const within = (row: number) => Math.max(0, Math.min(last, row));
  switch (key) {
    case 'ArrowDown':
      return within(current + 1);
    case 'ArrowUp':
      return within(current - 1);
    case 'PageDown':
      return within(current + page);
    case 'PageUp':
      return within(current - page);
    case 'Home':
      return 0;
    case 'End':
      return within(last);
    default:
      return undefined;
  }
}
