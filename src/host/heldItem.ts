// A held submission in the form in which it is shown: notification, panel, terminal and commands all get this.
import type { GateState } from '../core/gate/types.ts';
import { sha256 } from '../core/session/chain.ts';
import { recordAssessment } from '../core/session/recordAssessment.ts';
import type { HeldItem } from '../shared/protocol.ts';

type Held = Extract<GateState, { state: 'held' }>;

/** `timeoutMs` undefined: it waits for ever. */
export function heldItem(state: Held, timeoutMs: number | undefined): HeldItem {
  const { submission, assessment, ruling, token, heldAt } = state;
  return {
    id: submission.id,
    token,
    command: submission.command,
    sha256: sha256(submission.command),
    agent: submission.agent,
    cwd: submission.cwd,
    intent: submission.intent,
    level: assessment.level,
    score: assessment.score,
    heldAt,
    expiresAt:
      timeoutMs === undefined ? undefined : new Date(Date.parse(heldAt) + timeoutMs).toISOString(),
    assessment: recordAssessment(assessment),
    because: ruling.because.map(({ text }) => text),
    offers: [],
    canEdit: false,
  };
}
