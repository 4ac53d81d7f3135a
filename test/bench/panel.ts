// `npm run bench:panel`: how soon a session of 100,000 events shows its first rows, and what a jump in the list or in a recording costs.
// Times are taken inside the page, from the message to the painted rows; the host's own work is not in them.
import type { Page } from 'playwright-core';
import { CastWriter } from '../../src/core/session/castWriter.ts';
import { Session, snapshot } from '../webview/fixtures.ts';
import { PanelHarness } from '../webview/page.ts';
import { StoredHost } from '../webview/storedSession.ts';

const ROUNDS = 7;
const ALL = 100_000;
/** What the host sends at once. */
const FIRST = 300;
const JUMPS = 60;

/** Milliseconds from a snapshot with so many events to rows on the screen. */
async function firstRows(page: Page, count: number, earlier: number): Promise<number> {
  return page.evaluate(
    async ({ empty, count, earlier }) => {
      const base = { v: 1, ts: '2026-06-01T12:00:00.000Z', sid: 's', type: 'gate.degraded' };
      const events = Array.from({ length: count }, (_, index) => ({
        ...base,
        seq: earlier + index,
        mono: index,
        why: `event ${earlier + index}`,
      }));
      const start = performance.now();
      window.postMessage({ ...empty, events, earlier }, '*');
      while (!document.querySelector('.row')) await new Promise(requestAnimationFrame);
      // The frame after the one in which the rows came has painted them.
      await new Promise(requestAnimationFrame);
      return performance.now() - start;
    },
    { empty: snapshot(), count, earlier },
  );
}

/** Jumps about in the list; the longest wait for a full screen, and how often a frame had a blank. */
async function jump(page: Page): Promise<{ median: number; longest: number; blankFrames: number }> {
  return page.evaluate(async (jumps) => {
    const scroller = document.querySelector('.page');
    if (!scroller) throw new Error('There is no page.');
    const times: number[] = [];
    let blankFrames = 0;
    for (let i = 0; i < jumps; i += 1) {
      const share = ((i * 0.618_034) % 1) * 0.98;
      const start = performance.now();
      scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
      for (;;) {
        await new Promise(requestAnimationFrame);
        const isFull = [100, 300, 500, 700].every((y) =>
          document.elementFromPoint(100, y)?.closest('.row'),
        );
        if (isFull) break;
        blankFrames += 1;
      }
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return {
      median: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      longest: Math.round(times.at(-1) ?? 0),
      blankFrames,
    };
  }, JUMPS);
}

/** Milliseconds of jumps in a recording of 12 MB and 100,000 events: the median, and the longest. */
async function seeks(harness: PanelHarness): Promise<Record<string, number>> {
  const writer = new CastWriter();
  const line = (index: number) => `\x1b[32m${index}\x1b[0m ${'made of words '.repeat(7)}\r\n`;
  const marks = [writer.event(0, 'm', '#1 LOW make')];
  const events = Array.from({ length: ALL }, (_, i) => writer.event(i * 10, 'o', line(i)));
  const header = writer.header({ columns: 120, rows: 40, timestamp: 1, title: 'bench' });
  const cast = [header, ...marks, ...events].join('');
  const session = new Session();
  const host = new StoredHost('s1', session.events, cast);
  const panel = await harness.open({ width: 900, height: 1200 });
  try {
    await panel.post(snapshot());
    await panel.page.getByRole('button', { name: 'Sessions' }).click();
    for (let round = 0; round < 4; round++) {
      await panel.page.waitForTimeout(100);
      await host.serve(panel);
      if (round === 1) await panel.page.locator('.session-entry').click();
    }
    const start = performance.now();
    await host.serve(panel);
    await panel.page.locator('.ap-player').waitFor();
    const loadMs = Math.round(performance.now() - start);
    const times = await panel.page.evaluate(async (seconds) => {
      const player = document.querySelector('il-player') as unknown as {
        seek(time: number): Promise<void>;
      };
      await player.seek(0);
      const taken: number[] = [];
      for (const share of [0.5, 0.99, 0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6, 0.999, 0.001]) {
        const from = performance.now();
        await player.seek(share * seconds);
        await new Promise(requestAnimationFrame);
        taken.push(performance.now() - from);
      }
      return taken;
    }, ALL / 100);
    const sorted = times.map(Math.round).sort((a, b) => a - b);
    return {
      megabytes: Math.round(cast.length / 1e5) / 10,
      loadMs,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      longestMs: sorted.at(-1) ?? 0,
    };
  } finally {
    await panel.close();
    host.close();
  }
}

async function medianOf(harness: PanelHarness, count: number, earlier: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const panel = await harness.open();
    times.push(await firstRows(panel.page, count, earlier));
    await panel.close();
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0);
}

async function main(): Promise<void> {
  const harness = await PanelHarness.start();
  try {
    const few = await medianOf(harness, 100, 0);
    const asSent = await medianOf(harness, FIRST, ALL - FIRST);
    const atOnce = await medianOf(harness, ALL, 0);
    const panel = await harness.open();
    await firstRows(panel.page, ALL, 0);
    const jumps = await jump(panel.page);
    await panel.close();
    const seek = await seeks(harness);
    const milliseconds = { few, asSent, atOnce };
    const ratio = Number((atOnce / few).toFixed(1));
    console.log(JSON.stringify({ events: ALL, milliseconds, ratio, jumps, seek }, null, 2));
  } finally {
    await harness.stop();
  }
}

void main();
