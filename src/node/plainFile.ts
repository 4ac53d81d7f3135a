// Reads a file in a folder that others can write to.
// Invariant: no link is followed, nothing but a plain file is read (a pipe in its place would hold up the window for ever), and never more than asked for.
import * as fs from 'node:fs';

/** The whole file. Throws where it is not there, no plain file, or longer than `most` bytes. */
export function readPlainFile(file: string, most: number): Buffer {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) throw new Error('it is not a plain file');
    if (stat.size > most) throw new Error(`it is too large (${stat.size} bytes)`);
    return fs.readFileSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
