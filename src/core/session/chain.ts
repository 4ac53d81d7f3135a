// The chain of hashes over the lines of a log: an edit, a missing, a doubled or a moved line shows.
// Invariant: what is hashed are the bytes as they are written, never a value that was read and written again.
import { createHash } from 'node:crypto';
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

const DOMAIN = 'interlock1\n';
const TAIL = /^(.*),"h":"([0-9a-f]{64})"\}$/s;

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

/** Checks a whole log. Never throws; an empty text is a log without events. */
export function readChain(text: string): ChainReport {
  const end = text.lastIndexOf('\n') + 1;
  const report = {
    events: [] as AuditEvent[],
    head: undefined as string | undefined,
    goodBytes: 0,
  };
  const tornBytes = Buffer.byteLength(text.slice(end));
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const link = checkLine(line, index, report.head);
    if (!link.ok) {
      return { ...report, tornBytes, bad: { line: index + 1, why: link.why } };
    }
    report.events.push(link.event);
    report.head = link.hash;
    report.goodBytes += Buffer.byteLength(line) + 1;
  }
  return { ...report, tornBytes, bad: undefined };
}

/** SHA-256 of the UTF-8 bytes of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

type Link = { ok: true; event: AuditEvent; hash: string } | { ok: false; why: string };

function checkLine(line: string, index: number, head: string | undefined): Link {
  const match = TAIL.exec(line);
  const [, open = '', hash = ''] = match ?? [];
  if (!match) {
    return { ok: false, why: 'it has no hash' };
  }
  const decoded = decodeEvent(line);
  if (!decoded.ok) {
    return { ok: false, why: decoded.why };
  }
  const { event } = decoded;
  if (event.seq !== index) {
    return { ok: false, why: `it has number ${event.seq} where ${index} was due` };
  }
  const previous = head ?? genesisOf(event);
  if (previous === undefined) {
    return { ok: false, why: 'the first line is not the start of a session' };
  }
  if (linkHash(previous, open) !== hash) {
    return { ok: false, why: 'its hash does not fit: it or a line before it was changed' };
  }
  return { ok: true, event, hash };
}

function genesisOf(event: AuditEvent): string | undefined {
  return event.type === 'session.start' ? genesisHash(event.sid, event.nonce) : undefined;
}

function linkHash(previous: string, open: string): string {
  return sha256(`${DOMAIN}${previous}\n${open}`);
}
