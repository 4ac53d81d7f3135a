// Recorded sessions in the packaged extension: the list, the recording in its player, the way to a command and back, a
// session of 100,000 events, what is done with a whole session, and a session whose window died.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import type { AuditEvent } from '../../src/core/session/events.ts';
import { readSession } from '../../src/node/readSession.ts';
import { sessionFolders } from '../../src/node/sessionFiles.ts';
import { storyOf } from './editor.ts';
import { makeSession } from './madeSession.ts';
import { until } from './screen.ts';
import { addTasks } from './tasks.ts';
import { useEditor } from './useEditor.ts';

const READ = 'git log --oneline';
const COUNT = 'for i in 1 2 3 4 5 6 7 8; do echo "tick $i"; sleep 1; done';
const EVENTS = 100_000;

describe('recorded sessions', () => {
  const use = useEditor({
    prepare: ({ folder }) => addTasks(folder, { 'Count slowly': COUNT }),
  });
  let faults: string[];

  beforeEach(() => {
    faults = [];
    use().screen.page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text()))
        faults.push(message.text());
    });
  });
  afterEach(() => assert.deepEqual(faults, []));

  const openSessions = async (): Promise<FrameLocator> => {
    const panel = await use().screen.openPanel();
    await panel.getByRole('button', { name: 'Sessions' }).click();
    return panel;
  };
  const screenOf = (panel: FrameLocator) => panel.locator('.ap-term').innerText();

  it('what an agent ran is listed, plays, and leads to its command', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Look at the history');
    await until('it has run', () => storyOf(workspace.folder, READ).at(-1) === 'outcome');
    const panel = await openSessions();
    const entry = panel.locator('.session-entry').first();
    await entry.getByText('Running').waitFor();
    await screen.screenshot('sessions-list');
    await entry.click();
    await panel.locator('.ap-player').waitFor();
    await until('the recording shows the output', async () =>
      /Add numbers/.test(await screenOf(panel)),
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
  });

  it('a command that runs is followed live', async () => {
    const { screen, workspace } = use();
    await screen.runTask('Look at the history');
    await until('it has run', () => storyOf(workspace.folder, READ).at(-1) === 'outcome');
    const panel = await openSessions();
    await panel.locator('.session-entry').first().click();
    await panel.locator('.ap-player').waitFor();
    assert.ok(await panel.getByLabel('Follow live').isChecked());
    await screen.runTask('Count slowly');
    await until('what it writes is shown', async () => /tick \d/.test(await screenOf(panel)));
    await until('its end is shown', async () => /tick 8/.test(await screenOf(panel)));
    await panel.locator('.row', { hasText: 'tick' }).waitFor();
  });

  it(`a session of ${EVENTS} events opens, scrolls, is searched, plays, is verified, exported and deleted`, async () => {
    const { screen, workspace, editor } = use();
    const storage = path.resolve(
      path.dirname(editor.host.machineSettings),
      '../User/globalStorage/interlock.interlock',
    );
    const made = await makeSession(workspace.folder, storage, EVENTS);
    const panel = await openSessions();
    const entry = panel.locator('.session-entry', { hasText: 'Made agent' });
    await entry.getByText('Verified').waitFor();

    const rows = await entry.evaluate(async (button) => {
      const page = button.ownerDocument;
      const start = performance.now();
      button.click();
      // The frame after the one in which they came has painted them.
      for (let left = 2; left > 0; ) {
        await new Promise((done) => page.defaultView?.requestAnimationFrame(done));
        if (page.querySelector('.row')) left -= 1;
      }
      return Math.round(performance.now() - start);
    });
    console.log(`    first rows of ${EVENTS} events after ${rows} ms`);
    await panel.getByText(/^100,?\d{3} events$/).waitFor();
    for (let page = 0; page < 2; page++) {
      const before = await panel.locator('.more').innerText();
      await panel.locator('.more').click();
      await until(
        'older events come',
        async () => (await panel.locator('.more').innerText()) !== before,
      );
    }
    const scrolled = await jumpAbout(panel.locator('main.page'));
    console.log(`    ${JSON.stringify(scrolled)}`);
    assert.equal(scrolled.blankFrames, 0);
    assert.ok(scrolled.rowsSeen > 100, `${scrolled.rowsSeen} rows`);

    await panel.locator('[data-output]').fill('AFTER ALL');
    await panel.locator('.find').click();
    await until('the found line is shown', async () => /after all/.test(await screenOf(panel)));
    assert.equal(await panel.locator('.ap-player img, .ap-player a').count(), 0);

    await panel.getByRole('button', { name: 'Replay in terminal' }).click();
    await screen.untilTerminal('after all');
    const shown = await screen.terminalText();
    assert.match(shown, /<img src=x onerror="document.title=1">/);
    assert.doesNotMatch(shown, /taken over|hijacked|\u202E/);
    assert.doesNotMatch(await screen.page.title(), /taken over/);
    assert.equal(await screen.page.locator('.terminal-wrapper.active a').count(), 0);
    await screen.screenshot('session-replay');

    await panel.getByRole('button', { name: 'Verify', exact: true }).click();
    await screen.closeToast(/lines are whole and in order.*closed after the last/);
    await exportAs('JSON lines');
    const exported = path.join(workspace.folder, 'exported.ndjson');
    await screen.closeToast(/session is exported to/);
    assert.equal(
      fs.readFileSync(exported, 'utf8').trimEnd().split('\n').length,
      linesOf(made.folder),
    );

    const text = fs.readFileSync(made.log, 'utf8');
    fs.writeFileSync(made.log, text.replace('ls made-7', 'ls made-X'));
    await panel.getByRole('button', { name: 'Verify', exact: true }).click();
    await screen.toasts(/line \d+: its hash does not fit/).waitFor();
    await panel.locator('.stored').getByText('Broken').waitFor();

    await panel.getByRole('button', { name: 'Delete…' }).click();
    await screen.answerDialog('Cancel');
    assert.ok(fs.existsSync(made.folder));
    await panel.getByRole('button', { name: 'Delete…' }).click();
    await screen.answerDialog('Delete');
    await until('its folder is gone', () => !fs.existsSync(made.folder));
    const deletion = editor.events().findLast(({ type }) => type === 'retention');
    assert.match(
      JSON.stringify(deletion),
      /A person deleted it. It did not verify: .*hash does not fit/,
    );

    async function exportAs(format: string): Promise<void> {
      await screen.pickAfter(
        () => panel.getByRole('button', { name: 'Export…' }).click(),
        format,
        format,
      );
      await screen.pick('As it is on record', 'As it is');
      const input = screen.page.locator('.quick-input-widget input.input');
      await until('a place is asked for', async () => /ndjson/.test(await input.inputValue()));
      await input.fill(path.join(workspace.folder, 'exported.ndjson'));
      await screen.page.keyboard.press('Enter');
    }
  });
});

