// The result of a submission as a model reads it.
import { CappedOutput } from '../core/session/plainText.ts';
import type { SubmissionResult } from './gateTypes.ts';

const MOST_CHARACTERS = 16_000;
const LEAST_CHARACTERS = 1_000;
/** On the safe side: a token is rarely shorter. */
const CHARACTERS_PER_TOKEN = 3;

/** Decision first, so that it is read even where the rest is cut. */
export function toolText(result: SubmissionResult, tokenBudget: number | undefined): string {
  const { decision, exitCode, reason, output } = result;
  const head = `decision: ${decision}\nreason: ${reason}`;
  if (decision !== 'allowed' && decision !== 'approved') return `${head}\nThe command did not run.`;
  const budget = (tokenBudget ?? MOST_CHARACTERS) * CHARACTERS_PER_TOKEN;
  const capped = new CappedOutput(Math.min(MOST_CHARACTERS, Math.max(LEAST_CHARACTERS, budget)));
  capped.add(output);
  return `${head}\nexit code: ${exitCode}\noutput:\n${capped.text()}`;
}
