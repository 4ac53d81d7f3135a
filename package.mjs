// Packs the extension for this platform: the terminal library that goes into it is native code.
// Invariant: a package that lacks its native part or its bundles is not made.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = path.dirname(fileURLToPath(import.meta.url));
const target = `${process.platform}-${process.arch}`;
const packagePath = path.resolve(root, process.argv[2] ?? `interlock-${target}.vsix`);

execFileSync(process.execPath, [path.join(root, 'esbuild.mjs'), '--minify'], { stdio: 'inherit' });

const needed = [
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  `node_modules/@lydell/node-pty-${target}`,
  'dist/extension.js',
  'dist/engine.js',
  'dist/recordedSessions.js',
  'dist/otlpSender.js',
  'dist/toolProcess.js',
  'dist/recordWorker.js',
  'dist/cli.js',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/webview/panel.js',
  'dist/tree-sitter-bash.wasm',
];
const missing = needed.filter((file) => !existsSync(path.join(root, file)));
if (missing.length > 0) {
  console.error(
    `Not packed: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
  );
  process.exit(1);
}

await createVSIX({
  cwd: root,
  target,
  packagePath,
  // The address of the repository is not decided yet; links of README.md stay relative until it is.
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(`${packagePath} (${(statSync(packagePath).size / 1024 / 1024).toFixed(2)} MB)`);
