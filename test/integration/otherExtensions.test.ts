// I9 – what any other extension, and an agent that may run the editor's commands, can call: nothing of it approves.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventsOf, runCommand, startedExtension, untilHeld, workspaceFolder } from './editor.ts';

/** Commands of the editor that click, accept or close what is shown. */
const CLICKS = [
  'notifications.focusFirstToast',
  'notification.acceptPrimaryAction',
  'notifications.showList',
  'notification.acceptPrimaryAction',
  'quickInput.accept',
  'workbench.action.acceptSelectedQuickOpenItem',
  'notification.acceptPrimaryAction',
];

describe('I9 – another extension', () => {
  before(startedExtension);

  it('cannot press Approve in a notification', async () => {
    const command = 'cp package.json made-by-click.json';
    void runCommand(command);
    await untilHeld(command);
    // The notification comes a little after the hold.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const click of CLICKS) await vscode.commands.executeCommand(click);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const last = eventsOf(command).findLast(({ type }) => type === 'decision' || type === 'run');
    assert.equal(last, undefined, JSON.stringify(last));
    assert.ok(!fs.existsSync(path.join(workspaceFolder(), 'made-by-click.json')));
  });
});
