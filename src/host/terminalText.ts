// What an agent's terminal shows around the output of a command: what is held and why, and how it ended.
// Invariant: text of an agent reaches the terminal only through `showText`; nothing in it can move the cursor or imitate us.
import { answerWord } from '../core/risk/questions.ts';
import type { Level } from '../core/risk/types.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import type { HeldItem } from '../shared/protocol.ts';
import type { SubmissionResult } from './gateTypes.ts';
import { wrapText } from './wrapText.ts';

const MOST_COMMAND = 2000;
const MOST_REASONS = 5;

const styles = {
  bold: '1',
  dim: '2',
  good: '32',
  warning: '33',
  bad: '31',
} as const;

const levelStyles: Readonly<Record<Level, string>> = {
  LOW: '30;42',
  MEDIUM: '30;43',
  HIGH: '97;41',
  CRITICAL: '1;97;41',
};

/** The line that was submitted, by whom and where. */
export function renderSubmitted(command: string, agent: string): string {
  return lines([
    paint(styles.dim, `${showText(agent)} submits:`),
    paint(styles.bold, `$ ${cutMiddle(showText(command), MOST_COMMAND)}`),
  ]);
}

/** Why it waits and what can be done. */
export function renderHeld(item: HeldItem, columns: number): string {
  const { assessment, because } = item;
  const effects = unique(assessment.effects.map(({ reason }) => reason));
  const instead = unique(assessment.effects.flatMap(({ alternative }) => alternative ?? []));
  const { reversible, sharedState } = assessment.questions;
  return lines(
    [
      '',
      `${paint(levelStyles[item.level], ` ${item.level} ${item.score} `)} ${paint(styles.bold, 'Held: it has not run.')}`,
      ...(item.intent === undefined ? [] : [`  The agent says: "${showText(item.intent)}"`]),
      ...listed('What it would do', effects),
      ...listed('Why it is held', because),
      `  Can be taken back: ${answerWord(reversible)}. Reaches what others use: ${answerWord(sharedState)}. Blast radius: ${assessment.blastRadius}.`,
      ...listed('Safer', instead),
      '',
      ...waitTexts(item).map((text) => paint(styles.warning, text)),
    ].flatMap((line) => wrapText(line, columns)),
  );
}

/** It starts. */
export function renderStart({
  reason,
  hasTty,
  isRecorded,
}: {
  reason: string;
  hasTty: boolean;
  isRecorded: boolean;
}): string {
  const mark = isRecorded
    ? paint(styles.dim, '● Output and keys of this command are recorded; passwords are not.')
    : paint(styles.warning, '○ This command is not recorded.');
  return lines([
    paint(styles.dim, showText(reason)),
    mark,
    ...(hasTty
      ? []
      : [paint(styles.warning, '[no TTY: the terminal library did not load; programs see pipes]')]),
  ]);
}

/** Something that a person should know about the run. */
export function renderNotice(text: string): string {
  return lines([`\x1b[0m\r\n${paint(styles.warning, showText(text))}`]);
}

/** It is over. Empty after a run that went well. */
export function renderEnd(result: SubmissionResult, columns: number): string {
  if (result.decision === 'allowed' || result.decision === 'approved') {
    return result.exitCode === 0 ? '' : lines([paint(styles.dim, `Exit code ${result.exitCode}.`)]);
  }
  const style = result.decision === 'denied' ? styles.bad : styles.warning;
  const text = paint(style, `Not run. ${showText(result.reason)}`);
  return lines(['', ...wrapText(text, columns)]);
}

/** Last, so that they are seen where the terminal is small. */
function waitTexts({ level, expiresAt }: HeldItem): string[] {
  const end =
    expiresAt === undefined ? '' : `Without an answer by ${timeOf(expiresAt)} it is not run. `;
  return [
    `Held (${level}): approve or deny it in the notification or in the Interlock panel.`,
    `${end}Ctrl-C takes it back.`,
  ];
}

function timeOf(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 8);
}

function listed(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const more = texts.length > MOST_REASONS ? [`    … and ${texts.length - MOST_REASONS} more`] : [];
  const shown = texts.slice(0, MOST_REASONS).map((text) => `    - ${showText(text)}`);
  return [`  ${title}:`, ...shown, ...more];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function paint(style: string, text: string): string {
  return `\x1b[${style}m${text}\x1b[0m`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\r\n`).join('');
}
