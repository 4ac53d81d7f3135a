// What the fields of each event have to be. A log comes from disk, where anybody may have written it.
// Invariant: an event that passes can be shown, summed up and exported without a further look at its fields.
import type { AuditBody } from './events.ts';

/** What is wrong with a value; undefined where nothing is. */
export type Shape = (value: unknown) => string | undefined;

type Fields = Readonly<Record<string, Shape>>;

const text: Shape = (value) => (typeof value === 'string' ? undefined : 'has to be a text');
const number: Shape = (value) => (typeof value === 'number' ? undefined : 'has to be a number');
const flag: Shape = (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false');
const count: Shape = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'has to be a count';

/** JSON leaves out what is undefined. */
const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined ? undefined : shape(value);

const oneOf =
  (...names: readonly string[]): Shape =>
  (value) =>
    names.some((name) => name === value) ? undefined : `has to be one of ${names.join(', ')}`;

const list =
  (shape: Shape): Shape =>
  (value) => {
    if (!Array.isArray(value)) return 'has to be a list';
    const index = value.findIndex((entry) => shape(entry) !== undefined);
    return index < 0 ? undefined : `entry ${index + 1} ${shape(value[index])}`;
  };

const object =
  (fields: Fields): Shape =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return 'has to be an object';
    }
    for (const [name, shape] of Object.entries(fields)) {
      const fault = shape((value as Record<string, unknown>)[name]);
      if (fault !== undefined) return `${name} ${fault}`;
    }
    return undefined;
  };

const submission: Fields = { submission: text };
const answer = object({ answer: oneOf('yes', 'no', 'unknown'), why: text });
const span = object({ start: count, end: count });

const recordedAssessment = object({
  score: number,
  level: oneOf('LOW', 'MEDIUM', 'HIGH', 'CRITICAL'),
  category: text,
  blastRadius: text,
  headline: text,
  understood: flag,
  notUnderstood: list(object({ span })),
  questions: object({ reversible: answer, needsPerson: answer, sharedState: answer }),
  effects: list(
    object({ rule: text, verb: text, reason: text, target: object({ kind: text, name: text }) }),
  ),
  facts: list(object({ id: text, text, how: text })),
  parts: list(object({ id: text, points: number, reason: text })),
  invocations: list(
    object({ argv: list(() => undefined), span, nesting: list(object({ label: text, span })) }),
  ),
});

const decision = object({
  kind: oneOf('approved', 'denied', 'expired', 'withdrawn', 'edited'),
  by: text,
  where: optional(text),
  message: optional(text),
  waitedMs: number,
});

const outcome = object({
  exitCode: optional(number),
  signal: optional(text),
  durationMs: number,
  outputBytes: number,
  failure: optional(text),
});

/** Every type of event, as a record so that a new member of the union cannot be forgotten here. */
const SHAPES: Readonly<Record<AuditBody['type'], Shape>> = {
  'session.start': object({
    agent: text,
    workspace: text,
    interlock: text,
    host: text,
    pid: count,
    machine: text,
    dial: text,
    nonce: text,
    publicKey: text,
  }),
  'session.end': object({ reason: text, by: oneOf('window', 'recovery') }),
  'segment.start': object({ segment: count, previous: text }),
  submission: object({
    commandSha256: text,
    submission: object({
      id: text,
      command: text,
      cwd: text,
      agent: text,
      intent: optional(text),
      via: text,
      submittedAt: text,
    }),
  }),
  assessment: object({
    ...submission,
    assessment: recordedAssessment,
    ruling: object({
      verdict: oneOf('allow', 'ask', 'deny'),
      because: list(object({ code: text, text })),
    }),
  }),
  hold: object(submission),
  decision: object({ ...submission, decision, shownSha256: optional(text) }),
  run: object({ ...submission, commandSha256: text, cwd: text, shell: list(text) }),
  outcome: object({ ...submission, outcome }),
  'policy.change': object({ policySha256: text, loosens: flag, text }),
  grant: object({ action: oneOf('add', 'revoke'), text }),
  'recording.start': object({ ...submission, file: text, at: number, bytes: count }),
  'recording.checkpoint': object({ file: text, bytes: count, sha256: text }),
  'recording.truncated': object({ ...submission, file: text, leftOut: count }),
  'recording.failed': object({ ...submission, why: text }),
  'log.recovered': object({ file: text, bytes: count, sha256: text, text }),
  retention: object({
    why: text,
    sessions: list(object({ sid: text, day: text, seq: count, h: text, bytes: count })),
  }),
  'gate.degraded': object({ why: text }),
  'gate.full': object({ refused: count, agents: list(text), first: text }),
  tamper: object({ text }),
  lockdown: object({ on: flag, by: text, text }),
  'recovery.point': object({ ...submission, text }),
};

/** What is wrong with an event's type or own fields; undefined where nothing is. */
export function faultOfBody(fields: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) {
    return `type ${JSON.stringify(type)} is not known`;
  }
  const fault = SHAPES[type as AuditBody['type']](fields);
  return fault === undefined ? undefined : `of type ${type}, but ${fault}`;
}
