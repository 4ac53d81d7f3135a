// Facts are looked up before the line runs. What an earlier part of the same line may change is not settled:
// `git stash; git stash drop`, `mv work x; rm -rf x`, `kubectl config use-context prod; kubectl delete ns a`.
// Invariant: in a line that may change it first, no fact lowers a score.
import type { Effect } from '../effects/types.ts';
import type { ShellAnalysis } from '../shell/types.ts';
import type { FactId } from './factIds.ts';
import type { Fact } from './types.ts';

/** The facts with `unknown` in the place of every comfortable value that another part of the line may change. */
export function settleFacts(
  facts: readonly Fact[],
  effects: readonly Effect[],
  analysis: ShellAnalysis,
): readonly Fact[] {
  if (!facts.some(isComfort)) return facts;
  const changing = changingInvocations(effects, analysis);
  return facts.map((fact) => {
    if (!isComfort(fact)) return fact;
    const own = fact.effect === undefined ? undefined : effects[fact.effect]?.invocation;
    const isOpen =
      analysis.notUnderstood.length > 0 ||
      [...changing].some((id) => id !== own) ||
      (isOfEnvironment(fact.id) && hasOtherEnvironment(own, analysis));
    if (!isOpen) return fact;
    const text = `${fact.text} Another part of the line may change that.`;
    return { ...fact, value: 'unknown', text };
  });
}

/** True where the value could lower a score. */
function isComfort({ id, value }: Fact): boolean {
  switch (id) {
    case 'environment.class':
      return value === 'local' || value === 'staging';
    case 'git.branch.shared':
      return value === false;
    case 'git.loses':
    case 'files.count':
    case 'git.files.untracked':
    case 'git.files.dirty':
      return value === 0;
    case 'git.files.clean':
    case 'git.files.ignored':
      return value !== 'unknown';
    default:
      return false;
  }
}

/** Invocations after which what was looked up may be otherwise. Reading, making and deleting files leave it as it is. */
function changingInvocations(
  effects: readonly Effect[],
  analysis: ShellAnalysis,
): ReadonlySet<number> {
  const changing = new Set<number>();
  for (const { verb, severity, rule, target, invocation } of effects) {
    const isHarmless =
      (verb === 'read' && severity === 'none') ||
      // The look-ups know what the line itself does to variables.
      rule === 'shell/export' ||
      (verb === 'create' && (severity === 'none' || rule === 'files/make')) ||
      (verb === 'delete' && target.kind === 'path' && rule.startsWith('files/'));
    if (!isHarmless) changing.add(invocation);
  }
  const named = new Set(effects.map((effect) => effect.invocation));
  for (const { id, argv, isTransparentWrapper } of analysis.invocations) {
    if (argv.length > 0 && !isTransparentWrapper && !named.has(id)) changing.add(id);
  }
  return changing;
}

function isOfEnvironment(id: FactId): boolean {
  return id === 'environment.class';
}

/** True where the program may start with other variables than those that were looked at; what the line sets was. */
function hasOtherEnvironment(own: number | undefined, { invocations, changes }: ShellAnalysis) {
  const invocation = own === undefined ? undefined : invocations[own];
  return (
    invocation === undefined ||
    invocation.isElevated ||
    invocation.changed?.isVague === true ||
    changes.some(({ name }) => name === undefined)
  );
}
