// What was approved is assessed once more before it starts: is it still what was shown?
import type { Ruling } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { assessmentChange } from '../core/session/assessmentChange.ts';
import { recordAssessment } from '../core/session/recordAssessment.ts';
import type { Assessed } from '../node/assessor.ts';

/** Undefined where the approval still holds; otherwise what it is held or denied by now, with what changed. */
export function rulingAnew(shown: Assessment, now: Assessed): Ruling | undefined {
  const { assessment, ruling } = now;
  const change = assessmentChange(recordAssessment(shown), recordAssessment(assessment));
  if (change === undefined) return ruling.verdict === 'deny' ? ruling : undefined;
  const text = `It was approved, but it is no longer what was shown. ${change}`;
  return { verdict: ruling.verdict, because: [{ code: 'changed', text }, ...ruling.because] };
}
