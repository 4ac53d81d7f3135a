// What a git call starts besides git: hooks, filters and monitors of the repository, which may do anything.
// Invariant: a call that reads or records is no longer just that where the repository names programs, or may.
import type { Effect } from '../effects/types.ts';
import type { Fact } from './types.ts';

/** What the value of the fact begins with where every program is a hook that is a file of the workspace. */
export const OWN_HOOKS = 'own-hooks ';

/** What the value begins with where no program is started, but a fetch moves branches by a setting. */
export const SETS_BRANCHES = 'sets-branches ';

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
  const common = {
    verb: 'execute-code',
    target: { kind: 'program', name: 'programs of the repository' },
    invocation,
    span,
  } as const;
  if (typeof value === 'string' && value.startsWith(OWN_HOOKS))
    return {
      ...common,
      rule: 'git/own-hooks',
      category: 'config-change',
      severity: 'minor',
      reversible: 'yes',
      reach: 'workspace',
      reason: `${text} They are code of the workspace, as its tests are.`,
      recovery: 'Version control has the sources; what a hook does besides depends on it.',
    };
  if (typeof value === 'string' && value.startsWith(SETS_BRANCHES))
    return {
      ...common,
      rule: 'git/fetch-over',
      verb: 'rewrite-history',
      target: { kind: 'repository', name: 'branches of the repository' },
      category: 'history-rewrite',
      severity: 'moderate',
      reversible: 'effort',
      reach: 'workspace',
      reason: `${text} Commits that are only here may leave them.`,
      recovery: '`git reflog` still knows the commits for some weeks.',
      alternative: 'Look at `git config --get-all remote.origin.fetch`.',
    };
  return {
    ...common,
    rule: 'git/repository-programs',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    reason: isKnown ? `${text} They may do anything.` : `${text} They may do anything, if any.`,
    recovery: 'Depends on what the programs do.',
    alternative: 'Look at the hooks and at `git config --list --show-scope` first.',
  };
}
