// The time, as a parameter for everything that needs it.

export interface Clock {
  now(): Date;
  /** Milliseconds from a fixed start that never run backwards. */
  mono(): number;
}

/** The machine's clock. */
export function systemClock(): Clock {
  return { now: () => new Date(), mono: () => performance.now() };
}
