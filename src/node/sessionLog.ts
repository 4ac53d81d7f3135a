// The log of one session on disk: one writer, lines only added, each chained to the one before, in files of a bounded size.
// Invariants: a failure is returned, never swallowed, and after it the log ends with a whole line or takes no more;
// a head never tells of lines that are not on disk yet.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ChainReport } from '../core/session/chain.ts';
import { chainEvent, genesisHash, readChain } from '../core/session/chain.ts';
import type { AuditBody, AuditEvent } from '../core/session/events.ts';
import type { Head, ManifestFile } from '../core/session/signed.ts';
import type { Clock } from './clock.ts';
import type { HeadStore } from './headStore.ts';
import { LogSegment, LogTampered, type Write } from './logSegment.ts';
import { writeManifest } from './manifestFile.ts';
import { ignoreFolder, makePrivateFolder, syncFolder } from './privateFolder.ts';
import type { SessionReading } from './readSession.ts';
import { segmentName } from './sessionFiles.ts';
import type { SigningKey } from './signingKey.ts';

export const LOG_FILE = segmentName(1);

/** Bytes after which the log goes on in another file. */
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** `why` is a sentence for a person; `isTampered` where somebody else changed the file. */
export interface LogFailure {
  ok: false;
  why: string;
  isTampered: boolean;
}
export type Appended = { ok: true; event: AuditEvent } | LogFailure;
export type Synced = { ok: true } | LogFailure;

/** Who signs how far the log goes, and where that is kept. */
export interface Anchor {
  key: SigningKey;
  heads: HeadStore;
}

interface LogOptions {
  session: string;
  clock: Clock;
  /** Without it nothing proves where the log ends. */
  anchor?: Anchor;
  /** A full disk stands in here in tests. */
  write?: Write;
  segmentBytes?: number;
}

export interface SessionLogOptions extends LogOptions {
  /** Folder that must exist already: the workspace, or the storage of the editor. */
  root: string;
  /** Folder names below the root, such as `.interlock`, `sessions`. */
  under: readonly string[];
  nonce: string;
}

/** A log that another process began and did not end, with the new file in which it goes on. */
export interface ResumeOptions {
  folder: string;
  segment: LogSegment;
  reading: SessionReading;
  /** What lies in the folder already and belongs into the manifest. */
  files: readonly ManifestFile[];
  clock: Clock;
  anchor: Anchor | undefined;
}

export class SessionLog {
  private seq = 0;
  private head: string;
  /** Files of a writer before this one. */
  private earlier: readonly ManifestFile[] = [];
  /** All files, the last is the one that is written. Those before stay open for syncs under way. */
  private readonly segments: LogSegment[];
  /** What the recordings said last of each of their files. */
  private readonly recorded = new Map<string, ManifestFile>();
  private anchoredSeq = -1;
  private isEnded = false;
  private startedAt: number;

  private constructor(
    readonly folder: string,
    first: LogSegment,
    private readonly options: LogOptions,
    nonce = '',
  ) {
    this.segments = [first];
    this.startedAt = options.clock.mono();
    this.head = genesisHash(options.session, nonce);
  }

  /** Makes the session's folder and its empty log. Throws where that is not possible or not safe. */
  static create(options: SessionLogOptions): SessionLog {
    const { root, under, session, clock, write } = options;
    const day = clock.now().toISOString().slice(0, 10);
    const sessions = makePrivateFolder(root, under);
    ignoreFolder(sessions);
    const folder = makePrivateFolder(sessions, [day, session]);
    const segment = LogSegment.create(path.join(folder, LOG_FILE), 1, write);
    try {
      syncFolder(path.dirname(folder));
      return new SessionLog(folder, segment, options, options.nonce);
    } catch (error) {
      segment.close();
      throw error;
    }
  }

  /** Goes on where the log ends, in a file of its own; only for a log whose writer is gone. Throws where its first line cannot be written. */
  static resume({ folder, segment, reading, files, clock, anchor }: ResumeOptions): SessionLog {
    const log = new SessionLog(folder, segment, { session: path.basename(folder), clock, anchor });
    log.seq = reading.events;
    log.head = reading.head ?? '';
    log.earlier = files;
    log.startedAt = clock.mono() - (reading.last?.mono ?? 0);
    log.add(segment, { type: 'segment.start', segment: segment.number, previous: log.head });
    return log;
  }

