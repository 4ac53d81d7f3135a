// Effects with facts, turned into what a reviewer reads and what policy decides on.
import type { Category, Effect } from '../effects/types.ts';
import type { Invocation, NotUnderstood, ShellAnalysis } from '../shell/types.ts';
import type { FactId } from './factIds.ts';

export type Level = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

export type BlastRadius = 'Zero' | 'Contained' | 'Severe' | 'Catastrophic';

/** One thing that was looked up. `value` is `unknown` where it could not be learnt in time; unknown is never safe. */
export interface Fact {
  id: FactId;
  /** Index into the effects that it is about; undefined where it is about the place as a whole. */
  effect: number | undefined;
  value: string | number | boolean;
  /** One short sentence for a person, without secrets. */
  text: string;
  /** How it was learnt: `git log origin/main`, `DATABASE_URL in .env`. */
  how: string;
}

export interface ScorePart {
  /** Id of the row in the weights table: `severity/serious`, `place/home`, `fact/production`, `floor/protected-branch`. */
  id: string;
  points: number;
  reason: string;
  /** Index into effects. */
  effect: number | undefined;
}

export interface Answer {
  answer: 'yes' | 'no' | 'unknown';
  /** True for a `yes` that costs work or the help of others; a person must not read it as harmless. */
  isHard?: boolean;
  why: string;
}

/** The three questions of the reversibility principle (Q1–Q3). */
export interface Questions {
  reversible: Answer;
  needsPerson: Answer;
  sharedState: Answer;
}

export interface Assessment {
  command: string;
  score: number;
  level: Level;
  category: Category;
  blastRadius: BlastRadius;
  questions: Questions;
  understood: boolean;
  notUnderstood: readonly NotUnderstood[];
  effects: readonly Effect[];
  facts: readonly Fact[];
  parts: readonly ScorePart[];
  /** One sentence that a tired person understands. */
  headline: string;
  /** True where every effect is proved to only read nothing secret (the `readOnly` dial). */
  isReadOnly: boolean;
  /** True where every effect only reads or is a reversible change inside the workspace (the `contained` dial). */
  isContained: boolean;
  /** For each effect, whether it only reads or is a reversible change inside the workspace. */
  containedEffects: readonly boolean[];
  /** For each effect, its own score; the line's is the highest. */
  effectScores: readonly number[];
  shell: ShellAnalysis;
  /** The calls of the line, and each also in the forms that a deny or ask rule may mean. */
  plainCalls: readonly Invocation[];
}
