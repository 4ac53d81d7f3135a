// The one path: text → invocations → effects → (facts) → assessment → ruling. Every way in calls this.
// Invariant: an exception anywhere on the path is a line that is not understood, so it asks (I3).
import { nameEffects } from '../effects/nameEffects.ts';
import type { Effect, EffectContext } from '../effects/types.ts';
import { decide } from '../policy/decide.ts';
import type { Policy, PolicyContext, Ruling } from '../policy/types.ts';
import { assess } from '../risk/assess.ts';
import type { Assessment, Fact } from '../risk/types.ts';
import { analyzeShell } from '../shell/analyze.ts';
import type { ShellAnalysis, ShellParser } from '../shell/types.ts';

/** The first half of the path, for callers that look facts up before they judge. */
export interface Reading {
  analysis: ShellAnalysis;
  effects: readonly Effect[];
}

/** Reads a line: what it would run and what that would do. Never throws. */
export function readLine(
  text: string,
  parser: ShellParser | undefined,
  context: EffectContext,
): Reading {
  if (!parser)
    return unread(
      text,
      'parser-unavailable',
      'The shell grammar could not be loaded, so the gate cannot read commands.',
    );
  try {
    const analysis = analyzeShell(text, parser, context.shell);
    return { analysis, effects: nameEffects(analysis, context) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return unread(text, 'analyser-failed', `The gate failed while it read this line (${what}).`);
  }
}

/** Names the effects of a reading anew, once the context knows more (real paths). Never throws. */
export function nameAgain({ analysis }: Reading, context: EffectContext): Reading {
  try {
    return { analysis, effects: nameEffects(analysis, context) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return unread(
      analysis.text,
      'analyser-failed',
      `The gate failed while it read this line (${what}).`,
    );
  }
}

/** The second half: facts, score and ruling. */
export function judge(
  reading: Reading,
  facts: readonly Fact[],
  context: EffectContext,
  policy: Policy,
  policyContext: PolicyContext,
): { assessment: Assessment; ruling: Ruling } {
  const assessment = assess(reading.analysis, reading.effects, facts, context);
  return { assessment, ruling: decide(assessment, policy, policyContext) };
}

function unread(text: string, code: string, why: string): Reading {
  const span = { start: 0, end: text.length };
  return {
    analysis: {
      text,
      invocations: [],
      notUnderstood: [{ span, code, why }],
      inlineCode: [],
      changes: [],
    },
    effects: [],
  };
}
