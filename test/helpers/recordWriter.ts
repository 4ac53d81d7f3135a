// A program that submits commands to a gate without pause and says what it was told: for the tests that kill it or take its disk away.
// The built recorder (`buildRecorder`) lies beside it. Arguments: workspace, storage of the editor, secret half of the signing key, segment bytes.
import { randomBytes, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Policy } from '../../src/core/policy/types.ts';
import type { Assessment } from '../../src/core/risk/types.ts';
import { Redactor } from '../../src/core/session/redact/redactor.ts';
import { GateService } from '../../src/host/gateService.ts';
import type { Assessor } from '../../src/node/assessor.ts';
import { systemClock } from '../../src/node/clock.ts';
import { HeadStore } from '../../src/node/headStore.ts';
import { RecorderLink } from '../../src/node/recorder/recorderLink.ts';
import { startRecorder } from '../../src/node/recorder/recorderThread.ts';
import { SESSIONS_UNDER } from '../../src/node/sessionFiles.ts';
import { SessionLog } from '../../src/node/sessionLog.ts';
import { SessionRecording } from '../../src/node/sessionRecording.ts';
import { shellArgv, startShell } from '../../src/node/shellProcess.ts';
import { readSigningKey } from '../../src/node/signingKey.ts';
import { createTestDesk } from './desk.ts';

const [root = '', storage = '', secret = '', segmentBytes = '', mode = 'forever'] =
  process.argv.slice(2);
const clock = systemClock();
const recorder = new RecorderLink((listener) =>
  // Built beside this program.
  startRecorder(path.join(__dirname, 'recordWorker.cjs'), listener),
);
const redactor = new Redactor({ key: () => 'key of the test', known: [] });

/** Asks about every third command and allows the others. */
const policy: Policy = { dial: 'listed', rules: [], problems: [], observe: false };
const assessor: Assessor = {
  degraded: undefined,
  checkedPolicy: async () => policy,
  assess: async (command) => ({
    assessment: assessmentOf(command),
    ruling: {
      verdict: command.includes('ask') ? 'ask' : 'allow',
      because: [{ code: 'not-listed', text: 'For the test.' }],
    },
    policy,
    context: { now: new Date(), agent: undefined, cwd: root, branch: undefined },
    policySha256: undefined,
    offers: () => [],
    changedCode: async () => undefined,
  }),
};

function assessmentOf(command: string): Assessment {
  const answer = { answer: 'yes', why: 'For the test.' } as const;
  return {
    command,
    score: 0,
    level: 'LOW',
    category: 'read-only',
    blastRadius: 'Zero',
    questions: { reversible: answer, needsPerson: answer, sharedState: answer },
    understood: true,
    notUnderstood: [],
    effects: [],
    facts: [],
    parts: [],
    headline: 'For the test.',
    isReadOnly: true,
    isContained: true,
    containedEffects: [],
    effectScores: [],
    plainCalls: [],
    shell: { text: command, invocations: [], notUnderstood: [], inlineCode: [], changes: [] },
  };
}

const raw = { autoApprove: undefined, rules: undefined, workspaceRules: undefined };
const gate = new GateService({
  assessor,
  desk: createTestDesk({ raw, root }),
  session: {
    anchor: async () => ({ key: readSigningKey(secret), heads: HeadStore.create(storage) }),
    open: (session, nonce, anchor) =>
      SessionLog.create({
        root,
        under: SESSIONS_UNDER,
        session,
        nonce,
        clock,
        anchor,
        segmentBytes: Number(segmentBytes),
      }),
    start: (agent) => ({
      agent,
      workspace: root,
      interlock: '0',
      host: 'test',
      pid: process.pid,
      machine: os.hostname(),
      dial: 'readOnly',
      policySha256: '',
    }),
    recording: (folder, append) =>
      new SessionRecording({
        ...{ folder, title: 'test', recorder, redactor, append },
        mostPerRun: () => 1_000_000,
      }),
    newSession: () => ({ session: randomUUID(), nonce: randomBytes(32).toString('hex') }),
  },
  clock,
  newToken: () => randomUUID(),
  newId: () => randomUUID(),
  schedule: () => ({ dispose: () => undefined }),
  timeoutMs: () => undefined,
  redactor,
  onRecordingFailure: () => 'deny',
  shellArgv,
  startShell,
  endRuns: async () => [],
  resolveFolder: (folder) => folder,
  environment: () => process.env,
});
gate.onProblem((problem) => say({ problem }));

/** On the pipe before the next step: what was said was said, even where the process is killed after it. */
function say(line: Record<string, unknown>): void {
  fs.writeSync(1, `${JSON.stringify(line)}\n`);
}

async function submitOne(name: string, isAsked: boolean, answer: 'approve' | 'deny') {
  const running = gate.submit(
    {
      command: `: > ${root}/ran/${name}${isAsked ? ' # ask' : ''}`,
      cwd: root,
      agent: 'writer',
      intent: undefined,
      via: 'test',
      environment: {},
      columns: 80,
      rows: 24,
    },
    {
      onHeld: (item) =>
        queueMicrotask(() => {
          const why = gate.decide(item.id, {
            token: item.token,
            sha256: item.sha256,
            answer,
            message: undefined,
            where: 'panel',
          });
          if (why === undefined) say({ taken: item.id, answer });
        }),
    },
  );
  const { decision, reason } = await running.result;
  say({ done: running.id, name, decision, reason });
}

async function lane(lane: number): Promise<void> {
  for (let n = 0; ; n++) {
    // One lane begins with a free command, one with an approved, one with a denied.
    const turn = (lane + n) % 3;
    await submitOne(`${lane}-${n}-${process.pid}`, turn !== 0, turn === 1 ? 'approve' : 'deny');
  }
}

/** One command for each line of input. */
async function byInput(): Promise<void> {
  let n = 0;
  for await (const _line of process.stdin) {
    await submitOne(`${n++}-${process.pid}`, false, 'approve');
  }
}

say({ started: process.pid });
if (mode === 'forever') void Promise.all([lane(1), lane(2), lane(3)]);
else void byInput();
