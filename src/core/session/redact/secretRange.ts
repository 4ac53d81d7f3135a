// Where a secret stands in a text: what finds secrets gives, and what replaces them takes.

/** A secret in a text, by half-open offsets. */
export interface SecretRange {
  start: number;
  end: number;
  kind: string;
}
