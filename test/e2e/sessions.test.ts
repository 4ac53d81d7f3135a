// Recorded sessions in the packaged extension: the list, the recording in its player, the way to a command and back.
import assert from 'node:assert/strict';
import { storyOf } from './editor.ts';
import { until } from './screen.ts';
import { useEditor } from './useEditor.ts';

const READ = 'git log --oneline';

describe('recorded sessions', () => {
  const use = useEditor();

  it('what an agent ran is listed, plays, and leads to its command', async () => {
    const { screen, workspace } = use();
    const faults: string[] = [];
    screen.page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
        faults.push(message.text());
    });
    await screen.runTask('Look at the history');
    await until('it has run', () => storyOf(workspace.folder, READ).at(-1) === 'outcome');
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Sessions' }).click();
    const entry = panel.locator('.session-entry').first();
    await entry.getByText('Running').waitFor();
    await screen.screenshot('sessions-list');
    await entry.click();
    await panel.locator('.ap-player').waitFor();
    await until('the recording shows the output', async () =>
      /Add numbers/.test(await panel.locator('.ap-term').innerText()),
    );
    await screen.screenshot('session-player');
    await panel.locator('.row', { hasText: READ }).click();
    await panel.locator('[data-film]').waitFor();
    await panel
      .locator('.story')
      .getByText(/^Exit 0 after/)
      .waitFor();
    await panel.locator('[data-film]').click();
    await until('the command is on', async () =>
      (await panel.locator('.now').innerText()).includes('git log'),
    );
    assert.deepEqual(faults, []);
  });
});
