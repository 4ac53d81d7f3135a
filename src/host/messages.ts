// Words about decisions, for agents and for people. One place, so that they stay the same everywhere.
// Invariant: only a person or a rule refuses; a timeout, a closed window and a fault of the gate are never told as a refusal.
import type { Decision, GateState } from '../core/gate/types.ts';
import type { Ruling } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import { decisionPlace } from '../shared/decisionPlace.ts';
import type { Lockdown } from '../shared/protocol.ts';

const DO_NOT_EVADE =
  'Do not try to reach the same effect in another way. Say what was refused and ask the user.';

/** Why there is a lockdown, where a person made it. */
export const STOPPED_BY_YOU = 'You stopped the agent.';

/** What the agent is told while nothing may run because a person said so. */
export const STOPPED =
  'A person stopped the agent: nothing runs until they lift the lockdown. Submit nothing more, and tell the user.';

const LOCKED =
  'Nothing runs until a person has looked at it and lifts the lockdown. Submit nothing more, and tell the user.';

/** What the agent is told while nothing may run. */
export function lockedText({ why }: Lockdown): string {
  return why === STOPPED_BY_YOU ? STOPPED : `${why} ${LOCKED}`;
}

const MOST_COMMAND = 200;
const MOST_INSTEAD = 3;
const MOST_IDS = 5;

export type Ended = Extract<GateState, { decision: Decision; state: Decision['kind'] }>;

/** Why a submission was not run and what to do next: what was refused, why, what would be acceptable. */
export function reasonNotRun({ decision, ruling, assessment }: Ended): string {
  switch (decision.kind) {
    case 'denied':
      return decision.by === 'policy'
        ? deniedByRule(ruling, assessment)
        : deniedByPerson(decision, assessment);
    case 'expired':
      return `Nobody answered within ${seconds(decision.waitedMs)}, so it was not run. This is not a refusal: tell the user that it waits for an answer, and submit it again when they are there.`;
    case 'withdrawn':
      return withdrawn(decision);
    case 'approved':
      return 'It was approved but did not start.';
    case 'edited':
      return 'A person put another command in its place; this one was not run.';
  }
}

/** Said before the result of what a person put in the place of a command. */
export function reasonEdited(command: string, reason: string): string {
  return `A person changed your command to ${quote(command)} before it ran. ${reason}`;
}

/** Why a submission ran. */
export function reasonRun(decision: Decision | undefined, ruling: Ruling): string {
  return decision === undefined
    ? ruling.because.map(({ text }) => text).join(' ')
    : `A person approved it${decisionPlace(decision.where)} after ${seconds(decision.waitedMs)}.`;
}

/** For an answer that came after another one. */
export function tooLate(decision: Decision | undefined): string {
  if (!decision) return 'This command does not wait for an answer any more.';
  const { kind, by, where } = decision;
  const place = decisionPlace(where);
  const how = {
    approved: `it was approved${place}`,
    denied: by === 'policy' ? 'a rule denies it' : `it was denied${place}`,
    edited: 'another command was put in its place',
    expired: 'nobody answered in time',
    withdrawn: `it was taken back${place}`,
  };
  return `This command does not wait for an answer any more: ${how[kind]}.`;
}

/** For a fault of the gate itself. */
export function reasonFailed(why: string): string {
  return `${why} Nothing ran. This is a fault of the gate, not a refusal: tell the user.`;
}

/** For processes that could not be ended. */
export function stillThere(ids: readonly number[]): string {
  const shown = ids.slice(0, MOST_IDS).join(', ');
  const it = ids.length === 1 ? 'it' : 'them';
  return `${count(ids.length, 'process')} could not be ended (${shown}); another user may own ${it}. End ${it} yourself.`;
}

/** `1 command`, `2 commands`. */
export function count(number: number, noun: string): string {
  const many = noun.endsWith('s') ? `${noun}es` : `${noun}s`;
  return `${number} ${number === 1 ? noun : many}`;
}

/** `3 of the last 12 commands`. */
export function ofLast(number: number, outOf: number): string {
  if (number === 0) return outOf === 1 ? 'no command so far' : `none of the last ${outOf} commands`;
  return outOf === 1 ? 'the only command so far' : `${number} of the last ${outOf} commands`;
}

function deniedByRule(ruling: Ruling, assessment: Assessment): string {
  const [first] = ruling.because;
  if (first?.code === 'lockdown') return first.text;
  const why = ruling.because.map(({ text }) => text).join(' ');
  return `Denied by a rule: ${quote(assessment.command)} was not run. ${why}${instead(assessment)} ${DO_NOT_EVADE}`;
}

function deniedByPerson({ where, message }: Decision, assessment: Assessment): string {
  if (message === STOPPED) return STOPPED;
  const words = message === undefined ? '' : ` They say: "${showText(message)}".`;
  return `Denied by a person${decisionPlace(where)}: ${quote(assessment.command)} was not run.${words} It was held because of this: ${showText(assessment.headline)}${instead(assessment)} ${DO_NOT_EVADE}`;
}

/** Safer ways that the rules know; an agent may suggest them, and they are judged like any other command. */
function instead({ effects }: Assessment): string {
  const ways = [...new Set(effects.flatMap(({ alternative }) => alternative ?? []))];
  if (ways.length === 0) return '';
  return ` What may be acceptable instead: ${ways.slice(0, MOST_INSTEAD).map(showText).join(' ')}`;
}

function quote(command: string): string {
  return `\`${cutMiddle(showText(command), MOST_COMMAND)}\``;
}

function withdrawn({ by, where }: Decision): string {
  switch (by) {
    case 'shutdown':
      return 'The editor window or the terminal of the command was closed before it started, so it was not run. This is not a refusal: submit it again if it is still wanted.';
    case 'person':
      return `A person took it back${decisionPlace(where)} before it started; it was not run. Ask the user before you submit it again.`;
    default:
      return 'It was withdrawn before it started; it was not run. Submit it again if it is still wanted.';
  }
}

function seconds(milliseconds: number): string {
  return count(Math.round(milliseconds / 1000), 'second');
}
