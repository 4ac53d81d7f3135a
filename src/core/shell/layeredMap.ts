// A map that is never changed in place and that still takes many new entries one by one: few are copied each time.
// Invariant: the lower layer is shared between maps and never written to.

/** Entries that are copied with each new one, before they go into a lower layer of their own. */
const MAX_TOP = 32;

class LayeredMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;

  constructor(
    readonly base: ReadonlyMap<string, V>,
    readonly top: ReadonlyMap<string, V>,
  ) {
    const added = [...top.keys()].filter((name) => !base.has(name));
    this.size = base.size + added.length;
  }

  get(name: string): V | undefined {
    return this.top.has(name) ? this.top.get(name) : this.base.get(name);
  }

  has(name: string): boolean {
    return this.top.has(name) || this.base.has(name);
  }

  *entries(): MapIterator<[string, V]> {
    yield* this.top;
    for (const entry of this.base) {
      if (!this.top.has(entry[0])) {
        yield entry;
      }
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) {
      yield name;
    }
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) {
      yield value;
    }
  }

  forEach(visit: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [name, value] of this.entries()) {
      visit(value, name, this);
    }
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}

/** The map with one more entry, or with another value for it. */
export function withEntry<V>(
  map: ReadonlyMap<string, V>,
  name: string,
  value: V,
): ReadonlyMap<string, V> {
  if (map instanceof LayeredMap && map.top.size < MAX_TOP) {
    return new LayeredMap<V>(map.base, new Map<string, V>(map.top).set(name, value));
  }
  return map.size < MAX_TOP
    ? new Map(map).set(name, value)
    : new LayeredMap(map instanceof LayeredMap ? new Map(map) : map, new Map([[name, value]]));
}
