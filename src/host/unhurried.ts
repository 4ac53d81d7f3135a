// Questions whose answers count only once a person can have read them.
// Invariant (I9): a key or a click that was meant for something else when a question came up under it decides nothing.
import type { Prompts } from './prompts.ts';

/** Milliseconds; nobody reads a question in less, and a key that was on its way has arrived by then. */
export const LEAST_READING_MS = 500;

export interface Timing {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Resolves once the window has done what it was told before: the question stands there only then. */
  caughtUp(): PromiseLike<unknown>;
}

/** The same ways to ask; what is answered sooner is asked again. */
export function unhurried(prompts: Prompts, { now, caughtUp }: Timing): Prompts {
  const asked = async <B>(ask: () => Promise<B | undefined>): Promise<B | undefined> => {
    for (;;) {
      let shownAt: number | undefined;
      const begin = () => {
        shownAt = now();
      };
      const answer = ask();
      caughtUp().then(begin, begin);
      const choice = await answer;
      if (choice === undefined || (shownAt !== undefined && now() - shownAt >= LEAST_READING_MS))
        return choice;
    }
  };
  return {
    ...prompts,
    toast: (text, buttons, isGrave) => asked(() => prompts.toast(text, buttons, isGrave)),
    modal: (question, detail, buttons) => asked(() => prompts.modal(question, detail, buttons)),
  };
}
