// One effect with its facts in, the parts of its score out.
// Invariant: the points of the parts add up to the score, so nothing is weighed in secret.
import type { Effect, EffectContext, PathPlace } from '../effects/types.ts';
import type { Invocation } from '../shell/types.ts';
import type { FactReader } from './factReader.ts';
import { protectedBy } from './protectedBranches.ts';
import { addFacts } from './scoreFacts.ts';
import { Sum } from './sum.ts';
import type { ScorePart } from './types.ts';
import {
  capWeights,
  floorWeights,
  modifierWeights,
  placeWeights,
  severityWeights,
  type Touch,
} from './weights.ts';

export interface ScoredEffect {
  score: number;
  parts: readonly ScorePart[];
}

/** Scores one effect. `index` is its place among the effects of the line. */
export function scoreEffect(
  effect: Effect,
  index: number,
  invocation: Invocation | undefined,
  facts: FactReader,
  context: EffectContext,
): ScoredEffect {
  const sum = new Sum(index);
  sum.add(`severity/${effect.severity}`, severityWeights[effect.severity]);
  addPlace(sum, effect);
  if (invocation && effect.severity !== 'none') addCircumstances(sum, effect, invocation);
  addFacts(sum, effect, index, facts);
  keepPlaceFloor(sum, effect);
  if (mayBeCapped(effect)) sum.cap('cap/config-change', capWeights.configChange);
  addFloors(sum, effect, index, facts, context);
  return { score: sum.score, parts: sum.parts };
}

/** How the verb touches a path; undefined where the place does not matter for the score. */
export function touchOf(effect: Effect): Touch | undefined {
  switch (effect.verb) {
    case 'delete':
      return 'delete';
    case 'create':
    case 'modify':
    case 'overwrite':
    case 'change-config':
      return 'write';
    default:
      return undefined;
  }
}

function addPlace(sum: Sum, effect: Effect): void {
  const touch = touchOf(effect);
  const { kind, place } = effect.target;
  if (touch === undefined || kind !== 'path' || place === undefined) return;
  const weight = placeWeights[touch][place];
  if (!weight) return;
  const id = `place/${place}`;
  if (weight.how === 'cap') sum.cap(id, weight);
  else if (effect.severity === 'none') return;
  else if (weight.how === 'floor' && isSmallLoss(effect)) sum.add(id, { ...weight, points: 20 });
  else if (weight.how === 'floor') sum.floor(id, weight);
  else sum.add(id, weight);
}

/** That nothing stands there or that git has it makes a place such as a start-up file no less what it is. */
function keepPlaceFloor(sum: Sum, effect: Effect): void {
  const { kind, place } = effect.target;
  const touch = touchOf(effect);
  if (touch === undefined || kind !== 'path' || place === undefined) return;
  if (effect.severity === 'none' || isSmallLoss(effect)) return;
  const weight = placeWeights[touch][place];
  if (weight?.how === 'floor') sum.floor(`place/${place}`, weight);
}

/** Deleting an empty folder or making a link is no loss of the whole home; what loses content is. */
function isSmallLoss({ severity, verb, target }: Effect): boolean {
  return severity === 'minor' && verb === 'delete' && target.place !== 'gate';
}

function addCircumstances(sum: Sum, effect: Effect, invocation: Invocation): void {
  const { isElevated, place, isRepeated } = invocation;
  if (isElevated && effect.verb !== 'escalate') sum.add('run/elevated', modifierWeights.elevated);
  if (place.kind === 'remote' && effect.verb !== 'read')
    sum.add('run/remote', modifierWeights.remote);
  if (place.kind === 'container' && effect.reach !== 'shared')
    sum.add('run/container', modifierWeights.container);
  if (isRepeated && effect.verb === 'delete' && effect.target.place !== 'disposable')
    sum.add('run/repeated', modifierWeights.repeated);
}

const HARD_PLACES: ReadonlySet<PathPlace | undefined> = new Set<PathPlace>([
  'startup',
  'system',
  'home',
  'root',
  'device',
  'gate',
  'secret',
  'protected',
]);

function mayBeCapped(effect: Effect): boolean {
  const isMild = effect.severity === 'minor' || effect.severity === 'moderate';
  return effect.category === 'config-change' && isMild && !HARD_PLACES.has(effect.target.place);
}

function addFloors(
  sum: Sum,
  effect: Effect,
  index: number,
  facts: FactReader,
  context: EffectContext,
): void {
  if (effect.verb === 'tamper-gate') sum.floor('floor/tamper', floorWeights.tamper);
  const isTreeDelete = effect.verb === 'delete' && /recursive|unseen/.test(effect.rule);
  if (isTreeDelete && effect.target.place === 'workspace-root')
    sum.floor('floor/workspace', floorWeights.workspace);
  if (isTreeDelete && effect.target.place === 'unknown')
    sum.floor('floor/unknown-tree', modifierWeights.unknownRecursive);
  if (effect.category === 'history-rewrite' && effect.reach === 'shared')
    addBranchFloor(sum, effect, index, facts, context);
}

function addBranchFloor(
  sum: Sum,
  effect: Effect,
  index: number,
  facts: FactReader,
  context: EffectContext,
): void {
  const known = facts.about(index, 'git.branch.name');
  const branch = effect.target.detail?.branch || (typeof known === 'string' ? known : '');
  const isProtected =
    facts.about(index, 'git.branch.protected') === true ||
    facts.about(index, 'git.branch.remote-protection') === 'protected' ||
    protectedBy(branch, context.protectedBranches) !== undefined;
  if (isProtected) sum.floor('floor/protected-branch', floorWeights.protectedBranch);
  else if (branch === '') sum.floor('floor/unknown-branch', floorWeights.forcedUnknownBranch);
}
