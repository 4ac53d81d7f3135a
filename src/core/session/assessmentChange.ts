// Tells whether what a person decided on is still so (I2: what runs is what was decided).
// Invariant: everything that a verdict can rest on is compared; only wording is not.
import type { RecordedAssessment } from './events.ts';

/** What differs between two assessments of the same command, as one sentence for a person; undefined where nothing that counts does. */
export function assessmentChange(
  before: RecordedAssessment,
  after: RecordedAssessment,
): string | undefined {
  if (before.level !== after.level || before.score !== after.score) {
    return `It was ${before.level} ${before.score} when it was shown and is ${after.level} ${after.score} now.`;
  }
  const fact = factChange(before, after);
  if (fact !== undefined) {
    return `What it rests on has changed: ${fact}`;
  }
  return contentOf(before) === contentOf(after)
    ? undefined
    : 'What it would do has changed since it was shown.';
}

function factChange(before: RecordedAssessment, after: RecordedAssessment): string | undefined {
  const known = new Map(before.facts.map((fact) => [keyOf(fact), fact]));
  for (const fact of after.facts) {
    const old = known.get(keyOf(fact));
    known.delete(keyOf(fact));
    if (!old || old.value !== fact.value || old.text !== fact.text) {
      return fact.text;
    }
  }
  const [gone] = known.values();
  return gone && `"${gone.text}" does not hold any more.`;
}

function keyOf(fact: RecordedAssessment['facts'][number]): string {
  return `${fact.effect ?? ''} ${fact.id} ${fact.how}`;
}

function contentOf(assessment: RecordedAssessment): string {
  const { effects, invocations, notUnderstood, questions, category, blastRadius } = assessment;
  const answers = Object.values(questions).map(({ answer, isHard }) => [answer, isHard === true]);
  const does = effects.map(({ rule, verb, target, span }) => ({ rule, verb, target, span }));
  return JSON.stringify([does, invocations, notUnderstood, answers, category, blastRadius]);
}
