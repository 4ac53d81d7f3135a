// I9 – a key that was meant for something else, when a question comes up under it, approves nothing.
import assert from 'node:assert/strict';
import { storyOf, untilHeld } from './editor.ts';
import { stays, until } from './screen.ts';
import { addTasks } from './tasks.ts';
import { useEditor } from './useEditor.ts';

const COPY = 'cp package.json copy.json';
const DELETE = 'rm -rf notes';

describe('stray keys', () => {
  const use = useEditor({
    settings: { 'interlock.approval.timeoutSeconds': 300 },
    prepare: ({ folder }) => addTasks(folder, { Copy: COPY }),
  });
  const story = (command: string) => storyOf(use().workspace.folder, command);

  /** Holds a command and brings up its modal, as any extension can. */
  async function ask(task: string, command: string): Promise<void> {
    const { screen, workspace } = use();
    await screen.runTask(task);
    await untilHeld(workspace.folder, command);
    await screen.toasts(command).first().waitFor();
    await screen.page.keyboard.press('Control+k');
    await screen.page.keyboard.press('y');
  }

  it('Enter in a modal that has just come up asks again; Enter after reading approves', async () => {
    const { screen } = use();
    await ask('Copy', COPY);
    // As somebody types on who has not seen the modal yet.
    const typing = setInterval(() => void screen.page.keyboard.press('Enter'), 50);
    try {
      await screen.dialog.waitFor();
      await stays('held', () => story(COPY).at(-1) === 'hold');
    } finally {
      clearInterval(typing);
    }
    await screen.dialog.waitFor();
    await screen.untilRead();
    await screen.page.keyboard.press('Enter');
    await until('it has run', () => story(COPY).at(-1) === 'outcome');
  });

  it('HIGH – Enter is never Approve, however late it comes', async () => {
    const { screen } = use();
    await ask('Delete notes', DELETE);
    await screen.dialog.waitFor();
    await screen.untilRead();
    await screen.page.keyboard.press('Enter');
    await until('it is decided', () => story(DELETE).at(-1) === 'decision');
    assert.ok(!story(DELETE).includes('run'));
  });
});
