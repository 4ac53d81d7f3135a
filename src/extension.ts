// Starts Interlock in a window: builds the gate and registers what stands around it. A table of contents.
import * as vscode from 'vscode';
import { registerChatTool } from './host/chatTool.ts';
import { registerCommands, showHeld, showInPanel } from './host/commands.ts';
import { createAnchor } from './host/createAnchor.ts';
import { createGate } from './host/createGate.ts';
import { createLogExport } from './host/createLogExport.ts';
import { caughtUp, editorPrompts } from './host/editorPrompts.ts';
import { textOf } from './host/errors.ts';
import { registerExportCommands } from './host/exportCommands.ts';
import { ExportToken } from './host/exportToken.ts';
import { GatePanel } from './host/gatePanel.ts';
import { registerGrantCommands } from './host/grantCommands.ts';
import { KeptValues } from './host/keptValues.ts';
import { registerNotifications } from './host/notifications.ts';
import { PanelView } from './host/panelView.ts';
import { registerPolicyCommands } from './host/policyCommands.ts';
import { Problems } from './host/problems.ts';
import { createRedaction } from './host/redactionKey.ts';
import { registerRunCommand } from './host/runCommand.ts';
import { schedule } from './host/schedule.ts';
import { registerSessions } from './host/sessionsFeature.ts';
import { createSettings, followSettings } from './host/settings.ts';
import { registerSettingsProblems } from './host/settingsProblems.ts';
import { registerStatusBar } from './host/statusBar.ts';
import { registerTasks } from './host/tasks.ts';
import { unhurried } from './host/unhurried.ts';
import { workspaceRoots } from './host/workspace.ts';

/** What `deactivate` has to end; the editor calls the two as a pair. */
let end: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const problems = new Problems();
  const { report } = problems;
  const prompts = unhurried(editorPrompts, { now: () => performance.now(), caughtUp });
  const kept = new KeptValues(context, report);
  const settings = createSettings(context, prompts, kept, report);
  const anchor = createAnchor(context, () => kept.key());
  const workspace = () => workspaceRoots()[0] ?? '';
  const redaction = createRedaction(context.secrets, workspace, process.env, report);
  const { gate, assessor, desk, tester } = createGate(
    context,
    settings,
    kept,
    anchor,
    redaction,
    report,
  );
  const recorded = registerSessions(context, { gate, settings, anchor, prompts, report });
  const token = new ExportToken(context.secrets);
  const url = () => settings.current.records.otlpUrl;
  const copyText = async (text: string) => vscode.env.clipboard.writeText(text);
  const panel = new GatePanel({ gate, desk, tester, prompts, copyText, report });
  const showDetails = (id: string) => showInPanel(panel, id);
  end = () => gate.close('The window was closed or the extension was stopped.');

  context.subscriptions.push(
    problems,
    gate.onProblem(report),
    followSettings(settings, kept),
    registerSettingsProblems(settings, assessor, context),
    registerStatusBar(gate, desk, settings),
    registerNotifications({ gate, prompts, report, schedule, showDetails, showHeld }),
    new PanelView(panel, panel, recorded.sessions, context.extensionUri, report).register(),
    recorded.registered,
    createLogExport(context, {
      records: gate.records,
      redactor: redaction.redactor,
      url,
      headers: (address) => token.headersFor(address),
      report,
    }),
    registerExportCommands({ token, url, prompts, report }),
    registerCommands({ gate, prompts, report, extensionId: context.extension.id }),
    registerPolicyCommands({ gate, desk, settings, tester, prompts, report }),
    registerGrantCommands({ desk, prompts, report }),
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
