// What the command line can rest a verification on: the heads and the keys that were named, or those that the editors of this machine keep.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { headsFolders } from '../node/editorStorage.ts';
import { HeadStore } from '../node/headStore.ts';
import { missingSessions } from '../node/missingSessions.ts';
import { readSession } from '../node/readSession.ts';
import { publicKeyFromPem } from '../node/signingKey.ts';
import type { Trust } from '../node/verifySession.ts';

export interface TrustOptions {
  /** Folder of heads. */
  heads: string | undefined;
  /** Files with a public key. */
  keys: readonly string[];
}

/** Heads that were not named count only where they belong to one of the sessions. Throws with a sentence where what was named cannot be read. */
export function findTrust(
  place: string,
  folders: readonly string[],
  { heads, keys }: TrustOptions,
): Trust {
  const named = keys.map(readKey);
  if (heads !== undefined) {
    if (!fs.existsSync(heads)) throw new Error(`There is no folder ${heads}.`);
    const store = HeadStore.at(heads);
    return { heads: store, keys: known(named, store) };
  }
  // Keys that were named may be another machine's: the heads of this one say nothing then.
  if (named.length > 0) return { heads: undefined, keys: named };
  const machine = { platform: process.platform, home: os.homedir(), environment: process.env };
  const found = headsFolders(machine).map((folder) => HeadStore.at(folder));
  const store = found.find((candidate) => belongs(candidate, place, folders));
  return { heads: store, keys: store && known([], store) };
}

function known(named: readonly string[], store: HeadStore): string[] | undefined {
  const keys = named.length > 0 ? [...named] : store.keys();
  return keys.length > 0 ? keys : undefined;
}

function belongs(store: HeadStore, place: string, folders: readonly string[]): boolean {
  // Also where all sessions were taken away.
  if (missingSessions(place, { heads: store, keys: undefined }).length > 0) return true;
  if (folders.some((folder) => store.stampOf(path.basename(folder)) !== undefined)) return true;
  const keys = new Set(store.keys());
  return folders.some((folder) => {
    const { first } = readSession(folder);
    return first?.type === 'session.start' && keys.has(first.publicKey);
  });
}

function readKey(file: string): string {
  const key = publicKeyFromPem(fs.readFileSync(file, 'utf8'));
  if (key === undefined) throw new Error(`${file} holds no Ed25519 public key.`);
  return key;
}
