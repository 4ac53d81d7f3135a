// Whether an effect can be taken back, once facts are known: what git has can be brought back, what it lacks cannot.
import type { Effect } from '../effects/types.ts';
import type { FactReader } from './factReader.ts';
import { isAllCommitted, isOnOtherMachine } from './scoreFacts.ts';

/** The effect with the reversibility and the advice that its facts give it; the effect itself where they say nothing. */
export function withFacts(given: Effect, index: number, facts: FactReader): Effect {
  if (given.severity === 'none') return given;
  const effect: Effect = isOnOtherMachine(index, facts) ? { ...given, reach: 'shared' } : given;
  const isFileLoss = effect.verb === 'delete' || effect.verb === 'overwrite';
  if (isFileLoss && facts.count(index, 'files.count') === 0)
    return { ...effect, reversible: 'yes', recovery: 'Nothing stands there, so nothing is lost.' };
  if (isFileLoss && isAllCommitted(index, facts))
    return {
      ...effect,
      reversible: 'effort',
      recovery: 'All of it is committed: `git restore` brings it back.',
    };
  if (isFileLoss && unsaved(index, facts) > 0)
    return {
      ...effect,
      reversible: 'no',
      recovery: 'Part of it is not committed; only a backup brings that back.',
    };
  const loses = facts.count(index, 'git.loses');
  if (loses === 0 && effect.reach !== 'shared')
    return {
      ...effect,
      reversible: 'effort',
      recovery: 'Git still has all of it: `git reflog` and `git restore` bring it back.',
    };
  if (loses !== undefined && loses > 0) return { ...effect, reversible: 'no' };
  return effect;
}

function unsaved(index: number, facts: FactReader): number {
  return (
    (facts.count(index, 'git.files.untracked') ?? 0) + (facts.count(index, 'git.files.dirty') ?? 0)
  );
}
