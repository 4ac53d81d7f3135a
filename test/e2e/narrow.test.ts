// The panel in the packaged extension at exactly 320 pixels: every view fits, nothing is cut off at the side.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { storyOf, untilHeld } from './editor.ts';
import { until } from './screen.ts';
import { addTasks } from './tasks.ts';
import { useEditor } from './useEditor.ts';

const DELETE = 'rm -rf notes';
const COPY = 'cp package.json copy.json';
const WIDTH = 320;

describe('a side bar of 320 pixels', () => {
  const use = useEditor({
    settings: { 'interlock.approval.timeoutSeconds': 300 },
    prepare: ({ folder }) => addTasks(folder, { Copy: COPY }),
  });
  const widthOf = (panel: FrameLocator) =>
    panel.locator('html').evaluate((html) => html.ownerDocument.defaultView?.innerWidth ?? 0);

  /** Drags the edge of the side bar, as a person does. */
  async function drag(panel: FrameLocator): Promise<void> {
    const { mouse } = use().screen.page;
    await until(`the panel is ${WIDTH} pixels wide`, async () => {
      const width = await widthOf(panel);
      if (width === WIDTH) return true;
      const box = await use().screen.page.locator('.part.sidebar').boundingBox();
      assert.ok(box);
      const edge = box.x + box.width;
      await mouse.move(edge, 300);
      await mouse.down();
      await mouse.move(edge + WIDTH - width, 300, { steps: 4 });
      await mouse.up();
      await use().screen.page.waitForTimeout(300);
      return (await widthOf(panel)) === WIDTH;
    });
  }

  async function picture(panel: FrameLocator, name: string): Promise<void> {
    const cutOff = await panel
      .locator('html')
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.equal(cutOff, 0, `${name} is wider than the panel`);
    await use().screen.screenshot(`narrow-${name}`);
  }

  it('list, hold, grant, edit, story, sessions, decisions and a stopped agent', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    const panel = await screen.openPanel();
    const press = (name: string) =>
      panel.getByRole('button', { name, exact: true }).first().click();
    await panel.getByRole('button', { name: 'Review' }).waitFor();
    await drag(panel);
    await picture(panel, 'list');
    await press('Review');
    await panel.getByRole('button', { name: 'Approve once' }).waitFor();
    await picture(panel, 'hold');
    await press('Edit and run');
    await picture(panel, 'edit');
    await press('Cancel');
    await press('Deny');
    await until('it is denied', () => storyOf(workspace.folder, DELETE).at(-1) === 'decision');
    await panel.locator('.row').filter({ hasText: DELETE }).click();
    await panel.locator('.story').waitFor();
    await picture(panel, 'story');
    await press('Back');
    await press('Sessions');
    await panel.locator('.session-entry').first().waitFor();
    await picture(panel, 'sessions');
    await press('Decisions');
    await picture(panel, 'decisions');
    await press('Log');
    await panel.locator('button.stop').click();
    await panel.getByText('Agent stopped').first().waitFor();
    await picture(panel, 'stopped');
  });

  it('an approval that is kept', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Copy');
    await untilHeld(workspace.folder, COPY);
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Review' }).click();
    await drag(panel);
    await panel.getByRole('button', { name: 'Allow from now on' }).click();
    await panel.getByText('matches').first().waitFor();
    await picture(panel, 'grant');
  });
});
