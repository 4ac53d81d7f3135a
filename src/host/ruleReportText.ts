// The page of *Test Rules*: what the gate says to a command, which rules say what, and what they did to the session so far.
import type { PastEffect, RuleFinding } from '../core/policy/ruleReport.ts';
import type { PolicyRule, Ruling } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import { ofLast } from './messages.ts';

export interface RuleReport {
  assessment: Assessment;
  ruling: Ruling;
  findings: readonly (RuleFinding & { past: PastEffect })[];
  /** Of the settings and grants in use; the log has it with each assessment. */
  policySha256: string | undefined;
}

const VERDICTS = {
  allow: 'Runs without a question.',
  ask: 'Is held until a person decides.',
  deny: 'Is refused.',
} as const;

const MOST_COMMAND = 500;
const MOST_EXAMPLES = 5;

/** Plain text, for an editor that cannot be written to. */
export function ruleReportText(report: RuleReport): string {
  const { assessment, ruling, findings, policySha256 = 'unknown' } = report;
  return [
    cutMiddle(showText(assessment.command), MOST_COMMAND),
    '',
    `${VERDICTS[ruling.verdict]} ${assessment.level} ${assessment.score}. ${showText(assessment.headline)}`,
    ...ruling.because.map(({ text }) => `  because: ${showText(text)}`),
    '',
    findings.length === 0 ? 'No rule is about this command.' : 'Rules about this command:',
    ...findings.flatMap(findingLines),
    '',
    `Policy in use: ${policySha256.slice(0, 16)}. Nothing was run.`,
    '',
  ].join('\n');
}

function findingLines({ rule, takes, why, past }: RuleFinding & { past: PastEffect }): string[] {
  return [
    '',
    `  ${takes ? '✓' : '–'} ${ruleText(rule)}`,
    ...(why === undefined ? [] : [`    It does not count here: ${why}`]),
    ...(rule.reason === undefined ? [] : [`    ${showText(rule.reason)}`]),
    `    ${pastText(rule, past)}`,
  ];
}

function ruleText({ action, match, kind, source, upTo, expires }: PolicyRule): string {
  const level = upTo === undefined ? '' : `, up to ${upTo}`;
  const until = expires === undefined ? '' : `, until ${expires}`;
  return `${action} \`${showText(match)}\` (${source}, ${kind}${level}${until})`;
}

/** `This rule allowed 14 of the last 200 commands: …` */
export function pastText({ action }: PolicyRule, past: PastEffect): string {
  if (past.outOf === 0) return 'No command has come in this session to try it on.';
  if (action !== 'allow') return `It takes ${ofLast(past.matched, past.outOf)}.`;
  const commands = past.newlyAllowed.map(({ command }) => cutMiddle(showText(command), 80));
  const examples = [...new Set(commands)].slice(0, MOST_EXAMPLES).join(' · ');
  const named = examples === '' ? '.' : `: ${examples}`;
  return `It alone allows ${ofLast(past.newlyAllowed.length, past.outOf)}${named}`;
}
