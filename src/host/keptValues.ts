// What a person decided and the editor keeps: approvals and confirmed settings, signed with the key of this machine, and
// lockdowns, which are kept twice.
// Invariant: the key is asked for once in a window, and what stands in the editor's storage counts only with its signature.
import type * as vscode from 'vscode';
import { Emitter } from './emitter.ts';
import { textOf } from './errors.ts';
import { LockdownKeeper } from './lockdownKeeper.ts';
import type { Disposable } from './panelModel.ts';
import type { Store } from './policyDesk.ts';
import { type LoadedKey, SignedStore } from './signedStore.ts';
import { loadSigningKey, SIGNING_LIMIT_MS } from './signingKeyStore.ts';

/** What is kept, in words: `The approvals that were kept`, and what it means that they do not count. */
export interface Kept {
  name: string;
  effect: string;
}

export class KeptValues {
  private loaded: LoadedKey | undefined;
  private loading: Promise<LoadedKey> | undefined;
  private readonly forged: Emitter<string>;
  readonly lockdowns: LockdownKeeper;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly report: (problem: string) => void,
  ) {
    this.forged = new Emitter((error) => report(textOf(error)));
    const { secrets, globalState, subscriptions } = context;
    this.lockdowns = new LockdownKeeper({
      secrets,
      copy: mementoStore(globalState, 'lockdowns', report),
      key: () => this.key(),
      now: () => new Date(),
      onTampered: (text) => this.forged.fire(text),
      report,
    });
    subscriptions.push(secrets.onDidChange(({ key }) => void this.lockdowns.changed(key)));
  }

  /** The key that signs logs and what is kept. Never rejects. */
  key(): Promise<LoadedKey> {
    const begin = () => this.lockdowns.begin();
    this.loading ??= loadSigningKey(
      this.context.secrets,
      this.report,
      SIGNING_LIMIT_MS,
      begin,
    ).then((key) => {
      this.loaded = key;
      return key;
    });
    return this.loading;
  }

  /** Something else than this extension has written a kept value; one sentence for the log and for a person. */
  onForged(listener: (text: string) => void): Disposable {
    return this.forged.listen(listener);
  }

  /** A value in the editor's storage, of a folder or of all. Where it is not ours, `what` of it is told with what follows. */
  store(state: vscode.Memento, key: string, place: () => string, what: Kept): SignedStore {
    return new SignedStore({
      name: () => JSON.stringify([key, place()]),
      kept: mementoStore(state, key, this.report),
      key: () => this.loaded,
      now: () => new Date(),
      onForged: () => this.forged.fire(forgedText(what, this.loaded?.isNew === true)),
    });
  }
}

function forgedText({ name, effect }: Kept, isKeyNew: boolean): string {
  const why = isKeyNew
    ? "are not signed by this machine's key, which the editor's secret storage had lost"
    : 'are not stored as Interlock left them: something else may have written or put them back';
  return `${name} ${why}. ${effect}`;
}

/** A value in the editor's storage as it is. */
export function mementoStore(
  state: vscode.Memento,
  key: string,
  report: (problem: string) => void,
): Store {
  return {
    read: () => state.get(key),
    write: (value) => {
      state.update(key, value).then(undefined, (error: unknown) => {
        report(`What you decided could not be kept: ${String(error)}`);
      });
    },
  };
}
