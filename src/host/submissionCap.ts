// How many submissions may wait or run at the same time, and what is told and recorded of those that are too many.
// Invariant: a flood of commands becomes neither a flood of messages nor one of events, and each one is counted.
import { cutMiddle } from '../core/session/display.ts';
import type { AuditBody } from '../core/session/events.ts';
import type { SubmissionRequest } from './gateTypes.ts';

/** More could neither be shown nor be decided on. */
const MOST_AT_ONCE = 100;
/** A flood is over when so many are left: one that has just ended makes room for one, and that is no end. */
const ROOMY = MOST_AT_ONCE / 2;
const MOST_NAMES = 5;
const MOST_SHOWN = 200;

const TOO_MANY = `${MOST_AT_ONCE} commands of agents wait or run already, so one more was not taken. Submit it again when some of them have ended.`;

interface Flood {
  refused: number;
  /** What the last event says. */
  noted: number;
  agents: Set<string>;
  first: string;
}

export class SubmissionCap {
  private flood: Flood | undefined;

  constructor(
    private readonly to: {
      tell(problem: string): void;
      note(body: AuditBody): void;
      /** Before a text is cut, or half a secret would be left. */
      redact(text: string): string;
    },
  ) {}

  /** Undefined where there is room beside so many; otherwise why this one is not taken, which is counted. */
  refusal(onTheirWay: number, { agent, command }: SubmissionRequest): string | undefined {
    if (onTheirWay < MOST_AT_ONCE) return undefined;
    // Nobody could press Stop Agent in a flood of messages.
    if (!this.flood) this.to.tell(TOO_MANY);
    this.flood ??= this.begin(command);
    const { flood } = this;
    flood.refused += 1;
    if (flood.agents.size < MOST_NAMES) flood.agents.add(agent);
    // In steps of ten times, so that a window that dies leaves more than nothing behind.
    if (Number.isInteger(Math.log10(flood.refused))) this.count(flood);
    return TOO_MANY;
  }

  /** One has ended; so many are left. */
  ended(left: number): void {
    if (!this.flood || left > ROOMY) return;
    const { flood } = this;
    this.flood = undefined;
    if (flood.noted !== flood.refused) this.count(flood);
  }

  private begin(command: string): Flood {
    const first = cutMiddle(this.to.redact(command), MOST_SHOWN);
    return { refused: 0, noted: 0, agents: new Set(), first };
  }

  private count(flood: Flood): void {
    const { refused, agents, first } = flood;
    flood.noted = refused;
    this.to.note({ type: 'gate.full', refused, agents: [...agents], first });
  }
}
