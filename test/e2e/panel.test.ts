// The session log panel in the packaged extension: from the notification to a decision, and back to what happened.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { storyOf, untilHeld } from './editor.ts';
import { until } from './screen.ts';
import { useEditor } from './useEditor.ts';

const DELETE = 'rm -rf notes';
const FORCE_PUSH = 'git push --force origin main';
const DESTROY = 'terraform destroy -auto-approve';

/** Names of themes as the settings of the server build have them; each with what the editor calls its kind. */
const THEMES = {
  'Dark Modern': 'vscode-dark',
  'Dark 2026': 'vscode-dark',
  'Light Modern': 'vscode-light',
  'Light 2026': 'vscode-light',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
};

describe('panel', () => {
  const use = useEditor();
  const story = (command: string) => storyOf(use().workspace.folder, command);

  it('keyboard alone – from the toast to the hold, to Deny, and to the next hold', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Destroy infrastructure');
    await untilHeld(workspace.folder, DESTROY);
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    await focusToast(DELETE);
    for (let i = 0; i < 12 && (await focused()).trim() !== 'Details'; i += 1) {
      await screen.page.keyboard.press('Tab');
    }
    await screen.page.keyboard.press('Enter');
    await untilFocused(screen.panel, 'Deny');
    await screen.screenshot('panel-hold');
    await screen.page.keyboard.press('Enter');
    await until('it is denied', () => story(DELETE).at(-1) === 'decision');
    await untilFocused(screen.panel, 'Review');
    await screen.screenshot('panel-after-deny');
    assert.ok(fs.existsSync(path.join(workspace.folder, 'notes', 'ideas.md')));
  });

  it('approve once – it runs, and its story says who, how long and what came of it', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Review' }).click();
    // An approval right after the list has changed does not count.
    await screen.page.waitForTimeout(700);
    await panel.getByRole('button', { name: 'Approve once' }).click();
    await until('it has run', () => story(DELETE).at(-1) === 'outcome');
    await panel.locator('.row').filter({ hasText: DELETE }).click();
    await panel.getByText('Approved in the panel').first().waitFor();
    await panel
      .locator('.story')
      .getByText(/^Exit 0 after/)
      .waitFor();
    await screen.screenshot('panel-story');
  });

  it('hidden and shown again – the hold is still there, and counts on the view’s icon', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Push by force');
    await untilHeld(workspace.folder, FORCE_PUSH);
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Review' }).click();
    await screen.runCommand('View: Show Explorer');
    await screen.openPanel();
    await panel.getByText(FORCE_PUSH).first().waitFor();
    await panel.getByRole('button', { name: 'Deny', exact: true }).waitFor();
  });

  it('every kind of theme, in a narrow panel – no breach of accessibility rules with the editor’s own colours', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Push by force');
    await untilHeld(workspace.folder, FORCE_PUSH);
    const panel = await screen.openPanel();
    await panel.locator('.card').waitFor();
    const axe = createRequire(__filename).resolve('axe-core/axe.min.js');
    for (const [theme, kind] of Object.entries(THEMES)) {
      changeTheme(workspace.folder, theme);
      await panel.locator(`body.${kind}[data-vscode-theme-id="${theme}"]`).waitFor();
      assert.deepEqual(await breaches(panel, fs.readFileSync(axe, 'utf8')), [], theme);
      await screen.screenshot(`panel-${theme.replaceAll(' ', '-')}`);
      if (process.env.INTERLOCK_THEMES) await keepColours(panel, theme);
    }
  });

  const focused = () => use().screen.page.locator('*:focus').last().innerText();

  async function focusToast(text: string): Promise<void> {
    const { screen } = use();
    await screen.toasts(text).first().waitFor();
    await screen.runCommand('Notifications: Focus Notification Toast');
  }
});

async function untilFocused(panel: FrameLocator, label: string): Promise<void> {
  await panel.locator('button:focus').filter({ hasText: label }).waitFor();
}

/** The theme is the user's to choose in a workspace too. */
function changeTheme(folder: string, theme: string): void {
  const file = path.join(folder, '.vscode', 'settings.json');
  fs.writeFileSync(file, JSON.stringify({ 'workbench.colorTheme': theme }));
}

interface Breach {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

declare const axe: { run(context: unknown, options: unknown): Promise<{ violations: Breach[] }> };

async function breaches(panel: FrameLocator, source: string): Promise<string[]> {
  const body = panel.locator('body');
  await body.evaluate(source);
  const found = await body.evaluate((element) =>
    axe.run(element.ownerDocument, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Writes the editor's colours down, for test/webview/themes.json. */
async function keepColours(panel: FrameLocator, name: string): Promise<void> {
  const colours = await panel
    .locator('html')
    .evaluate((html) =>
      Object.fromEntries([...html.style].map((key) => [key, html.style.getPropertyValue(key)])),
    );
  fs.writeFileSync(
    path.join(process.env.INTERLOCK_THEMES ?? '', `${name}.json`),
    JSON.stringify(colours, null, 2),
  );
}
