// How the project is written: who may import whom, what may stand in the source, and that the documents are true.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import {
  importsOf,
  projectRoot,
  readSource,
  type SourceFile,
  sourceFiles,
} from '../helpers/sourceFiles.ts';

/** For each layer, the folders and packages that it may import besides itself. The first that fits a file is its layer. */
const LAYERS: Readonly<Record<string, { uses: readonly string[]; types?: readonly string[] }>> = {
  'src/core/shell': { uses: ['web-tree-sitter'] },
  'src/core/effects': { uses: ['src/core/shell', 'minimatch', 'node:path/posix'] },
  'src/core/risk': { uses: ['src/core/shell', 'src/core/effects', 'minimatch'] },
  'src/core/policy': {
    uses: ['src/core/shell', 'src/core/effects', 'src/core/risk', 'minimatch'],
  },
  'src/core/gate': {
    uses: ['src/core/shell', 'src/core/effects', 'src/core/risk', 'src/core/policy'],
  },
  // What comes after the gate. Hashing needs no machine.
  'src/core': { uses: ['src/core', 'minimatch', 'node:crypto'] },
  'src/node': {
    uses: ['src/core', 'node:*', 'web-tree-sitter', 'minimatch', '@lydell/node-pty', 'yaml'],
  },
  // What the panel shows as everybody else does is made in one place.
  'src/shared': {
    uses: [
      'src/core/session/display.ts',
      'src/core/session/asciicast.ts',
      'src/core/session/safeTerminal.ts',
      'src/core/shell/callTree.ts',
    ],
    types: ['src/core'],
  },
  'src/webview': {
    uses: ['src/shared', 'lit', 'lit/*', '@tanstack/*', 'asciinema-player'],
    types: ['src/core'],
  },
  'src/cli': { uses: ['src/core', 'src/node', 'node:*'] },
  'src/host': {
    uses: ['src/core', 'src/node', 'src/shared', 'src/contributions.ts', 'node:*', 'vscode'],
  },
  'src/extension.ts': { uses: ['src/host', 'vscode'] },
  'src/contributions.ts': { uses: [], types: ['src/core'] },
  // Only data, read when package.json is made.
  'src/settingsSchema.ts': { uses: ['src/contributions.ts', 'src/core/policy/types.ts'] },
};

/** Files that load something of their own, each for a reason that stands in them. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // The second engine, in development only.
  'src/node/nativeParser.ts': ['tree-sitter', 'tree-sitter-bash'],
  // Finds a setting's place in a file with comments.
  'src/host/settingsPlaces.ts': ['jsonc-parser'],
  // Files of tasks are TOML, or JSON with comments: both readers are small, without dependencies, pure.
  'src/core/shell/tasks/documents.ts': ['smol-toml', 'jsonc-parser'],
  // The exporter of OpenTelemetry, loaded where it is switched on.
  'src/node/otlp': ['@opentelemetry/*'],
};

const files = sourceFiles('src');
/** Folders that a test run makes; a clean clone has none. */
const MADE_BY_TESTS = ['test/e2e/screenshots/'];
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'];

