// What the panel asks of the host.
// Invariant: an answer names the token of its hold and the hash of the text that stood on the screen.
import type { FromPanel, GrantChoice, HeldItem } from '../../shared/protocol.ts';
import type { HostPort } from '../port.ts';
import { sha256Hex } from './sha256.ts';

const v = 1;

type Body<T> = T extends unknown ? Omit<T, 'v'> : never;

export interface PanelAnswer {
  answer: 'approve' | 'deny';
  message?: string | undefined;
  grant?: GrantChoice | undefined;
}

export class PanelSender {
  /** Holds that the person has answered here: their view is left when they end. */
  readonly answered = new Set<string>();
  private requests = 0;

  constructor(private readonly port: () => HostPort | undefined) {}

  send(message: Body<FromPanel>): void {
    this.port()?.send({ v, ...message } as FromPanel);
  }

  async answer(
    { id: submission, token }: HeldItem,
    shown: string,
    { answer, message, grant }: PanelAnswer,
  ): Promise<void> {
    this.answered.add(submission);
    const sha256 = await sha256Hex(shown);
    this.send({ type: 'answer', submission, token, sha256, answer, message, grant });
  }

  async edit({ id: submission, token }: HeldItem, shown: string, command: string): Promise<void> {
    this.answered.add(submission);
    this.send({ type: 'editAndRun', submission, token, sha256: await sha256Hex(shown), command });
  }

  /** The number that the answer will carry. */
  previewGrant({ id: submission }: HeldItem, grant: GrantChoice): number {
    this.requests += 1;
    this.send({ type: 'previewGrant', request: this.requests, submission, grant });
    return this.requests;
  }
}
