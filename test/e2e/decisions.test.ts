// The ways to decide, one after another, as a person uses them: toast, keys, panel, many at once, nobody there.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { recordedEvents } from '../helpers/recordedEvents.ts';
import { storyOf, untilHeld } from './editor.ts';
import { stays, until } from './screen.ts';
import { addTasks } from './tasks.ts';
import { useEditor } from './useEditor.ts';

const FORCE_PUSH = 'git push --force origin main';
const DELETE = 'rm -rf notes';
const TOUCH = (name: string) => `cp package.json ${name}.json`;
const THREE = ['one', 'two', 'three'];
const THIRTY = Array.from({ length: 30 }, (_, index) => `made${index}`);

const tasks = {
  ...Object.fromEntries([...THREE, ...THIRTY].map((name) => [name, TOUCH(name)])),
  'three at once': THREE,
  'thirty at once': THIRTY,
};

describe('decisions', () => {
  const use = useEditor({
    settings: { 'interlock.approval.timeoutSeconds': 300 },
    prepare: ({ folder }) => addTasks(folder, tasks),
  });
  const story = (command: string) => storyOf(use().workspace.folder, command);
  const made = (name: string) => fs.existsSync(path.join(use().workspace.folder, `${name}.json`));
  const held = (command: string) => untilHeld(use().workspace.folder, command);
  /** Keys count once the window knows that something is held, as a person does. */
  const told = async (command: string) => {
    await held(command);
    await use().screen.toasts(command).first().waitFor();
  };
  const press = async (key: string) => {
    await use().screen.page.keyboard.press('Control+k');
    await use().screen.page.keyboard.press(key);
  };
  const review = async () => {
    const { screen } = use();
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Review' }).first().click();
    // An approval right after the list has changed does not count.
    await screen.page.waitForTimeout(700);
    return panel;
  };

  it('three at once: approved in the toast, denied by a key, denied in the panel with words', async () => {
    const { screen, workspace } = use();
    await screen.runTask('three at once');
    for (const name of THREE) await told(TOUCH(name));
    await screen.screenshot('three-toasts');
    await screen.untilStatus(/3 held/);
    await screen.answerToast(TOUCH('two'), 'Approve');
    await until('two has run', () => made('two'));
    const [first, second] = recordedEvents(workspace.folder)
      .flatMap((event) => (event.type === 'submission' ? [event.submission.command] : []))
      .filter((command) => command !== TOUCH('two'));
    assert.ok(first && second);
    await press('n');
    await until('the older one is denied', () => story(first).at(-1) === 'decision');
    const panel = await review();
    await panel.getByRole('button', { name: 'Deny with words' }).click();
    await panel.locator('#reply').fill('use another name');
    await panel.getByRole('button', { name: 'Deny and send' }).click();
    await until('the last one is denied', () => story(second).at(-1) === 'decision');
    const decisions = recordedEvents(workspace.folder).flatMap((event) =>
      event.type === 'decision' ? [event.decision] : [],
    );
    assert.deepEqual(
      decisions.map(({ kind, where }) => [kind, where]),
      [
        ['approved', 'notification'],
        ['denied', 'command'],
        ['denied', 'panel'],
      ],
    );
    assert.equal(decisions[2]?.message, 'use another name');
  });

  it('a burst of thirty is one toast that counts; Deny All denies them all', async () => {
    const { screen } = use();
    await screen.runTask('thirty at once');
    const many = /\d+ commands of .* wait/;
    // The editor hides a toast after some seconds, but not under the pointer.
    await screen.toasts(many).hover();
    for (const name of THIRTY) await held(TOUCH(name));
    await screen.untilStatus(/30 held/);
    assert.ok((await screen.toasts().count()) <= 3);
    await screen.toasts(many).waitFor();
    await screen.screenshot('burst');
    await screen.answerToast(many, 'Deny All');
    await until('those that it counted are denied', () =>
      THIRTY.some((name) => story(TOUCH(name)).at(-1) === 'decision'),
    );
    assert.ok(THIRTY.every((name) => !made(name)));
  });

  it('keyboard alone: approve the next one in a modal', async () => {
    const { screen } = use();
    await screen.runTask('one');
    await told(TOUCH('one'));
    await press('y');
    await screen.dialog.waitFor();
    await screen.screenshot('approve-next');
    await screen.untilRead();
    await screen.page.keyboard.press('Enter');
    await until('it has run', () => story(TOUCH('one')).at(-1) === 'outcome');
    assert.ok(made('one'));
  });

  it('I8 – CRITICAL: modal and typed word; a wrong word leaves it held', async () => {
    const { screen, workspace } = use();
    const before = await workspace.remoteMain();
    await screen.runTask('Push by force');
    await told(FORCE_PUSH);
    await press('y');
    await screen.screenshot('critical-next');
    await screen.answerDialog('Approve…');
    const input = screen.page.locator('.quick-input-widget input.input');
    await input.fill('mian');
    await screen.page.keyboard.press('Enter');
    await screen.screenshot('critical-word');
    await stays('held', () => story(FORCE_PUSH).at(-1) === 'hold');
    assert.equal(await workspace.remoteMain(), before);
    await input.fill('main');
    await screen.page.keyboard.press('Enter');
    await until('main has moved', async () => (await workspace.remoteMain()) !== before);
  });

  it('edit and run: the edited text runs in its place, the file stays', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await held(DELETE);
    const panel = await review();
    await panel.getByRole('button', { name: 'Edit and run' }).click();
    await screen.screenshot('edit');
    await panel.locator('#edit').fill('ls notes');
    await panel.getByRole('button', { name: 'Submit this text' }).click();
    await screen.untilTerminal('ideas.md');
    await until('it is on record', () => story('ls notes').at(-1) === 'outcome');
    assert.ok(fs.existsSync(path.join(workspace.folder, 'notes', 'ideas.md')));
  });

  it('an approval that is kept: the same command runs without a question, until it is taken back', async () => {
    const { screen, workspace } = use();
    const { folder } = workspace;
    await screen.runTask('one');
    await held(TOUCH('one'));
    const panel = await review();
    await panel.getByRole('button', { name: 'Allow from now on' }).click();
    await panel.getByText('matches the only command so far').waitFor();
    await screen.screenshot('grant');
    await panel.getByRole('button', { name: 'Approve and allow' }).click();
    await until('it has run', () => story(TOUCH('one')).at(-1) === 'outcome');
    fs.rmSync(path.join(folder, 'one.json'));
    await screen.runTask('one');
    await until('it runs at once', () => made('one'));
    assert.ok(!story(TOUCH('one')).includes('hold'));
    await screen.runCommand('Interlock: Show Grants');
    const rows = screen.page.locator('.quick-input-widget .monaco-list-row');
    await rows
      .filter({ hasText: TOUCH('one') })
      .first()
      .click();
    await screen.page.getByRole('button', { name: 'OK' }).click();
    await until('the end of the grant is on record', () =>
      recordedEvents(folder).some((event) => event.type === 'grant' && event.action === 'revoke'),
    );
  });

  it('Stop Agent acts at once; only a modal lifts it', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await held(DELETE);
    await screen.runCommand('Interlock: Stop Agent');
    await screen.untilTerminal('stopped the agent');
    await until('it is denied', () => story(DELETE).at(-1) === 'decision');
    await screen.untilStatus(/stopped/);
    await screen.runTask('Read the project');
    await until('nothing runs', () => story('cat README.md src/sum.js').at(-1) === 'decision');
    await screen.openPanel();
    await screen.panel.getByText('Agent stopped').first().waitFor();
    await screen.screenshot('stopped');
    await screen.runCommand('Interlock: Lift Lockdown');
    await screen.answerDialog('Lift It');
    await screen.runTask('Read the project');
    await until('it runs again', () => story('cat README.md src/sum.js').at(-1) === 'outcome');
    const changes = recordedEvents(workspace.folder).flatMap((event) =>
      event.type === 'lockdown' ? [event.on] : [],
    );
    assert.deepEqual(changes, [true, false]);
  });
});

describe('nobody answers', () => {
  const use = useEditor({ settings: { 'interlock.approval.timeoutSeconds': 30 } });

  it('I10 – after its time a command is not run, and the agent is told that nobody answered', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Delete notes');
    await untilHeld(workspace.folder, DELETE);
    await screen.untilTerminal('Nobody answered within');
    await screen.screenshot('expired');
    const [decision] = recordedEvents(workspace.folder).flatMap((event) =>
      event.type === 'decision' ? [event.decision] : [],
    );
    assert.equal(decision?.kind, 'expired');
    assert.ok(fs.existsSync(path.join(workspace.folder, 'notes', 'ideas.md')));
  });
});
