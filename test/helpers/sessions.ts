// Sessions on disk for tests: real logs with a real key and heads in a temporary folder.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { AuditBody, AuditEvent } from '../../src/core/session/events.ts';
import { HeadStore } from '../../src/node/headStore.ts';
import { readSession } from '../../src/node/readSession.ts';
import { SESSIONS_UNDER } from '../../src/node/sessionFiles.ts';
import { SessionLog, type SessionLogOptions } from '../../src/node/sessionLog.ts';
import { createSigningKey, type SigningKey } from '../../src/node/signingKey.ts';
import type { Trust } from '../../src/node/verifySession.ts';

export interface TestPlace {
  root: string;
  /** The workspace. */
  workspace: string;
  heads: HeadStore;
  key: SigningKey;
  clock: { time: number; now(): Date; mono(): number };
  /** Where a session of it lies. */
  folderOf(session: string): string;
  /** What a verifier on this machine has to go by. */
  trust(): Trust;
  dispose(): void;
}

export const DAY = '2026-05-06';

export function createPlace(): TestPlace {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-sessions-')));
  const workspace = path.join(root, 'workspace');
  fs.mkdirSync(workspace);
  const heads = HeadStore.create(root);
  const { key } = createSigningKey();
  heads.keepKey(key.publicKey);
  const clock = {
    time: Date.parse(`${DAY}T07:08:09Z`),
    now: () => new Date(clock.time),
    mono: () => clock.time,
  };
  return {
    ...{ root, workspace, heads, key, clock },
    folderOf: (session) => path.join(workspace, ...SESSIONS_UNDER, DAY, session),
    trust: () => ({ heads, keys: heads.keys() }),
    dispose: () => fs.rmSync(root, { recursive: true }),
  };
}

/** All events of a session, also of one that was cut off. */
export function eventsIn(folder: string): AuditEvent[] {
  const events: AuditEvent[] = [];
  readSession(folder, (event) => events.push(event));
  return events;
}

export function openLog(
  place: TestPlace,
  session: string,
  changes: Partial<SessionLogOptions> = {},
): SessionLog {
  const log = SessionLog.create({
    root: place.workspace,
    under: SESSIONS_UNDER,
    session,
    nonce: `nonce of ${session}`,
    clock: place.clock,
    anchor: { key: place.key, heads: place.heads },
    ...changes,
  });
  log.append(startOf(place, session));
  return log;
}

export function startOf(place: TestPlace, session: string): AuditBody {
  return {
    type: 'session.start',
    agent: 'tester',
    workspace: place.workspace,
    interlock: '0',
    host: 'test',
    pid: process.pid,
    machine: os.hostname(),
    dial: 'readOnly',
    policySha256: '',
    nonce: `nonce of ${session}`,
    publicKey: place.key.publicKey,
  };
}

/** The first event of a session of which nothing else matters; its nonce is `n1`. */
export const PLAIN_START: Extract<AuditBody, { type: 'session.start' }> = {
  type: 'session.start',
  agent: 'a',
  workspace: '/w',
  interlock: '0',
  host: 'test',
  pid: 1,
  dial: 'readOnly',
  policySha256: '',
  nonce: 'n1',
  machine: 'm',
  publicKey: '',
};

export const note = (text: string): AuditBody => ({ type: 'gate.degraded', why: text });

export const run = (submission: string): AuditBody => ({
  type: 'run',
  submission,
  commandSha256: '0'.repeat(64),
  cwd: '/w',
  shell: ['bash'],
});

/** A closed session of `lines` lines between its start and its end. */
export async function closedSession(
  place: TestPlace,
  session: string,
  lines = 5,
): Promise<SessionLog> {
  const log = openLog(place, session);
  for (let i = 1; i < lines; i++) log.append(run(`${i}`));
  log.append({
    type: 'outcome',
    submission: '1',
    outcome: { exitCode: 0, signal: undefined, durationMs: 1, outputBytes: 0 },
  });
  log.append({ type: 'session.end', reason: 'test over', by: 'window' });
  for (const result of [await log.sync(), await log.seal()]) {
    if (!result.ok) throw new Error(result.why);
  }
  log.close();
  return log;
}