  get session(): string {
    return this.options.session;
  }

  /** Hash of the last line. */
  get lastHash(): string {
    return this.head;
  }

  /** The file that is written now. */
  get file(): string {
    return this.current.file;
  }

  /** Adds one event. It is on disk only after `sync`. */
  append(body: AuditBody): Appended {
    try {
      this.current.check();
      this.rotate(body);
      const event = this.add(this.current, body);
      if (body.type === 'recording.checkpoint') {
        const { file, bytes, sha256 } = body;
        this.recorded.set(file, { name: file, bytes, sha256 });
      }
      this.isEnded = body.type === 'session.end';
      return { ok: true, event };
    } catch (error) {
      return this.failure(error);
    }
  }

  /** Puts everything that was added on disk, then says outside of the workspace how far it goes. */
  async sync(): Promise<Synced> {
    try {
      this.current.check();
      const head = this.headNow();
      await this.current.sync();
      this.writeHead(head);
      return { ok: true };
    } catch (error) {
      return this.failure(error);
    }
  }

  /** After the last event: writes what the folder holds, and that no line comes after. */
  async seal(): Promise<Synced> {
    try {
      this.current.check();
      const { anchor } = this.options;
      if (!anchor || !this.isEnded) return { ok: true };
      const { session: sid, head: h } = this;
      const written = this.segments.map(({ entry }) => entry);
      const named = [...this.earlier, ...written, ...this.recorded.values()];
      const files = [...new Map(named.map((file) => [file.name, file])).values()];
      writeManifest(this.folder, { v: 1, sid, seq: this.seq - 1, h, files }, anchor.key);
      anchor.heads.write({ ...this.headNow(), isClosed: true }, anchor.key, true);
      return { ok: true };
    } catch (error) {
      return this.failure(error);
    }
  }

  close(): void {
    for (const segment of this.segments) segment.close();
  }

  /** Takes away a log that got no event, and its folder. */
  discard(): void {
    if (this.seq === 0) this.current.discard();
    this.close();
    const { folder } = this;
    if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  }

  private get current(): LogSegment {
    return this.segments[this.segments.length - 1] as LogSegment;
  }

  private add(segment: LogSegment, body: AuditBody): AuditEvent {
    const event: AuditEvent = {
      v: 1,
      seq: this.seq,
      ts: this.options.clock.now().toISOString(),
      mono: Math.round((this.options.clock.mono() - this.startedAt) * 1000) / 1000,
      sid: this.session,
      ...body,
    };
    const { line, hash } = chainEvent(event, this.head);
    segment.add(Buffer.from(line, 'utf8'));
    this.seq += 1;
    this.head = hash;
    return event;
  }

  /** Goes on in a new file where this one is full. The old one is on disk before the new one has a line. */
  private rotate({ type }: AuditBody): void {
    const { current, options } = this;
    // The end belongs to what it ends.
    if (current.size < (options.segmentBytes ?? SEGMENT_BYTES) || type === 'session.end') return;
    current.syncNow();
    const segment = current.number + 1;
    const file = path.join(this.folder, segmentName(segment));
    const next = LogSegment.create(file, segment, options.write);
    try {
      this.add(next, { type: 'segment.start', segment, previous: this.head });
    } catch (error) {
      next.discard();
      throw error;
    }
    this.segments.push(next);
  }

  private headNow(): Head {
    const { current } = this;
    return {
      v: 1,
      sid: this.session,
      folder: this.folder,
      machine: os.hostname(),
      pid: process.pid,
      seq: this.seq - 1,
      h: this.head,
      segment: current.number,
      bytes: current.size,
      at: this.options.clock.now().toISOString(),
      isClosed: false,
    };
  }

  private writeHead(head: Head): void {
    const { anchor } = this.options;
    // Syncs may end in another order than they began.
    if (!anchor || head.seq <= this.anchoredSeq) return;
    anchor.heads.write(head, anchor.key, false);
    this.anchoredSeq = head.seq;
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

/** Reads a log of one file back as far as it is whole; a missing file is an error, a torn end is not. */
export function readSessionLog(file: string): ChainReport {
  return readChain(fs.readFileSync(file));
}
