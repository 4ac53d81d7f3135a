// What everything says that shows secrets: what is read cannot be made unread.
import type { Effect, Rule } from './types.ts';

/** Defaults of rules on calls that print secrets, and of effects that are not told by a rule. */
export const SHOWS_SECRET = {
  verb: 'read',
  category: 'data-mutation',
  severity: 'moderate',
  reversible: 'no',
  reach: 'machine',
  recovery: 'Renew the secret if it was shown or sent.',
} as const satisfies Partial<Rule> & Partial<Effect>;
