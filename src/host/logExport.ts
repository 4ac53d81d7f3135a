// Sends what is recorded to a team's collector while an address is set, in its own time.
// Invariant: nothing waits for it, and nothing that goes wrong in it reaches the gate.
import type { ExportQueue } from '../node/exportQueue.ts';
import type { LogSender } from '../node/otlp/otlpSender.ts';
import { textOf } from './errors.ts';

export interface LogExportOptions {
  /** Address of the collector; undefined: nothing is sent. Read at every turn. */
  url(): string | undefined;
  /** Folder of the running session; undefined where there is none. */
  folder(): string | undefined;
  /** Loads what sends. */
  open(url: string): Promise<{ sender: LogSender; queue: ExportQueue }>;
  now(): number;
  report(problem: string): void;
}

const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 300_000;

export class LogExport {
  private opened: { url: string; sender: LogSender; queue: ExportQueue } | undefined;
  private isBusy = false;
  private failures = 0;
  private notBefore = 0;

  constructor(private readonly options: LogExportOptions) {}

  /** One turn: sends what is new, unless the last try failed a moment ago. Never rejects. */
  async turn(): Promise<void> {
    const url = this.options.url();
    if (this.isBusy || (url !== undefined && this.options.now() < this.notBefore)) return;
    this.isBusy = true;
    try {
      await this.run(url);
      this.failures = 0;
    } catch (error) {
      this.fail(url, error);
    } finally {
      this.isBusy = false;
    }
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.sender.close();
  }

  private async run(url: string | undefined): Promise<void> {
    if (this.opened && this.opened.url !== url) await this.close();
    if (url === undefined) return;
    this.opened ??= { url, ...(await this.options.open(url)) };
    const folder = this.options.folder();
    if (folder !== undefined) this.opened.queue.follow(folder);
    await this.opened.queue.pump();
  }

  /** Told once for each time that it breaks; then it tries again less and less often. */
  private fail(url: string | undefined, error: unknown): void {
    this.failures += 1;
    const wait = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    this.notBefore = this.options.now() + wait;
    if (this.failures > 1) return;
    this.options.report(
      `Recorded events cannot be sent to ${url ?? 'the collector'}: ${textOf(error)}. They wait on disk; commands do not wait for them.`,
    );
  }
}
