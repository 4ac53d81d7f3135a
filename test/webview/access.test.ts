// Every view in every kind of theme, wide and narrow: no breach of accessibility rules, nothing cut off at the side.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { HeldItem } from '../../src/shared/protocol.ts';
import { decisionSummary, held, prepare, sampleSession, snapshot, status } from './fixtures.ts';
import { PanelHarness, type PanelPage, themeNames } from './page.ts';
import { castOf, StoredHost } from './storedSession.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Breach {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

declare const axe: { run(context: unknown, options: unknown): Promise<{ violations: Breach[] }> };

const offers = [
  { kind: 'exact', match: 'npm run lint', upTo: 'MEDIUM' },
  { kind: 'tokens', match: 'npm run *', upTo: 'MEDIUM' },
] as const;

function holds(): HeldItem[] {
  const long = `rm -rf "$BUILD"/${'very-long-name-without-a-break'.repeat(8)} \u202E "unclosed`;
  return [
    held('a', 'ssh prod "bash -c \\"rm -rf /srv/data\\"" && git push --force origin main', {
      intent: 'Clean up',
      expiresAt: undefined,
    }),
    held('b', 'npm run lint', { offers, expiresAt: undefined }),
    held('c', long, { expiresAt: undefined }),
  ];
}

/** View → how one gets there from a fresh page. */
const views: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
  empty: (panel) =>
    panel.post(snapshot({ status: { ...status, actions: ['openWalkthrough', 'openSettings'] } })),
  list: (panel) => panel.post(sampleSession().snapshot({ held: holds() })),
  'every event': async (panel) => {
    await panel.post(sampleSession().snapshot());
    await panel.page.getByRole('button', { name: 'Events' }).click();
  },
  states: (panel) =>
    panel.post(
      sampleSession().snapshot({
        status: {
          ...status,
          degraded: 'The grammar is missing.',
          observe: true,
          lockdown: { since: '2026-06-01T12:00:00.000Z', why: 'You stopped it.' },
          actions: ['liftLockdown', 'openSettings', 'stopAgent'],
        },
      }),
    ),
  'hold, critical': (panel) => openHold(panel, 'a'),
  'hold, not understood': (panel) => openHold(panel, 'c'),
  'deny with words': async (panel) => {
    await openHold(panel, 'a');
    await panel.page.locator('[data-open=reply]').click();
  },
  'edit and run': async (panel) => {
    await openHold(panel, 'a');
    await panel.page.locator('[data-open=edit]').click();
  },
  grant: async (panel) => {
    await openHold(panel, 'b');
    await panel.page.locator('[data-open=grant]').click();
    const preview = {
      refused: undefined,
      matched: 1,
      outOf: 9,
      newlyAllowed: [{ command: 'npm run lint', level: 'MEDIUM' as const }],
      newlyAllowedCount: 3,
      text: 'It would have let 1 of 9 run.',
    };
    const [asked] = (await panel.sent()).filter((message) => message.type === 'previewGrant');
    const request = asked?.type === 'previewGrant' ? asked.request : 0;
    await panel.post({ v: 1, type: 'grantPreview', request, submission: 'b', preview });
    await panel.post({ v: 1, type: 'refused', submission: 'b', why: 'It does not wait any more.' });
  },
  past: async (panel) => {
    const session = sampleSession();
    await panel.post(session.snapshot());
    await panel.post({ v: 1, type: 'reveal', submission: 'c4' });
    const events = session.events.filter((event) => JSON.stringify(event).includes('"c4"'));
    await panel.post({ v: 1, type: 'details', submission: 'c4', events });
    await panel.page.locator('.story').waitFor();
  },
  sessions: async (panel) => {
    const host = await storedHost(panel);
    await host.serve(panel);
    await panel.page.locator('.session-entry').waitFor();
    host.close();
  },
  'recorded session': async (panel) => {
    const host = await storedHost(panel);
    await host.serve(panel);
    await panel.page.locator('.session-entry').click();
    for (let round = 0; round < 6; round++) {
      await panel.page.waitForTimeout(100);
      await host.serve(panel);
    }
    await panel.page.locator('.ap-term').waitFor();
    await panel.page.locator('[data-output]').fill('clean');
    for (let round = 0; round < 4; round++) {
      await panel.page.waitForTimeout(100);
      await host.serve(panel);
    }
    await panel.page.locator('.find').waitFor();
    host.close();
  },
  decisions: async (panel) => {
    await panel.post(sampleSession().snapshot({ summary: decisionSummary }));
    await panel.page.getByRole('button', { name: 'Decisions' }).click();
  },
};

async function storedHost(panel: PanelPage): Promise<StoredHost> {
  const { events } = sampleSession();
  const cast = castOf(
    [
      {
        label: `LOW ${'a-command-that-is-long '.repeat(8)}`,
        output: `clean${'-and-very-long'.repeat(9)}`,
      },
    ],
    1,
  );
  const host = new StoredHost('120000-abcd', events, cast);
  await panel.post(snapshot());
  await panel.page.getByRole('button', { name: 'Sessions' }).click();
  return host;
}

async function openHold(panel: PanelPage, id: string): Promise<void> {
  await panel.post(sampleSession().snapshot({ held: holds() }));
  await panel.post({ v: 1, type: 'reveal', submission: id });
  await panel.page.locator('il-hold .decide').waitFor();
}

describe('every view', () => {
  let harness: PanelHarness;

  before(async () => {
    await prepare();
    harness = await PanelHarness.start();
  });
  after(() => harness.stop());

  for (const [name, open] of Object.entries(views)) {
    it(`${name} – no breach in any theme, nothing cut off in a narrow panel`, async () => {
      const panel = await harness.open({ width: 320 });
      await open(panel);
      await panel.page.waitForTimeout(100);
      await panel.page.evaluate(axeSource);
      // Nothing but colours depends on the theme.
      const [first = 'dark', ...others] = themeNames;
      await panel.setTheme(first);
      assert.deepEqual(await breaches(panel, RULES), [], first);
      for (const theme of others) {
        await panel.setTheme(theme);
        assert.deepEqual(await breaches(panel, ['color-contrast']), [], theme);
      }
      for (const width of [320, 240, 600]) {
        await panel.page.setViewportSize({ width, height: 760 });
        // The player follows the width a little later.
        await panel.page.waitForTimeout(400);
        assert.deepEqual(await overflowing(panel), [], `${width} pixels`);
      }
      assert.deepEqual(await panel.faults(), []);
      await panel.close();
    });
  }
});

async function breaches(panel: PanelPage, rules: readonly string[]): Promise<string[]> {
  const found = await panel.page.evaluate(
    (runOnly) => axe.run(document, { runOnly, resultTypes: ['violations'] }),
    rules,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Elements that reach beyond the right edge of what can be seen. */
async function overflowing(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() =>
    [...document.querySelectorAll('main *, header *')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const isHidden = !isSeen || element.closest('.visually-hidden, .row') !== null;
        return width > 0 && right > window.innerWidth + 1 && !isHidden;
      })
      .map((element) => `${element.tagName}.${element.className}`),
  );
}
