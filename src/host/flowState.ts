// The state of one submission, moved by core/gate alone.
// Invariant: what ends a hold counts once its record is written; where it cannot be written, the submission ends as a fault.
import { transition } from '../core/gate/machine.ts';
import type { Decision, GateEvent, GateState, Submission } from '../core/gate/types.ts';
import { sha256 } from '../core/session/chain.ts';
import { textOf } from './errors.ts';
import type { FlowRecord } from './flowRecord.ts';

export class FlowState {
  current: GateState;
  /** Why the record of a decision could not be written. */
  broken: unknown;
  /** Of the command that would run. */
  readonly commandSha256: string;

  constructor(
    submission: Submission,
    private readonly record: Pick<FlowRecord, 'decided'>,
    /** Whoever waits for a decision looks again. */
    private readonly wake: () => void,
  ) {
    this.current = { state: 'analysing', submission };
    this.commandSha256 = sha256(submission.command);
  }

  /** Throws where the event does not fit the state. */
  step(event: GateEvent): void {
    const moved = transition(this.current, event, this);
    if (!moved.ok) throw new Error(moved.why);
    this.current = moved.next;
  }

  /** Applies what ends a hold; a sentence where it does not count. `shownSha256`: of the text that the person saw. */
  settle(
    event: Extract<GateEvent, { decision: Decision }>,
    shownSha256: string | undefined,
  ): string | undefined {
    const moved = transition(this.current, event, this);
    if (!moved.ok) return moved.why;
    try {
      this.record.decided(event.decision, shownSha256);
      this.current = moved.next;
      return undefined;
    } catch (error) {
      this.broken = error;
      return textOf(error);
    } finally {
      this.wake();
    }
  }
}
