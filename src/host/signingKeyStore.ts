// The key of this machine that signs how far the logs go, kept in the editor's secret storage.
// Invariant: where it cannot be kept, a key that lives as long as the window signs instead, and that is said.
import { createSigningKey, readSigningKey } from '../node/signingKey.ts';
import { textOf } from './errors.ts';
import type { LoadedKey } from './signedStore.ts';

/** The part of the editor's secret storage that is used here. */
export interface Secrets {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
}

const NAME = 'interlock.signingKey';

/** A locked keyring may ask its owner first; nothing runs meanwhile. */
export const SIGNING_LIMIT_MS = 30_000;

/** The kept key, or a new one. `beforeFirst` is done before a new one is kept. Never rejects. */
export async function loadSigningKey(
  secrets: Secrets,
  report: (problem: string) => void,
  limitMs = SIGNING_LIMIT_MS,
  beforeFirst = async (): Promise<void> => undefined,
): Promise<LoadedKey> {
  try {
    return await withLimit(readOrMake(secrets, beforeFirst), limitMs);
  } catch (error) {
    report(
      `The key that signs the session logs cannot be read from the editor's secret storage: ${textOf(error)}. Logs of this window are signed with a key that ends with it, and what you allowed or confirmed before does not count in it.`,
    );
    return { ...createSigningKey().key, isKept: false, isNew: true };
  }
}

async function readOrMake(secrets: Secrets, beforeFirst: () => Promise<void>): Promise<LoadedKey> {
  const kept = await secrets.get(NAME);
  if (kept !== undefined) return { ...readSigningKey(kept), isKept: true, isNew: false };
  await beforeFirst();
  const { key, secret } = createSigningKey();
  await secrets.store(NAME, secret);
  // Another window may have made one at the same time: the one that was kept counts.
  const now = await secrets.get(NAME);
  const isOurs = now === undefined || now === secret;
  return { ...(isOurs ? key : readSigningKey(now)), isKept: true, isNew: true };
}

/** Rejects where the work takes longer. */
export async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const seconds = Math.round(limitMs / 1000);
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
