// An assessment in the form in which it is written to the log and sent to the panel: data only, no parse results.
import type { Assessment } from '../risk/types.ts';
import type { Invocation } from '../shell/types.ts';
import type { RecordedAssessment } from './events.ts';

/** Longest list that is recorded; a line with more calls says so in its level, not in megabytes of log. */
const MOST = 500;

/** Everything that a reader of the log needs; words that are not constant are null. */
export function recordAssessment(assessment: Assessment): RecordedAssessment {
  const { score, level, category, blastRadius, headline, understood, questions } = assessment;
  return {
    score,
    level,
    category,
    blastRadius,
    headline,
    understood,
    questions,
    notUnderstood: assessment.notUnderstood.slice(0, MOST),
    effects: assessment.effects.slice(0, MOST),
    facts: assessment.facts.slice(0, MOST),
    parts: assessment.parts.slice(0, MOST),
    invocations: assessment.shell.invocations.slice(0, MOST).map(recordInvocation),
  };
}

function recordInvocation(invocation: Invocation): RecordedAssessment['invocations'][number] {
  return {
    argv: invocation.argv.map((word) => word.value ?? null),
    span: invocation.span,
    nesting: invocation.nesting.map(({ label, span }) => ({ label, span })),
    isTransparent: invocation.isTransparentWrapper,
  };
}