describe('a session whose window died', () => {
  const use = useEditor({ freshHost: true });

  it('is closed and sealed once the extensions run again', async () => {
    const { screen, workspace, editor } = use();
    await screen.runTask('Look at the history');
    await until('it has run', () => storyOf(workspace.folder, READ).at(-1) === 'outcome');
    const [folder = ''] = sessionFolders(workspace.folder);
    process.kill(editor.host.extensionHost(), 'SIGKILL');
    await until('a recovery has closed it', () => endOf(folder)?.by === 'recovery');
    await until('it is sealed', () => fs.existsSync(path.join(folder, 'manifest.json')));
    const panel = await screen.openPanel();
    await panel.getByRole('button', { name: 'Sessions' }).click();
    await panel.locator('.session-entry').getByText('Verified').waitFor();
  });
});

function endOf(folder: string): Extract<AuditEvent, { type: 'session.end' }> | undefined {
  const { last, fault } = readSession(folder);
  assert.equal(fault, undefined);
  return last?.type === 'session.end' ? last : undefined;
}

function linesOf(folder: string): number {
  return readSession(folder).events;
}

interface Jumps {
  blankFrames: number;
  rowsSeen: number;
  longestMs: number;
}

/** Jumps about in the list, and looks whether rows stand where they should in every frame. */
function jumpAbout(scroller: Locator): Promise<Jumps> {
  return scroller.evaluate(async (page) => {
    const { ownerDocument: inside } = page;
    const list = page.querySelector('il-log-list');
    if (!list) throw new Error('There is no list.');
    const seen = new Set<string>();
    let [blankFrames, longestMs] = [0, 0];
    for (let i = 0; i < 40; i += 1) {
      const place = page.getBoundingClientRect();
      const top = list.getBoundingClientRect().top - place.top + page.scrollTop;
      const start = performance.now();
      page.scrollTop = top + ((i * 0.618_034) % 1) * (list.scrollHeight - page.clientHeight) * 0.98;
      for (let frames = 0; ; frames += 1) {
        await new Promise((done) => inside.defaultView?.requestAnimationFrame(done));
        const rows = [0.2, 0.5, 0.8].map((share) =>
          inside
            .elementFromPoint(place.left + place.width / 3, place.top + place.height * share)
            ?.closest('.row'),
        );
        for (const row of rows) if (row) seen.add(row.textContent ?? '');
        if (rows.every((row) => row)) break;
        blankFrames += 1;
        if (frames > 300) throw new Error('A part of the list stays blank.');
      }
      longestMs = Math.max(longestMs, Math.round(performance.now() - start));
    }
    return { blankFrames, rowsSeen: seen.size, longestMs };
  });
}
