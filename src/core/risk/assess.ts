// Effects and facts in, the assessment of the line out: score with its parts, level, row, radius, three questions.
// Invariant: the worst effect decides (I4), and a line that is not understood is never LOW (I3).
import { plainCalls } from '../effects/plainCalls.ts';
import type { Category, Effect, EffectContext } from '../effects/types.ts';
import type { NotUnderstood, ShellAnalysis } from '../shell/types.ts';
import { withArchived } from './archiveEffects.ts';
import { FactReader } from './factReader.ts';
import { withKnownReasons } from './knownReasons.ts';
import { answerQuestions } from './questions.ts';
import { withPrograms } from './repositoryPrograms.ts';
import { withFacts } from './reversibility.ts';
import { type ScoredEffect, scoreEffect } from './scoreEffect.ts';
import { settleFacts } from './settleFacts.ts';
import type { Assessment, BlastRadius, Fact, ScorePart } from './types.ts';
import { floorWeights, levelOf } from './weights.ts';

/** The taxonomy table: row to blast radius (requirements X1–X5). */
export const blastRadiusOf: Readonly<Record<Category, BlastRadius>> = {
  'read-only': 'Zero',
  'config-change': 'Contained',
  'data-mutation': 'Severe',
  'history-rewrite': 'Severe',
  infrastructure: 'Catastrophic',
};

const RADII: readonly BlastRadius[] = ['Zero', 'Contained', 'Severe', 'Catastrophic'];

/** Not-understood tags behind which any code can stand. */
const HIDDEN_CODE = new Set(['dynamic-code', 'dynamic-program', 'unseen-code']);

/** Assesses one line. Pure and total; the same input gives the same assessment (I5). */
export function assess(
  analysis: ShellAnalysis,
  named: readonly Effect[],
  lookedUp: readonly Fact[],
  context: EffectContext,
): Assessment {
  const given = withArchived(withPrograms(named, lookedUp), lookedUp);
  const facts = settleFacts(lookedUp, given, analysis);
  const reader = new FactReader(facts);
  const effects = withKnownReasons(given, reader);
  const scored = effects.map((effect, index) =>
    scoreEffect(effect, index, analysis.invocations[effect.invocation], reader, context),
  );
  const worst = indexOfWorst(scored);
  const { score, parts } = withFloor(scored[worst], analysis.notUnderstood);
  const level = levelOf(score);
  const category = rowOfLine(effects, scored, analysis.notUnderstood);
  const known = effects.map((effect, index) => withFacts(effect, index, reader));
  const containedEffects = known.map((effect, index) =>
    isContained(effect, scored[index]?.score ?? 100),
  );
  const isClear = analysis.notUnderstood.length === 0 && (effects.length > 0 || isBlank(analysis));
  return {
    command: analysis.text,
    score,
    level,
    category,
    blastRadius: blastRadiusOf[category],
    questions: answerQuestions(known, analysis.notUnderstood, level),
    understood: analysis.notUnderstood.length === 0,
    notUnderstood: analysis.notUnderstood,
    effects,
    facts,
    parts,
    headline: headlineOf(effects, scored, worst, analysis.notUnderstood),
    isReadOnly: isClear && effects.every((effect) => onlyReads(effect) || onlyRecords(effect)),
    isContained: isClear && containedEffects.every(Boolean),
    containedEffects,
    effectScores: scored.map((entry) => entry.score),
    shell: analysis,
    plainCalls: analysis.invocations.flatMap(plainCalls),
  };
}

/** Blank lines and comments; anything else in which no effect was found is not cleared (I3). */
function isBlank(analysis: ShellAnalysis): boolean {
  return analysis.text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}

function indexOfWorst(scored: readonly ScoredEffect[]): number {
  let worst = 0;
  scored.forEach((entry, index) => {
    if (entry.score > (scored[worst]?.score ?? -1)) worst = index;
  });
  return worst;
}

