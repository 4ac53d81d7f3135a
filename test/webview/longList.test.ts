// A session of 100,000 events: few rows are in the page, none is missing on the screen, and focus and place are kept.
import assert from 'node:assert/strict';
import type { LogEvent } from '../../src/shared/logEvent.ts';
import { snapshot } from './fixtures.ts';
import type { PanelPage } from './page.ts';
import { usePanel } from './usePanel.ts';

const COUNT = 100_000;

function events(from: number, to: number): LogEvent[] {
  return Array.from({ length: to - from }, (_, i) => {
    const seq = from + i;
    return {
      v: 1,
      seq,
      ts: '2026-06-01T12:00:00.000Z',
      mono: seq,
      sid: 's',
      type: 'gate.degraded',
      why: `event ${seq}`,
    };
  });
}

describe('a long session', () => {
  const use = usePanel();
  let panel: PanelPage;

  beforeEach(() => {
    panel = use();
  });

  const rows = () => panel.page.locator('.row').allInnerTexts();

  /** Made in the page: to send so many there takes the test longer than the panel needs for them. */
  const postMany = () =>
    panel.page.evaluate(
      ({ empty, count }) => {
        const base = { v: 1, ts: '2026-06-01T12:00:00.000Z', sid: 's', type: 'gate.degraded' };
        const events = Array.from({ length: count }, (_, seq) => ({
          ...base,
          seq,
          mono: seq,
          why: `event ${seq}`,
        }));
        window.postMessage({ ...empty, events }, '*');
      },
      { empty: snapshot(), count: COUNT },
    );

  /** Blank places on the screen below the list's heading. */
  const blanks = () =>
    panel.page.evaluate(() => {
      const top = document.querySelector('.session-heading')?.getBoundingClientRect().bottom ?? 0;
      let missing = 0;
      for (let y = Math.max(top, 80) + 4; y < window.innerHeight - 4; y += 20) {
        if (!document.elementFromPoint(100, y)?.closest('.row')) missing += 1;
      }
      return missing;
    });

  it('100,000 events – a screenful of rows in the page, at every place of the list', async () => {
    await postMany();
    await panel.page.locator('.row').first().waitFor();
    assert.match((await rows())[0] ?? '', /event 99999/);
    for (const share of [0.25, 0.5, 0.9, 1]) {
      await panel.page.locator('.page').evaluate((page, part) => {
        page.scrollTop = (page.scrollHeight - page.clientHeight) * part;
      }, share);
      await panel.page.waitForTimeout(100);
      assert.equal(await blanks(), 0, `at ${share}`);
      assert.ok((await rows()).length < 60);
    }
    assert.match((await rows()).at(-1) ?? '', /event 0\b/);
  });

  it('older events – are fetched page by page until all are there', async () => {
    await panel.post(snapshot({ events: events(700, 1000), earlier: 700 }));
    for (let from = 700; from > 0; from -= 350) {
      await panel.page.waitForFunction(() => stand().sent.some(({ type }) => type === 'page'));
      const asked = (await panel.sent()).filter(({ type }) => type === 'page');
      assert.deepEqual(asked, [{ v: 1, type: 'page', before: from }]);
      await panel.post({
        v: 1,
        type: 'page',
        before: from,
        events: events(from - 350, from),
        earlier: from - 350,
      });
    }
    await panel.page.getByText('1,000 events').waitFor();
    await panel.page.waitForTimeout(50);
    assert.deepEqual(await panel.sent(), []);
  });

  it('new events above – what is read stays where it is', async () => {
    await panel.post(snapshot({ events: events(0, 2000) }));
    await panel.page.locator('.page').evaluate((page) => {
      page.scrollTop = 20_000;
    });
    await panel.page.waitForTimeout(100);
    const place = () =>
      panel.page.evaluate(() => {
        const row = document.elementFromPoint(100, 300)?.closest('.row');
        return [
          row?.textContent?.trim().slice(0, 80),
          Math.round(row?.getBoundingClientRect().top ?? 0),
        ];
      });
    const before = await place();
    for (const [i, event] of events(2000, 2005).entries()) {
      await panel.post({ v: 1, type: 'event', revision: 2 + i, event });
    }
    await panel.page.getByText('2,005 events').waitFor();
    await panel.page.waitForTimeout(100);
    assert.deepEqual(await place(), before);
  });

  it('the row with the focus – keeps it while events come and while it is scrolled out of sight', async () => {
    await panel.post(snapshot({ events: events(0, 2000) }));
    await panel.page.locator('.row').nth(3).focus();
    const focused = () => panel.page.evaluate(() => document.activeElement?.textContent);
    const before = await focused();
    assert.match(before ?? '', /event 1996/);
    for (const [i, event] of events(2000, 2005).entries()) {
      await panel.post({ v: 1, type: 'event', revision: 2 + i, event });
    }
    await panel.page.locator('.page').evaluate((page) => {
      page.scrollTop = 30_000;
    });
    await panel.page.waitForTimeout(150);
    assert.equal(await focused(), before);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.waitForFunction(() =>
      document.activeElement?.textContent?.includes('event 1995'),
    );
    assert.equal(await blanks(), 0);
  });
});
