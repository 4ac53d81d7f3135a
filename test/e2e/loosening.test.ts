// I7 – a repository that tries to loosen the gate: by .vscode/settings.json, by a .code-workspace and by a devcontainer's
// (Machine) settings, all at once, one setting after another, in trusted and in restricted mode. Nothing loosens.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { settings } from '../../src/contributions.ts';
import { Editor, EditorHost, sample } from './editor.ts';
import { type Screen, until } from './screen.ts';

/** The user's own settings: stricter than shipped, so that there is something to take away. */
const USER = {
  [settings.protectedPaths.key]: ['**/ledger/**'],
  [settings.protectedBranches.key]: ['release/**'],
  [settings.production.key]: ['*ledger*'],
  [settings.workspaceRules.key]: [{ match: 'terraform **', action: 'deny' }],
};

/** For each setting the loosest value that it takes. A new setting has to be added here, or this file does not compile. */
const LOOSE: Readonly<Record<keyof typeof settings, unknown>> = {
  autoApprove: 'contained',
  rules: [{ match: '.*', kind: 'regex', action: 'allow', upTo: 'HIGH' }],
  workspaceRules: [],
  observe: true,
  protectedPaths: [],
  disposablePaths: ['**'],
  protectedBranches: [],
  production: [],
  timeoutSeconds: 0,
  retentionDays: 1,
  retentionMegabytes: 1,
  otlpEndpoint: 'http://127.0.0.1:9',
  recordingOnFailure: 'warn',
  recordingMegabytes: 1,
};

const PROBE = 'rm -rf notes';

for (const mode of ['trusted', 'restricted'] as const) {
  describe(`a repository that tries to loosen the gate (${mode})`, () => {
    let host: EditorHost;
    let editor: Editor;
    let folder: string;
    let workspaceFile: string;
    let strict: string;

    before(async () => {
      ({ folder } = await sample());
      workspaceFile = path.join(path.dirname(folder), 'sample.code-workspace');
      write({});
      host = await EditorHost.start({ settings: USER, asksForTrust: mode === 'restricted' });
      editor = await Editor.open(host, workspaceFile);
      if (mode === 'restricted') await refuseTrust(editor.screen);
      strict = await policyOf(editor.screen);
    });

    after(async () => {
      await editor?.screen.screenshot(`loosening-${mode}`);
      await host?.stop();
    });

    for (const [name, value] of Object.entries(LOOSE)) {
      const { key } = settings[name as keyof typeof settings];
      it(`${key} does not loosen`, async () => {
        write({ [key]: value });
        await untilRead(key);
        assert.equal(await editor.screen.dialog.count(), 0, 'nothing is asked for either');
        assert.equal(await policyOf(editor.screen), strict);
      });
    }

    it('all of them at once do not loosen', async () => {
      const all = Object.entries(LOOSE).map(([name, value]) => [
        settings[name as keyof typeof settings].key,
        value,
      ]);
      write(Object.fromEntries(all));
      await untilRead(settings.recordingMegabytes.key);
      assert.equal(await policyOf(editor.screen), strict);
    });

    it('workspace rules that are no list take none away', async () => {
      write({ [settings.workspaceRules.key]: 'nothing' });
      await untilRead(settings.workspaceRules.key);
      assert.equal(await editor.screen.dialog.count(), 0, 'nothing is asked for either');
      const page = await testRules(editor.screen, 'terraform plan');
      assert.match(page, /deny|denied|refused/i);
    });

    it('an allow rule among the workspace rules allows nothing', async () => {
      const allow = { match: 'rm **', action: 'allow', upTo: 'HIGH' };
      write({ [settings.workspaceRules.key]: [allow] });
      await untilRead(settings.workspaceRules.key);
      const page = await testRules(editor.screen, PROBE);
      assert.match(page, /Is held until a person decides/);
    });

    /** In every place that a repository has a say in. */
    function write(values: Record<string, unknown>): void {
      // The title of the window tells which settings the editor has read.
      const all = { 'window.title': `read ${Object.keys(values).join(' ')}`, ...values };
      const text = JSON.stringify(all);
      fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), text);
      fs.writeFileSync(
        workspaceFile,
        JSON.stringify({ folders: [{ path: folder }], settings: all }),
      );
      if (host) fs.writeFileSync(host.machineSettings, text);
    }

    async function untilRead(key: string): Promise<void> {
      const { page } = editor.screen;
      await until(`${key} is read`, async () => (await page.title()).includes(key));
      // The title comes from the workspace's file; the folder's and the machine's are read about then.
      await page.waitForTimeout(1000);
    }
  });
}

/** What *Test Rules* says about the policy in use. */
async function policyOf(screen: Screen): Promise<string> {
  const page = await testRules(screen, PROBE);
  const [, policy] = /Policy in use: ([0-9a-f]{16})/.exec(page) ?? [];
  assert.ok(policy, page);
  return policy;
}

async function testRules(screen: Screen, command: string): Promise<string> {
  await screen.runCommand('Interlock: Test Rules');
  const input = screen.page.locator('.quick-input-widget input.input');
  await input.fill(command);
  await screen.page.keyboard.press('Enter');
  const pages = screen.page.locator('.editor-instance .view-lines');
  let text = '';
  await until('the page is there', async () => {
    text = (await pages.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    return text.includes('Nothing was run');
  });
  assert.ok(text.includes(command), text);
  await screen.runCommand('View: Close Editor');
  await until('the page is closed', async () => (await pages.count()) === 0);
  return text;
}

async function refuseTrust(screen: Screen): Promise<void> {
  await screen.answerDialog("No, I don't trust the authors");
  await until('the window is in Restricted Mode', async () =>
    (await screen.page.locator('.statusbar-item').allInnerTexts()).some((text) =>
      text.includes('Restricted Mode'),
    ),
  );
}
