// Facts about files whose contents decided what a line does: if one changes while the line is held, it is assessed anew (I2).
import type { Fact } from '../../core/risk/types.ts';
import type { LocalSourceFiles } from '../sourceFiles.ts';

/** One fact for each file that the analyser looked into. */
export function codeFacts(files: LocalSourceFiles): Fact[] {
  return files.fingerprints().map(({ path, bytes, sha256 }) => ({
    id: 'code.read',
    effect: undefined,
    value: sha256,
    text: `${path} was read to see what it does (${bytes} bytes).`,
    how: `read ${path}`,
  }));
}
