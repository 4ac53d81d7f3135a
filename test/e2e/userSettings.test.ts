// I9 – somebody edits the user's own settings while the editor runs: what loosens waits for a native modal.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { recordedEvents } from '../helpers/recordedEvents.ts';
import { storyOf, untilHeld } from './editor.ts';
import { until } from './screen.ts';
import { addTasks } from './tasks.ts';
import { useEditor } from './useEditor.ts';

const COPY = 'cp package.json copy.json';
const RULES = [{ match: 'cp package.json copy.json', action: 'allow' }];

/** The text arrives as it was typed. */
const TYPING = { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never' };

describe('I9 – the settings of the user change while the window is open', () => {
  const use = useEditor({
    freshHost: true,
    settings: TYPING,
    prepare: ({ folder }) => addTasks(folder, { Copy: COPY }),
  });
  const made = () => path.join(use().workspace.folder, 'copy.json');
  const story = () => storyOf(use().workspace.folder, COPY);

  /** Types them into the user's settings file and saves it, as the person does, or whoever uses the editor for them. */
  async function write(change: Record<string, unknown>): Promise<void> {
    const { page } = use().screen;
    await use().screen.runCommand('Preferences: Open User Settings (JSON)');
    const lines = page.locator('.editor-instance .view-lines').first();
    await lines.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(JSON.stringify({ ...TYPING, ...change }));
    await page.keyboard.press('Control+s');
  }

  it('Stay Strict keeps the old rules; Review Settings asks again; Loosen the Gate applies the new ones', async () => {
    const { screen, workspace } = use();
    await write({ 'interlock.rules': RULES });
    await screen.dialog.waitFor();
    assert.match(await screen.dialog.innerText(), /Loosen the gate\?[\s\S]*cp package\.json/);
    await screen.screenshot('settings-loosening');
    await screen.answerDialog('Stay Strict');
    await until('the status bar says that settings wait', async () =>
      (await screen.statusBarItem.innerText()).includes('settings wait'),
    );
    await screen.runTask('Copy');
    await untilHeld(workspace.folder, COPY);
    await screen.answerToast(COPY, 'Deny');
    await until('it is denied', () => story().at(-1) === 'decision');
    assert.ok(!fs.existsSync(made()));

    await screen.runCommand('Interlock: Review Settings');
    await screen.answerDialog('Loosen the Gate');
    await until('the change is on record', () =>
      recordedEvents(workspace.folder).some(
        (event) => event.type === 'policy.change' && event.loosens,
      ),
    );
    await screen.runTask('Copy');
    await until('it has run', () => story().at(-1) === 'outcome');
    assert.ok(!story().includes('hold'));
    assert.ok(fs.existsSync(made()));
  });

  it('Cancel decides as Stay Strict does; what tightens counts at once', async () => {
    const { screen, workspace } = use();
    await write({ 'interlock.autoApprove': 'contained' });
    await screen.dialog.waitFor();
    await screen.page.keyboard.press('Escape');
    await screen.dialog.waitFor({ state: 'detached' });
    await screen.runTask('Copy');
    await untilHeld(workspace.folder, COPY);
    await screen.answerToast(COPY, 'Deny');
    await write({
      'interlock.autoApprove': 'readOnly',
      'interlock.rules': [{ match: 'cp **', action: 'deny', reason: 'Not here.' }],
    });
    await until('the rule denies it', async () => {
      await screen.runTask('Copy');
      await until('it is decided', () => story().at(-1) === 'decision');
      return !story().includes('hold');
    });
    assert.ok(!fs.existsSync(made()));
  });

  it('a rule that cannot be used stands in Problems at its place, and makes nothing looser', async () => {
    const { screen, workspace } = use();
    await write({ 'interlock.rules': [...RULES, { match: 'cp **', action: 'alow' }] });
    await screen.toasts('Interlock cannot use interlock.rules, entry 2').first().waitFor();
    await screen.answerDialog('Stay Strict');
    await screen.runCommand('Problems: Focus on Problems View');
    const rows = screen.page.locator('.markers-panel .monaco-list-row');
    const problem = rows.filter({ hasText: /Interlock.*Ln \d+, Col \d+/s });
    await problem.waitFor();
    const text = await problem.innerText();
    assert.match(text, /allow/);
    // The word stands near the end of the one long line.
    assert.match(text, /Ln 1, Col \d{3}/);
    await screen.screenshot('settings-problem');
    await screen.runTask('Copy');
    await untilHeld(workspace.folder, COPY);
  });
});
