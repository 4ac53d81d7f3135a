// A value in the editor's storage that counts only where this extension has signed it.
// Invariants: what is not signed by this machine's key, for this name, is no value, and that is told once; neither is an old
// value that was put back while this window is open. Before the key is there nothing counts.
import { isSignedBy, type SigningKey } from '../node/signingKey.ts';
import type { Store } from './policyDesk.ts';

/** The key, once it is there. `isKept` is false for one that ends with the window: what it signs is nothing to keep. */
export type LoadedKey = SigningKey & {
  readonly isKept: boolean;
  /** True where the secret storage had none, so that what was signed before cannot be told from what others wrote. */
  readonly isNew: boolean;
};

export interface SignedStoreOptions {
  /** What the value is of: a signature for another name or folder is none. */
  name(): string;
  kept: Store;
  key(): LoadedKey | undefined;
  now(): Date;
  /** What is told where the value is not ours. */
  onForged(): void;
}

interface Signed {
  v: 1;
  /** When it was written, in milliseconds; never before the one that it replaces. */
  at: number;
  /** The value as JSON: the very text that is signed. */
  text: string;
  sig: string;
}

/** Two windows may write at the same time, and what each sees last of the other is no older than this. */
const AT_ONCE_MS = 60_000;

export class SignedStore implements Store {
  /** Time of the newest value that was seen or written here. */
  private newest = 0;
  private checked: { signed: Signed; value: unknown } | undefined;
  /** Where nothing can be kept: what was written in this window. */
  private ofWindow: { value: unknown } | undefined;
  private told: string | undefined;

  constructor(private readonly options: SignedStoreOptions) {}

  get isReady(): boolean {
    return this.options.key() !== undefined;
  }

  /** Undefined where there is none, or none that counts. */
  read(): unknown {
    const key = this.options.key();
    if (this.ofWindow) return this.ofWindow.value;
    // A key of this window has signed nothing that was kept, and says nothing of it.
    if (!key?.isKept) return undefined;
    const raw = this.options.kept.read();
    if (raw === undefined || raw === null) return undefined;
    const signed = this.verified(raw, key);
    if (!signed) {
      this.tell(raw);
      return undefined;
    }
    this.newest = Math.max(this.newest, signed.at);
    return this.valueOf(signed);
  }

  write(value: unknown): void {
    const key = this.options.key();
    if (!key?.isKept) {
      this.ofWindow = { value };
      return;
    }
    const at = Math.max(this.newest, this.options.now().getTime());
    const text = JSON.stringify(value ?? null);
    const sig = key.sign(this.signedText(at, text));
    this.newest = at;
    this.options.kept.write({ v: 1, at, text, sig } satisfies Signed);
  }

  private verified(raw: unknown, key: LoadedKey): Signed | undefined {
    const { v, at, text, sig } = raw as Partial<Signed>;
    if (v !== 1 || typeof text !== 'string' || typeof sig !== 'string') return undefined;
    if (typeof at !== 'number' || !(at >= this.newest - AT_ONCE_MS)) return undefined;
    const known = this.checked?.signed;
    const isKnown = known?.text === text && known.sig === sig && known.at === at;
    const isOurs = isKnown || isSignedBy(key.publicKey, this.signedText(at, text), sig);
    return isOurs ? { v, at, text, sig } : undefined;
  }

  /** It is asked for with every command and hardly ever changes. */
  private valueOf(signed: Signed): unknown {
    if (this.checked?.signed.sig !== signed.sig)
      this.checked = { signed, value: JSON.parse(signed.text) };
    return this.checked.value;
  }

  private signedText(at: number, text: string): string {
    return `interlock-kept ${JSON.stringify([this.options.name(), at, text])}`;
  }

  /** Once for each value, however often it is read. */
  private tell(raw: unknown): void {
    const text = JSON.stringify(raw);
    if (text === this.told) return;
    this.told = text;
    this.options.onForged();
  }
}
