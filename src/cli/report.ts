// What `check` and `explain` print: one JSON object, or a page for a person. The same assessment stands behind both.
import { answerWord } from '../core/risk/questions.ts';
import { showText } from '../core/session/display.ts';
import { type CallNode, callTree } from '../core/shell/callTree.ts';
import type { Assessed } from '../node/assessor.ts';

/** What is reported of an assessment. */
export type Judged = Pick<Assessed, 'assessment' | 'ruling'>;

/** The JSON of `check` (requirements of the command line: these names are stable). */
export function checkReport({ assessment, ruling }: Judged): Record<string, unknown> {
  return {
    command: assessment.command,
    verdict: ruling.verdict,
    level: assessment.level,
    score: assessment.score,
    category: assessment.category,
    blastRadius: assessment.blastRadius,
    reversible: assessment.questions.reversible.answer,
    sharedState: assessment.questions.sharedState.answer,
    understood: assessment.understood,
    headline: assessment.headline,
    effects: assessment.effects.map((effect) => ({
      rule: effect.rule,
      verb: effect.verb,
      target: effect.target,
      span: effect.span,
      reason: effect.reason,
      recovery: effect.recovery,
      alternative: effect.alternative ?? null,
    })),
    because: ruling.because.map((reason) => reason.text),
  };
}

/** The JSON of `explain`: the same, with everything that led to it. */
export function explainReport(assessed: Judged): Record<string, unknown> {
  const { assessment } = assessed;
  return {
    ...checkReport(assessed),
    questions: assessment.questions,
    parts: assessment.parts,
    facts: assessment.facts,
    invocations: assessment.shell.invocations.map((call) => ({
      argv: call.argv.map((word) => (word.isGlob ? null : (word.value ?? null))),
      span: call.span,
      nesting: call.nesting.map(({ label, span }) => ({ label, span })),
    })),
    tree: callTree(assessment.shell),
    notUnderstood: assessment.notUnderstood.map(({ span, why }) => ({ span, why })),
  };
}

/** A page for a person, in which nothing of the command can hide. */
export function textReport(assessed: Judged, isLong: boolean): string {
  return `${pageLines(assessed, isLong).map(showText).join('\n')}\n`;
}

function pageLines({ assessment, ruling }: Judged, isLong: boolean): string[] {
  const lines = [
    `${assessment.level} ${assessment.score}  ${ruling.verdict}  ${assessment.command}`,
    assessment.headline,
    ...ruling.because.map((reason) => `  because  ${reason.text}`),
  ];
  if (!isLong) return lines;
  return [...lines, '', ...longLines(assessment)];
}

function longLines(assessment: Judged['assessment']): string[] {
  const { reversible, needsPerson, sharedState } = assessment.questions;
  const lines = [
    `Row            ${assessment.category}, blast radius ${assessment.blastRadius}`,
    `Reversible?    ${answerWord(reversible)}. ${reversible.why}`,
    `Needs a person? ${answerWord(needsPerson)}. ${needsPerson.why}`,
    `Shared state?  ${answerWord(sharedState)}. ${sharedState.why}`,
    '',
    'Reading',
    ...treeLines(callTree(assessment.shell), '  ', ''),
    '',
    'Effects',
    ...assessment.effects.flatMap((effect) => [
      `  ${effect.rule}  ${effect.verb} ${effect.target.name}${effect.target.place ? ` (${effect.target.place})` : ''}`,
      `      ${effect.reason}`,
      ...(effect.alternative ? [`      Instead: ${effect.alternative}`] : []),
    ]),
    '',
    'Score',
    ...assessment.parts.map(
      (part) => `  ${part.points >= 0 ? '+' : ''}${part.points}  ${part.reason}  [${part.id}]`,
    ),
  ];
  if (assessment.facts.length > 0)
    lines.push('', 'Facts', ...assessment.facts.map((fact) => `  ${fact.text}  [${fact.how}]`));
  if (assessment.notUnderstood.length > 0)
    lines.push(
      '',
      'Not understood',
      ...assessment.notUnderstood.map(
        ({ span, why }) =>
          `  ${span.start}–${span.end}  ${assessment.command.slice(span.start, span.end)}  ${why}`,
      ),
    );
  return lines;
}

/** One row for each layer and call, with where it stands in the line. */
function treeLines(node: CallNode, lead: string, branch: string): string[] {
  const { start, end } = node.span;
  const below = lead + branch.replace('├─', '│ ').replace('└─', '  ');
  return [
    `${lead}${branch}${node.label}  [${start}–${end}]`,
    ...node.children.flatMap((child, index) =>
      treeLines(child, below, index === node.children.length - 1 ? '└─ ' : '├─ '),
    ),
  ];
}
