// Questions whose answers count only once a person can have read them.
// Invariant (I9): a key or a click that was meant for something else when a question came up under it decides nothing.
import type { Prompts } from './prompts.ts';

/** Milliseconds; nobody reads a question in less, and a key that was on its way has arrived by then. */
export const LEAST_READING_MS = 500;

/** The same ways to ask; what is answered sooner is asked again. `now`: milliseconds that never run backwards. */
export function unhurried(prompts: Prompts, now: () => number): Prompts {
  const asked = async <B>(ask: () => Promise<B | undefined>): Promise<B | undefined> => {
    for (;;) {
      const since = now();
      const choice = await ask();
      if (choice === undefined || now() - since >= LEAST_READING_MS) return choice;
    }
  };
  return {
    ...prompts,
    toast: (text, buttons, isGrave) => asked(() => prompts.toast(text, buttons, isGrave)),
    modal: (question, detail, buttons) => asked(() => prompts.modal(question, detail, buttons)),
  };
}