describe('tidy', () => {
  it('imports follow the layers', () => {
    const imports = files.map((file) => ({ file, targets: importsOf(file) }));
    assert.ok(imports.flatMap(({ targets }) => targets).length > 2 * files.length, 'all are found');
    const wrong = imports.flatMap(({ file, targets }) =>
      targets
        .filter(({ target, isTypeOnly }) => !isAllowed(file, target, isTypeOnly))
        .map(({ target }) => `${file.name} may not import ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('no file needs itself: imports at run time make no circle', () => {
    const needs = new Map(
      files.map((file) => [
        file.name,
        importsOf(file)
          .filter(({ isTypeOnly, isDynamic }) => !isTypeOnly && !isDynamic)
          .map(({ target }) => target),
      ]),
    );
    assert.deepEqual(
      circlesIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
      ['b → c → b'],
    );
    assert.deepEqual(circlesIn(needs), []);
  });

  it('a window starts without the engine and the sessions of the past: what is heavy is loaded when it is wanted first', () => {
    const byName = new Map(files.map((file) => [file.name, file]));
    const loaded = new Set<string>(['src/extension.ts']);
    for (const name of loaded) {
      const file = byName.get(name);
      for (const { target, isTypeOnly, isDynamic } of file ? importsOf(file) : []) {
        if (!isTypeOnly && !isDynamic) loaded.add(target);
      }
    }
    assert.ok(loaded.has('src/host/gateService.ts'), 'the walk finds what is loaded');
    const heavy = [
      'src/core/shell',
      'src/core/effects',
      'src/node/facts',
      'src/node/parser.ts',
      'src/host/recordedSessions.ts',
      'src/node/verifySession.ts',
      '@opentelemetry/*',
      'yaml',
    ];
    const wrong = [...loaded].filter((name) => heavy.some((place) => isIn(name, place)));
    assert.deepEqual(wrong, []);
  });

  it('core knows no machine: no clock, no randomness, no process, no timers', () => {
    const forbidden =
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.|\bfetch\(/;
    assert.deepEqual(linesWith('src/core/', forbidden), []);
  });

  it('only the command line writes to the console', () => {
    const lines = linesWith('src/', /\bconsole\.\w/).filter((line) => !line.startsWith('src/cli/'));
    assert.deepEqual(lines, []);
  });

  it('no any, no empty catch, no note without an issue', () => {
    assert.deepEqual(linesWith('src/', /[:<] ?any\b|\bas any\b/), []);
    assert.deepEqual(linesWith('src/', /catch (?:\(\w+\) )?\{\s*\}/), []);
    const notes = new RegExp(
      `\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b(?! ?#\\d)`,
    );
    assert.deepEqual(linesWith('src/', notes), []);
  });

  it('no state and no work on import: nothing at the top of a module changes', () => {
    // `extension.ts` holds what `deactivate` has to end; the editor calls the two as a pair.
    const lines = linesWith('src/', /^(?:export )?let\b/);
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('src/extension.ts')),
      [],
    );
  });

  it('each file says first what it is for', () => {
    const silent = files.filter(({ lines }) => !lines[0]?.startsWith('// '));
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    );
  });

  it('no file is named after a drawer', () => {
    const drawers = files.filter(({ name }) => /\/(?:utils?|helpers?|common|misc)\.ts$/.test(name));
    assert.deepEqual(
      drawers.map(({ name }) => name),
      [],
    );
  });

  it('no file of the source has more than 600 lines', () => {
    // 300 is where a hard look begins; this is where a file certainly holds two ideas.
    const sizes = files.map(({ lines }) => lines.length - 1).sort((a, b) => a - b);
    const at = (part: number) => sizes[Math.floor(part * (sizes.length - 1))];
    console.log(
      `      ${sizes.length} files: median ${at(0.5)} lines, 90 % up to ${at(0.9)}, largest ${at(1)}`,
    );
    const large = files.filter(({ lines }) => lines.length > 600);
    assert.deepEqual(
      large.map(({ name, lines }) => `${name}: ${lines.length}`),
      [],
    );
  });

  for (const document of DOCUMENTS) {
    it(`every path that ${document} names exists`, () => {
      const { text } = readSource(document);
      const named = [...text.matchAll(/`((?:src|test|media|\.ci)\/[\w./{},*-]*)`/g)];
      const missing = named
        .flatMap(([, name = '']) => expand(name))
        .filter((name) => !MADE_BY_TESTS.includes(name))
        .filter((name) => !existsSync(path.join(projectRoot, name)));
      assert.deepEqual(missing, []);
    });

    it(`every script that ${document} names is in package.json`, () => {
      const { scripts } = JSON.parse(readSource('package.json').text);
      const named = [...readSource(document).text.matchAll(/(?:^|`)npm (?:run )?([a-z][\w:]*)/gm)];
      const builtIn = ['ci'];
      const missing = named
        .map(([, name = '']) => name)
        .filter((name) => scripts[name] === undefined && !builtIn.includes(name));
      assert.deepEqual(missing, []);
    });
  }

  it('ARCHITECTURE.md stays short enough to be read', () => {
    assert.ok(readSource('ARCHITECTURE.md').lines.length <= 200);
  });
});

function isAllowed({ name }: SourceFile, target: string, isTypeOnly: boolean): boolean {
  const layer = Object.keys(LAYERS).find((folder) => isIn(name, folder));
  assert.ok(layer, `${name} is in no layer`);
  if (isIn(target, layer)) return true;
  const { uses, types = [] } = LAYERS[layer] ?? { uses: [] };
  const own = Object.keys(EXCEPTIONS)
    .filter((place) => name.startsWith(place))
    .flatMap((place) => EXCEPTIONS[place] ?? []);
  return [...uses, ...own, ...(isTypeOnly ? types : [])].some((place) => isIn(target, place));
}

/** One path back to itself for each circle of files that is met; nothing else is followed twice. */
function circlesIn(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) found.push([...path.slice(start), name].join(' → '));
    if (start >= 0 || done.has(name)) return;
    for (const needed of needs.get(name) ?? []) follow(needed, [...path, name]);
    done.add(name);
  };
  for (const name of needs.keys()) follow(name, []);
  return found;
}

function isIn(name: string, place: string): boolean {
  if (place.endsWith('*')) return name.startsWith(place.slice(0, -1));
  return name === place || name.startsWith(`${place}/`);
}

/** `src/{a,b}.ts` is two paths; a path with a star is as good as its folder. */
function expand(name: string): string[] {
  const braces = /^(.*)\{(.*)\}(.*)$/.exec(name);
  if (braces) {
    const [, before = '', inside = '', after = ''] = braces;
    return inside.split(',').flatMap((part) => expand(`${before}${part}${after}`));
  }
  return [name.includes('*') ? path.posix.dirname(name.split('*')[0] ?? '') : name];
}

function linesWith(folder: string, pattern: RegExp): string[] {
  return files
    .filter(({ name }) => name.startsWith(folder))
    .flatMap(({ name, lines }) =>
      lines
        .filter((line) => pattern.test(withoutComments(line)))
        .map((line) => `${name}: ${line.trim()}`),
    );
}

/** What is said about code is no code; nor is a text in quotes. */
function withoutComments(line: string): string {
  return line.replace(/'(?:[^'\\]|\\.)*'/g, "''").replace(/^\s*(?:\/\/|\/?\*).*|\s\/\/ .*/, '');
}
