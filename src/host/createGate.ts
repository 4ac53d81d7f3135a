// Builds the gate of this window from the machine's parts. Nothing is loaded here that the first command can load.
import { randomBytes, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Assessor } from '../node/assessor.ts';
import { type Clock, latestTime, systemClock } from '../node/clock.ts';
import { killRuns } from '../node/killTree.ts';
import { LazyAssessor } from '../node/lazyAssessor.ts';
import { RecorderLink } from '../node/recorder/recorderLink.ts';
import { startRecorder } from '../node/recorder/recorderThread.ts';
import { SESSIONS_UNDER } from '../node/sessionFiles.ts';
import { type Anchor, SessionLog } from '../node/sessionLog.ts';
import { SessionRecording } from '../node/sessionRecording.ts';
import { shellArgv, startShell } from '../node/shellProcess.ts';
import { gatePlaces } from './gatePlaces.ts';
import { type GateOptions, GateService } from './gateService.ts';
import type { KeptValues } from './keptValues.ts';
import { lockdownStore } from './lockdownStore.ts';
import { PolicyDesk } from './policyDesk.ts';
import type { Redaction } from './redactionKey.ts';
import { RuleTester } from './ruleTester.ts';
import { schedule } from './schedule.ts';
import type { SettingsGuard } from './settingsGuard.ts';
import { realPath, workspaceRoots } from './workspace.ts';

export interface WindowGate {
  gate: GateService;
  assessor: Assessor;
  desk: PolicyDesk;
  tester: RuleTester;
}

/** The gate; its session starts with the first command. */
export function createGate(
  context: vscode.ExtensionContext,
  settings: SettingsGuard,
  kept: KeptValues,
  anchor: () => Promise<Anchor>,
  redaction: Redaction,
  report: (problem: string) => void,
): WindowGate {
  const clock = systemClock();
  const now = latestTime(clock);
  const desk = createDesk(context, settings, { ...clock, now }, kept, report);
  const assessor = createLazyAssessor(context, desk, now);
  const recordWorker = context.asAbsolutePath(path.join('dist', 'recordWorker.js'));
  const recorder = new RecorderLink((listener) => startRecorder(recordWorker, listener));
  context.subscriptions.push({ dispose: () => recorder.end() });
  const gate = new GateService({
    assessor,
    desk,
    session: sessionOptions(context, { settings, kept, desk, clock, recorder, redaction, anchor }),
    clock,
    newToken: () => randomBytes(16).toString('hex'),
    newId: () => randomUUID(),
    schedule,
    timeoutMs: () => settings.current.timeoutMs,
    redactor: redaction.redactor,
    onRecordingFailure: () => settings.current.records.onFailure,
    shellArgv,
    startShell,
    endRuns: killRuns,
    resolveFolder: (folder) => fs.realpathSync(folder),
    environment: () => process.env,
  });
  settings.onDidChange(({ isNews, ...note }) => isNews && gate.notePolicy(note));
  // Until then no approval counts.
  void kept.key().then(() => desk.refresh());
  void kept.lockdowns.ready();
  kept.lockdowns.onDidChange(() => desk.refresh());
  kept.onForged((text) => gate.noteTampering(text));
  return { gate, assessor, desk, tester: new RuleTester(assessor, () => gate.recordedEvents) };
}

/** The engine comes with the first command. */
function createLazyAssessor(
  context: vscode.ExtensionContext,
  desk: PolicyDesk,
  now: () => Date,
): LazyAssessor {
  return new LazyAssessor(
    async () => {
      // A bundle of its own, so that the window starts without it; see esbuild.mjs.
      const { createAssessor, loadParser } = await import('../node/engine.ts');
      return createAssessor({
        loadParser,
        home: os.homedir(),
        environment: process.env,
        // Folders come and go while the window is open.
        get workspaceRoots() {
          return workspaceRoots();
        },
        get gatePaths() {
          return gatePaths(context);
        },
        toolProcess: context.asAbsolutePath(path.join('dist', 'toolProcess.js')),
        gateProcesses: [process.pid, process.ppid],
        settings: () => desk.settings,
        now,
      });
    },
    () => desk.policy,
  );
}

