// `node test/bundled.mjs fuzz/run.ts …`: runs a program of the tests built as the product is, so that its times are the product's.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const [entry = '', ...args] = process.argv.slice(2);
const outfile = path.join(
  root,
  'node_modules/.cache/interlock',
  entry.replace(/\W+/g, '-').replace(/-ts$/, '.cjs'),
);
await build({
  entryPoints: [path.join(root, 'test', entry)],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  outfile,
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
process.exitCode = status ?? 2;
