// Closes the log of a session whose window died, in a file of its own, so that the dead writer's bytes stay as they were.
// Invariant: what does not verify is left alone and told; torn bytes are kept beside the log and named in it.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditBody, AuditEvent } from '../core/session/events.ts';
import type { Head } from '../core/session/signed.ts';
import { type LogFault, type SessionVerdict, verdictText } from '../core/session/verdict.ts';
import type { Clock } from './clock.ts';
import { inSteps } from './inSteps.ts';
import { LogSegment } from './logSegment.ts';
import { fileEntry, MANIFEST_FILE, writeManifest } from './manifestFile.ts';
import { createPrivateFile, syncFolder } from './privateFolder.ts';
import { readingSession, type SessionReading } from './readSession.ts';
import { segmentName } from './sessionFiles.ts';
import { type Anchor, SessionLog } from './sessionLog.ts';
import { setAside, strayRecordings } from './strayRecordings.ts';
import { verifyingSession } from './verifySession.ts';

export type Recovery =
  /** The log has its end now. */
  | { kind: 'closed'; tornBytes: number }
  /** It does not verify; nothing was touched. */
  | { kind: 'broken'; fault: LogFault; text: string }
  /** Its window died before the first line. */
  | { kind: 'empty' }
  /** Another window is at it. */
  | { kind: 'busy' };

/** A recovery that another window began has this long to write its first line, and a window to seal what it ended. */
const BUSY_MS = 60_000;

/** What the events say about recordings and about commands on their way. */
interface Left {
  /** Length of each recording at its last checkpoint. */
  covered: Map<string, number>;
  waiting: Set<string>;
  running: Set<string>;
}

/** Completes a session whose writer is gone. Throws where the disk refuses. */
export async function recoverSession(
  folder: string,
  anchor: Anchor,
  clock: Clock,
): Promise<Recovery> {
  const trust = { heads: anchor.heads, keys: [...anchor.heads.keys(), anchor.key.publicKey] };
  const verdict = await inSteps(verifyingSession(folder, trust));
  if (verdict.fault) return { kind: 'broken', fault: verdict.fault, text: verdictText(verdict) };
  const left: Left = { covered: new Map(), waiting: new Set(), running: new Set() };
  const reading = await inSteps(readingSession(folder, (event) => follow(left, event)));
  if (reading.events === 0) return { kind: 'empty' };
  if (isBusy(folder, reading, clock)) return { kind: 'busy' };
  if (verdict.ended !== undefined) return sealEnded(folder, verdict, reading, left, anchor, clock);
  const segment = claim(folder, reading.files + 1);
  if (!segment) return { kind: 'busy' };
  const torn = [keepTornBytes(folder, reading), ...keepStrays(folder, left)].flatMap(
    (kept) => kept ?? [],
  );
  const files = namesOf(folder, reading, left, torn).map((name) =>
    fileEntry(path.join(folder, name)),
  );
  // Only the key that the log names can sign for it; without it the log is closed, but not sealed.
  const isOwn =
    reading.first?.type === 'session.start' && reading.first.publicKey === anchor.key.publicKey;
  const log = SessionLog.resume({
    folder,
    segment,
    reading,
    files,
    clock,
    anchor: isOwn ? anchor : undefined,
  });
  try {
    for (const body of closing(folder, reading, left, torn)) mustBe(log.append(body));
    mustBe(await log.sync());
    mustBe(await log.seal());
  } finally {
    log.close();
  }
  return { kind: 'closed', tornBytes: reading.tornBytes };
}

function follow(left: Left, event: AuditEvent): void {
  switch (event.type) {
    case 'recording.start':
      if (path.basename(event.file) !== event.file) return;
      left.covered.set(event.file, left.covered.get(event.file) ?? 0);
      return;
    case 'recording.checkpoint':
      if (path.basename(event.file) !== event.file) return;
      left.covered.set(event.file, event.bytes);
      return;
    case 'submission':
      left.waiting.add(event.submission.id);
      return;
    case 'run':
      left.waiting.delete(event.submission);
      left.running.add(event.submission);
      return;
    case 'outcome':
      left.waiting.delete(event.submission);
      left.running.delete(event.submission);
      return;
    case 'decision':
      if (event.decision.kind !== 'approved') left.waiting.delete(event.submission);
  }
}

/** The file of a recovery that just began has no line yet; a log that was just ended is not sealed yet. */
function isBusy(folder: string, reading: SessionReading, clock: Clock): boolean {
  const { segment, files, last } = reading;
  const isJustNow = (ms: number) => Math.abs(clock.now().getTime() - ms) < BUSY_MS;
  // Also where the clock was put back since: a time in the future is not now.
  if (last?.type === 'session.end') return isJustNow(Date.parse(last.ts));
  if (files <= (segment?.number ?? 1)) return false;
  const { mtimeMs } = fs.lstatSync(path.join(folder, segmentName(files)));
  return isJustNow(mtimeMs);
}

