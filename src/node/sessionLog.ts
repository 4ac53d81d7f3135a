// The log of one session on disk: one writer, lines only added, each chained to the one before.
// Invariant: a failure is returned, never swallowed, and after it the file ends with a whole line or takes no more.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { ChainReport } from '../core/session/chain.ts';
import { chainEvent, genesisHash, readChain } from '../core/session/chain.ts';
import type { AuditBody, AuditEvent } from '../core/session/events.ts';
import type { Clock } from './clock.ts';
import { createPrivateFile, ignoreFolder, makePrivateFolder, syncFolder } from './privateFolder.ts';

export const LOG_FILE = 'audit.ndjson';

const dataSync = promisify(fs.fdatasync);

/** `why` is a sentence for a person; `isTampered` where somebody else changed the file. */
export interface LogFailure {
  ok: false;
  why: string;
  isTampered: boolean;
}
export type Appended = { ok: true; event: AuditEvent } | LogFailure;
export type Synced = { ok: true } | LogFailure;

export interface SessionLogOptions {
  /** Folder that must exist already: the workspace, or the storage of the editor. */
  root: string;
  /** Folder names below the root, such as `.interlock`, `sessions`. */
  under: readonly string[];
  session: string;
  nonce: string;
  clock: Clock;
  /** Writes bytes from an offset and returns how many it took; a full disk stands in here in tests. */
  write?: (handle: number, bytes: Buffer, from: number) => number;
}

export class SessionLog {
  private seq = 0;
  private size = 0;
  private head: string;
  private isTorn = false;
  private isClosed = false;
  private readonly startedAt: number;

  private constructor(
    readonly folder: string,
    private readonly handle: number,
    private readonly options: SessionLogOptions,
  ) {
    this.startedAt = options.clock.mono();
    this.head = genesisHash(options.session, options.nonce);
  }

  /** Makes the session's folder and its empty log. Throws where that is not possible or not safe. */
  static create(options: SessionLogOptions): SessionLog {
    const { root, under, session, clock } = options;
    const day = clock.now().toISOString().slice(0, 10);
    const sessions = makePrivateFolder(root, under);
    ignoreFolder(sessions);
    const folder = makePrivateFolder(sessions, [day, session]);
    const handle = createPrivateFile(path.join(folder, LOG_FILE));
    try {
      syncFolder(folder);
      syncFolder(path.dirname(folder));
      return new SessionLog(folder, handle, options);
    } catch (error) {
      fs.closeSync(handle);
      throw error;
    }
  }

  get session(): string {
    return this.options.session;
  }

  get file(): string {
    return path.join(this.folder, LOG_FILE);
  }

  /** Adds one event. It is on disk only after `sync`. */
  append(body: AuditBody): Appended {
    const event: AuditEvent = {
      v: 1,
      seq: this.seq,
      ts: this.options.clock.now().toISOString(),
      mono: Math.round((this.options.clock.mono() - this.startedAt) * 1000) / 1000,
      sid: this.session,
      ...body,
    };
    try {
      this.check();
      const { line, hash } = chainEvent(event, this.head);
      this.write(Buffer.from(line, 'utf8'));
      this.seq += 1;
      this.head = hash;
      return { ok: true, event };
    } catch (error) {
      return this.failure(error);
    }
  }

  /** Puts everything that was added on disk. */
  async sync(): Promise<Synced> {
    try {
      this.check();
      await dataSync(this.handle);
      return { ok: true };
    } catch (error) {
      return this.failure(error);
    }
  }

  close(): void {
    if (!this.isClosed) {
      this.isClosed = true;
      fs.closeSync(this.handle);
    }
  }

  /** Throws where the file is no longer what this log wrote, or no longer where it should be. */
  private check(): void {
    if (this.isClosed) {
      throw new Error('it is closed');
    }
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

  private write(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) {
        written += (this.options.write ?? fs.writeSync)(this.handle, bytes, written);
      }
    } catch (error) {
      this.isTorn = written > 0;
      throw error;
    }
    this.size += bytes.length;
  }

  private failure(error: unknown): LogFailure {
    const text = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      why: `The session log ${this.file} cannot be written: ${text}.`,
      isTampered: error instanceof LogTampered,
    };
  }
}

/** Somebody else changed the log. */
class LogTampered extends Error {}

/** Reads a log back as far as it is whole; a missing file is an error, a torn end is not. */
export function readSessionLog(file: string): ChainReport {
  return readChain(fs.readFileSync(file, 'utf8'));
}
