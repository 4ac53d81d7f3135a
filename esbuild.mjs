// Builds the bundles and lays the files that they read at run time beside them.
// Invariant: what runs outside the editor (cli) has no `vscode` in it; the build fails where it does.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { writeNotices } from './notices.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');
const isWatching = process.argv.includes('--watch');
const isForRelease = process.argv.includes('--minify');
const require = createRequire(import.meta.url);

/** Loaded from node_modules at run time: it holds native code. */
const NATIVE = ['@lydell/node-pty'];

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: isForRelease,
  sourcemap: isForRelease ? false : 'linked',
  // The notices of all works stand in one file instead.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/**
 * A module that the machine or the editor gives is taken as it is. The bundler would make a copy of all its names for
 * each file that imports it, which was a quarter of the time in which the extension loads.
 */
const plainRequires = {
  name: 'plain-requires',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const given = /^import \* as (\w+) from '(node:[\w/]+|vscode)';$/gm;
      return { contents: text.replace(given, "const $1 = require('$2');"), loader: 'ts' };
    });
  },
};

const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The engine's CommonJS form; its module form asks where it lies, which a bundle cannot tell.
  alias: {
    'web-tree-sitter': require.resolve('web-tree-sitter'),
    // Its other form loads its parts in a way that a bundle cannot see.
    'jsonc-parser': require.resolve('jsonc-parser/lib/esm/main.js'),
  },
  plugins: [plainRequires],
};

const bundles = [
  {
    ...forNode,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode', ...NATIVE],
    plugins: [
      plainRequires,
      inOwnBundle(/\/node\/engine\.ts$/, './engine.js'),
      inOwnBundle(/\/recordedSessions\.ts$/, './recordedSessions.js'),
      inOwnBundle(/\/otlpSender\.ts$/, './otlpSender.js'),
    ],
  },
  {
    ...forNode,
    entryPoints: ['src/host/recordedSessions.ts'],
    outfile: 'dist/recordedSessions.js',
    external: ['vscode', ...NATIVE],
  },
  {
    ...forNode,
    entryPoints: ['src/node/engine.ts'],
    outfile: 'dist/engine.js',
    external: NATIVE,
  },
  {
    ...forNode,
    entryPoints: ['src/node/facts/toolProcess.ts'],
    outfile: 'dist/toolProcess.js',
  },
  {
    ...forNode,
    entryPoints: ['src/node/recorder/recordWorker.ts'],
    outfile: 'dist/recordWorker.js',
  },
  {
    ...forNode,
    entryPoints: ['src/node/otlp/otlpSender.ts'],
    outfile: 'dist/otlpSender.js',
  },
  {
    ...forNode,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    external: NATIVE,
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    entryPoints: { panel: 'src/webview/main.ts', player: 'src/webview/player.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'src/webview/tsconfig.json',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
].filter(isWritten);

/** Package file → place under dist. */
const copies = {
  'web-tree-sitter/web-tree-sitter.wasm': 'web-tree-sitter.wasm',
  'tree-sitter-bash/tree-sitter-bash.wasm': 'tree-sitter-bash.wasm',
  '@vscode/codicons/dist/codicon.css': 'webview/codicon.css',
  '@vscode/codicons/dist/codicon.ttf': 'webview/codicon.ttf',
};

/** What is imported when it is needed stays in a file of its own, which is read only then. */
function inOwnBundle(filter, file) {
  return {
    name: 'in-own-bundle',
    setup(build) {
      build.onResolve({ filter }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: file, external: true } : undefined,
      );
    },
  };
}

/** A part of the project that is not there yet is left out, and said so. */
function isWritten(bundle) {
  const [entry] = Object.values(bundle.entryPoints);
  const isThere = existsSync(path.join(root, entry));
  if (!isThere) console.warn(`${entry} is not there: left out.`);
  return isThere;
}

async function copyAssets() {
  await mkdir(path.join(dist, 'webview'), { recursive: true });
  for (const [from, to] of Object.entries(copies)) {
    await copyFile(path.join(root, 'node_modules', from), path.join(dist, to));
  }
}

/** The command line has to start on a machine without the editor. */
async function checkCommandLine() {
  const text = await readFile(path.join(dist, 'cli.js'), 'utf8');
  if (/require\(["']vscode["']\)/.test(text)) {
    throw new Error('dist/cli.js needs the editor: something in src/cli imports from src/host.');
  }
}

await rm(dist, { recursive: true, force: true });
await copyAssets();
if (isWatching) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  const built = await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  await checkCommandLine();
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const copied = Object.keys(copies).map((file) => `node_modules/${file}`);
  writeNotices([...inputs, ...copied], NATIVE, path.join(dist, 'THIRD_PARTY_NOTICES.txt'));
}
