// Recorded sessions in the panel: the list, one with its player and its timeline, and what cannot be trusted in them.
import assert from 'node:assert/strict';
import { logEvent } from '../../src/shared/logEvent.ts';
import { type Session, sampleSession } from './fixtures.ts';
import type { PanelPage } from './page.ts';
import { castOf, StoredHost } from './storedSession.ts';
import { usePanel } from './usePanel.ts';

const HOSTILE =
  '<img src=x onerror="document.title=1">\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\ \x1b]52;c;aGk=\x07 \x1b]633;E;rm -rf /\x07 \u202Eevil';

/** The commands of the sample with their places in the recording. */
function recorded(gap = 5): { session: Session; cast: string } {
  const session = sampleSession();
  const commands = session.events.flatMap((event) =>
    event.type === 'submission' ? [event.submission] : [],
  );
  commands.forEach(({ id }, index) => {
    session.add({
      type: 'recording.start',
      submission: id,
      file: 'terminal.cast',
      at: index * gap,
      bytes: 0,
    });
  });
  const cast = castOf(
    commands.map(({ command }, index) => ({
      label: `LOW ${command}`,
      output: index === 2 ? HOSTILE : `output of ${index}`,
    })),
    gap,
  );
  return { session, cast };
}

describe('recorded sessions', () => {
  const use = usePanel({ height: 1600 });
  let panel: PanelPage;
  let host: StoredHost;

  beforeEach(async () => {
    panel = use();
    const { session, cast } = recorded();
    host = new StoredHost('120000-abcd', session.events, cast);
    await panel.post(session.snapshot());
  });
  afterEach(() => host.close());

  const settle = async () => {
    for (let round = 0; round < 6; round++) {
      await panel.page.waitForTimeout(120);
      await host.serve(panel);
    }
  };
  const openList = async () => {
    await panel.page.getByRole('button', { name: 'Sessions' }).click();
    await settle();
  };
  const openSession = async () => {
    await openList();
    await panel.page.locator('.session-entry').click();
    await settle();
    await panel.page.locator('.ap-player').waitFor();
  };

  it('the list says day, agent, counts by level, held, denied, and whether it holds', async () => {
    await openList();
    const text = await panel.page.locator('.session-entry').innerText();
    assert.match(text, /sample-agent/);
    assert.match(text, /1 CRITICAL/);
    assert.match(text, /8 commands · 4 held · 1 denied/);
    assert.match(text, /Verified/);
    assert.match(await panel.page.locator('.day').innerText(), /2026-06-01/);
  });

  it('a jump seeks the recording, and the time shows its command', async () => {
    await openSession();
    await panel.page.locator('.jumps select').selectOption({ index: 4 });
    await panel.page.waitForFunction(() =>
      /git push --force/.test(document.querySelector('.now')?.textContent ?? ''),
    );
    assert.match(await panel.page.locator('.ap-term').innerText(), /output of/);
    await panel.page.locator('[data-now]').click();
    await settle();
    assert.match(await panel.page.locator('.past').innerText(), /git push --force origin main/);
  });

  it('a chosen command seeks the recording', async () => {
    await openSession();
    await panel.page.locator('.row', { hasText: 'npm test' }).click();
    await settle();
    await panel.page.locator('[data-film]').click();
    await settle();
    await panel.page.waitForFunction(() =>
      /npm test/.test(document.querySelector('.now')?.textContent ?? ''),
    );
  });

  it('words in the output lead to their place in the recording', async () => {
    await openSession();
    await panel.page.locator('[data-output]').fill('OUTPUT of 5');
    await settle();
    const find = panel.page.locator('.find');
    assert.equal(await find.count(), 1);
    assert.match(await find.innerText(), /0:25\s+output of 5/);
    await find.click();
    await panel.page.waitForFunction(() =>
      (document.querySelector('.ap-term')?.textContent ?? '').includes('output of 5'),
    );
    // What came before still stands above it.
    assert.match(await panel.page.locator('.ap-term').innerText(), /output of 4 *\noutput of 5/);
    assert.match(await panel.page.locator('.now').innerText(), /DELETE FROM orders/);
    await panel.page.locator('[data-output]').fill('not in there');
    await settle();
    assert.match(await panel.page.locator('.output-search').innerText(), /No line of the output/);
    await panel.page.locator('[data-output]').fill('');
    await settle();
    assert.equal((await panel.page.locator('.output-search').innerText()).trim(), '');
  });

  it('hostile output is inert in what is found', async () => {
    await openSession();
    await panel.page.locator('[data-output]').fill('onerror');
    await settle();
    const find = panel.page.locator('.find');
    assert.match(await find.innerText(), /<img src=x onerror=/);
    assert.equal(await panel.page.locator('.finds img, .finds a').count(), 0);
    assert.doesNotMatch(await find.innerText(), /\u202E/);
  });

  it('a running session is followed to its end, however fast events come, until a person does not want it', async () => {
    const { session } = recorded();
    const outputs = session.events
      .flatMap((event) => (event.type === 'recording.start' ? [event.submission] : []))
      .map((id) => ({ label: `LOW ${id}`, output: `output of ${id}` }));
    host.isRunning = true;
    host.grow(session.events, castOf(outputs, 5));
    await openSession();
    const follow = panel.page.getByLabel('Follow live');
    assert.ok(await follow.isChecked());
    let revision = 1;
    const goOn = async (output: string) => {
      outputs.push({ label: 'LOW later', output });
      host.grow(session.events, castOf(outputs, 5));
      const event = session.add({ type: 'gate.degraded', why: output });
      revision += 1;
      await panel.post({ v: 1, type: 'event', revision, event: logEvent(event) });
    };
    // More often than the page looks.
    for (let i = 0; i < 12; i++) {
      await goOn(`went on ${i}`);
      await panel.page.waitForTimeout(150);
      await host.serve(panel);
    }
    assert.ok(host.questions.filter((type) => type === 'openRecording').length > 1);
    for (let i = 0; i < 5; i++) await settle();
    await panel.page.waitForFunction(() =>
      (document.querySelector('.ap-term')?.textContent ?? '').includes('went on 11'),
    );
    assert.match(await panel.page.locator('.now').innerText(), /LOW later/);
    // Each character was sent once.
    assert.equal(host.recorded, castOf(outputs, 5).length);
    await follow.uncheck();
    host.questions.length = 0;
    await goOn('not looked at');
    for (let i = 0; i < 3; i++) await settle();
    assert.ok(!host.questions.includes('openRecording'), host.questions.join());
  });

  it('a command that a person chose while the session goes on – stays on the screen', async () => {
    const { session, cast } = recorded();
    host.isRunning = true;
    await openSession();
    await panel.page.locator('.row', { hasText: 'npm test' }).click();
    await settle();
    await panel.page.locator('[data-film]').click();
    await settle();
    const now = panel.page.locator('.now');
    assert.match(await now.innerText(), /npm test/);
    assert.ok(!(await panel.page.getByLabel('Follow live').isChecked()));
    const more = castOf([{ label: 'LOW later', output: 'later' }], 5);
    host.grow(session.events, cast + more.slice(more.indexOf('\n') + 1));
    const event = session.add({ type: 'gate.degraded', why: 'it went on' });
    await panel.post({ v: 1, type: 'event', revision: 2, event: logEvent(event) });
    for (let i = 0; i < 3; i++) await settle();
    assert.match(await now.innerText(), /npm test/);
  });

  it('filters by words and level, and says how much is left', async () => {
    await openSession();
    await panel.page
      .getByRole('searchbox', { name: 'Words to look for', exact: true })
      .fill('origin main');
    await settle();
    assert.equal(await panel.page.locator('.row').count(), 1);
    assert.match(await panel.page.locator('.row').innerText(), /git push --force origin main/);
    await panel.page.getByRole('searchbox', { name: 'Words to look for', exact: true }).fill('');
    await panel.page.getByRole('button', { name: 'HIGH', exact: true }).click();
    await settle();
    const rows = await panel.page.locator('.row').allInnerTexts();
    assert.ok(rows.length > 0 && rows.every((row) => /HIGH/.test(row)), rows.join('\n'));
    assert.match(await panel.page.locator('.session .total').innerText(), /\d+ of \d+ events/);
    await panel.page.getByRole('button', { name: 'Show all' }).click();
    await settle();
    assert.ok((await panel.page.locator('.row').count()) > rows.length);
  });

  it('the picture says in words what it shows', async () => {
    await openSession();
    const label = await panel.page.locator('.picture svg').getAttribute('aria-label');
    assert.match(label ?? '', /8 commands over time: .*1 CRITICAL/);
  });

  it('verify, export, delete and replay are asked of the host', async () => {
    await openSession();
    await panel.page.getByRole('button', { name: 'Verify', exact: true }).click();
    await panel.page.getByRole('button', { name: 'Export…' }).click();
    await panel.page.getByRole('button', { name: 'Delete…' }).click();
    await panel.page.locator('.jumps select').selectOption({ index: 3 });
    await panel.page.waitForTimeout(400);
    await panel.page.getByRole('button', { name: 'Replay in terminal' }).click();
    await settle();
    assert.match(host.asked[0] ?? '', /^inform .*Not proved/);
    assert.deepEqual(host.asked.slice(1), ['export', 'delete', 'replay 3']);
  });

  it('hostile output is inert in the player', async () => {
    await openSession();
    await panel.page.locator('.jumps select').selectOption({ index: 4 });
    await panel.page.waitForFunction(() =>
      (document.querySelector('.ap-term')?.textContent ?? '').includes('onerror'),
    );
    assert.equal(await panel.page.locator('.ap-player img, .ap-player a').count(), 0);
    assert.notEqual(await panel.page.title(), '1');
  });

  it('Escape leads back: command, session, list; the focus is where it was', async () => {
    await openSession();
    await panel.page.locator('.row').first().click();
    await settle();
    await panel.page.keyboard.press('Escape');
    await panel.page.locator('.stored').waitFor();
    await panel.page.keyboard.press('Escape');
    await panel.page.locator('.session-list').waitFor();
    await panel.page.waitForFunction(
      () => document.activeElement?.classList.contains('session-entry') === true,
    );
    assert.equal(await panel.page.locator('.now').count(), 0);
  });
});
