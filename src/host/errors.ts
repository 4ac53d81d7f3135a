// Errors with words for a person.

/** A sentence that a person can act on; everything else that is thrown is a fault of ours. */
export class HumanError extends Error {}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
