// A session's events as text for other tools: lines of JSON, CSV, a transcript.
// Invariant: nothing that an agent wrote becomes a formula, a second row, or a control character.

import { showText } from './display.ts';
import type { AuditEvent } from './events.ts';
import { eventText } from './eventText.ts';

/** Columns of the CSV, in order. */
const COLUMNS = [
  'session',
  'seq',
  'time',
  'type',
  'submission',
  'agent',
  'command',
  'level',
  'score',
  'verdict',
  'decision',
  'by',
  'exit',
  'text',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** Keeps of each command what later lines about it repeat. */
export class EventRows {
  private readonly commands = new Map<string, { agent: string; command: string }>();

  /** The head line, with its line end. */
  static head(): string {
    return `${COLUMNS.join(',')}\r\n`;
  }

  /** One line, with its line end. */
  row(event: AuditEvent): string {
    if (event.type === 'submission') {
      const { id, agent, command } = event.submission;
      this.commands.set(id, { agent, command });
    }
    const id = submissionOf(event);
    const known = id === undefined ? undefined : this.commands.get(id);
    const row: Row = {
      session: event.sid,
      seq: event.seq,
      time: event.ts,
      type: event.type,
      submission: id,
      agent: known?.agent,
      command: known?.command,
      ...ownCells(event),
    };
    const cells = COLUMNS.map((column) => cell(row[column]));
    return `${[...cells.slice(0, -1), quoted(eventText(event))].join(',')}\r\n`;
  }
}

/** Id of the command that an event is about; undefined where it is about none. */
export function submissionOf(event: AuditEvent): string | undefined {
  if (event.type === 'submission') return event.submission.id;
  return 'submission' in event ? event.submission : undefined;
}

/** One line of a transcript, without its line end. */
export function transcriptLine(event: AuditEvent): string {
  const number = String(event.seq + 1).padStart(5);
  return `${number}  ${event.ts.slice(11, 19)}  ${event.type.padEnd(20)} ${eventText(event)}`;
}

function ownCells(event: AuditEvent): Row {
  switch (event.type) {
    case 'assessment': {
      const { level, score } = event.assessment;
      return { level, score, verdict: event.ruling.verdict };
    }
    case 'decision':
      return { decision: event.decision.kind, by: event.decision.by };
    case 'outcome':
      return { exit: event.outcome.exitCode ?? event.outcome.signal };
    default:
      return {};
  }
}

function cell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  return quoted(showText(value));
}

/** A text in which everything is visible already, as a cell. */
function quoted(text: string): string {
  // Spreadsheets take these as the start of a formula.
  const safe = /^[=+\-@|]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
