// Tasks of the type `interlock`: their command runs in a terminal behind the gate.
import * as vscode from 'vscode';
import { taskType } from '../contributions.ts';
import { AgentTerminal } from './agentTerminal.ts';
import { HumanError } from './errors.ts';
import type { GateService } from './gateService.ts';
import { RefusedTerminal } from './refusedTerminal.ts';
import { readRequest } from './requests.ts';
import { schedule } from './schedule.ts';
import { baseFolder } from './workspace.ts';

/** Registers the task type. */
export function registerTasks(
  gate: GateService,
  report: (error: unknown) => void,
): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    // Nothing is offered by itself: a task is what somebody wrote down.
    provideTasks: () => [],
    resolveTask: (task) => gatedTask(task, gate, report),
  });
}

function gatedTask(
  task: vscode.Task,
  gate: GateService,
  report: (error: unknown) => void,
): vscode.Task {
  const { definition, scope } = task;
  const folder = baseFolder(typeof scope === 'object' ? scope : undefined);
  const execution = new vscode.CustomExecution(async (resolved) =>
    terminalFor(resolved, folder, gate, report),
  );
  return new vscode.Task(
    definition,
    scope ?? vscode.TaskScope.Workspace,
    task.name,
    taskType,
    execution,
    [],
  );
}

/** What is wrong with a definition is said where its output would have come. */
function terminalFor(
  resolved: vscode.TaskDefinition,
  folder: string,
  gate: GateService,
  report: (error: unknown) => void,
): vscode.Pseudoterminal {
  try {
    const request = readRequest(resolved, { folder, agent: 'task', via: 'task' });
    const timing = { now: () => performance.now(), schedule };
    return new AgentTerminal(gate, request, timing, report);
  } catch (error) {
    if (error instanceof HumanError) return new RefusedTerminal(error.message, report);
    throw error;
  }
}
