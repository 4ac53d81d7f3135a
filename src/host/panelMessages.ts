// Reads what the panel sends. A webview is another program: nothing in its messages is taken on trust.
import {
  type FromPanel,
  type GrantChoice,
  type PanelAction,
  PROTOCOL_VERSION,
  type Proof,
} from '../shared/protocol.ts';
import { readSessionRequest } from './sessionMessages.ts';

type Fields = Readonly<Record<string, unknown>>;

const v = PROTOCOL_VERSION;

const ACTIONS: readonly PanelAction[] = [
  'openLog',
  'openSettings',
  'openWalkthrough',
  'testRules',
  'listGrants',
  'stopAgent',
  'liftLockdown',
];
const SCOPES = ['session', 'workspace', 'always'] as const;
const KINDS = ['exact', 'tokens'] as const;
const LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const EXPIRIES = ['hour', 'today', 'month', 'never'] as const;
const ANSWERS = ['approve', 'deny'] as const;

/** The message; undefined where it is none of those that the panel may send. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  const fields = asFields(value);
  if (fields?.v !== v) return undefined;
  switch (fields.type) {
    case 'ready':
      return { v, type: 'ready' };
    case 'answer':
      return readAnswer(fields);
    case 'editAndRun': {
      const proof = readProof(fields);
      const { command } = fields;
      return proof && isText(command) ? { v, type: 'editAndRun', ...proof, command } : undefined;
    }
    case 'previewGrant': {
      const { request, submission } = fields;
      const grant = readGrant(fields.grant);
      if (!grant || !isCount(request) || !isText(submission)) return undefined;
      return { v, type: 'previewGrant', request, submission, grant };
    }
    case 'takeSuggestion':
      return isText(fields.id) ? { v, type: 'takeSuggestion', id: fields.id } : undefined;
    case 'page':
      return isCount(fields.before) ? { v, type: 'page', before: fields.before } : undefined;
    case 'details':
    case 'unmask':
    case 'copy': {
      const { type, submission } = fields;
      return isText(submission) ? { v, type, submission } : undefined;
    }
    case 'act': {
      const action = oneOf(ACTIONS, fields.action);
      return action && { v, type: 'act', action };
    }
    default:
      return readSessionRequest(fields);
  }
}

function readAnswer(fields: Fields): FromPanel | undefined {
  const proof = readProof(fields);
  const answer = oneOf(ANSWERS, fields.answer);
  // A message over `postMessage` may have lost its undefined fields.
  const message = fields.message ?? undefined;
  const given = fields.grant ?? undefined;
  if (!proof || !answer || (message !== undefined && !isText(message))) return undefined;
  if (given === undefined) return { v, type: 'answer', ...proof, answer, message, grant: given };
  const grant = answer === 'approve' ? readGrant(given) : undefined;
  return grant && { v, type: 'answer', ...proof, answer, message, grant };
}

function readProof({ submission, token, sha256 }: Fields): Proof | undefined {
  return isText(submission) && isText(token) && isText(sha256)
    ? { submission, token, sha256 }
    : undefined;
}

function readGrant(value: unknown): GrantChoice | undefined {
  const fields = asFields(value);
  if (!fields || !isText(fields.match)) return undefined;
  const kind = oneOf(KINDS, fields.kind);
  const scope = oneOf(SCOPES, fields.scope);
  const upTo = oneOf(LEVELS, fields.upTo);
  const expiry = oneOf(EXPIRIES, fields.expiry);
  return kind && scope && upTo && expiry && { kind, match: fields.match, upTo, scope, expiry };
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}
