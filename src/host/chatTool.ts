// The tool through which the editor's own agent mode, and any chat extension, runs commands behind the gate.
// Invariant: cancelling takes the command back; preparing has no effect.
import * as vscode from 'vscode';
import { toolName } from '../contributions.ts';
import { cutMiddle, showInMessage } from '../core/session/display.ts';
import type { GateService } from './gateService.ts';
import { readRequest } from './requests.ts';
import { toolText } from './toolText.ts';
import { baseFolder } from './workspace.ts';

const AGENT = 'VS Code chat';

/** Registers the tool. */
export function registerChatTool(gate: GateService): vscode.Disposable {
  return vscode.lm.registerTool<unknown>(toolName, {
    prepareInvocation: ({ input }) => prepare(gate, input),
    invoke: ({ input, tokenizationOptions }, token) =>
      invoke(gate, input, tokenizationOptions?.tokenBudget, token),
  });
}

function prepare(gate: GateService, input: unknown): vscode.PreparedToolInvocation {
  const { command } = requestOf(input);
  const shown = cutMiddle(showInMessage(gate.redact(command)), 200).replaceAll('`', "'");
  return { invocationMessage: new vscode.MarkdownString(`Running \`${shown}\` behind Interlock`) };
}

async function invoke(
  gate: GateService,
  input: unknown,
  tokenBudget: number | undefined,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const running = gate.submit(requestOf(input));
  const withdraw = () => running.withdraw('agent', 'chat');
  if (token.isCancellationRequested) withdraw();
  const cancelling = token.onCancellationRequested(withdraw);
  try {
    const text = toolText(await running.result, tokenBudget);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } finally {
    cancelling.dispose();
  }
}

function requestOf(input: unknown) {
  const folder = baseFolder(undefined);
  // The model names itself nowhere; what it would say here could not be checked.
  const named = { ...(typeof input === 'object' ? input : undefined), agent: AGENT };
  return readRequest(named, { folder, agent: AGENT, via: 'chat-tool' });
}
