// A gate for tests: real parser, real log in a temporary folder, real bash; the clock of the holds stands still until a test moves it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RawPolicy } from '../../src/core/policy/parsePolicy.ts';
import type { AuditEvent } from '../../src/core/session/events.ts';
import { Redactor } from '../../src/core/session/redact/redactor.ts';
import { GatePanel } from '../../src/host/gatePanel.ts';
import { type GateOptions, GateService } from '../../src/host/gateService.ts';
import type {
  RunningSubmission,
  SubmissionObserver,
  SubmissionRequest,
} from '../../src/host/gateTypes.ts';
import type { PolicyDesk } from '../../src/host/policyDesk.ts';
import type { Prompts } from '../../src/host/prompts.ts';
import { RuleTester } from '../../src/host/ruleTester.ts';
import { type Assessor, createAssessor } from '../../src/node/assessor.ts';
import { systemClock } from '../../src/node/clock.ts';
import { HeadStore } from '../../src/node/headStore.ts';
import { killRuns } from '../../src/node/killTree.ts';
import type { Write } from '../../src/node/logSegment.ts';
import type { RecorderLink } from '../../src/node/recorder/recorderLink.ts';
import { SESSIONS_UNDER } from '../../src/node/sessionFiles.ts';
import { readSessionLog, SessionLog } from '../../src/node/sessionLog.ts';
import { SessionRecording } from '../../src/node/sessionRecording.ts';
import { shellArgv, startShell } from '../../src/node/shellProcess.ts';
import { createSigningKey } from '../../src/node/signingKey.ts';
import type { HeldItem } from '../../src/shared/protocol.ts';
import { testParser } from './analysis.ts';
import { createTestDesk, type Stored } from './desk.ts';
import { inlineRecorder } from './recorders.ts';

export interface TestGate {
  gate: GateService;
  options: GateOptions;
  /** The workspace. */
  root: string;
  problems: string[];
  desk: PolicyDesk;
  tester: RuleTester;
  panel: GatePanel;
  /** What the person clicks in the next modals, in order; nothing left: they are closed. */
  clicks: string[];
  /** What they type in the next input box. */
  typed: string | undefined;
  modals: string[];
  informed: string[];
  /** What the editor's storage holds. */
  stored: Stored;
  now: Date | undefined;
  /** Settings, to be changed by a test. */
  policy: RawPolicy;
  timeoutMs: number | undefined;
  onRecordingFailure: 'deny' | 'warn';
  /** Characters of output that are recorded of one command. */
  mostRecorded: number;
  submit(command: string, observer?: SubmissionObserver): RunningSubmission;
  /** Submits and waits until it is held. */
  hold(command: string): Promise<{ running: RunningSubmission; item: HeldItem }>;
  answer(item: HeldItem, answer: 'approve' | 'deny', message?: string): string | undefined;
  /** Lets the time of every hold run out. */
  runOutOfTime(): void;
  events(): readonly AuditEvent[];
  dispose(): Promise<void>;
}

export type GateChanges = Partial<GateOptions> & {
  assessor?: Assessor;
  write?: Write;
  /** A full disk for the recording only. */
  recordingWrite?: Write;
  recorder?: RecorderLink;
  stored?: Stored;
};

