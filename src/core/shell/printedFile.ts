// `cat file | sh` runs what stands in the file, as `sh file` does.
// Invariant: the word is an absolute, constant path, so that it means the same file wherever the reader stands.
import { directoryOf } from './cwd.ts';
import type { ShellState } from './state.ts';
import type { Word } from './types.ts';
import { constantWord } from './unwrap/optionReader.ts';
import type { Draft, Frame } from './walk.ts';

/** The file that the call prints and does not change; undefined where it prints anything else. */
export function printedFile(draft: Draft, frame: Frame, state: ShellState): Word | undefined {
  const [program, file, ...more] = draft.argv;
  if (program?.value !== 'cat' || !file || more.length > 0) return undefined;
  const isPlain = !file.isGlob && /^[\w./]/.test(file.value ?? '');
  const isHere = frame.place.kind === 'local' && draft.redirects.length === 0;
  const place = isPlain && isHere ? directoryOf(state.cwd, file) : undefined;
  // What stands there is open in another process, and may be another thing in the reader.
  if (place?.kind !== 'known' || /^\/(?:dev|proc)(?:\/|$)/.test(place.path)) return undefined;
  return { ...constantWord(place.path, file), text: file.text };
}
