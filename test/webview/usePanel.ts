// A fresh panel for each test of a suite; whatever the test was about, the page has to stay without a fault.
import assert from 'node:assert/strict';
import { prepare } from './fixtures.ts';
import { type OpenPanel, PanelHarness, type PanelPage } from './page.ts';

/** Call it in a `describe`; the function that it returns gives the panel of the test that runs. */
export function usePanel(options: OpenPanel = {}): () => PanelPage {
  let harness: PanelHarness;
  let panel: PanelPage;

  before(async () => {
    await prepare();
    harness = await PanelHarness.start();
  });
  after(() => harness.stop());
  beforeEach(async () => {
    panel = await harness.open(options);
  });
  afterEach(async () => {
    assert.deepEqual(await panel.faults(), []);
    await panel.close();
  });
  return () => panel;
}
