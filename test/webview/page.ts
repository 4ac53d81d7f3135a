// The built panel in a headless browser: the real page with its real content policy, and a stand-in for the editor around it.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { panelHtml } from '../../src/host/panelHtml.ts';
import type { FromPanel, ToPanel } from '../../src/shared/protocol.ts';
import { BROWSER_WORDS } from '../host/chromium.mjs';
import themes from './themes.json' with { type: 'json' };

const dist = fileURLToPath(new URL('../../dist/webview/', import.meta.url));
const CHROMIUM = process.env.INTERLOCK_CHROMIUM ?? '/usr/bin/chromium';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as Theme[];

export interface PanelPage {
  page: Page;
  /** As the host's `postMessage`. */
  post(message: ToPanel): Promise<void>;
  /** What the panel has sent since the last call. */
  sent(): Promise<FromPanel[]>;
  /** Breaches of the content policy, and errors of the page. */
  faults(): Promise<string[]>;
  /** Puts the theme's colours on, as the editor does. */
  setTheme(theme: Theme): Promise<void>;
  /** Throws the page away and loads it again, as the editor does when the panel was hidden. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenPanel {
  theme?: Theme;
  width?: number;
  height?: number;
}

export class PanelHarness {
  private constructor(
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<PanelHarness> {
    if (!existsSync(path.join(dist, 'panel.js'))) throw new Error('Run npm run test:webview.');
    const server = createServer((request, response) => {
      const file = path.join(dist, path.basename(new URL(request.url ?? '/', 'http://x').pathname));
      if (request.url === '/') {
        response.setHeader('content-type', 'text/html');
        response.end(pageHtml());
      } else if (existsSync(file)) {
        response.setHeader('content-type', TYPES[path.extname(file)] ?? 'text/plain');
        response.end(readFileSync(file));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: BROWSER_WORDS,
    });
    return new PanelHarness(server, browser);
  }

  async open(options: OpenPanel = {}): Promise<PanelPage> {
    const { theme = 'dark', width = 380, height = 760 } = options;
    const page = await this.browser.newPage({ viewport: { width, height } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.addInitScript({ path: fileURLToPath(new URL('standIn.js', import.meta.url)) });
    const { port } = this.server.address() as AddressInfo;
    const load = async () => {
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => document.querySelector('il-panel header') !== null);
    };
    let current = theme;
    const setTheme = async (name: Theme) => {
      current = name;
      await page.evaluate(putOn, { name, colours: themes[name] });
    };
    await load();
    await setTheme(theme);
    return {
      page,
      post: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
      sent: () => page.evaluate(() => stand().sent.splice(0)),
      faults: async () => [...errors, ...(await page.evaluate(() => stand().breaches))],
      setTheme,
      reload: async () => {
        await load();
        await setTheme(current);
      },
      close: () => page.close(),
    };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function pageHtml(): string {
  return panelHtml({
    cspSource: "'self'",
    nonce: 'f00dfeed',
    script: '/panel.js',
    styles: ['/codicon.css', '/panel.css'],
    player: { script: '/player.js', style: '/player.css' },
  });
}

interface StandIn {
  sent: FromPanel[];
  breaches: string[];
}

declare global {
  function stand(): StandIn;
}

/** Runs in the page: what the editor puts on its pages. */
function putOn({ name, colours }: { name: string; colours: Record<string, string> }): void {
  const { style } = document.documentElement;
  for (const property of [...style]) style.removeProperty(property);
  for (const [property, value] of Object.entries(colours)) style.setProperty(property, value);
  style.setProperty('--vscode-font-family', 'system-ui, "DejaVu Sans", sans-serif');
  style.setProperty('--vscode-editor-font-family', '"DejaVu Sans Mono", monospace');
  const isLight = name.includes('light');
  const kinds = name.startsWith('hc')
    ? ['vscode-high-contrast', ...(isLight ? ['vscode-high-contrast-light'] : [])]
    : [isLight ? 'vscode-light' : 'vscode-dark'];
  document.body.className = kinds.join(' ');
}
