// I9 – a key that was meant for something else, when a question comes up under it, approves nothing.
import { storyOf, untilHeld } from './editor.ts';
import { stays, until } from './screen.ts';
import { useEditor } from './useEditor.ts';

const DELETE = 'rm -rf notes';

describe('stray keys', () => {
  const use = useEditor({ settings: { 'interlock.approval.timeoutSeconds': 300 } });
  const story = () => storyOf(use().workspace.folder, DELETE);

  it('Enter in a modal that has just come up asks again; Enter after reading approves', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    await screen.toasts(DELETE).first().waitFor();
    await screen.page.keyboard.press('Control+k');
    await screen.page.keyboard.press('y');
    // As somebody types on who has not seen the modal yet.
    const typing = setInterval(() => void screen.page.keyboard.press('Enter'), 150);
    try {
      await screen.dialog.waitFor();
      await stays('held', () => story().at(-1) === 'hold');
    } finally {
      clearInterval(typing);
    }
    await screen.dialog.waitFor();
    await screen.untilRead();
    await screen.page.keyboard.press('Enter');
    await until('it has run', () => story().at(-1) === 'outcome');
  });
});
