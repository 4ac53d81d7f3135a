// The key of a workspace that marks of equal secrets come from, kept in the editor's secret storage.
// Invariant: it never stands beside the records; where it cannot be kept, one that lives as long as the window is used.
import { createHash, randomBytes } from 'node:crypto';
import { Redactor } from '../core/session/redact/redactor.ts';
import { secretValues } from '../core/session/redact/secretNames.ts';
import { textOf } from './errors.ts';
import { type Secrets, withLimit } from './signingKeyStore.ts';

const LIMIT_MS = 30_000;

/** What takes secrets out in this window. */
export interface Redaction {
  redactor: Redactor;
  /** Before the first mark is written; never rejects. */
  ready(): Promise<void>;
}

/** `workspace` is the path of the open folder; empty where none is open. */
export function createRedaction(
  secrets: Secrets,
  workspace: () => string,
  environment: Readonly<Record<string, string | undefined>>,
  report: (problem: string) => void,
): Redaction {
  const marks = new RedactionKey(secrets, workspace, report);
  return {
    redactor: new Redactor({
      key: () => marks.current,
      get known() {
        return secretValues(environment);
      },
    }),
    ready: () => marks.load(),
  };
}

class RedactionKey {
  /** Good for marks at any time; the kept one once `load` has ended. */
  current = randomBytes(32).toString('hex');
  private loading: Promise<void> | undefined;

  constructor(
    private readonly secrets: Secrets,
    private readonly workspace: () => string,
    private readonly report: (problem: string) => void,
  ) {}

  /** Reads or makes the kept key, once. Never rejects. */
  load(): Promise<void> {
    this.loading ??= withLimit(this.readOrMake(), LIMIT_MS).catch((error: unknown) =>
      this.report(
        `The key for marks of secrets cannot be read from the editor's secret storage: ${textOf(error)}. Equal secrets get other marks in the next window.`,
      ),
    );
    return this.loading;
  }

  private async readOrMake(): Promise<void> {
    const place = createHash('sha256').update(this.workspace()).digest('hex').slice(0, 16);
    const name = `interlock.redactionKey.${place}`;
    const kept = await this.secrets.get(name);
    if (kept !== undefined && /^[0-9a-f]{64}$/.test(kept)) {
      this.current = kept;
      return;
    }
    await this.secrets.store(name, this.current);
    // Another window may have made one at the same time: the one that was kept counts.
    this.current = (await this.secrets.get(name)) ?? this.current;
  }
}
