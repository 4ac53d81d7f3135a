// How a person has decided lately: rates, times, what is approved again and again. Plain counting, no guessing.
// Invariant: a suggestion is only ever the exact command, at most MEDIUM, approved often and never denied.
import type { Submission } from '../gate/types.ts';
import type { Fact, Level } from '../risk/types.ts';
import type { AuditEvent, RecordedAssessment } from './events.ts';

/** A command that was approved often. */
export interface OftenApproved {
  command: string;
  /** The same words elsewhere are another command. */
  cwd: string;
  level: Level;
  times: number;
  /** What it rested on when it was approved last. */
  facts: readonly Fact[];
}

export interface Attention {
  /** Answers of a person. */
  answers: number;
  /** Share of them that were approvals, 0 to 1. */
  approvalRate: number;
  medianDecisionMs: number | undefined;
  /** HIGH and CRITICAL commands that were approved almost at once. */
  fastHigh: number;
  /** Holds that nobody answered in time. */
  expired: number;
  advice: readonly string[];
  often: readonly OftenApproved[];
}

/** Nobody reads a HIGH command with its reasons in less. */
const FAST_MS = 2000;
/** Fewer answers say nothing about a habit. */
const LEAST_ANSWERS = 10;
const OFTEN = 5;
const MOST_OFTEN = 5;

interface Answered {
  command: string;
  cwd: string;
  level: Level;
  facts: readonly Fact[];
  isApproved: boolean;
  waitedMs: number;
}

/** Reads the events of a session, oldest first. */
export function attentionOf(events: readonly AuditEvent[]): Attention {
  const { answered, expired } = readAnswers(events);
  const approved = answered.filter(({ isApproved }) => isApproved);
  const fastHigh = approved.filter(
    ({ level, waitedMs }) => (level === 'HIGH' || level === 'CRITICAL') && waitedMs < FAST_MS,
  ).length;
  const counted = {
    answers: answered.length,
    approvalRate: answered.length === 0 ? 0 : approved.length / answered.length,
    medianDecisionMs: medianOf(answered.map(({ waitedMs }) => waitedMs)),
    fastHigh,
    expired,
  };
  const often = oftenApproved(answered);
  return { ...counted, often, advice: adviceFor(counted, often.length) };
}

function readAnswers(events: readonly AuditEvent[]): { answered: Answered[]; expired: number } {
  const submissions = new Map<string, Pick<Submission, 'command' | 'cwd'>>();
  const assessed = new Map<string, RecordedAssessment>();
  const answered: Answered[] = [];
  let expired = 0;
  for (const event of events) {
    if (event.type === 'submission') submissions.set(event.submission.id, event.submission);
    if (event.type === 'assessment') assessed.set(event.submission, event.assessment);
    if (event.type !== 'decision') continue;
    const { kind, by, waitedMs } = event.decision;
    if (kind === 'expired') expired += 1;
    if (by !== 'person' || (kind !== 'approved' && kind !== 'denied')) continue;
    answered.push({
      command: submissions.get(event.submission)?.command ?? '',
      cwd: submissions.get(event.submission)?.cwd ?? '',
      level: assessed.get(event.submission)?.level ?? 'HIGH',
      facts: assessed.get(event.submission)?.facts ?? [],
      isApproved: kind === 'approved',
      waitedMs,
    });
  }
  return { answered, expired };
}

function oftenApproved(answered: readonly Answered[]): OftenApproved[] {
  const counts = new Map<string, OftenApproved>();
  const refused = new Set<string>();
  for (const { command, cwd, level, facts, isApproved } of answered) {
    if (!isApproved || command === '' || (level !== 'LOW' && level !== 'MEDIUM')) {
      refused.add(command);
      continue;
    }
    const key = JSON.stringify([cwd, command]);
    const times = (counts.get(key)?.times ?? 0) + 1;
    counts.set(key, { command, cwd, level, times, facts });
  }
  return [...counts.values()]
    .filter(({ command, times }) => times >= OFTEN && !refused.has(command))
    .sort((a, b) => b.times - a.times || (a.command < b.command ? -1 : 1))
    .slice(0, MOST_OFTEN);
}

function adviceFor(
  counted: Omit<Attention, 'advice' | 'often'>,
  suggestions: number,
): readonly string[] {
  const { answers, approvalRate, medianDecisionMs, fastHigh, expired } = counted;
  const advice: string[] = [];
  if (fastHigh > 0)
    advice.push(
      `${fastHigh === 1 ? 'One HIGH or CRITICAL command was' : `${fastHigh} HIGH or CRITICAL commands were`} approved within ${FAST_MS / 1000} seconds. Read the red ones before you approve: that is what the gate is for.`,
    );
  if (answers >= LEAST_ANSWERS && approvalRate >= 0.95 && (medianDecisionMs ?? FAST_MS) < FAST_MS)
    advice.push(
      `You approved ${Math.round(approvalRate * 100)} % of ${answers} commands, most of them at once. Let rules answer what you always approve, so that a question means something again.`,
    );
  if (answers >= LEAST_ANSWERS && approvalRate <= 0.3)
    advice.push(
      'You deny most of what the agent asks. A deny rule with a reason tells the agent so at once.',
    );
  if (expired >= 3)
    advice.push(
      `${expired} commands ended because nobody answered in time. Let them wait longer, or stop the agent while you are away.`,
    );
  if (suggestions > 0)
    advice.push('Some commands come again and again. Allow them exactly, and you are asked less.');
  return advice;
}

function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : Math.round((lower + upper) / 2);
}
