// Hands the lines of session logs on, in order, and remembers outside of the workspace how far it came.
// Invariant: the logs themselves are the queue, so nothing waits in memory; a line counts as handed on only when it was taken.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { decodeEvent } from '../core/session/codec.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { type OtelLog, otelLog } from '../core/session/otelLog.ts';
import { redactEvent } from '../core/session/redactEvent.ts';
import { makePrivateFolder } from './privateFolder.ts';
import { segmentName } from './sessionFiles.ts';

export interface ExportQueueOptions {
  /** The editor's storage, which must exist. */
  storage: string;
  /** Rejects where they were not taken. */
  send(logs: readonly OtelLog[]): Promise<void>;
  redact(text: string): string;
  /** The process that hands on, and whether another one still does. */
  self: number;
  isAlive(pid: number): boolean;
}

/** How far the log of a session was handed on. */
interface Cursor {
  v: 1;
  folder: string;
  /** Process that hands it on. */
  pid: number;
  segment: number;
  bytes: number;
}

const FOLDER = 'export';
const MOST_BYTES = 512 * 1024;
const LINE_END = 10;

export class ExportQueue {
  private readonly folder: string;

  /** Throws where its folder cannot be made. */
  constructor(private readonly options: ExportQueueOptions) {
    this.folder = makePrivateFolder(options.storage, [FOLDER]);
  }

  /** Hands on all of a session from now on, also after a restart. */
  follow(folder: string): void {
    if (!fs.existsSync(this.fileOf(folder))) {
      this.keep({ v: 1, folder, pid: this.options.self, segment: 1, bytes: 0 });
    }
  }

  /** Hands on what is there and was not handed on. Rejects with the first refusal; what was taken before it stays taken. Returns the number of events. */
  async pump(): Promise<number> {
    let count = 0;
    for (const cursor of this.cursors()) count += await this.drain(cursor);
    return count;
  }

  private async drain(start: Cursor): Promise<number> {
    let cursor = start;
    let count = 0;
    for (;;) {
      const chunk = await readLines(cursor);
      if (chunk === undefined) {
        // Deleted: there is nothing more to hand on.
        if (!fs.existsSync(cursor.folder)) this.forget(cursor);
        return count;
      }
      const { logs, bytes, isEnd } = this.read(chunk);
      if (bytes > 0) {
        await this.options.send(logs);
        count += logs.length;
        cursor = { ...cursor, pid: this.options.self, bytes: cursor.bytes + bytes };
        this.keep(cursor);
      } else if (fs.existsSync(path.join(cursor.folder, segmentName(cursor.segment + 1)))) {
        cursor = { ...cursor, segment: cursor.segment + 1, bytes: 0 };
        this.keep(cursor);
      } else {
        return count;
      }
      if (isEnd) {
        this.forget(cursor);
        return count;
      }
    }
  }

  /** Whole lines as records. What is not an event is passed over: verifying is not the task here. */
  private read(chunk: Buffer): { logs: OtelLog[]; bytes: number; isEnd: boolean } {
    const bytes = chunk.lastIndexOf(LINE_END) + 1;
    const lines = chunk.toString('utf8', 0, bytes).split('\n').slice(0, -1);
    let isEnd = false;
    const logs = lines.flatMap((line) => {
      const decoded = decodeEvent(line);
      if (!decoded.ok) return [];
      isEnd ||= decoded.event.type === 'session.end';
      return [otelLog(this.redacted(decoded.event), hashOf(line))];
    });
    return { logs, bytes, isEnd };
  }

  private redacted(event: AuditEvent): AuditEvent {
    return redactEvent(event, (text) => this.options.redact(text));
  }

  /** Those of this process, and those of processes that are gone. */
  private cursors(): Cursor[] {
    const { self, isAlive } = this.options;
    return fs
      .readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => readCursor(path.join(this.folder, name)) ?? [])
      .filter(({ pid }) => pid === self || !isAlive(pid));
  }

  private keep(cursor: Cursor): void {
    const file = this.fileOf(cursor.folder);
    const beside = `${file}.${process.pid}.new`;
    fs.writeFileSync(beside, JSON.stringify(cursor), { mode: 0o600 });
    fs.renameSync(beside, file);
  }

  private forget({ folder }: Cursor): void {
    fs.rmSync(this.fileOf(folder), { force: true });
  }

  private fileOf(folder: string): string {
    return path.join(this.folder, `${path.basename(folder)}.json`);
  }
}

/** Bytes from the cursor on; undefined where the file is not there. Longer lines than a chunk are read whole. */
async function readLines({ folder, segment, bytes }: Cursor): Promise<Buffer | undefined> {
  const file = path.join(folder, segmentName(segment));
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  if (!fs.existsSync(file)) return undefined;
  const handle = await fs.promises.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const { size } = await handle.stat();
    const rest = Math.max(0, size - bytes);
    for (let most = MOST_BYTES; ; most *= 4) {
      const buffer = Buffer.alloc(Math.min(rest, most));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, bytes);
      const chunk = buffer.subarray(0, bytesRead);
      if (chunk.includes(LINE_END) || bytesRead === rest || bytesRead === 0) return chunk;
    }
  } finally {
    await handle.close();
  }
}

function readCursor(file: string): Cursor | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    // A damaged one only means that a session is not handed on to its end.
    if (error instanceof Error) return undefined;
    throw error;
  }
  const { folder, pid, segment, bytes } = value as Partial<Cursor>;
  const isWhole =
    typeof folder === 'string' &&
    [pid, segment, bytes].every((number) => Number.isSafeInteger(number));
  return isWhole ? (value as Cursor) : undefined;
}

function hashOf(line: string): string {
  return /"h":"([0-9a-f]{64})"\}$/.exec(line)?.[1] ?? '';
}
