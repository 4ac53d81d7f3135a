// A command is held, and then the window, the server or the extension host goes away: it never runs (I10), and the
// record tells the story as far as it went.
import assert from 'node:assert/strict';
import { storyOf, untilHeld } from './editor.ts';
import { stays, until } from './screen.ts';
import { useEditor } from './useEditor.ts';

const FORCE_PUSH = 'git push --force origin main';
const HELD = ['submission', 'assessment', 'hold'];

describe('end of the window', () => {
  const use = useEditor({ freshHost: true });
  const story = () => storyOf(use().workspace.folder, FORCE_PUSH);

  const hold = async () => {
    const { screen, workspace } = use();
    const before = await workspace.remoteMain();
    await screen.runTask('Push by force');
    await untilHeld(workspace.folder, FORCE_PUSH);
    return before;
  };

  it('G4, I10 – the window is closed: withdrawn on record, remote unchanged', async () => {
    const { editor, workspace } = use();
    const before = await hold();
    await editor.closeWindow();
    await until('the record has the end of the hold', () => story().at(-1) === 'decision');
    const decision = editor.events().findLast(({ type }) => type === 'decision');
    assert.ok(decision?.type === 'decision');
    assert.equal(decision.decision.kind, 'withdrawn');
    assert.equal(decision.decision.by, 'shutdown');
    assert.equal(await workspace.remoteMain(), before);
  });

  it('I10 – the browser is gone at once: it never runs', async () => {
    const { editor, workspace } = use();
    const before = await hold();
    await editor.dropWindow();
    await stays('nothing ran', async () => (await workspace.remoteMain()) === before);
    assert.ok(!story().includes('run'));
  });

  it('I10 – the extension host is killed: it never runs, and the log tells the story up to there', async () => {
    const { editor, workspace } = use();
    const before = await hold();
    process.kill(editor.host.extensionHost(), 'SIGKILL');
    await stays('nothing ran', async () => (await workspace.remoteMain()) === before);
    assert.deepEqual(story(), HELD);
  });
});
