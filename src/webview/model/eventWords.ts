// What happened, in one short sentence: for rows of the log and for the story of a command.
// Invariant: a timeout, a closed window and a fault are never worded as a refusal by a person.

import type { Decision, Outcome } from '../../core/gate/types.ts';
import { decisionPlace } from '../../shared/decisionPlace.ts';
import type { LogEvent } from '../../shared/logEvent.ts';
import type { CommandRow } from './logStore.ts';
import { byteSize, duration } from './time.ts';
import type { Word } from './words.ts';

export type EventTone = 'plain' | 'good' | 'bad' | 'waiting' | 'muted';

export interface EventWords extends Word {
  tone: EventTone;
}

const VERDICTS = { allow: 'may run', ask: 'a person is asked', deny: 'a rule denies it' } as const;

/** One event. */
export function eventWords(event: LogEvent): EventWords {
  switch (event.type) {
    case 'session.start':
      return words('debug-start', `Session started for ${event.agent}`, 'muted');
    case 'session.end':
      return words('debug-stop', `Session ended. ${event.reason}`, 'muted');
    case 'submission':
      return words('arrow-right', `${event.submission.agent} asked to run it`);
    case 'assessment':
      return words('search', `Scored ${event.level} ${event.score}: ${VERDICTS[event.verdict]}`);
    case 'hold':
      return words('debug-pause', 'Held: waits for a person', 'waiting');
    case 'decision':
      return decisionWords(event.decision);
    case 'run':
      return words('play', `Started in ${event.cwd}`);
    case 'outcome':
      return outcomeWords(event.outcome);
    default:
      return otherWords(event);
  }
}

/** How far a command has come, for its row. */
export function commandWords(row: CommandRow): EventWords {
  const { decision, outcome, assessed } = row;
  if (outcome) {
    const end = outcomeWords(outcome);
    const how = decision ? decisionText(decision) : row.hasStarted ? 'Allowed' : '';
    return how === '' ? end : { ...end, text: `${how}, ${lowerFirst(end.text)}` };
  }
  if (decision && decision.kind !== 'approved') return decisionWords(decision);
  if (row.hasStarted)
    return words('sync', `${decision ? decisionText(decision) : 'Allowed'}, running`);
  if (decision) return decisionWords(decision);
  if (row.wasHeld) return words('debug-pause', 'Waits for you', 'waiting');
  if (assessed?.verdict === 'allow') return words('pass', 'Allowed');
  return words('search', 'Being read', 'muted');
}

export function decisionWords(decision: Decision): EventWords {
  const said = decision.message === undefined ? '' : `: “${decision.message}”`;
  const text = `${decisionText(decision)}${said}`;
  switch (decision.kind) {
    case 'approved':
      return words('check', text, 'good');
    case 'denied':
      return words('circle-slash', text, 'bad');
    case 'expired':
      return words('clockface', text, 'muted');
    case 'withdrawn':
      return words('close', text, 'muted');
    default:
      return words('edit', text, 'muted');
  }
}

function decisionText({ kind, by, where, waitedMs }: Decision): string {
  const place = decisionPlace(where);
  const waited = waitedMs > 0 ? ` after ${duration(waitedMs)}` : '';
  switch (kind) {
    case 'approved':
      return `Approved${place}${waited}`;
    case 'denied':
      if (by === 'policy') return where === undefined ? 'Denied by a rule' : `Denied${place}`;
      return `Denied${place}${waited}`;
    case 'expired':
      return `Nobody answered within ${duration(waitedMs)}; not run`;
    case 'withdrawn':
      return by === 'shutdown'
        ? 'Window or terminal closed before it started; not run'
        : `Taken back${by === 'agent' ? ' by the agent' : place} before it started; not run`;
    default:
      return `Ended (${String(kind)})${place}${waited}`;
  }
}

function outcomeWords({ failure, signal, exitCode, durationMs, outputBytes }: Outcome): EventWords {
  if (failure !== undefined) return words('error', `Not run: ${failure}`, 'bad');
  const rest = `${duration(durationMs)}, ${byteSize(outputBytes)} of output`;
  if (signal !== undefined && signal !== null) {
    return words('debug-stop', `Ended by signal ${signal} after ${rest}`, 'bad');
  }
  return exitCode === 0
    ? words('pass', `Exit 0 after ${rest}`, 'good')
    : words('error', `Exit ${exitCode ?? 'code not known'} after ${rest}`, 'bad');
}

/** About the settings, the record and the gate itself. */
function otherWords(event: LogEvent): EventWords {
  switch (event.type) {
    case 'policy.change':
      return words(
        'settings',
        `Settings changed${event.loosens ? ' (looser)' : ''}: ${event.text}`,
      );
    case 'grant':
      return words(
        'key',
        `${event.action === 'add' ? 'Allowed from now on' : 'No longer allowed'}: ${event.text}`,
      );
    case 'gate.degraded':
      return words('warning', `The gate is limited: ${event.why}`, 'bad');
    case 'gate.full': {
      const what = event.refused === 1 ? '1 command was' : `${event.refused} commands were`;
      const who = event.agents.join(', ');
      return words('warning', `${what} not taken, too many waited (${who}): ${event.first}`, 'bad');
    }
    case 'tamper':
      return words('warning', `Somebody changed the record: ${event.text}`, 'bad');
    case 'lockdown':
      return event.on
        ? words('lock', `Agent stopped: ${event.text}`, 'bad')
        : words('unlock', `The agent may run again: ${event.text}`);
    case 'recovery.point':
      return words('save', `Kept for recovery: ${event.text}`);
    default:
      return recordWords(event);
  }
}

/** About the log and the recording. A kind that this version does not know is shown by its name. */
function recordWords(event: LogEvent): EventWords {
  switch (event.type) {
    case 'segment.start':
      return words('file', `The log goes on in file ${event.segment}`, 'muted');
    case 'recording.checkpoint':
      return words('record', `${byteSize(event.bytes)} of the recording are on disk`, 'muted');
    case 'recording.start':
      return words('record', 'Recording of output and keys starts', 'muted');
    case 'recording.truncated':
      return words('record', `Recording cut: ${byteSize(event.leftOut)} left out`, 'waiting');
    case 'recording.failed':
      return words('warning', `The recording failed: ${event.why}`, 'bad');
    case 'log.recovered':
      return words('warning', `The log had a torn end, which was set aside: ${event.text}`, 'bad');
    case 'retention': {
      const count = event.sessions.length;
      const what = count === 1 ? 'record of 1 session' : `records of ${count} sessions`;
      return words('trash', `The ${what} deleted: ${event.why}`, 'muted');
    }
    default:
      return words('circle-small', event.type, 'muted');
  }
}

function words(icon: string, text: string, tone: EventTone = 'plain'): EventWords {
  return { icon, text, tone };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
