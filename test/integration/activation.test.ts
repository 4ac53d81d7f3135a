// The extension starts in a real VS Code and is there in all the ways that package.json promises.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, settings, toolName } from '../../src/contributions.ts';
import { startedExtension } from './editor.ts';

describe('activation', () => {
  it('starts by itself', async () => {
    const extension = await startedExtension();
    assert.equal(extension.isActive, true);
  });

  it('registers every command', async () => {
    await startedExtension();
    const known = await vscode.commands.getCommands(true);
    const missing = Object.values(commandIds).filter((id) => !known.includes(id));
    assert.deepEqual(missing, []);
  });

  it('has every setting with its default', () => {
    for (const { key, initial } of Object.values(settings)) {
      const inspected = vscode.workspace.getConfiguration().inspect(key);
      assert.deepEqual(inspected?.defaultValue, initial, key);
    }
  });

  it('offers the chat tool', async () => {
    await startedExtension();
    assert.ok(vscode.lm.tools.some(({ name }) => name === toolName));
  });

  it('shows the session log', async () => {
    await startedExtension();
    await vscode.commands.executeCommand(commandIds.showHeld);
  });
});