function withFloor(
  worst: ScoredEffect | undefined,
  notUnderstood: readonly NotUnderstood[],
): { score: number; parts: readonly ScorePart[] } {
  const score = worst?.score ?? 0;
  const parts = worst?.parts ?? [];
  const [first] = notUnderstood;
  if (!first) return { score, parts };
  const isHidden = notUnderstood.some((entry) => HIDDEN_CODE.has(entry.code));
  const floor = isHidden ? floorWeights.hiddenCode : floorWeights.notUnderstood;
  if (score >= floor.points) return { score, parts };
  const id = isHidden ? 'floor/hidden-code' : 'floor/not-understood';
  const reason = `${floor.reason} ${first.why}`;
  return {
    score: floor.points,
    parts: [...parts, { id, points: floor.points - score, reason, effect: undefined }],
  };
}

/**
 * The row of one effect. What the table does not name takes the row of its worst plausible effect:
 * a small change inside the workspace that can be taken back is no worse than a change of settings.
 */
export function rowOf(effect: Effect, score: number): Category {
  const isSmall =
    effect.category === 'data-mutation' &&
    score < 25 &&
    (effect.reversible === 'yes' || effect.reversible === 'effort') &&
    (effect.reach === 'nothing' || effect.reach === 'workspace');
  return isSmall ? 'config-change' : effect.category;
}

function rowOfLine(
  effects: readonly Effect[],
  scored: readonly ScoredEffect[],
  notUnderstood: readonly NotUnderstood[],
): Category {
  let row: Category = notUnderstood.length > 0 ? 'data-mutation' : 'read-only';
  let best = -1;
  effects.forEach((effect, index) => {
    const score = scored[index]?.score ?? 0;
    const own = rowOf(effect, score);
    const order = RADII.indexOf(blastRadiusOf[own]) - RADII.indexOf(blastRadiusOf[row]);
    if (order > 0 || (order === 0 && score > best)) {
      row = own;
      best = score;
    }
  });
  return row;
}

function onlyReads(effect: Effect): boolean {
  return effect.category === 'read-only' && effect.severity === 'none' && effect.verb === 'read';
}

/**
 * Deleting a throw-away tree scores 28, writing over a file that may stand there 25; with other rights,
 * on another machine, or over work that is not committed it scores more, and asks.
 */
const CONTAINED_BELOW = 30;

/** Adding to the local history replaces nothing and reaches nobody: `git add`, `git commit -m`. */
function onlyRecords(effect: Effect): boolean {
  return effect.verb === 'create' && effect.severity === 'none' && effect.reach === 'nothing';
}

function isContained(effect: Effect, score: number): boolean {
  if (onlyReads(effect) || onlyRecords(effect)) return true;
  if (effect.verb === 'send' || effect.verb === 'escalate' || effect.verb === 'unknown')
    return false;
  if (effect.category === 'history-rewrite') return false;
  const isReversible = effect.reversible === 'yes' || effect.reversible === 'effort';
  const staysInside = effect.reach === 'nothing' || effect.reach === 'workspace';
  // A throw-away target may be lost: that is what it is there for.
  const isThrowAway =
    effect.target.place === 'disposable' ||
    effect.target.place === 'temporary' ||
    effect.target.place === 'sink';
  return score < CONTAINED_BELOW && (isThrowAway || (isReversible && staysInside));
}

function headlineOf(
  effects: readonly Effect[],
  scored: readonly ScoredEffect[],
  worst: number,
  notUnderstood: readonly NotUnderstood[],
): string {
  const effect = effects[worst];
  const [unclear] = notUnderstood;
  if (unclear && (!effect || (scored[worst]?.score ?? 0) < floorWeights.notUnderstood.points))
    return unclear.why;
  if (!effect) return 'It runs nothing.';
  const others = effects.filter(
    (other, index) =>
      index !== worst && (scored[index]?.score ?? 0) >= 25 && other.rule !== effect.rule,
  ).length;
  const more = others === 0 ? '' : ` And ${others} more ${others === 1 ? 'effect' : 'effects'}.`;
  return `${effect.reason}${more}`;
}
