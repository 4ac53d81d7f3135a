// Seeds of the batches that generated lines are made in.

const BATCHES_OF_A_RUN = 10_000;

/** Seed of one batch. Runs with neighbouring seeds have no batch in common, so their lines may be added up. */
export function seedOfBatch(seed: string, batch: number): number {
  return Number(seed) * BATCHES_OF_A_RUN + batch;
}
