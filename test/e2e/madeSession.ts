// A long session on disk, written and signed by the product's own code with a key that the editor knows.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditBody } from '../../src/core/session/events.ts';
import { recordAssessment } from '../../src/core/session/recordAssessment.ts';
import { Redactor } from '../../src/core/session/redact/redactor.ts';
import { systemClock } from '../../src/node/clock.ts';
import { HeadStore } from '../../src/node/headStore.ts';
import { SESSIONS_UNDER } from '../../src/node/sessionFiles.ts';
import { SessionLog } from '../../src/node/sessionLog.ts';
import { SessionRecording } from '../../src/node/sessionRecording.ts';
import { createSigningKey } from '../../src/node/signingKey.ts';
import { createTester } from '../helpers/analysis.ts';
import { inlineRecorder } from '../helpers/recorders.ts';

export const HOSTILE = [
  '<img src=x onerror="document.title=1">',
  '\x1b]0;taken over\x07',
  '\x1b]8;;https://example.com/\x1b\\link\x1b]8;;\x1b\\',
  '\x1b]52;c;aGlqYWNrZWQ=\x07',
  '\x1b]633;A\x07\x1b]633;E;rm -rf /\x07\x1b]633;C\x07',
  '\x1b[?1000h\x1b[c\u202Eevil',
].join(' ');

export interface MadeSession {
  session: string;
  folder: string;
  log: string;
}

/** A closed session of so many events, four for each command; its recording has two commands and hostile output. */
export async function makeSession(
  workspace: string,
  storage: string,
  events: number,
): Promise<MadeSession> {
  fs.mkdirSync(storage, { recursive: true });
  const heads = HeadStore.create(storage);
  const { key } = createSigningKey();
  heads.keepKey(key.publicKey);
  const session = randomUUID();
  const clock = systemClock();
  const log = SessionLog.create({
    ...{ root: workspace, under: SESSIONS_UNDER, session, nonce: 'made', clock },
    anchor: { key, heads },
  });
  const append = (body: AuditBody) => {
    const appended = log.append(body);
    if (!appended.ok) throw new Error(appended.why);
  };
  append({
    ...{ type: 'session.start', agent: 'Made agent', workspace, interlock: '0', host: 'test' },
    ...{ pid: process.pid, machine: 'made', dial: 'readOnly', policySha256: '', nonce: 'made' },
    publicKey: key.publicKey,
  });
  await record(log, append);
  const command = await commandEvents(session, workspace);
  for (let i = 0; i < events / 4; i++) for (const body of command(`made-${i}`)) append(body);
  append({ type: 'session.end', reason: 'made', by: 'window' });
  for (const done of [await log.sync(), await log.seal()]) if (!done.ok) throw new Error(done.why);
  log.close();
  return { session, folder: log.folder, log: path.join(log.folder, 'audit.ndjson') };
}

async function record(log: SessionLog, append: (body: AuditBody) => void): Promise<void> {
  const redactor = new Redactor({ key: () => 'made', known: [] });
  const recording = new SessionRecording({
    ...{ folder: log.folder, title: 'made', recorder: inlineRecorder(), redactor, append },
    mostPerRun: () => 1e6,
  });
  for (const [submission, output] of [
    ['made-0', 'quiet words\r\n'],
    ['made-1', `${HOSTILE} after all\r\n`],
  ] as const) {
    const run = await recording.start({
      ...{ submission, label: `LOW 0 allowed ls ${submission}`, shown: `ls ${submission}` },
      ...{ columns: 80, rows: 24 },
      onFailure: (why) => {
        throw new Error(why);
      },
    });
    run.output(output);
    await run.end(0, 'Exit 0.');
  }
  await recording.close();
}

async function commandEvents(
  session: string,
  cwd: string,
): Promise<(id: string) => readonly AuditBody[]> {
  const { assessment, ruling } = (await createTester()).judge('ls');
  const recorded = recordAssessment(assessment);
  return (id) => [
    {
      type: 'submission',
      commandSha256: '0'.repeat(64),
      submission: {
        ...{ id, session, command: `ls ${id}`, cwd, agent: 'Made agent', intent: undefined },
        ...{ via: 'test', environment: {}, submittedAt: '2026-01-01T00:00:00.000Z' },
      },
    },
    { type: 'assessment', submission: id, assessment: recorded, ruling },
    {
      ...{ type: 'run', submission: id, commandSha256: '0'.repeat(64), cwd },
      shell: ['bash'],
    },
    {
      type: 'outcome',
      submission: id,
      outcome: { exitCode: 0, signal: undefined, durationMs: 1, outputBytes: 1 },
    },
  ];
}
