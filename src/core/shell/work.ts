// How much reading and walking one line may cost, counted in steps and shared by everything that the line starts.
// Invariant: steps are counted, not time, so the same line gets the same answer on every machine (I5).

/** About a thousandth of a millisecond each; real lines take a few hundred. */
export const MAX_WORK = 60_000;

/** What one of each costs. */
export const cost = {
  piece: 1,
  /** A text of its own: a cursor, a list of segments, a tree of the grammar. */
  text: 30,
  /** Walking one place of the structure. */
  step: 8,
  call: 30,
} as const;

/** Characters that are passed over for the price of one step: looking for a bracket, finding text again in the line. */
const CHARACTERS = 50;

/** The budget of one line. */
export class Work {
  spent = 0;

  /** False where the line has cost too much; what asks then stops, and says so. */
  spend(amount: number): boolean {
    this.spent += amount;
    return this.spent <= MAX_WORK;
  }

  spendCharacters(count: number): boolean {
    return this.spend(count / CHARACTERS);
  }

  get isSpent(): boolean {
    return this.spent > MAX_WORK;
  }
}
