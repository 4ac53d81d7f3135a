// Wires the key and the heads of this machine: the key from the editor's secret storage, the heads beside its own files.
import * as fs from 'node:fs';
import type * as vscode from 'vscode';
import { HeadStore } from '../node/headStore.ts';
import type { Anchor } from '../node/sessionLog.ts';
import type { SigningKey } from '../node/signingKey.ts';

/** Loads the key at the first call; heads stand in the editor's storage, out of the workspace's reach. Rejects where they cannot be kept. */
export function createAnchor(
  context: vscode.ExtensionContext,
  loadKey: () => Promise<SigningKey>,
): () => Promise<Anchor> {
  return async () => {
    const storage = context.globalStorageUri.fsPath;
    fs.mkdirSync(storage, { recursive: true, mode: 0o700 });
    const heads = HeadStore.create(storage);
    const key = await loadKey();
    heads.keepKey(key.publicKey);
    return { key, heads };
  };
}
