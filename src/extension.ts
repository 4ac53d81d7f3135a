// Starts Interlock in a window: builds the gate and registers what stands around it. A table of contents.
import type * as vscode from 'vscode';
import { registerChatTool } from './host/chatTool.ts';
import { registerCommands, showInPanel } from './host/commands.ts';
import { createAnchor } from './host/createAnchor.ts';
import { createGate } from './host/createGate.ts';
import { createKeeper } from './host/createKeeper.ts';
import { editorPrompts as prompts } from './host/editorPrompts.ts';
import { textOf } from './host/errors.ts';
import { registerNotifications } from './host/notifications.ts';
import { PanelView } from './host/panelView.ts';
import { Problems } from './host/problems.ts';
import { createRedaction } from './host/redactionKey.ts';
import { registerRunCommand } from './host/runCommand.ts';
import { registerSessionCommands } from './host/sessionCommands.ts';
import { EditorSettings } from './host/settings.ts';
import { registerStatusBar } from './host/statusBar.ts';
import { registerTasks } from './host/tasks.ts';
import { workspaceRoots } from './host/workspace.ts';

/** What `deactivate` has to end; the editor calls the two as a pair. */
let end: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const problems = new Problems();
  const { report } = problems;
  const settings = new EditorSettings();
  const anchor = createAnchor(context, report);
  const workspace = () => workspaceRoots()[0] ?? '';
  const redaction = createRedaction(context.secrets, workspace, process.env, report);
  const gate = createGate(context, settings, anchor, redaction);
  const { keeper, timers } = createKeeper(context, { gate, settings, anchor, report });
  const panel = new PanelView(gate, undefined, context.extensionUri, report);
  end = () => gate.close('The window was closed or the extension was stopped.');

  context.subscriptions.push(
    problems,
    gate.onProblem(report),
    settings.register(gate),
    registerStatusBar(gate),
    registerNotifications({ gate, prompts, report, showDetails: (id) => showInPanel(gate, id) }),
    panel.register(),
    timers,
    registerSessionCommands({ keeper, prompts, report }),
    registerCommands({ gate, prompts, report, extensionId: context.extension.id }),
    registerTasks(gate, (error) => report(textOf(error))),
    registerRunCommand(gate),
    registerChatTool(gate),
  );
}

/** What waits is withdrawn, what runs is ended, the log is closed. */
export async function deactivate(): Promise<void> {
  await end?.();
  end = undefined;
}
