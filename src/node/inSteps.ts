// Does long work in steps between which the process does what else is due.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../core/steps.ts';

/** Who waits for the work. */
export interface Work {
  readonly isCancelled: boolean;
  /** So many bytes more are to be done, about. */
  expect(bytes: number): void;
  /** So many are done since the last time. */
  did(bytes: number): void;
}

/** The work was called off. */
export class Cancelled extends Error {
  constructor() {
    super('It was called off before it had ended.');
  }
}

/** Milliseconds without a pause: shorter than what a person notices while typing. */
const STRETCH_MS = 12;

/** Rejects with `Cancelled` where that was asked for, and with what the work throws. */
export async function inSteps<T>(steps: Steps<T>, work?: Work): Promise<T> {
  let since = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    work?.did(next.value);
    if (performance.now() - since < STRETCH_MS) continue;
    await nextTurn();
    if (work?.isCancelled) {
      // What it holds open is closed.
      (steps as Steps<T | undefined>).return(undefined);
      throw new Cancelled();
    }
    since = performance.now();
  }
}
