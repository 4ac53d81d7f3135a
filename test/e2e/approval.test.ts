// A person decides about what an agent submits. What runs has moved the world; what does not run has not.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { storyOf, untilHeld } from './editor.ts';
import { stays, until } from './screen.ts';
import { useEditor } from './useEditor.ts';

const FORCE_PUSH = 'git push --force origin main';
const DELETE = 'rm -rf notes';
const HELD = ['submission', 'assessment', 'hold'];

describe('approval', () => {
  const use = useEditor();
  const story = (command: string) => storyOf(use().workspace.folder, command);
  const notes = () => path.join(use().workspace.folder, 'notes', 'ideas.md');

  it('G4 – a forced push is held: notification, terminal, remote unchanged', async () => {
    const { screen, workspace } = use();
    const before = await workspace.remoteMain();
    await screen.runTask('Push by force');
    const toast = screen.toasts(FORCE_PUSH);
    for (const name of ['Approve', 'Deny', 'Details']) {
      await toast.getByRole('button', { name, exact: true }).waitFor();
    }
    assert.match(await toast.innerText(), /CRITICAL/);
    await screen.untilTerminal('Held (CRITICAL): approve or deny it');
    await screen.screenshot('held-notification-terminal');
    assert.deepEqual(story(FORCE_PUSH), HELD);
    assert.equal(await workspace.remoteMain(), before);
  });

  it('closing the toast is no decision: the hold stays, and the status bar counts it', async () => {
    const { screen } = use();
    await screen.runTask('Push by force');
    await screen.closeToast(FORCE_PUSH);
    await stays('held', () => story(FORCE_PUSH).at(-1) === 'hold');
    await screen.untilStatus(/1 held/);
    await screen.screenshot('toast-closed');
  });

  it('G4 – after Deny the remote is unchanged, and the terminal says who refused', async () => {
    const { screen, workspace } = use();
    const before = await workspace.remoteMain();
    await screen.runTask('Push by force');
    await screen.answerToast(FORCE_PUSH, 'Deny');
    await screen.untilTerminal('Denied by a person');
    await screen.untilTerminal(/exit code: 126/);
    await screen.screenshot('denied-terminal');
    assert.deepEqual(story(FORCE_PUSH), [...HELD, 'decision']);
    assert.equal(await workspace.remoteMain(), before);
  });

  it('B1, B2 – a deletion is held; after Deny the file is still there', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    await stays('the file is there', () => fs.existsSync(notes()));
    await screen.answerToast(DELETE, 'Deny');
    await screen.untilTerminal('Denied by a person');
    assert.ok(fs.existsSync(notes()));
  });

  it('B1 – after Approve the file is gone, and the record has the run and its outcome', async () => {
    const { screen } = use();
    await screen.runTask('Delete notes');
    await screen.answerToast(DELETE, 'Approve');
    await until('it has run', () => story(DELETE).at(-1) === 'outcome');
    assert.ok(!fs.existsSync(notes()));
    assert.deepEqual(story(DELETE), [...HELD, 'decision', 'run', 'outcome']);
  });

  it('Details shows the hold in the panel and decides nothing', async () => {
    const { screen } = use();
    await screen.runTask('Delete notes');
    await screen.answerToast(DELETE, 'Details');
    await screen.panel.getByText(DELETE).first().waitFor();
    await screen.screenshot('panel');
    await stays('held', () => story(DELETE).at(-1) === 'hold');
  });

  it('G4, I8 – a CRITICAL asks again, and only after Approve main moves on the remote', async () => {
    const { screen, workspace } = use();
    const before = await workspace.remoteMain();
    await screen.runTask('Push by force');
    await screen.answerToast(FORCE_PUSH, 'Approve');
    await screen.dialog.waitFor();
    await screen.screenshot('critical-modal');
    assert.equal(await workspace.remoteMain(), before);
    await screen.answerDialog('Approve…');
    assert.equal(await workspace.remoteMain(), before);
    await screen.page.locator('.quick-input-widget input.input').fill('main');
    await screen.page.keyboard.press('Enter');
    await until('main has moved', async () => (await workspace.remoteMain()) !== before);
    await until('it has run', () => story(FORCE_PUSH).at(-1) === 'outcome');
    await screen.screenshot('approved-terminal');
  });
});
