// Finds facts by id and effect, so that the score can ask for them without knowing how they were learnt.
import type { FactId } from './factIds.ts';
import type { Fact } from './types.ts';

/** Looks facts up. `unknown` comes back as undefined: what is not known changes no score for the better. */
export class FactReader {
  private readonly byKey = new Map<string, Fact['value']>();

  constructor(facts: readonly Fact[]) {
    for (const fact of facts) {
      if (fact.value !== 'unknown') this.byKey.set(keyOf(fact.effect, fact.id), fact.value);
    }
  }

  /** The number of a fact; undefined where it is not known. */
  count(effect: number, id: FactId): number | undefined {
    const value = this.about(effect, id);
    return typeof value === 'number' ? value : undefined;
  }

  /** The fact about one effect, or the one about the line as a whole. */
  about(effect: number, id: FactId): Fact['value'] | undefined {
    return this.byKey.get(keyOf(effect, id)) ?? this.byKey.get(keyOf(undefined, id));
  }
}

/** True where the value is one of those given. */
export function isValue(
  value: Fact['value'] | undefined,
  wanted: readonly (string | boolean)[],
): boolean {
  return value !== undefined && typeof value !== 'number' && wanted.includes(value);
}

function keyOf(effect: number | undefined, id: string): string {
  return `${effect ?? ''} ${id}`;
}