interface SessionParts {
  settings: SettingsGuard;
  kept: KeptValues;
  desk: PolicyDesk;
  clock: Clock;
  recorder: RecorderLink;
  redaction: Redaction;
  anchor(): Promise<Anchor>;
}

/** Where and how this window's sessions are recorded. */
function sessionOptions(
  context: vscode.ExtensionContext,
  { settings, kept, desk, clock, recorder, redaction, anchor }: SessionParts,
): GateOptions['session'] {
  return {
    anchor: async () => {
      // Whether the agent was stopped has to be known before anything is judged.
      await Promise.all([redaction.ready(), kept.lockdowns.ready()]);
      return anchor();
    },
    recording: (folder, append) => {
      const title = path.basename(folder);
      const mostPerRun = () => settings.current.records.mostRecorded;
      return new SessionRecording({
        folder,
        title,
        recorder,
        redactor: redaction.redactor,
        append,
        mostPerRun,
      });
    },
    open: (session, nonce, anchor) => {
      const { root, under } = logPlace(context);
      return SessionLog.create({ root, under, session, nonce, clock, anchor });
    },
    start: (agent) => ({
      agent,
      workspace: workspaceRoots()[0] ?? '',
      interlock: String(context.extension.packageJSON.version),
      host: `${vscode.env.appName} ${vscode.version}`,
      pid: process.pid,
      machine: os.hostname(),
      dial: desk.policy.dial,
      policySha256: desk.settings.policySha256,
    }),
    newSession: () => ({
      session: sessionName(clock.now()),
      nonce: randomBytes(32).toString('hex'),
    }),
  };
}

const GRANTS = {
  name: 'The approvals that were kept',
  effect: 'They do not count any more: commands ask again.',
};

/** Grants and lockdowns lie in the editor's storage. */
function createDesk(
  { globalState }: vscode.ExtensionContext,
  settings: SettingsGuard,
  clock: Clock,
  kept: KeptValues,
  report: (problem: string) => void,
): PolicyDesk {
  return new PolicyDesk({
    settings: () => settings.current,
    grants: kept.store(globalState, 'grants', () => '', GRANTS),
    lockdown: lockdownStore(kept.lockdowns, () => {
      const roots = workspaceRoots();
      return roots.length > 0 ? roots : [os.homedir()];
    }),
    ready: () => kept.lockdowns.ready(),
    workspace: () => workspaceRoots()[0] ?? '',
    now: () => clock.now(),
    endOfDay: () => {
      const end = clock.now();
      end.setHours(23, 59, 59, 999);
      return end;
    },
    newId: () => randomUUID(),
    report,
  });
}

/** In the workspace, where people look for it; in the editor's storage where no folder is open. */
function logPlace(context: vscode.ExtensionContext): { root: string; under: readonly string[] } {
  const [root] = workspaceRoots();
  if (root !== undefined) return { root, under: SESSIONS_UNDER };
  const storage = context.globalStorageUri.fsPath;
  fs.mkdirSync(storage, { recursive: true, mode: 0o700 });
  return { root: storage, under: ['sessions'] };
}

/** Each by both names where links lead to it. */
function gatePaths(context: vscode.ExtensionContext): string[] {
  const places = gatePlaces({
    storage: context.globalStorageUri.fsPath,
    extension: context.extensionUri.fsPath,
    workspaceRoots: workspaceRoots(),
  });
  return [...new Set(places.flatMap((place) => [place, realPath(place)]))];
}

/** Sorts by time, and cannot be guessed. */
function sessionName(now: Date): string {
  const time = now.toISOString().slice(11, 19).replaceAll(':', '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
