// Reads what the panel asks about recorded sessions. A webview is another program: nothing in its messages is taken on trust.
// Invariant: sessions and recordings are named, never given as paths; whoever answers looks the names up.
import type { Verdict } from '../core/policy/types.ts';
import type { Level } from '../core/risk/types.ts';
import type { TimelineFilter } from '../core/session/timeline.ts';
import { PROTOCOL_VERSION } from '../shared/protocol.ts';
import type { SessionAction, SessionRequest } from '../shared/sessionProtocol.ts';

type Fields = Readonly<Record<string, unknown>>;

const v = PROTOCOL_VERSION;
const LEVELS: readonly Level[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const VERDICTS: readonly Verdict[] = ['allow', 'ask', 'deny'];
const ACTIONS: readonly SessionAction[] = ['verify', 'export', 'delete'];
const MOST_TEXT = 500;

/** Undefined where it is none of the messages, or not whole. */
export function readSessionRequest(fields: Fields): SessionRequest | undefined {
  if (fields.type === 'listSessions') return { v, type: 'listSessions' };
  const session = text(fields.session);
  if (session === undefined) return undefined;
  switch (fields.type) {
    case 'timeline':
      return readTimeline(fields, session);
    case 'storedDetails': {
      const submission = text(fields.submission);
      return submission === undefined
        ? undefined
        : { v, type: 'storedDetails', session, submission };
    }
    case 'openRecording': {
      const file = text(fields.file);
      const { have } = fields;
      return file === undefined || !isCount(have)
        ? undefined
        : { v, type: 'openRecording', session, file, have };
    }
    case 'findOutput': {
      const { request } = fields;
      const words = text(fields.text);
      return words === undefined || !isCount(request)
        ? undefined
        : { v, type: 'findOutput', request, session, text: words };
    }
    case 'forSession': {
      const action = ACTIONS.find((one) => one === fields.action);
      return action && { v, type: 'forSession', session, action };
    }
    case 'replay': {
      const file = text(fields.file);
      const mark = text(fields.mark);
      return file === undefined ? undefined : { v, type: 'replay', session, file, mark };
    }
    default:
      return undefined;
  }
}

function readTimeline(fields: Fields, session: string): SessionRequest | undefined {
  const { request, before } = fields;
  const filter = readFilter(fields.filter);
  if (!filter || !isCount(request)) return undefined;
  // A message over `postMessage` may have lost its undefined fields.
  if (before !== undefined && before !== null && !isCount(before)) return undefined;
  return { v, type: 'timeline', request, session, filter, before: before ?? undefined };
}

function readFilter(value: unknown): TimelineFilter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Fields;
  const levels = someOf(LEVELS, fields.levels);
  const verdicts = someOf(VERDICTS, fields.verdicts);
  const agent = text(fields.agent);
  const words = text(fields.text);
  if (!levels || !verdicts || agent === undefined || words === undefined) return undefined;
  return { levels, verdicts, agent, text: words, from: time(fields.from), to: time(fields.to) };
}

function someOf<T extends string>(known: readonly T[], value: unknown): T[] | undefined {
  if (!Array.isArray(value) || value.length > known.length) return undefined;
  const found = known.filter((one) => value.includes(one));
  return found.length === value.length ? found : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MOST_TEXT ? value : undefined;
}

function time(value: unknown): string | undefined {
  return typeof value === 'string' && Number.isFinite(Date.parse(value))
    ? new Date(value).toISOString()
    : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
