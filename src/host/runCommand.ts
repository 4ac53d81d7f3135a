// The command for other extensions: runs a command line behind the gate and returns what became of it.
import * as vscode from 'vscode';
import { commandIds } from '../contributions.ts';
import type { GateService } from './gateService.ts';
import type { SubmissionResult } from './gateTypes.ts';
import { readRequest } from './requests.ts';
import { baseFolder } from './workspace.ts';

/** Registers `interlock.runCommand`; it rejects where its argument cannot be used. */
export function registerRunCommand(gate: GateService): vscode.Disposable {
  return vscode.commands.registerCommand(
    commandIds.runCommand,
    async (input: unknown): Promise<SubmissionResult> => {
      const request = readRequest(input, {
        folder: baseFolder(undefined),
        agent: 'another extension',
        via: 'command',
      });
      return gate.submit(request).result;
    },
  );
}
