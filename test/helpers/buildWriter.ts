// Bundles recordWriter.ts, so that starting it does not cost a compilation each time.
import * as path from 'node:path';
import { buildSync } from 'esbuild';

/** The program's file, made in `folder`. */
export function buildWriter(folder: string): string {
  const outfile = path.join(folder, 'recordWriter.cjs');
  buildSync({
    entryPoints: [path.join(__dirname, 'recordWriter.ts')],
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
