// What a git call starts besides git: hooks, filters and monitors of the repository, which may do anything.
// Invariant: a call that reads or records is no longer just that where the repository names programs, or may.
import type { Effect } from '../effects/types.ts';
import type { Fact } from './types.ts';

/** The effects with one more for each call that starts programs of the repository; places in the list stay as they are. */
export function withPrograms(
  effects: readonly Effect[],
  facts: readonly Fact[],
): readonly Effect[] {
  const found = facts.flatMap((fact) => {
    if (fact.id !== 'git.programs' || fact.value === 'none' || fact.effect === undefined) return [];
    const effect = effects[fact.effect];
    return effect ? [programsEffect(effect, fact)] : [];
  });
  return found.length === 0 ? effects : [...effects, ...found];
}

function programsEffect({ invocation, span }: Effect, { text, value }: Fact): Effect {
  const isKnown = value !== 'unknown';
  return {
    rule: 'git/repository-programs',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target: { kind: 'program', name: 'programs of the repository' },
    invocation,
    span,
    reason: isKnown ? `${text} They may do anything.` : `${text} They may do anything, if any.`,
    recovery: 'Depends on what the programs do.',
    alternative: 'Look at the hooks and at `git config --list --show-scope` first.',
  };
}
