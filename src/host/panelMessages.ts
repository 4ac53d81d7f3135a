// Reads what the panel sends. A webview is another program: nothing in its messages is taken on trust.
import { type FromPanel, PROTOCOL_VERSION } from '../shared/protocol.ts';

/** The message; undefined where it is none of those that the panel may send. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  if (fields.v !== PROTOCOL_VERSION) return undefined;
  const v = PROTOCOL_VERSION;
  switch (fields.type) {
    case 'ready':
    case 'openLog':
      return { v, type: fields.type };
    case 'copy':
      return typeof fields.submission === 'string'
        ? { v, type: 'copy', submission: fields.submission }
        : undefined;
    case 'answer':
      return readAnswer(fields);
    default:
      return undefined;
  }
}

function readAnswer(fields: Record<string, unknown>): FromPanel | undefined {
  const { submission, token, sha256, answer, message } = fields;
  if (typeof submission !== 'string' || typeof token !== 'string') return undefined;
  if (typeof sha256 !== 'string' || (answer !== 'approve' && answer !== 'deny')) return undefined;
  // A message over `postMessage` may have lost its undefined field.
  if (message !== undefined && message !== null && typeof message !== 'string') return undefined;
  const words = message ?? undefined;
  return { v: PROTOCOL_VERSION, type: 'answer', submission, token, sha256, answer, message: words };
}
