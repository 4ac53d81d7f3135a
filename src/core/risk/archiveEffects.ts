// What an archive puts into places where files do more than lie there: each such member is an effect of its own.
// Invariant: such an effect weighs what writing to the place by name weighs; the archive around it does not make it less.
import type { Effect, PathPlace } from '../effects/types.ts';
import type { Fact } from './types.ts';

/** The value of the fact `archive.puts`. */
export function archivedValue(place: PathPlace, file: string): string {
  return `${place} ${file}`;
}

const WHY: Readonly<Partial<Record<PathPlace, string>>> = {
  gate: 'which decides what agents may do or records what they did',
  startup: 'which runs later by itself',
  secret: 'which holds secrets',
  protected: 'which is protected',
};

/** The effects with one more for each member that was found; places in the list stay as they are. */
export function withArchived(
  effects: readonly Effect[],
  facts: readonly Fact[],
): readonly Effect[] {
  const found = facts.flatMap((fact) => {
    const effect = fact.effect === undefined ? undefined : effects[fact.effect];
    const [, place, path] = /^([\w-]+) (.+)$/s.exec(String(fact.value)) ?? [];
    if (fact.id !== 'archive.puts' || !effect || place === undefined || path === undefined)
      return [];
    return [memberEffect(effect, place as PathPlace, path)];
  });
  return found.length === 0 ? effects : [...effects, ...found];
}

function memberEffect({ invocation, span }: Effect, place: PathPlace, path: string): Effect {
  const isGate = place === 'gate';
  return {
    rule: 'files/extract-there',
    verb: isGate ? 'tamper-gate' : 'overwrite',
    category: 'data-mutation',
    severity: isGate ? 'extreme' : 'moderate',
    reversible: 'effort',
    reach: 'machine',
    target: { kind: 'path', name: path, path, place },
    invocation,
    span,
    reason: `The archive puts a file at ${path}, ${WHY[place] ?? 'which belongs to the system'}.`,
    recovery: 'Restore it from version control or a backup, or delete it.',
    alternative: 'List the archive, and name only the members that you want.',
  };
}
