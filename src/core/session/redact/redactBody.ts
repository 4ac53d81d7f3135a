// An event as it may be written: every text in it without secrets, every place in the command moved with the text.
import type { RedactedCommand } from './redactCommand.ts';
import type { Redactor } from './redactor.ts';
import { isSecretName } from './secretNames.ts';

/** Fields that hold no text of anybody and have to stay as they are. */
const PLAIN = new Set(['type', 'id', 'session', 'submission', 'rule', 'nonce', 'publicKey']);

/** An event, or what is shown of a command, without secrets. `command` undefined: it is not about one command. */
export function redactBody<T>(body: T, redactor: Redactor, command?: RedactedCommand): T {
  const text = (value: string) => (command ? command.about(value) : redactor.text(value));
  return walk(body, undefined, { text, redactor, command }) as T;
}

interface Walk {
  text(value: string): string;
  redactor: Redactor;
  command: RedactedCommand | undefined;
}

function walk(value: unknown, key: string | undefined, how: Walk): unknown {
  if (typeof value === 'string') return redactField(value, key, how);
  if (Array.isArray(value)) return value.map((entry) => walk(entry, undefined, how));
  if (typeof value !== 'object' || value === null) return value;
  if (how.command?.hasSecrets && isSpan(value)) return { ...value, ...how.command.span(value) };
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, walk(entry, name, how)]),
  );
}

function redactField(value: string, key: string | undefined, how: Walk): string {
  if (key !== undefined && PLAIN.has(key)) return value;
  const isVariable = key !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(key);
  return isVariable && value !== '' && isSecretName(key)
    ? how.redactor.mark('environment', value)
    : how.text(value);
}

function isSpan(value: object): value is { start: number; end: number } {
  const { start, end } = value as { start?: unknown; end?: unknown };
  return typeof start === 'number' && typeof end === 'number';
}
