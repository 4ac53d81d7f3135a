// Reads a file in a folder that others can write to.
// Invariant: no link is followed, nothing but a plain file is read (a pipe in its place would hold up the window for ever), and never more than asked for.
import * as fs from 'node:fs';

/** The file from a byte on; nothing where it is shorter. Throws where it is not there, no plain file, or longer than `most` bytes. */
export function readPlainFile(file: string, most: number, from = 0): Buffer {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) throw new Error('it is not a plain file');
    if (stat.size > most) throw new Error(`it is too large (${stat.size} bytes)`);
    return from === 0 ? fs.readFileSync(handle) : readRest(handle, from, stat.size);
  } finally {
    fs.closeSync(handle);
  }
}

/** Up to the length that it had; what is added meanwhile is for the next time. */
function readRest(handle: number, from: number, size: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, size - from));
  let read = 0;
  while (read < bytes.length) {
    const more = fs.readSync(handle, bytes, read, bytes.length - read, from + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}
