// What the editor does with a recorded session: export it, delete it, play it in a terminal.
// Invariant: nothing is deleted without a modal, and exports are redacted unless a person chooses otherwise.
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { commandIds } from '../contributions.ts';
import { exportCast } from '../node/exportCast.ts';
import { exportRedaction, exportText, type LogFormat } from '../node/exportText.ts';
import type { ListedSession } from '../node/sessionStore.ts';
import type { PanelSessionsDeps, SessionDesk } from './panelSessions.ts';
import type { Prompts } from './prompts.ts';
import { deleteAsked } from './sessionDeletion.ts';
import type { SessionKeeper } from './sessionKeeper.ts';
import { working } from './working.ts';

type Format = LogFormat | 'cast' | 'cast2';

const FORMATS: readonly { label: string; detail: string; format: Format; ending: string }[] = [
  { label: 'Page', detail: 'One HTML file without scripts', format: 'html', ending: 'html' },
  { label: 'Text', detail: 'Events and terminal output', format: 'txt', ending: 'txt' },
  { label: 'JSON lines', detail: 'The events', format: 'jsonl', ending: 'ndjson' },
  { label: 'Table', detail: 'CSV, one row an event', format: 'csv', ending: 'csv' },
  { label: 'Recording', detail: 'asciicast, version 3', format: 'cast', ending: 'cast' },
  {
    label: 'Recording for older players',
    detail: 'asciicast, version 2',
    format: 'cast2',
    ending: 'cast',
  },
];

/** The panel's answers about sessions rest on the keeper; this adds what only the editor can do. */
export function sessionPanelDeps(keeper: SessionKeeper, prompts: Prompts): PanelSessionsDeps {
  const desk: SessionDesk = {
    export: (listed) => exportAsked(listed, keeper, prompts),
    delete: (listed) => deleteAsked(listed, { keeper, prompts }),
    replay: async (wanted) => {
      await vscode.commands.executeCommand(commandIds.replaySession, wanted);
    },
    inform: (text) => prompts.inform(text),
  };
  return {
    keeper: {
      list: () => keeper.list(),
      read: (folder) => keeper.read(folder),
      check: (folder) => working('Verifying the session', (work) => keeper.check(folder, work)),
      isRunning: (session) => keeper.isRunning(session),
    },
    desk,
  };
}

async function exportAsked(
  listed: ListedSession,
  keeper: SessionKeeper,
  prompts: Prompts,
): Promise<void> {
  const formats = FORMATS.filter(
    ({ format }) => !format.startsWith('cast') || listed.recordings.length > 0,
  );
  const chosen = await vscode.window.showQuickPick(formats, { title: 'Export as' });
  if (!chosen) return;
  const how = await vscode.window.showQuickPick(
    [
      {
        label: 'Redacted once more',
        detail: 'Marks cannot be compared with those of the record',
        isRedacted: true,
      },
      {
        label: 'As it is on record',
        detail: 'Secrets stand as marks; the lines can still be checked',
        isRedacted: false,
      },
    ],
    { title: 'Secrets' },
  );
  if (!how) return;
  const name = `interlock-${listed.day}-${listed.session}.${chosen.ending}`;
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(listed.folder), '..', '..', '..', '..', name),
  });
  if (!uri) return;
  const text = await textOfSession(listed, chosen.format, how.isRedacted, keeper);
  fs.writeFileSync(uri.fsPath, text, { mode: 0o600 });
  prompts.inform(`The session is exported to ${uri.fsPath}.`);
}

async function textOfSession(
  { folder }: ListedSession,
  format: Format,
  isRedacted: boolean,
  keeper: SessionKeeper,
): Promise<string> {
  if (format === 'cast' || format === 'cast2') {
    return exportCast([folder], { format, isRedacted, recording: undefined }).text;
  }
  const change = isRedacted ? exportRedaction() : undefined;
  return exportText(format, [folder], await keeper.trust(), change).text;
}
