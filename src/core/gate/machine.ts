// The life of one submission as a pure function: a state and an event in, the next state or a refusal out.
// Invariants: only `allowed` and `approved` lead to `running` (I1), an answer counts only with the token of its hold (I9),
// and an approval of what is CRITICAL only with the word that a person typed for it (I8).
import { confirmWord } from '../policy/confirmWord.ts';
import type { GateEvent, GateState, Transition } from './types.ts';

/** Where a command was denied that waits or comes while the agent is stopped. */
export const STOP = 'Stop Agent';

/** What a person saw, as the answer names it. */
export interface Shown {
  /** SHA-256 in hex of the submission's command text. */
  commandSha256: string;
}

/** Applies one event. What does not fit the state is refused with a sentence, and nothing changes. */
export function transition(state: GateState, event: GateEvent, shown: Shown): Transition {
  switch (event.type) {
    case 'assessed':
      return assessed(state, event);
    case 'answered':
      return answered(state, event, shown);
    case 'expired':
    case 'withdrawn':
      return ended(state, event);
    case 'reassess':
      return reassess(state);
    case 'released':
      return released(state);
    case 'finished':
      return finished(state, event);
  }
}

type Of<T extends GateEvent['type']> = Extract<GateEvent, { type: T }>;

function assessed(state: GateState, event: Of<'assessed'>): Transition {
  if (state.state !== 'analysing') return refuse(state, 'it was assessed already');
  const { submission } = state;
  const { assessment, ruling, token, at } = event;
  switch (ruling.verdict) {
    case 'allow':
      return ok({ state: 'allowed', submission, assessment, ruling });
    case 'ask':
      return ok({ state: 'held', submission, assessment, ruling, token, heldAt: at });
    case 'deny':
      return ok({
        state: 'denied',
        submission,
        assessment,
        ruling,
        decision: {
          kind: 'denied',
          by: 'policy',
          where: ruling.because[0]?.code === 'lockdown' ? STOP : undefined,
          message: ruling.because[0]?.text,
          waitedMs: 0,
        },
      });
  }
}

function answered(state: GateState, event: Of<'answered'>, shown: Shown): Transition {
  if (state.state !== 'held') return refuse(state, 'it does not wait for an answer');
  const { decision } = event;
  if (event.token !== state.token)
    return refuse(state, 'the answer belongs to another question; look at it again');
  const { kind, by } = decision;
  if (kind !== 'approved' && kind !== 'denied' && kind !== 'edited')
    return refuse(state, 'an answer approves, denies or edits');
  if (by !== 'person') return refuse(state, 'only a person can answer');
  const { submission, assessment, ruling } = state;
  if (kind === 'approved' && event.shownSha256 !== shown.commandSha256)
    return refuse(state, 'what was shown is not what would run; look at it again');
  const isConfirmed = event.typedWord?.trim() === confirmWord(assessment);
  if (kind === 'approved' && assessment.level === 'CRITICAL' && !isConfirmed)
    return refuse(state, `it is CRITICAL; type "${confirmWord(assessment)}" to approve it`);
  return ok({ state: kind, submission, assessment, ruling, decision });
}

function ended(state: GateState, event: Of<'expired'> | Of<'withdrawn'>): Transition {
  // What was let may still be taken back, as long as it has not started.
  const mayEnd =
    state.state === 'held' ||
    (event.type === 'withdrawn' && (state.state === 'allowed' || state.state === 'approved'));
  if (!mayEnd) return refuse(state, 'it does not wait for an answer');
  if (event.decision.kind !== event.type)
    return refuse(state, 'the decision does not say how the wait ended');
  const { submission, assessment, ruling } = state;
  return ok({ state: event.type, submission, assessment, ruling, decision: event.decision });
}

/** Facts changed while it was held or just after it was approved: it is judged anew. */
function reassess(state: GateState): Transition {
  if (state.state !== 'held' && state.state !== 'approved' && state.state !== 'allowed')
    return refuse(state, 'it cannot be assessed again');
  return ok({ state: 'analysing', submission: state.submission });
}

function released(state: GateState): Transition {
  if (state.state !== 'allowed' && state.state !== 'approved')
    return refuse(state, 'nothing has let it run');
  const { submission, assessment, ruling } = state;
  const decision = state.state === 'approved' ? state.decision : undefined;
  return ok({ state: 'running', submission, assessment, ruling, decision });
}

function finished(state: GateState, event: Of<'finished'>): Transition {
  if (state.state !== 'running') return refuse(state, 'it does not run');
  const { submission, assessment, ruling, decision } = state;
  return ok({ state: 'done', submission, assessment, ruling, decision, outcome: event.outcome });
}

function ok(next: GateState): Transition {
  return { ok: true, next };
}

function refuse(state: GateState, why: string): Transition {
  return { ok: false, why: `This command is ${state.state}: ${why}.` };
}
