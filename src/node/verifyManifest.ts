// Checks the signed list of what lay in a session's folder when its log was closed.
import * as path from 'node:path';
import { manifestText, readManifest } from '../core/session/signed.ts';
import type { LogFault } from '../core/session/verdict.ts';
import type { Steps } from '../core/steps.ts';
import { hashingFile, MANIFEST_FILE, MOST_MANIFEST } from './manifestFile.ts';
import { readPlainFile } from './plainFile.ts';
import type { SessionReading } from './readSession.ts';
import { isSignedBy } from './signingKey.ts';

export interface ManifestContext {
  reading: SessionReading;
  /** Of the log's first line, in hex. */
  publicKey: string;
  /** The signed head says that the log was closed: then there was a manifest. */
  isClosed: boolean;
}

/** Undefined where it fits, or where there is none and none was written. Never throws. */
export function* checkManifest(
  folder: string,
  { reading, publicKey, isClosed }: ManifestContext,
): Steps<LogFault | undefined> {
  let text: string;
  try {
    text = readPlainFile(path.join(folder, MANIFEST_FILE), MOST_MANIFEST).toString('utf8');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isGone) return { ...fault(String(error)), kind: 'unreadable' };
    return isClosed ? fault('it is missing, though the log was closed') : undefined;
  }
  const read = readManifest(text);
  if (!read.ok) return fault(read.why);
  const manifest = read.value;
  const { sid } = reading.first ?? {};
  if (manifest.sid !== sid) return fault(`it is of session ${manifest.sid}`);
  if (!isSignedBy(publicKey, manifestText(manifest), manifest.sig)) {
    return fault('it is not signed by the key that the log names in its first line');
  }
  if (manifest.seq + 1 !== reading.events || manifest.h !== reading.head) {
    return fault(`it is of a log of ${manifest.seq + 1} lines with another end`);
  }
  for (const file of manifest.files) {
    const why = yield* differs(folder, file);
    if (why !== undefined) return { ...fault(why), file: file.name };
  }
  return undefined;
}

function* differs(
  folder: string,
  { name, bytes, sha256 }: { name: string; bytes: number; sha256: string },
): Steps<string | undefined> {
  if (path.basename(name) !== name) return 'its name leads out of the folder';
  try {
    const found = yield* hashingFile(path.join(folder, name));
    if (found.bytes !== bytes) return `it has ${found.bytes} bytes where ${bytes} were signed`;
    return found.sha256 === sha256 ? undefined : 'its bytes are not those that were signed';
  } catch (error) {
    return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function fault(why: string): LogFault {
  return { kind: 'broken', file: MANIFEST_FILE, line: undefined, why, text: undefined };
}
