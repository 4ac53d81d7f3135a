// Audit event to one line of JSON and back. The hash that chains the lines is added and checked in chain.ts.
// Invariant: decoding is total; a line that is not an event is a value that says why, never an exception.
import type { AuditEvent } from './events.ts';
import { faultOfBody } from './shapes.ts';

export type Decoded = { ok: true; event: AuditEvent } | { ok: false; why: string };

/** The event as JSON without a line end; line and paragraph separators are escaped, so a line is a line for every reader. */
export function encodeEvent(event: AuditEvent): string {
  return JSON.stringify(event).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads one line, with or without its hash, without its line end. Fields that nobody reads are taken as written. */
export function decodeEvent(line: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      ok: false,
      why: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'not an object' };
  }
  const fields = value as Record<string, unknown>;
  const fault = faultOf(fields);
  if (fault !== undefined) {
    return { ok: false, why: fault };
  }
  const { h: _hash, ...event } = fields;
  return { ok: true, event: event as AuditEvent };
}

function faultOf(fields: Record<string, unknown>): string | undefined {
  if (fields.v !== 1) {
    return `version ${JSON.stringify(fields.v)} is not known`;
  }
  if (!Number.isSafeInteger(fields.seq) || Number(fields.seq) < 0) {
    return 'seq is not a count';
  }
  if (typeof fields.ts !== 'string' || typeof fields.mono !== 'number') {
    return 'the time is missing';
  }
  if (typeof fields.sid !== 'string') {
    return 'the session is missing';
  }
  if (Number.isNaN(Date.parse(fields.ts))) {
    return 'its time cannot be read';
  }
  return faultOfBody(fields);
}
