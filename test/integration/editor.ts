// What the integration tests share: the workspace, ways to submit, and what the session log says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { AuditEvent } from '../../src/core/session/events.ts';
import type { SubmissionResult } from '../../src/host/gateTypes.ts';
import { recordedEvents } from '../helpers/recordedEvents.ts';

export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

/** The bare repository behind `origin`. */
export function remoteMain(): string {
  const remote = process.env.INTERLOCK_TEST_REMOTE ?? '';
  return execFileSync('git', ['-C', remote, 'rev-parse', 'main'], { encoding: 'utf8' }).trim();
}

/** The extension, started. */
export async function startedExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.all.find(
    ({ packageJSON }) => packageJSON.name === 'interlock',
  );
  assert.ok(extension, 'the extension is there');
  await extension.activate();
  return extension;
}

/** As another extension submits. */
export async function runCommand(
  command: string,
  fields: Record<string, unknown> = {},
): Promise<SubmissionResult> {
  return vscode.commands.executeCommand('interlock.runCommand', { command, ...fields });
}

/** Runs a task of the workspace's tasks.json. */
export async function startTask(name: string): Promise<StartedTask> {
  let task: vscode.Task | undefined;
  await until(`the task ${name} is read`, async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'interlock' });
    task = tasks.find((one) => one.name === name);
    return task !== undefined;
  });
  assert.ok(task);
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  return { execution: await vscode.tasks.executeTask(task), ended };
}

/** Does something while the user's setting is this, and takes it back afterwards. */
export async function withUserSetting(
  key: string,
  value: unknown,
  act: () => Promise<void>,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await act();
  } finally {
    await configuration.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

export interface StartedTask {
  execution: vscode.TaskExecution;
  ended: Promise<number | undefined>;
}

/** The events of the submission of this command line, oldest first; empty where there is none. */
export function eventsOf(command: string): AuditEvent[] {
  const events = recordedEvents(workspaceFolder());
  const submission = events.findLast(
    (event) => event.type === 'submission' && event.submission.command === command,
  );
  if (submission?.type !== 'submission') return [];
  const { id } = submission.submission;
  return events.filter(
    (event) =>
      (event.type === 'submission' && event.submission.id === id) ||
      ('submission' in event && event.submission === id),
  );
}

/** Waits until it is so; says what it waited for where that does not come. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, `waited for this in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until the command line is held. */
export async function untilHeld(command: string): Promise<void> {
  await until(`${command} is held`, () => eventsOf(command).some(({ type }) => type === 'hold'));
}
