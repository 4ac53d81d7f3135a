// Tasks of the type `interlock`: their command runs in a terminal behind the gate.
import * as vscode from 'vscode';
import { taskType } from '../contributions.ts';
import { AgentTerminal } from './agentTerminal.ts';
import type { GateService } from './gateService.ts';
import { readRequest } from './requests.ts';
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
  const execution = new vscode.CustomExecution(async (resolved) => {
    const request = readRequest(resolved, { folder, agent: 'task', via: 'task' });
    return new AgentTerminal(gate, request, report);
  });
  return new vscode.Task(
    definition,
    scope ?? vscode.TaskScope.Workspace,
    task.name,
    taskType,
    execution,
    [],
  );
}
