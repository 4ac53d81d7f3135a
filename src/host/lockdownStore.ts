// Keeps a lockdown for the folders of the window in which the agent was stopped.
// Invariant (I9): a window on one of these folders, on one inside or on one around them is locked as well, so that an agent
// that opens another window has not got out.
import * as path from 'node:path';
import type { Lockdown } from '../shared/protocol.ts';
import type { Store } from './policyDesk.ts';

interface Kept extends Lockdown {
  roots: readonly string[];
}

/** One window's view of the lockdowns of all. `roots`: where its commands run, never empty. */
export function lockdownStore(all: Store, roots: () => readonly string[]): Store {
  const read = (): unknown[] => {
    const value = all.read() ?? [];
    // What cannot be read counts as a lockdown, for everybody.
    return (Array.isArray(value) ? value : [value]).map((entry: unknown) => entry ?? {});
  };
  const isOurs = (entry: unknown) => {
    const { roots: locked } = entry as Partial<Kept>;
    return !Array.isArray(locked) || touches(locked, roots());
  };
  return {
    read: () => read().find(isOurs),
    write: (value) => {
      const others = read().filter((entry) => !isOurs(entry));
      const kept = value === undefined ? [] : [{ ...(value as Lockdown), roots: roots() }];
      all.write([...others, ...kept]);
    },
  };
}

function touches(some: readonly unknown[], others: readonly string[]): boolean {
  return some.some((one) =>
    others.some((other) => typeof one !== 'string' || isWithin(one, other) || isWithin(other, one)),
  );
}

function isWithin(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
