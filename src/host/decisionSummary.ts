// How the person has decided in this session, as the panel shows it.
import { exactText } from '../core/policy/ruleMatch.ts';
import type { Policy } from '../core/policy/types.ts';
import { widenedRules } from '../core/policy/widening.ts';
import { attentionOf, type OftenApproved } from '../core/session/attention.ts';
import { sha256 } from '../core/session/chain.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import type { AuditEvent } from '../core/session/events.ts';
import type { DecisionSummary, Suggestion } from '../shared/protocol.ts';

/** Counted anew from the session's events. */
export function summaryOf(events: readonly AuditEvent[], policy: Policy): DecisionSummary {
  const { answers, approvalRate, medianDecisionMs, fastHigh, advice, often } = attentionOf(events);
  const own = policy.rules.filter(({ source }) => source === 'user' || source === 'grant');
  return {
    answers,
    approvalRate,
    medianDecisionMs,
    fastHigh,
    advice,
    suggestions: often.filter((entry) => isOpen(entry, policy)).map(suggestionOf),
    widened: widenedRules(own),
  };
}

/** The command behind a suggestion, looked up again: the panel only sends its id. */
export function suggested(
  id: string,
  events: readonly AuditEvent[],
  policy: Policy,
): OftenApproved | undefined {
  const { often } = attentionOf(events);
  return often.find((entry) => idOf(entry) === id && isOpen(entry, policy));
}

/** Not allowed yet, and without a secret: what is on record has a mark in its place. */
function isOpen({ command, cwd }: OftenApproved, { rules }: Policy): boolean {
  if (command.includes('«redacted:')) return false;
  return !rules.some(
    ({ kind, match, action, folder = cwd }) =>
      action === 'allow' && kind === 'exact' && match === exactText(command) && folder === cwd,
  );
}

function suggestionOf(entry: OftenApproved): Suggestion {
  const { command, cwd, times } = entry;
  const text = `You approved this ${times} times in ${cutMiddle(showText(cwd), 80)} and never denied it. Allow exactly this there?`;
  return { id: idOf(entry), command, text };
}

function idOf({ command, cwd }: OftenApproved): string {
  return sha256(JSON.stringify([cwd, command])).slice(0, 16);
}
