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

/** The latest time that was seen so far: what has ended does not begin anew because a clock was put back. */
export function latestTime(clock: Pick<Clock, 'now'>): () => Date {
  let latest = 0;
  return () => {
    latest = Math.max(latest, clock.now().getTime());
    return new Date(latest);
  };
}