export function createTestGate(changes: GateChanges = {}): TestGate {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-gate-')));
  const clock = systemClock();
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-storage-'));
  const anchor = { key: createSigningKey().key, heads: HeadStore.create(storage) };
  const timers = new Set<() => void>();
  let logFile = '';
  const policy: RawPolicy = { autoApprove: undefined, rules: undefined, workspaceRules: undefined };
  const redactor = new Redactor({ key: () => 'key of the test', known: [] });
  const {
    write,
    recordingWrite,
    recorder = inlineRecorder(recordingWrite),
    stored = { grants: undefined, lockdown: undefined },
    ...replaced
  } = changes;
  const now = () => test.now ?? new Date();
  const desk = createTestDesk({ raw: policy, timeoutMs: () => test.timeoutMs, stored, root, now });
  const options: GateOptions = {
    desk,
    assessor: createAssessor({
      loadParser: testParser,
      home: os.homedir(),
      environment: process.env,
      workspaceRoots: [root],
      gatePaths: [],
      settings: () => desk.settings,
      now,
    }),
    session: {
      anchor: async () => anchor,
      recording: (folder, append) =>
        new SessionRecording({
          ...{ folder, title: 'test', recorder, redactor, append },
          mostPerRun: () => test.mostRecorded,
        }),
      open: (session, nonce, anchor) => {
        const under = SESSIONS_UNDER;
        const log = SessionLog.create({ root, under, session, nonce, clock, anchor, write });
        logFile = log.file;
        return log;
      },
      start: (agent) => ({
        agent,
        workspace: root,
        interlock: '0',
        host: 'test',
        pid: process.pid,
        machine: 'm',
        dial: 'readOnly',
        policySha256: '',
      }),
      newSession: () => ({ session: randomUUID(), nonce: randomUUID() }),
    },
    clock,
    newToken: () => randomUUID(),
    newId: () => randomUUID(),
    schedule: (_milliseconds, callback) => {
      timers.add(callback);
      return { dispose: () => timers.delete(callback) };
    },
    timeoutMs: () => test.timeoutMs,
    redactor,
    onRecordingFailure: () => test.onRecordingFailure,
    shellArgv,
    startShell,
    endRuns: killRuns,
    resolveFolder: (folder) => fs.realpathSync(folder),
    environment: () => process.env,
    ...replaced,
  };
  const gate = new GateService(options);
  const tester = new RuleTester(options.assessor, () => gate.recordedEvents);
  const prompts = clickingPrompts(() => test);
  const panel = new GatePanel({
    gate,
    desk,
    tester,
    prompts,
    copyText: async () => undefined,
    report: (problem) => test.problems.push(problem),
  });
  const test: TestGate = {
    gate,
    options,
    root,
    problems: [],
    desk,
    tester,
    panel,
    clicks: [],
    typed: undefined,
    modals: [],
    informed: [],
    stored,
    now: undefined,
    policy,
    timeoutMs: 60_000,
    onRecordingFailure: 'deny',
    mostRecorded: 16 * 1024 * 1024,
    submit: (command, observer) => gate.submit(requestOf(command, root), observer),
    hold: (command) => holdOn(gate, requestOf(command, root)),
    answer: (item, answer, message) =>
      gate.decide(item.id, {
        token: item.token,
        sha256: item.sha256,
        answer,
        message,
        where: 'notification',
      }),
    runOutOfTime: () => {
      for (const callback of timers) callback();
    },
    events: () => {
      const report = readSessionLog(logFile);
      assert.equal(report.bad, undefined);
      return report.events;
    },
    dispose: async () => {
      await gate.close('test over').catch((error: unknown) => test.problems.push(String(error)));
      fs.rmSync(root, { recursive: true });
      fs.rmSync(storage, { recursive: true });
    },
  };
  gate.onProblem((problem) => test.problems.push(problem));
  return test;
}

/** A person who clicks and types what the test says. */
export function clickingPrompts(
  test: () => Pick<TestGate, 'clicks' | 'typed' | 'modals' | 'informed'>,
): Prompts {
  const next = <B extends string>(buttons: readonly B[]) => {
    const click = test().clicks.shift();
    assert.ok(click === undefined || buttons.some((button) => button === click), `no ${click}`);
    return buttons.find((button) => button === click);
  };
  return {
    toast: async (_text, buttons) => next(buttons),
    modal: async (question, detail, buttons) => {
      test().modals.push(`${question}\n${detail}`);
      return next(buttons);
    },
    type: async () => test().typed,
    inform: (text) => void test().informed.push(text),
  };
}

export function requestOf(command: string, cwd: string): SubmissionRequest {
  return {
    command,
    cwd,
    agent: 'tester',
    intent: undefined,
    via: 'test',
    environment: {},
    columns: 80,
    rows: 24,
  };
}

function holdOn(
  gate: GateService,
  request: SubmissionRequest,
): Promise<{ running: RunningSubmission; item: HeldItem }> {
  return new Promise((resolve, reject) => {
    const running = gate.submit(request, {
      onHeld: (item) => queueMicrotask(() => resolve({ running, item })),
    });
    running.result.then(
      (result) => reject(new Error(`It was not held: ${result.decision} ${result.reason}`)),
      reject,
    );
  });
}
