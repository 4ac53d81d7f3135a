// What is signed about a log: the head (how far it goes) and the manifest (what its folder holds), and the text that the signature is over.
// Invariant: reading is total; a field that is not as it must be is a value that says so, and an unsigned field proves nothing.
import type { DeletedSession } from './events.ts';

/** How far a log went when it was last written, kept where the commands of the workspace do not reach. */
export interface Head {
  v: 1;
  sid: string;
  /** Folder of the session on this machine. */
  folder: string;
  machine: string;
  /** Process that writes the log. */
  pid: number;
  /** Number of the last line, its hash, the file it is in, and the length of that file after it. */
  seq: number;
  h: string;
  segment: number;
  bytes: number;
  /** ISO time. */
  at: string;
  isClosed: boolean;
}

/** What lies in a session's folder when its log is closed. */
export interface Manifest {
  v: 1;
  sid: string;
  /** Number and hash of the log's last line. */
  seq: number;
  h: string;
  files: readonly ManifestFile[];
}

export interface ManifestFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** A session whose records were deleted, with what proves where its log ended. */
export interface Deletion extends DeletedSession {
  v: 1;
  /** Where its folder was. */
  folder: string;
  at: string;
  why: string;
}

export type Signed<T> = T & { sig: string };

/** Text over which a head is signed. */
export function headText(head: Head): string {
  const { v, sid, folder, machine, pid, seq, h, segment, bytes, at, isClosed } = head;
  return `interlock-head ${JSON.stringify([v, sid, folder, machine, pid, seq, h, segment, bytes, at, isClosed])}`;
}

/** Text over which a manifest is signed. */
export function manifestText({ v, sid, seq, h, files }: Manifest): string {
  const listed = files.map(({ name, bytes, sha256 }) => [name, bytes, sha256]);
  return `interlock-manifest ${JSON.stringify([v, sid, seq, h, listed])}`;
}

/** Text over which the note of a deletion is signed. */
export function deletionText(deletion: Deletion): string {
  const { v, sid, day, seq, h, bytes, manifestSha256, folder, at, why } = deletion;
  return `interlock-deletion ${JSON.stringify([v, sid, day, seq, h, bytes, manifestSha256, folder, at, why])}`;
}

export type Read<T> = { ok: true; value: T } | { ok: false; why: string };

/** Reads a head from JSON; its signature is not checked here. */
export function readHead(text: string): Read<Signed<Head>> {
  return read<Signed<Head>>(text, {
    v: isOne,
    sid: isText,
    folder: isText,
    machine: isText,
    pid: isCount,
    seq: isCount,
    h: isHash,
    segment: isCount,
    bytes: isCount,
    at: isText,
    isClosed: (value) => typeof value === 'boolean',
    sig: isText,
  });
}

/** Reads a manifest from JSON; its signature is not checked here. */
export function readManifest(text: string): Read<Signed<Manifest>> {
  return read<Signed<Manifest>>(text, {
    v: isOne,
    sid: isText,
    seq: isCount,
    h: isHash,
    files: (value) => Array.isArray(value) && value.every(isFile),
    sig: isText,
  });
}

/** Reads the note of a deletion from JSON; its signature is not checked here. */
export function readDeletion(text: string): Read<Signed<Deletion>> {
  return read<Signed<Deletion>>(text, {
    v: isOne,
    sid: isText,
    day: isText,
    seq: isCount,
    h: isHash,
    bytes: isCount,
    manifestSha256: (value) => value === undefined || isHash(value),
    folder: isText,
    at: isText,
    why: isText,
    sig: isText,
  });
}

function read<T>(text: string, shape: { [K in keyof T]: (value: unknown) => boolean }): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, why: `it is not JSON: ${error instanceof Error ? error.message : error}` };
  }
  if (typeof value !== 'object' || value === null) {
    return { ok: false, why: 'it is not an object' };
  }
  const fields = value as Record<string, unknown>;
  for (const [name, isRight] of Object.entries<(value: unknown) => boolean>(shape)) {
    if (!isRight(fields[name])) {
      return { ok: false, why: `its "${name}" is missing or of another kind` };
    }
  }
  return { ok: true, value: value as T };
}

function isOne(value: unknown): boolean {
  return value === 1;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, bytes, sha256 } = value as Record<string, unknown>;
  return isText(name) && isCount(bytes) && isHash(sha256);
}
