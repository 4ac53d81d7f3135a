// The words in which a person is asked: toast, modal and pick list say the same.
// Invariant: the command is shown with marks for what cannot be seen, and never longer than fits.
import { answerWord } from '../core/risk/questions.ts';
import { cutMiddle, showInMessage, showText } from '../core/session/display.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { count } from './messages.ts';

const TOAST_COMMAND = 160;
const MODAL_COMMAND = 1500;
const PICK_COMMAND = 120;
const MOST_REASONS = 6;
/** Of what an agent says of itself: it must not push the reasons out of sight. */
const MOST_WORDS = 300;
const MOST_NAME = 80;

/** One line: level, score, command, top reason, and how many others wait. */
export function toastText(item: HeldItem, isAgain: boolean, others = 0): string {
  const command = cutMiddle(showInMessage(item.command), TOAST_COMMAND);
  const reason = isAgain ? (item.because[0] ?? '') : item.assessment.headline;
  const again = isAgain ? 'Held again · ' : '';
  const more =
    others > 0 ? ` · ${count(others, 'more command')} wait${others === 1 ? 's' : ''}` : '';
  return `${again}${rank(item)} · ${command} · ${showInMessage(reason)}${more}`;
}

/** One line for a burst: how many wait, and how bad the worst is. */
export function manyText(held: readonly HeldItem[]): string {
  const worst = [...held].sort((a, b) => b.score - a.score)[0];
  const agents = new Set(held.map(({ agent }) => agent));
  const who = agents.size === 1 ? ` of ${nameOf(held[0]?.agent ?? '')}` : '';
  const most = worst === undefined ? '' : ` The worst is ${rank(worst)}.`;
  return `${count(held.length, 'command')}${who} wait${held.length === 1 ? 's' : ''} so far.${most}`;
}

/** The question of a modal and what stands below it. */
export function modalText(item: HeldItem): { question: string; detail: string } {
  const { assessment } = item;
  const { reversible, needsPerson, sharedState } = assessment.questions;
  const effects = [...new Set(assessment.effects.map(({ reason }) => reason))];
  const recovery = [...new Set(assessment.effects.map((effect) => effect.recovery))];
  return {
    question: `Run this ${item.level} command (score ${item.score})?`,
    detail: [
      cutMiddle(showText(item.command), MODAL_COMMAND),
      '',
      `Asked by ${nameOf(item.agent)} in ${cutMiddle(showText(item.cwd), MOST_WORDS)}.`,
      ...(item.intent === undefined
        ? []
        : [`The agent says: "${cutMiddle(showText(item.intent), MOST_WORDS)}"`]),
      '',
      ...listed('What it would do:', effects),
      ...listed('Why it is held:', item.because),
      `Can be taken back: ${answerWord(reversible)}. ${reversible.why}`,
      `Needs a person: ${answerWord(needsPerson)}. ${needsPerson.why}`,
      `Reaches what others use: ${answerWord(sharedState)}. ${sharedState.why}`,
      '',
      ...listed('If it goes wrong:', recovery),
    ].join('\n'),
  };
}

/** One entry of a pick list. */
export function pickText(item: HeldItem): { label: string; description: string; detail: string } {
  return {
    label: cutMiddle(showText(item.command), PICK_COMMAND),
    description: `${rank(item)} · ${nameOf(item.agent)}`,
    detail: showText(item.assessment.headline),
  };
}

/** HIGH and CRITICAL are shown as errors. */
export function isGrave(item: HeldItem): boolean {
  return item.level === 'HIGH' || item.level === 'CRITICAL';
}

function nameOf(agent: string): string {
  return cutMiddle(showInMessage(agent), MOST_NAME);
}

function rank(item: HeldItem): string {
  return `${item.level} ${item.score}`;
}

function listed(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const more = texts.length > MOST_REASONS ? [`… and ${texts.length - MOST_REASONS} more`] : [];
  return [title, ...texts.slice(0, MOST_REASONS).map((text) => `• ${showText(text)}`), ...more, ''];
}
