// One file of a session's log: opened new, only added to, with a running hash of what was written to it.
// Invariant: what was not written as a whole is taken back before the next write; what somebody else did to the file is found.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { ManifestFile } from '../core/session/signed.ts';
import { createPrivateFile, syncFolder } from './privateFolder.ts';

const dataSync = promisify(fs.fdatasync);

/** Writes bytes from an offset and returns how many it took. */
export type Write = (handle: number, bytes: Buffer, from: number) => number;

/** Somebody else changed the log. */
export class LogTampered extends Error {}

export class LogSegment {
  size = 0;
  private readonly hash = createHash('sha256');
  private isTorn = false;
  private isClosed = false;

  private constructor(
    readonly file: string,
    readonly number: number,
    private readonly handle: number,
    private readonly write: Write,
  ) {}

  /** Makes the file. Throws where anything stands there already, and where that is not possible. */
  static create(file: string, number: number, write: Write = fs.writeSync): LogSegment {
    const handle = createPrivateFile(file);
    try {
      syncFolder(path.dirname(file));
      return new LogSegment(file, number, handle, write);
    } catch (error) {
      fs.closeSync(handle);
      throw error;
    }
  }

  /** Throws where the file is no longer what was written to it, or no longer where it should be. */
  check(): void {
    if (this.isClosed) throw new Error('it is closed');
    const own = fs.fstatSync(this.handle);
    if (this.isTorn) {
      fs.ftruncateSync(this.handle, this.size);
      this.isTorn = false;
    } else if (own.size !== this.size) {
      throw new LogTampered(`it has ${own.size} bytes where ${this.size} were written`);
    }
    const found = fs.lstatSync(this.file, { throwIfNoEntry: false });
    if (!found || found.ino !== own.ino || found.dev !== own.dev) {
      throw new LogTampered('it was deleted, moved or replaced');
    }
  }

  add(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) {
        written += this.write(this.handle, bytes, written);
      }
    } catch (error) {
      this.isTorn = written > 0;
      throw error;
    }
    this.size += bytes.length;
    this.hash.update(bytes);
  }

  /** Puts everything on disk. */
  async sync(): Promise<void> {
    await dataSync(this.handle);
  }

  syncNow(): void {
    fs.fdatasyncSync(this.handle);
  }

  /** What was written, whatever stands in the file by now. */
  get entry(): ManifestFile {
    const { size, file } = this;
    return { name: path.basename(file), bytes: size, sha256: this.hash.copy().digest('hex') };
  }

  close(): void {
    if (!this.isClosed) {
      this.isClosed = true;
      fs.closeSync(this.handle);
    }
  }

  /** Takes an unfinished file away. */
  discard(): void {
    this.close();
    fs.rmSync(this.file, { force: true });
  }
}
