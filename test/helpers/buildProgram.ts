// Bundles a program of the project for tests that start it, so that starting it does not cost a compilation each time.
import * as path from 'node:path';
import { buildSync } from 'esbuild';

/** The built program's file, made in `folder`. `source` is relative to the project. */
export function buildProgram(source: string, folder: string): string {
  const outfile = path.join(folder, `${path.basename(source, '.ts')}.cjs`);
  buildSync({
    entryPoints: [path.join(__dirname, '../..', source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@lydell/node-pty'],
    logLevel: 'error',
  });
  return outfile;
}
