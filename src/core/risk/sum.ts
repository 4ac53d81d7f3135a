// The score of one effect while it is made.
import type { ScorePart } from './types.ts';
import type { Weight } from './weights.ts';

/** The sum under construction; every change is a part, so the points of the parts add up to the score. */
export class Sum {
  score = 0;
  readonly parts: ScorePart[] = [];

  constructor(private readonly effect: number) {}

  add(id: string, { points, reason }: Weight): void {
    const change = Math.max(-this.score, Math.min(100 - this.score, points));
    if (change === 0 && this.parts.length > 0) return;
    this.score += change;
    this.parts.push({ id, points: change, reason, effect: this.effect });
  }

  floor(id: string, { points, reason }: Weight): void {
    if (this.score < points) this.add(id, { points: points - this.score, reason });
  }

  cap(id: string, { points, reason }: Weight): void {
    if (this.score > points) this.add(id, { points: points - this.score, reason });
  }
}