/** The next file of the log; undefined where another window was first. */
function claim(folder: string, number: number): LogSegment | undefined {
  try {
    return LogSegment.create(path.join(folder, segmentName(number)), number);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

/** What was moved into a file of its own. */
interface Torn {
  file: string;
  name: string;
  bytes: number;
  sha256: string;
  text: string;
}

/** Moves what stands after the last whole line into a file of its own; undefined where nothing does. */
function keepTornBytes(folder: string, { segment, tornBytes }: SessionReading): Torn | undefined {
  if (!segment || tornBytes === 0) return undefined;
  const file = segmentName(segment.number);
  const handle = fs.openSync(
    path.join(folder, file),
    fs.constants.O_RDWR | (fs.constants.O_NOFOLLOW ?? 0),
  );
  try {
    const bytes = Buffer.alloc(tornBytes);
    fs.readSync(handle, bytes, 0, tornBytes, segment.bytes);
    const name = freeName(folder, `${file}.torn`);
    writeWhole(path.join(folder, name), bytes);
    syncFolder(folder);
    fs.ftruncateSync(handle, segment.bytes);
    fs.fsyncSync(handle);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const text = `${tornBytes} bytes of a line that was not finished were moved to ${name}.`;
    return { file, name, bytes: tornBytes, sha256, text };
  } finally {
    fs.closeSync(handle);
  }
}

/** Moves recordings aside that the log does not name. */
function keepStrays(folder: string, { covered }: Left): Torn[] {
  return strayRecordings(folder, new Set(covered.keys())).map((file) => {
    const name = setAside(folder, file);
    const { bytes, sha256 } = fileEntry(path.join(folder, name));
    const text = `${file} is named by no line of the log, so nobody vouches for it: it was moved to ${name}.`;
    return { file, name, bytes, sha256, text };
  });
}

function writeWhole(file: string, bytes: Buffer): void {
  const handle = createPrivateFile(file);
  try {
    fs.writeSync(handle, bytes);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function freeName(folder: string, name: string): string {
  let free = name;
  for (let n = 2; fs.existsSync(path.join(folder, free)); n++) free = `${name}.${n}`;
  return free;
}

function namesOf(
  folder: string,
  { files }: SessionReading,
  { covered }: Left,
  torn: readonly Torn[],
): string[] {
  const segments = Array.from({ length: files }, (_, index) => segmentName(index + 1));
  const recordings = [...covered.keys()].filter((name) => fs.existsSync(path.join(folder, name)));
  return [...segments, ...recordings, ...torn.map(({ name }) => name)];
}

/** The last lines: what was torn, what of the recordings nobody vouched for, and the end. */
function closing(
  folder: string,
  reading: SessionReading,
  left: Left,
  torn: readonly Torn[],
): AuditBody[] {
  const bodies: AuditBody[] = torn.map(({ file, bytes, sha256, text }) => {
    return { type: 'log.recovered', file, bytes, sha256, text };
  });
  let uncovered = 0;
  for (const [file, covered] of left.covered) {
    if (!fs.existsSync(path.join(folder, file))) continue;
    const { bytes, sha256 } = fileEntry(path.join(folder, file));
    if (bytes === covered) continue;
    uncovered += bytes - covered;
    bodies.push({ type: 'recording.checkpoint', file, bytes, sha256 });
  }
  bodies.push({ type: 'session.end', by: 'recovery', reason: reasonOf(reading, left, uncovered) });
  return bodies;
}

function reasonOf(
  { first }: SessionReading,
  { waiting, running }: Left,
  uncovered: number,
): string {
  const pid = first?.type === 'session.start' ? ` (process ${first.pid})` : '';
  const parts = [
    `The window that wrote this log${pid} ended without closing it.`,
    waiting.size === 0 ? '' : `Commands that waited and never ran: ${waiting.size}.`,
    running.size === 0 ? '' : `Commands whose outcome is not known: ${running.size}.`,
    uncovered === 0
      ? ''
      : `Bytes of recordings after the last checkpoint, for which only this recovery vouches: ${uncovered}.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Its last line is there, but the window died before it was sealed. */
function sealEnded(
  folder: string,
  verdict: SessionVerdict,
  reading: SessionReading,
  left: Left,
  { key, heads }: Anchor,
  clock: Clock,
): Recovery {
  const found = heads.read(verdict.session);
  const isOwn =
    reading.first?.type === 'session.start' && reading.first.publicKey === key.publicKey;
  if (!isOwn || !found?.ok || !reading.segment) return { kind: 'closed', tornBytes: 0 };
  const { number, bytes } = reading.segment;
  const seq = reading.events - 1;
  const h = reading.head ?? '';
  if (!fs.existsSync(path.join(folder, MANIFEST_FILE))) {
    const files = namesOf(folder, reading, left, []).map((name) =>
      fileEntry(path.join(folder, name)),
    );
    writeManifest(folder, { v: 1, sid: verdict.session, seq, h, files }, key);
  }
  const { sig: _old, ...before } = found.value;
  const at = clock.now().toISOString();
  const head: Head = { ...before, seq, h, segment: number, bytes, at, isClosed: true };
  heads.write(head, key, true);
  return { kind: 'closed', tornBytes: 0 };
}

function mustBe(result: { ok: true } | { ok: false; why: string }): void {
  if (!result.ok) throw new Error(result.why);
}
