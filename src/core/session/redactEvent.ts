// An event without its secrets, to be handed on.
// Invariant: names, numbers, times and hashes stay as they are, so that the event can still be found in the log.
import type { AuditEvent } from './events.ts';

/** Fields whose value is never free text. */
const FIXED: ReadonlySet<string> = new Set([
  'type',
  'sid',
  'ts',
  'nonce',
  'publicKey',
  'previous',
  'sha256',
  'commandSha256',
  'shownSha256',
  'policySha256',
  'manifestSha256',
  'h',
  'id',
  'submission',
  'submittedAt',
]);

/** The event with every text in it put through `redact`; spans still count in the original text. */
export function redactEvent(event: AuditEvent, redact: (text: string) => string): AuditEvent {
  return redactIn(event, redact) as AuditEvent;
}

function redactIn(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((entry) => redactIn(entry, redact));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [
    name,
    FIXED.has(name) && typeof inner === 'string' ? inner : redactIn(inner, redact),
  ]);
  return Object.fromEntries(fields);
}
