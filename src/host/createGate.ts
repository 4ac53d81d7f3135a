// Builds the gate of this window from the machine's parts. Nothing is loaded here that the first command can load.
import { randomBytes, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { createAssessor } from '../node/assessor.ts';
import { systemClock } from '../node/clock.ts';
import { SESSIONS_UNDER } from '../node/sessionFiles.ts';
import { type Anchor, SessionLog } from '../node/sessionLog.ts';
import { SessionRecording } from '../node/sessionRecording.ts';
import { shellArgv, startShell } from '../node/shellProcess.ts';
import { GateService } from './gateService.ts';
import type { Redaction } from './redactionKey.ts';
import type { EditorSettings } from './settings.ts';
import { realPath, workspaceRoots } from './workspace.ts';

/** The gate; its session starts with the first command. */
export function createGate(
  context: vscode.ExtensionContext,
  settings: EditorSettings,
  anchor: () => Promise<Anchor>,
  { redactor, ready }: Redaction,
): GateService {
  const clock = systemClock();
  return new GateService({
    assessor: createAssessor({
      loadParser: async () => (await import('../node/parser.ts')).loadParser(),
      home: os.homedir(),
      environment: process.env,
      // Folders come and go while the window is open.
      get workspaceRoots() {
        return workspaceRoots();
      },
      get gatePaths() {
        return gatePaths(context);
      },
      settings: () => settings.current,
      now: () => clock.now(),
    }),
    session: {
      anchor: async () => {
        await ready();
        return anchor();
      },
      recording: (folder, append) => {
        const title = path.basename(folder);
        const mostPerRun = () => settings.current.records.mostRecorded;
        return new SessionRecording({ folder, title, clock, redactor, append, mostPerRun });
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
        dial: settings.current.policy.dial,
        policySha256: settings.sha256,
      }),
      newSession: () => ({
        session: sessionName(clock.now()),
        nonce: randomBytes(32).toString('hex'),
      }),
    },
    clock,
    newToken: () => randomBytes(16).toString('hex'),
    newId: () => randomUUID(),
    schedule: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
    timeoutMs: () => settings.current.timeoutMs,
    redactor,
    onRecordingFailure: () => settings.current.records.onFailure,
    shellArgv,
    startShell,
    resolveFolder: (folder) => fs.realpathSync(folder),
    environment: () => process.env,
    openFile: async (file) => {
      await vscode.window.showTextDocument(vscode.Uri.file(file));
    },
    copyText: async (text) => vscode.env.clipboard.writeText(text),
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

/** What an agent must not change: the logs, this extension, and the folders that hold the user's settings. */
function gatePaths(context: vscode.ExtensionContext): string[] {
  const user = path.resolve(context.globalStorageUri.fsPath, '..', '..');
  const machine = path.join(path.dirname(user), 'Machine');
  const logs = workspaceRoots().map((root) => path.join(root, '.interlock'));
  const own = [context.extensionUri.fsPath, user, machine];
  return [...new Set([...logs, ...own.flatMap((place) => [place, realPath(place)])])];
}

/** Sorts by time, and cannot be guessed. */
function sessionName(now: Date): string {
  const time = now.toISOString().slice(11, 19).replaceAll(':', '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
