// Opens the editor with the packaged extension, and reads what it leaves on disk.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { AuditEvent } from '../../src/core/session/events.ts';
import { recordedEvents } from '../helpers/recordedEvents.ts';
import { BROWSER_WORDS } from '../host/chromium.mjs';
import { type EditorServer, startServer } from '../host/editorServer.mjs';
import { makeSampleWorkspace, type SampleWorkspace } from '../host/sampleWorkspace.mjs';
import { writeSettings } from '../host/userSettings.mjs';
import { Screen, until } from './screen.ts';

/** What test/host/e2e.mjs has prepared. */
interface Prepared {
  editor: { node: string; server: string };
  chromium: string;
  /** Where the packaged extension is installed. */
  extensionsFolder: string;
}

export interface OpenOptions {
  /** Settings of the user, added to those of test/host/userSettings.mjs. */
  settings?: Record<string, unknown>;
  /** Settings of the machine, which a development container can set. */
  machineSettings?: Record<string, unknown>;
  /** Unknown folders open in Restricted Mode. */
  asksForTrust?: boolean;
  env?: NodeJS.ProcessEnv;
}

/** A server and a browser, which take any number of windows. */
export class EditorHost {
  private constructor(
    readonly server: EditorServer,
    readonly browser: Browser,
    private readonly dataFolder: string,
  ) {}

  static async start(options: OpenOptions = {}): Promise<EditorHost> {
    const { editor, extensionsFolder } = prepared();
    const { settings, machineSettings, asksForTrust, env } = options;
    const dataFolder = temporaryFolder('editor');
    await writeSettings(dataFolder, settings, machineSettings);
    const server = await startServer({ editor, dataFolder, extensionsFolder, asksForTrust, env });
    return new EditorHost(server, await launchBrowser(), dataFolder);
  }

  /** The settings of the machine, which a development container can write. */
  get machineSettings(): string {
    return path.join(this.dataFolder, 'data', 'Machine', 'settings.json');
  }

  /** The process that extensions run in, of a host with one window. */
  extensionHost(): number {
    return extensionHostOf(this.server.pid);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    fs.rmSync(this.dataFolder, { recursive: true, force: true });
  }
}

/** An open window on a folder, of a person who was not here before: nothing is kept from other windows. */
export class Editor {
  private constructor(
    readonly screen: Screen,
    readonly host: EditorHost,
    readonly folder: string,
  ) {}

  /** Opens a folder and waits until the extension has started. */
  static async open(host: EditorHost, folder: string): Promise<Editor> {
    const screen = await openPage(host.browser, host.server.address(folder));
    return new Editor(screen, host, folder);
  }

  /** All recorded events of the workspace. */
  events(): AuditEvent[] {
    return recordedEvents(this.folder);
  }

  /** Leaves the page as a person does who closes the window; the server goes on. */
  async closeWindow(): Promise<void> {
    const { page } = this.screen;
    if (page.isClosed()) return;
    await page.goto('about:blank');
    await page.context().close();
  }

  /** The page is gone without a word, as when the machine in front of it loses its power. */
  async dropWindow(): Promise<void> {
    const context = this.screen.page.context();
    await context.setOffline(true);
    await context.close();
  }
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: prepared().chromium, args: BROWSER_WORDS });
}

/** Opens a window of an editor that runs, which may be one that somebody else has started, such as `npm start`. */
export async function openPage(browser: Browser, address: string): Promise<Screen> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const screen = new Screen(page);
  await page.goto(address);
  await screen.untilReady();
  return screen;
}

/** A git repository with a bare remote, in a folder of its own. */
export async function sample(): Promise<SampleWorkspace> {
  return makeSampleWorkspace(temporaryFolder('sample'));
}

/** The steps in the life of a submission; what is recorded beside them is left out. */
const STEPS = ['assessment', 'hold', 'decision', 'run', 'outcome'];

/** What became of a command line so far, as the types of its events. */
export function storyOf(folder: string, command: string): string[] {
  const events = recordedEvents(folder);
  const submitted = events.findLast(
    (event) => event.type === 'submission' && event.submission.command === command,
  );
  if (submitted?.type !== 'submission') return [];
  const { id } = submitted.submission;
  const own = events.filter(
    (event) => STEPS.includes(event.type) && 'submission' in event && event.submission === id,
  );
  return ['submission', ...own.map(({ type }) => type)];
}

/** Waits until the record says that the command line is held. */
export async function untilHeld(folder: string, command: string): Promise<void> {
  await until(`${command} is held`, () => storyOf(folder, command).at(-1) === 'hold');
}

export function temporaryFolder(name: string): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `interlock-${name}-`)));
}

function prepared(): Prepared {
  const text = process.env.INTERLOCK_E2E;
  if (!text) throw new Error('Run these tests with: npm run e2e');
  return JSON.parse(text);
}

function extensionHostOf(server: number): number {
  const commandOf = (pid: string) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  const groupOf = (pid: string) =>
    fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find(
    (pid) => commandOf(pid).includes('--type=extensionHost') && groupOf(pid) === String(server),
  );
  if (found === undefined) throw new Error('There is no extension host.');
  return Number(found);
}
