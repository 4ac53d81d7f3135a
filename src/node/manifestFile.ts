// The list of what lies in a session's folder when its log is closed, signed.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  type Manifest,
  type ManifestFile,
  manifestText,
  type Signed,
} from '../core/session/signed.ts';
import { atOnce, type Steps } from '../core/steps.ts';
import { createPrivateFile, syncFolder } from './privateFolder.ts';
import type { SigningKey } from './signingKey.ts';

export interface PrefixHashes {
  bytes: number;
  sha256: string;
  /** By the length of the prefix. */
  at: ReadonlyMap<number, string>;
}

export const MANIFEST_FILE = 'manifest.json';
/** In bytes; a longer one is none of ours. */
export const MOST_MANIFEST = 16 * 1024 * 1024;

/** Throws where it cannot be written, or is there already. It is on disk when this returns. */
export function writeManifest(folder: string, manifest: Manifest, key: SigningKey): void {
  const signed: Signed<Manifest> = { ...manifest, sig: key.sign(manifestText(manifest)) };
  const handle = createPrivateFile(path.join(folder, MANIFEST_FILE));
  try {
    fs.writeSync(handle, `${JSON.stringify(signed, null, 1)}\n`);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  syncFolder(folder);
}

/** Length and hash of a file as it is. Throws where it is no plain file or cannot be read. */
export function fileEntry(file: string): ManifestFile {
  return atOnce(hashingFile(file));
}

/** The same in steps. */
export function* hashingFile(file: string): Steps<ManifestFile> {
  const { bytes, sha256 } = yield* hashingPrefixes(file, []);
  return { name: path.basename(file), bytes, sha256 };
}

/** Hashes of the first bytes of a file at each of the rising `stops`, and of all of it. Reads it once, piece by piece. Throws where it is no plain file or cannot be read. */
export function prefixHashes(file: string, stops: readonly number[]): PrefixHashes {
  return atOnce(hashingPrefixes(file, stops));
}

/** The same in steps. */
export function* hashingPrefixes(file: string, stops: readonly number[]): Steps<PrefixHashes> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!fs.fstatSync(handle).isFile()) throw new Error(`${file} is not a plain file.`);
    return yield* hashPieces(handle, stops);
  } finally {
    fs.closeSync(handle);
  }
}

const PIECE = 1024 * 1024;

function* hashPieces(handle: number, stops: readonly number[]): Steps<PrefixHashes> {
  const hash = createHash('sha256');
  const at = new Map<number, string>();
  const buffer = Buffer.alloc(PIECE);
  const rest = [...stops];
  let bytes = 0;
  for (;;) {
    for (; rest[0] === bytes; rest.shift()) at.set(bytes, hash.copy().digest('hex'));
    const most = Math.min(PIECE, (rest[0] ?? Number.POSITIVE_INFINITY) - bytes);
    const read = fs.readSync(handle, buffer, 0, most, null);
    if (read === 0) return { bytes, sha256: hash.digest('hex'), at };
    hash.update(buffer.subarray(0, read));
    bytes += read;
    yield read;
  }
}
