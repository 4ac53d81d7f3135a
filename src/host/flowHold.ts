// The wait of one submission for a person: what is shown meanwhile, for how long, and what wakes it.
// Invariant: it decides nothing; what ended the wait stands in the state of the submission.
import type { HeldItem } from '../shared/protocol.ts';
import type { FlowDeps } from './flowDeps.ts';

export class FlowHold {
  /** Undefined where it does not wait. */
  shown: HeldItem | undefined;
  private heldSince = 0;
  private end: (() => void) | undefined;

  constructor(
    private readonly id: string,
    private readonly deps: Pick<FlowDeps, 'clock' | 'schedule' | 'onHeldChange'>,
  ) {}

  /** From here on it counts how long it waits. */
  begin(): void {
    this.heldSince = this.deps.clock.mono();
  }

  /** Shows it and resolves when it was woken. `timeoutMs` undefined: it waits for ever. */
  async wait(item: HeldItem, timeoutMs: number | undefined, expire: () => void): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.end = resolve;
    });
    const timer = timeoutMs === undefined ? undefined : this.deps.schedule(timeoutMs, expire);
    this.show(item);
    await ended;
    timer?.dispose();
    this.hide();
  }

  wake(): void {
    this.end?.();
  }

  hide(): void {
    this.end = undefined;
    if (this.shown) this.show(undefined);
  }

  /** Milliseconds; 0 where it does not wait. */
  get waitedMs(): number {
    return this.shown === undefined ? 0 : Math.round(this.deps.clock.mono() - this.heldSince);
  }

  private show(item: HeldItem | undefined): void {
    this.shown = item;
    this.deps.onHeldChange(this.id, item);
  }
}
