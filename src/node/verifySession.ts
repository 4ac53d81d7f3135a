// Checks one session: the chain of its log, the signed head, the manifest, and the recordings that the log vouches for.
// Invariant: only what was checked is called proved; a head or a manifest that does not fit is a break, never a note.
import * as path from 'node:path';
import type { OnEvent } from '../core/session/chain.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { type Head, headText, type Signed } from '../core/session/signed.ts';
import type { LogFault, SessionVerdict } from '../core/session/verdict.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import type { HeadStore } from './headStore.ts';
import { readingSession, type SessionReading } from './readSession.ts';
import { segmentName } from './sessionFiles.ts';
import { isSignedBy } from './signingKey.ts';
import { faultOfStrays } from './strayRecordings.ts';
import { checkManifest } from './verifyManifest.ts';
import { type Checkpoint, checkRecordings } from './verifyRecordings.ts';

/** What a verification can rest on. */
export interface Trust {
  /** Undefined where no folder of heads was found. */
  heads: HeadStore | undefined;
  /** Public keys, in hex, whose signatures count; undefined where none is known. */
  keys: readonly string[] | undefined;
}

/** What is learnt on the walk over the events. */
interface Walk {
  /** Something that is never released before a head is written. */
  hasReleased: boolean;
  hashes: Map<number, string>;
  checkpoints: Checkpoint[];
  /** Files of recordings that the log names. */
  named: Set<string>;
  afterEnd: AuditEvent | undefined;
  ended: SessionVerdict['ended'];
}

/** Never throws. `onEvent` gets every good event on the way. */
export function verifySession(folder: string, trust: Trust, onEvent?: OnEvent): SessionVerdict {
  return atOnce(verifyingSession(folder, trust, onEvent));
}

/** The same in steps. What is written to the session meanwhile may not fit what was read before: see `SessionStore`. */
export function* verifyingSession(
  folder: string,
  { heads, keys }: Trust,
  onEvent: OnEvent = () => undefined,
): Steps<SessionVerdict> {
  const session = path.basename(folder);
  // Before the log: a session that is written meanwhile goes on, never back.
  const found = readHeadOf(heads, session);
  const head = found?.ok ? found.value : undefined;
  const walk = newWalk();
  const reading = yield* readingSession(folder, (event, hash, line) => {
    take(walk, event, hash, head);
    onEvent(event, hash, line);
  });
  const publicKey = reading.first?.type === 'session.start' ? reading.first.publicKey : '';
  const isKeyKnown = keys?.includes(publicKey) ?? false;
  const fault =
    reading.fault ??
    (found && !found.ok ? headFault(`its signed head is damaged: ${found.why}`) : undefined) ??
    faultOfOrder(walk, reading) ??
    faultOfHead(head, session, reading, walk) ??
    (reading.events > 0 ? faultOfSignature(head, publicKey, keys) : undefined) ??
    (heads && isKeyKnown && found === undefined ? faultOfNoHead(walk) : undefined) ??
    (yield* checkManifest(folder, { reading, publicKey, isClosed: head?.isClosed ?? false })) ??
    (yield* checkRecordings(folder, walk.checkpoints, walk.ended !== undefined)) ??
    // Of a session that goes on, the line may be written just now.
    (walk.ended === undefined ? undefined : faultOfStrays(folder, walk.named));
  return {
    session,
    folder,
    state: fault?.kind ?? 'sound',
    fault,
    head: head === undefined ? 'none' : head.isClosed ? 'closed' : 'open',
    signedLines: head === undefined ? 0 : head.seq + 1,
    isKeyKnown,
    events: reading.events,
    bytes: reading.bytes,
    lastHash: reading.head,
    ended: walk.ended,
    tornBytes: reading.tornBytes,
    recordings: new Set(walk.checkpoints.map(({ file }) => file)).size,
    lastAt: reading.last?.ts,
  };
}

function newWalk(): Walk {
  return {
    hasReleased: false,
    hashes: new Map(),
    checkpoints: [],
    named: new Set(),
    afterEnd: undefined,
    ended: undefined,
  };
}

function readHeadOf(heads: HeadStore | undefined, session: string): ReturnType<HeadStore['read']> {
  try {
    return heads?.read(session);
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function take(walk: Walk, event: AuditEvent, hash: string, head: Head | undefined): void {
  if (event.seq === head?.seq) walk.hashes.set(event.seq, hash);
  if (walk.ended !== undefined) walk.afterEnd ??= event;
  if (comesAfterHead(event)) walk.hasReleased = true;
  if (event.type === 'session.end') walk.ended = event.by;
  if (event.type === 'recording.start') walk.named.add(event.file);
  if (event.type !== 'recording.checkpoint') return;
  walk.checkpoints.push(event);
  walk.named.add(event.file);
}

/** A run has its outcome, or a person has answered a hold: both were signed for before they could happen. */
function comesAfterHead(event: AuditEvent): boolean {
  if (event.type === 'outcome') return event.outcome.failure === undefined;
  return event.type === 'decision' && event.decision.by === 'person';
}

/** What the chain allows and no writer of ours does. */
function faultOfOrder({ afterEnd, ended }: Walk, reading: SessionReading): LogFault | undefined {
  if (afterEnd) return fault(`it goes on after its end, with line ${afterEnd.seq + 1}`);
  if (ended !== undefined && reading.tornBytes > 0) {
    return fault(`${reading.tornBytes} bytes stand after its end`);
  }
  return undefined;
}

function faultOfHead(
  head: Signed<Head> | undefined,
  session: string,
  reading: SessionReading,
  { hashes }: Walk,
): LogFault | undefined {
  if (!head) return undefined;
  if (head.sid !== session) return headFault(`the head in its place is of session ${head.sid}`);
  const { events } = reading;
  if (head.seq >= events) {
    const why = `it ends with line ${events}, but ${head.seq + 1} lines were signed at ${head.at}: lines were cut off, or an old copy was put in its place`;
    return { ...fault(why), file: segmentName(reading.segment?.number ?? 1) };
  }
  if (hashes.get(head.seq) !== head.h) {
    return fault(
      `line ${head.seq + 1} is not the one that was signed at ${head.at}: it or a line before it was written anew`,
    );
  }
  if (head.isClosed && head.seq + 1 !== events) {
    return fault(`it was closed after line ${head.seq + 1}, but has ${events} lines`);
  }
  return undefined;
}

function faultOfSignature(
  head: Signed<Head> | undefined,
  publicKey: string,
  keys: readonly string[] | undefined,
): LogFault | undefined {
  if (head && !isSignedBy(publicKey, headText(head), head.sig)) {
    return headFault('its head is not signed by the key that the log names in its first line');
  }
  if (keys && !keys.includes(publicKey)) {
    return headFault(
      publicKey === ''
        ? 'the log names no key, so nothing proves that Interlock wrote it'
        : 'the log names a key in its first line that is not a known one: it was written anew, or on another machine',
    );
  }
  return undefined;
}

/** Every log that let something run has a head; where only that is gone, somebody took it away. */
function faultOfNoHead({ hasReleased }: Walk): LogFault | undefined {
  return hasReleased
    ? headFault('its signed head is missing, so nothing shows whether lines were cut off')
    : undefined;
}

function fault(why: string): LogFault {
  return { kind: 'broken', file: segmentName(1), line: undefined, why, text: undefined };
}

function headFault(why: string): LogFault {
  return { ...fault(why), file: 'head' };
}
