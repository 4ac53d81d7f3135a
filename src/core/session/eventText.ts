// One line of words for each event, for transcripts, exports and logs of a team.
// Invariant: the text is one line, and nothing in it can hide or imitate anything else.
import type { Decision, Outcome } from '../gate/types.ts';
import { cutMiddle, showText } from './display.ts';
import type { AuditEvent } from './events.ts';

/** Longest command that stands in a line of words. */
const MOST = 500;

/** What happened, without its time. */
export function eventText(event: AuditEvent): string {
  return showText(wordsOf(event));
}

function wordsOf(event: AuditEvent): string {
  switch (event.type) {
    case 'session.start':
      return `Session of ${event.agent} in ${event.workspace || 'no folder'} (${event.host}, Interlock ${event.interlock}).`;
    case 'session.end':
      return event.by === 'recovery' ? `Closed later: ${event.reason}` : `Closed: ${event.reason}`;
    case 'segment.start':
      return `The log goes on in file ${event.segment}.`;
    case 'submission': {
      const { agent, command, cwd } = event.submission;
      return `${agent} submits in ${cwd}: ${cutMiddle(command, MOST)}`;
    }
    case 'assessment': {
      const { level, score, headline } = event.assessment;
      const because = event.ruling.because.map(({ text }) => text);
      const why = [headline, ...because.filter((text) => text !== headline)].join(' ');
      return `${level} ${score}, ${event.ruling.verdict}: ${why}`;
    }
    case 'hold':
      return 'Held: it waits for a person.';
    case 'decision':
      return decisionText(event.decision);
    case 'run':
      return `Released to run in ${event.cwd}.`;
    case 'outcome':
      return outcomeText(event.outcome);
    default:
      return otherText(event);
  }
}

type Told =
  | 'session.start'
  | 'session.end'
  | 'segment.start'
  | 'submission'
  | 'assessment'
  | 'hold'
  | 'decision'
  | 'run'
  | 'outcome';

/** What is about the session and not about one command. */
function otherText(event: Exclude<AuditEvent, { type: Told }>): string {
  switch (event.type) {
    case 'policy.change':
      return `Settings changed${event.loosens ? ' and loosen the gate' : ''}: ${event.text}`;
    case 'grant':
      return `Grant, ${event.action === 'add' ? 'given' : 'taken back'}: ${event.text}`;
    case 'recording.checkpoint':
      return `Recording ${event.file}: ${event.bytes} bytes.`;
    case 'log.recovered':
      return event.text;
    case 'retention': {
      const { length } = event.sessions;
      return `${length} ${length === 1 ? 'session' : 'sessions'} deleted: ${event.why}`;
    }
    case 'gate.degraded':
      return `The gate is limited: ${event.why}`;
    case 'gate.full': {
      const { refused, agents, first } = event;
      const what = refused === 1 ? 'command was' : 'commands were';
      return `Too many at once: ${refused} ${what} not taken (${agents.join(', ')}); the first was: ${first}`;
    }
    case 'tamper':
      return `Tampering: ${event.text}`;
    case 'lockdown':
      return `Lockdown ${event.on ? 'on' : 'off'} (${event.by}): ${event.text}`;
    case 'recovery.point':
      return `Recovery point: ${event.text}`;
    default:
      return (event as AuditEvent).type;
  }
}

function decisionText({ kind, by, where, message, waitedMs }: Decision): string {
  const place = where === undefined ? '' : ` (${where})`;
  const words = message === undefined ? '' : ` "${message}"`;
  return `${kind} by ${by}${place} after ${(waitedMs / 1000).toFixed(1)} s.${words}`;
}

function outcomeText({ exitCode, signal, durationMs, outputBytes, failure }: Outcome): string {
  if (failure !== undefined) return `Did not run: ${failure}`;
  const how = exitCode === undefined ? `ended by ${signal ?? 'a signal'}` : `exit code ${exitCode}`;
  return `Ended: ${how} after ${(durationMs / 1000).toFixed(1)} s, ${outputBytes} bytes of output.`;
}
