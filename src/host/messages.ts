// Words about decisions, for agents and for people. One place, so that they stay the same everywhere.
// Invariant: only a person or a rule refuses; a timeout, a closed window and a fault of the gate are never told as a refusal.
import type { Decision } from '../core/gate/types.ts';
import type { Ruling } from '../core/policy/types.ts';
import { showText } from '../core/session/display.ts';

const DO_NOT_EVADE =
  'Do not try to reach the same effect in another way. Say what was refused and ask the user.';

/** Why a submission was not run and what to do next. */
export function reasonNotRun(decision: Decision, ruling: Ruling): string {
  switch (decision.kind) {
    case 'denied':
      return decision.by === 'policy' ? deniedByRule(ruling) : deniedByPerson(decision);
    case 'expired':
      return `Nobody answered within ${seconds(decision.waitedMs)}, so it was not run. This is not a refusal: tell the user that it waits for an answer, and submit it again when they are there.`;
    case 'withdrawn':
      return withdrawn(decision);
    case 'approved':
      return 'It was approved but did not start.';
  }
}

/** Why a submission ran. */
export function reasonRun(decision: Decision | undefined, ruling: Ruling): string {
  return decision === undefined
    ? ruling.because.map(({ text }) => text).join(' ')
    : `A person approved it (${decision.where ?? 'editor'}) after ${seconds(decision.waitedMs)}.`;
}

/** For a fault of the gate itself. */
export function reasonFailed(why: string): string {
  return `${why} Nothing ran. This is a fault of the gate, not a refusal: tell the user.`;
}

/** `1 command`, `2 commands`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function deniedByRule(ruling: Ruling): string {
  const why = ruling.because.map(({ text }) => text).join(' ');
  return `Denied by a rule; it was not run. ${why} ${DO_NOT_EVADE}`;
}

function deniedByPerson({ where, message }: Decision): string {
  const words = message === undefined ? '' : ` They say: "${showText(message)}".`;
  return `Denied by a person (${where ?? 'editor'}); it was not run.${words} ${DO_NOT_EVADE}`;
}

function withdrawn({ by, where }: Decision): string {
  switch (by) {
    case 'shutdown':
      return 'The editor window or the terminal of the command was closed before it started, so it was not run. This is not a refusal: submit it again if it is still wanted.';
    case 'person':
      return `A person took it back (${where ?? 'editor'}) before it started; it was not run. Ask the user before you submit it again.`;
    default:
      return 'It was withdrawn before it started; it was not run. Submit it again if it is still wanted.';
  }
}

function seconds(milliseconds: number): string {
  return count(Math.round(milliseconds / 1000), 'second');
}
