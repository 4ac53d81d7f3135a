// A held submission in the form in which it is shown: notification, panel, terminal and commands all get this.
// Invariant: no secret is in it; `sha256` is of the text that is in it.
import type { GateState } from '../core/gate/types.ts';
import { confirmWord } from '../core/policy/confirmWord.ts';
import { sha256 } from '../core/session/chain.ts';
import { recordAssessment } from '../core/session/recordAssessment.ts';
import { redactBody } from '../core/session/redact/redactBody.ts';
import type { RedactedCommand } from '../core/session/redact/redactCommand.ts';
import type { Redactor } from '../core/session/redact/redactor.ts';
import type { Assessed } from '../node/assessor.ts';
import type { HeldItem } from '../shared/protocol.ts';

type Held = Extract<GateState, { state: 'held' }>;

/** `timeoutMs` undefined: it waits for ever. `assessed` is what the hold rests on. */
export function heldItem(
  state: Held,
  timeoutMs: number | undefined,
  assessed: Pick<Assessed, 'offers'> | undefined,
  redacted: RedactedCommand,
  redactor: Redactor,
): HeldItem {
  const { submission, assessment, ruling, token, heldAt } = state;
  const { hasSecrets } = redacted;
  return {
    id: submission.id,
    token,
    command: redacted.text,
    sha256: sha256(redacted.text),
    hasSecrets,
    agent: submission.agent,
    cwd: submission.cwd,
    intent: submission.intent && redacted.about(submission.intent),
    level: assessment.level,
    score: assessment.score,
    heldAt,
    expiresAt:
      timeoutMs === undefined ? undefined : new Date(Date.parse(heldAt) + timeoutMs).toISOString(),
    assessment: redactBody(recordAssessment(assessment), redactor, redacted),
    because: ruling.because.map(({ text }) => redacted.about(text)),
    // A grant would keep a secret, and an edit would start from a text without it.
    offers: assessed && !hasSecrets ? assessed.offers() : [],
    canEdit: !hasSecrets,
    confirmWord: assessment.level === 'CRITICAL' ? confirmWord(assessment) : undefined,
  };
}
