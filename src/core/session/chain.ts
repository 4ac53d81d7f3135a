// The chain of hashes over the lines of a log: an edit, a missing, a doubled or a moved line shows.
// Invariant: what is hashed are the bytes as they are written, never a value that was read and written again.
import { createHash } from 'node:crypto';
import { atOnce, type Steps } from '../steps.ts';
import { decodeEvent, encodeEvent } from './codec.ts';
import type { AuditEvent } from './events.ts';

/** A line ready to be written (with its line end) and the hash that the next line builds on. */
export interface ChainedLine {
  line: string;
  hash: string;
}

/** What reading a log found. A torn last line (no line end) is no fault of the chain; its bytes are counted. */
export interface ChainReport {
  /** Events of all lines up to the first bad one. */
  events: readonly AuditEvent[];
  /** Hash of the last good line; undefined where there is none. */
  head: string | undefined;
  /** Bytes up to the end of the last good line. */
  goodBytes: number;
  /** Bytes after the last line end. */
  tornBytes: number;
  /** First line, counted from 1, that does not belong; undefined where all do. */
  bad: { line: number; why: string } | undefined;
}

/** Takes an event, its hash, and its line as it stands in the file, without the line end. */
export type OnEvent = (event: AuditEvent, hash: string, line: Buffer) => void;

/** A line that belongs, or why it does not. */
export type Link = { ok: true; event: AuditEvent; hash: string } | { ok: false; why: string };

const DOMAIN = 'interlock1\n';
const TAIL = /^,"h":"([0-9a-f]{64})"\}$/;
/** Bytes of the hash field and the brace that ends a line. */
const TAIL_LENGTH = 72;
const LINE_END = 10;
/** Bytes of lines in one step. */
const STEP = 64 * 1024;

/** Hash that the first line builds on. `nonce` is the random value that the first event carries. */
export function genesisHash(session: string, nonce: string): string {
  return sha256(`${DOMAIN}${session}\n${nonce}`);
}

/** Closes an event's line with the hash over the line before it and its own bytes. */
export function chainEvent(event: AuditEvent, previous: string): ChainedLine {
  const open = encodeEvent(event).slice(0, -1);
  const hash = linkHash(previous, open);
  return { line: `${open},"h":"${hash}"}\n`, hash };
}

/** Checks the lines of one session in order, over all files of its log. */
export class ChainCheck {
  /** Hash of the last line that belonged; undefined before the first. */
  head: string | undefined;
  /** Lines that belonged. */
  count = 0;
  session: string | undefined;

  /** Takes the next line, without its line end. After a bad line nothing more may be given. */
  take(line: Buffer): Link {
    const at = line.length - TAIL_LENGTH;
    const hash = at > 0 ? TAIL.exec(line.toString('latin1', at))?.[1] : undefined;
    if (hash === undefined) return { ok: false, why: 'it has no hash' };
    const decoded = decodeEvent(line.toString('utf8'));
    if (!decoded.ok) return decoded;
    const { event } = decoded;
    const fault = this.faultOf(event);
    if (fault !== undefined) return { ok: false, why: fault };
    const previous = this.head ?? genesisOf(event);
    if (previous === undefined) {
      return { ok: false, why: 'the first line is not the start of a session' };
    }
    if (linkHash(previous, line.subarray(0, at)) !== hash) {
      return { ok: false, why: 'its hash does not fit: it or a line before it was changed' };
    }
    this.head = hash;
    this.count += 1;
    this.session = event.sid;
    return { ok: true, event, hash };
  }

  private faultOf(event: AuditEvent): string | undefined {
    if (event.seq !== this.count) {
      return `it has number ${event.seq} where ${this.count} was due`;
    }
    if (this.session !== undefined && event.sid !== this.session) {
      return `it belongs to session ${event.sid}`;
    }
    if (event.type === 'segment.start' && event.previous !== this.head) {
      return 'it does not go on where the file before ends';
    }
    return undefined;
  }
}

/** Checks a whole log of one file, or goes on with `check`. Never throws; no bytes are a log without events. */
export function readChain(
  log: Buffer | string,
  check = new ChainCheck(),
  onEvent: OnEvent = () => undefined,
): ChainReport {
  return atOnce(readingChain(log, check, onEvent));
}

/** The same in steps. */
export function* readingChain(
  log: Buffer | string,
  check: ChainCheck,
  onEvent: OnEvent,
): Steps<ChainReport> {
  const bytes = typeof log === 'string' ? Buffer.from(log, 'utf8') : log;
  const end = bytes.lastIndexOf(LINE_END) + 1;
  const events: AuditEvent[] = [];
  let bad: ChainReport['bad'];
  let goodBytes = 0;
  let told = 0;
  for (let line = 1; goodBytes < end; line++) {
    const stop = bytes.indexOf(LINE_END, goodBytes);
    const link = check.take(bytes.subarray(goodBytes, stop));
    if (!link.ok) {
      bad = { line, why: link.why };
      break;
    }
    events.push(link.event);
    onEvent(link.event, link.hash, bytes.subarray(goodBytes, stop));
    goodBytes = stop + 1;
    if (goodBytes - told < STEP) continue;
    yield goodBytes - told;
    told = goodBytes;
  }
  return { events, head: check.head, goodBytes, tornBytes: bytes.length - end, bad };
}

/** SHA-256 of the UTF-8 bytes of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function genesisOf(event: AuditEvent): string | undefined {
  return event.type === 'session.start' ? genesisHash(event.sid, event.nonce) : undefined;
}

function linkHash(previous: string, open: Buffer | string): string {
  return createHash('sha256').update(`${DOMAIN}${previous}\n`).update(open).digest('hex');
}
