// The editor's page as a person sees and uses it: palette, tasks, toasts, panel, terminal, status bar.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { LEAST_READING_MS } from '../../src/host/unhurried.ts';

/** A machine that is busy with other things is slow, not broken. */
const PATIENCE_MS = 60_000;

export class Screen {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Waits until the window stands and the extension shows itself. */
  async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.statusBarItem.waitFor();
  }

  get statusBarItem(): Locator {
    return this.page.locator(
      '#interlock\\.interlock\\.interlock\\.status, [id$="interlock.status"]',
    );
  }

  /** It follows what is on record, and so may be a moment late. */
  async untilStatus(text: RegExp): Promise<void> {
    let shown = '';
    await until(
      () => `the status bar says ${text}, not ${shown}`,
      async () => {
        shown = await this.statusBarItem.innerText();
        return text.test(shown);
      },
    );
  }

  /** Runs a command of the palette by its title, such as `Interlock: Show Held Commands`. */
  async runCommand(title: string): Promise<void> {
    await this.pickAfter(() => this.page.keyboard.press('F1'), title, `>${title}`);
  }

  /** Runs a task of the workspace by its label. */
  async runTask(label: string): Promise<void> {
    await this.pickAfter(() => this.runCommand('Tasks: Run Task'), label, label);
  }

  /**
   * Opens a pick list and takes an entry. A list closes where the window takes the focus away while it starts;
   * then it is opened again.
   */
  async pickAfter(open: () => Promise<void>, label: string, typed: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await open();
      try {
        return await this.pick(label, typed);
      } catch (error) {
        // What waits for an answer is not to be answered by the key below.
        if (attempt === 3 || (await this.dialog.count()) > 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes an entry of the pick list that is open. */
  async pick(label: string, typed: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const soon = { timeout: 8000 };
    await widget.locator('input.input').fill(typed, soon);
    const entry = widget.locator('.monaco-list-row').filter({ hasText: label }).first();
    await entry.click(soon);
  }

  /** Toasts whose text has this in it. */
  toasts(text: string | RegExp = ''): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** Waits for a toast and clicks a button of it. */
  async answerToast(text: string | RegExp, button: string): Promise<void> {
    const found = this.toasts(text).first().getByRole('button', { name: button, exact: true });
    await found.waitFor();
    await this.untilRead();
    await found.click();
  }

  /** As long as a person needs at least to read a question; an answer that comes sooner is asked again. */
  async untilRead(): Promise<void> {
    await this.page.waitForTimeout(LEAST_READING_MS);
  }

  /** Closes a toast without an answer. */
  async closeToast(text: string | RegExp): Promise<void> {
    const toast = this.toasts(text).first();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'detached' });
  }

  /** The window that has to be answered, if one is open. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog.waitFor();
    await this.untilRead();
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  /** Opens the session log panel and gives the page in it. */
  async openPanel(): Promise<FrameLocator> {
    await this.runCommand('Interlock: Show Held Commands');
    return this.panel;
  }

  /** The page of the panel that is open. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The text of all terminals that are shown. */
  async terminalText(): Promise<string> {
    const texts = await this.page.locator('.terminal-wrapper.active .xterm-rows').allInnerTexts();
    return texts.join('\n').replaceAll('\u00a0', ' ');
  }

  async untilTerminal(text: string | RegExp): Promise<void> {
    const isThere = (shown: string) =>
      typeof text === 'string' ? shown.includes(text) : text.test(shown);
    await until(`the terminal shows ${text}`, async () => isThere(await this.terminalText()));
  }

  /** For people to look at; not kept. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(__dirname, 'screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

/** Waits until it is so; fails with what it waited for. */
export async function until(
  what: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) {
      assert.fail(`waited for this in vain: ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Looks for a while, so that what comes late is seen too. */
export async function stays(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 2000;
  while (performance.now() < end) {
    assert.ok(await isSo(), `it did not stay so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
