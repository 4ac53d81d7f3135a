// Lets the analyser look into the scripts that a line runs: small regular files of this machine, a few of them.
// Invariant: nothing is waited for (no pipe, no device), and every file that was read leaves its fingerprint.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import type { SourceFiles } from '../core/shell/types.ts';

const MOST_FILES = 100;
const MOST_BYTES = 2 * 1024 * 1024;

/** What lies there is made up by the kernel while it is read, or never ends. */
const NO_FILES = /^\/(proc|sys|dev)(\/|$)/;

/** Reads for one line. What was read is kept, so that one assessment sees one state of each file. */
export class LocalSourceFiles implements SourceFiles {
  /** Absolute path → text; undefined where it was asked for and could not be read. */
  private readonly texts = new Map<string, string | undefined>();
  private bytesLeft = MOST_BYTES;

  read(absolutePath: string, maxBytes: number): string | undefined {
    if (this.texts.has(absolutePath)) return within(this.texts.get(absolutePath), maxBytes);
    if (this.texts.size >= MOST_FILES) return undefined;
    const text = readText(absolutePath, Math.min(maxBytes, this.bytesLeft));
    this.bytesLeft -= text === undefined ? 0 : Buffer.byteLength(text);
    this.texts.set(absolutePath, text);
    return text;
  }

  /** Loads its library with the first text: that costs more than most lines. */
  parseYaml(text: string): unknown {
    const { parse } = require('yaml') as typeof import('yaml');
    try {
      return parse(text, { logLevel: 'silent' });
    } catch {
      // No YAML, or one whose references go too far.
      return undefined;
    }
  }

  isDirectory(absolutePath: string): boolean | undefined {
    try {
      return fs.statSync(absolutePath, { throwIfNoEntry: false })?.isDirectory() ?? false;
    } catch {
      // Not permitted, or a loop of links: it cannot be told.
      return undefined;
    }
  }

  /** A file that does not hold any more what was read from it; undefined where all do. */
  changed(): string | undefined {
    for (const [path, text] of this.texts) {
      if (text !== undefined && readText(path, Buffer.byteLength(text)) !== text) return path;
    }
    return undefined;
  }

  /** The files that were read, each with the hash of what was in it. */
  fingerprints(): readonly { path: string; bytes: number; sha256: string }[] {
    return [...this.texts].flatMap(([path, text]) =>
      text === undefined ? [] : [{ path, bytes: Buffer.byteLength(text), sha256: sha256(text) }],
    );
  }
}

function within(text: string | undefined, maxBytes: number): string | undefined {
  return text !== undefined && Buffer.byteLength(text) <= maxBytes ? text : undefined;
}

function readText(file: string, maxBytes: number): string | undefined {
  let handle: number | undefined;
  try {
    const real = fs.realpathSync(file);
    if (NO_FILES.test(real)) return undefined;
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    handle = fs.openSync(real, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(handle);
    if (!stat.isFile() || stat.size > maxBytes) return undefined;
    const buffer = Buffer.alloc(maxBytes + 1);
    const length = fs.readSync(handle, buffer, 0, maxBytes + 1, 0);
    return length > maxBytes ? undefined : decode(buffer.subarray(0, length));
  } catch {
    // Not there or not permitted: to the analyser it is a file that cannot be seen.
    return undefined;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

/** Undefined for what is no text: a zero byte, or bytes that are not UTF-8. */
function decode(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
