// `npm run bench:activation`
// Opens the packaged extension in a few fresh windows and reads how long its activation took, as the editor tells it,
// beside the extensions that come with the editor and beside one that does nothing, which is what the editor itself
// takes; and the processor time of loading and activating, which a busy machine does not distort. Prints JSON.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Editor, EditorHost, sample } from '../e2e/editor.ts';
import { prepareChromium } from '../host/chromium.mjs';
import { installPackaged } from '../host/packaged.mjs';
import { prepareTestEditor } from '../host/testEditor.mjs';

const WINDOWS = 5;
const OWN = 'interlock';
const NOTHING = 'nothing';

async function main(): Promise<void> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'interlock-bench-'));
  try {
    const [chromium, editor] = [await prepareChromium(), await prepareTestEditor()];
    const extensionsFolder = await installPackaged(editor, place, [emptyExtension(place)]);
    const report = measure(extensionsFolder, place);
    process.env.INTERLOCK_E2E = JSON.stringify({ editor, chromium, extensionsFolder });
    const windows: Record<string, number>[] = [];
    for (let count = 0; count < WINDOWS; count += 1) windows.push(await activationTimes());
    const names = [...new Set(windows.flatMap((times) => Object.keys(times)))];
    const entries = names.map((name) => [
      name,
      median(windows.flatMap((times) => times[name] ?? [])),
    ]);
    const medianMs = Object.fromEntries(entries);
    const over = windows.map((times) => (times[OWN] ?? Number.NaN) - (times[NOTHING] ?? 0));
    const result = { windows: WINDOWS, interlockMs: windows.map((times) => times[OWN]) };
    const processorMs = medians(report);
    console.log(
      JSON.stringify({ ...result, processorMs, overNothingMs: median(over), medianMs }, null, 2),
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Makes the installed extension write down the processor time that it takes; the file, one line a window. */
function measure(extensionsFolder: string, place: string): string {
  const report = path.join(place, 'processor.ndjson');
  const own = readdirSync(extensionsFolder).find((name) => name.startsWith('interlock.'));
  const main = path.join(extensionsFolder, own ?? '', 'dist', 'extension.js');
  const before = 'const atLoad = process.cpuUsage();';
  const after = `
    const ms = ({ user, system }) => (user + system) / 1000;
    const load = ms(process.cpuUsage(atLoad));
    const { activate } = module.exports;
    module.exports = { ...module.exports, activate: (context) => {
      const atStart = process.cpuUsage();
      const result = activate(context);
      const line = JSON.stringify({ load, activate: ms(process.cpuUsage(atStart)) });
      require('node:fs').appendFileSync(${JSON.stringify(report)}, line + '\\n');
      return result;
    } };`;
  writeFileSync(main, `${before}${readFileSync(main, 'utf8')}\n;{${after}}`);
  return report;
}

function medians(report: string): Record<string, number | undefined> {
  const lines = readFileSync(report, 'utf8').trim().split('\n');
  const windows = lines.map((line): Record<string, number> => JSON.parse(line));
  const of = (name: string) => median(windows.map((window) => window[name] ?? Number.NaN));
  return { load: of('load'), activate: of('activate') };
}

/** An extension that starts when ours does. */
function emptyExtension(place: string): string {
  const folder = path.join(place, NOTHING);
  mkdirSync(folder);
  const manifest = {
    name: NOTHING,
    displayName: NOTHING,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.101.0' },
    main: './main.js',
    activationEvents: ['onStartupFinished'],
    extensionKind: ['workspace'],
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  writeFileSync(path.join(folder, '.vscodeignore'), '*.vsix\n');
  return folder;
}

/** Milliseconds of each extension's activation in a new window, loading its code included. */
async function activationTimes(): Promise<Record<string, number>> {
  const workspace = await sample();
  const host = await EditorHost.start();
  try {
    const editor = await Editor.open(host, workspace.folder);
    await editor.screen.runCommand('Developer: Show Running Extensions');
    const rows = editor.screen.page.locator('.runtime-extensions-editor .monaco-list-row');
    await rows
      .filter({ hasText: /Interlock/i })
      .first()
      .waitFor();
    const texts = await rows.allInnerTexts();
    const entries = texts.flatMap((text) => {
      const [, ms] = /Activation: (\d+)ms/.exec(text) ?? [];
      const name = /interlock/i.test(text) ? OWN : (text.split('\n')[0] ?? '');
      return ms === undefined ? [] : [[name, Number(ms)] as const];
    });
    return Object.fromEntries(entries);
  } finally {
    await host.stop();
  }
}

function median(numbers: number[]): number | undefined {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

void main();
