// The events of the session as lists: every event, and one row per command.
// Invariant: newest last inside, older pages are put in front; a row keeps its object, so that lists can follow it.
import type { Decision, Outcome, Submission } from '../../core/gate/types.ts';
import type { AssessedEvent, LogEvent } from '../../shared/logEvent.ts';

/** What is known of one command. Fields are undefined until their event has come. */
export interface CommandRow {
  kind: 'command';
  key: string;
  /** Sequence number of its oldest event. */
  seq: number;
  ts: string;
  id: string;
  submission: Submission | undefined;
  assessed: AssessedEvent | undefined;
  wasHeld: boolean;
  decision: Decision | undefined;
  hasStarted: boolean;
  outcome: Outcome | undefined;
}

/** Something that is not about one command. */
export interface NoteRow {
  kind: 'note';
  key: string;
  seq: number;
  ts: string;
  event: LogEvent;
}

export interface EventRow {
  kind: 'event';
  key: string;
  seq: number;
  ts: string;
  event: LogEvent;
}

export type Row = CommandRow | NoteRow | EventRow;

export class LogStore {
  private readonly commands = new Map<string, CommandRow>();
  private summaries: (CommandRow | NoteRow)[] = [];
  private all: EventRow[] = [];
  /** Events on record that are older than what is here. */
  earlier = 0;

  constructor(events: readonly LogEvent[] = [], earlier = 0) {
    this.earlier = earlier;
    for (const event of events) this.append(event);
  }

  get eventCount(): number {
    return this.all.length;
  }

  /** Sequence number of the oldest event that is here. */
  get oldest(): number | undefined {
    return this.all[0]?.seq;
  }

  /** Oldest first. */
  get commandRows(): readonly (CommandRow | NoteRow)[] {
    return this.summaries;
  }

  /** Oldest first. */
  get eventRows(): readonly EventRow[] {
    return this.all;
  }

  commandOf(id: string): CommandRow | undefined {
    return this.commands.get(id);
  }

  append(event: LogEvent): void {
    this.all.push(eventRow(event));
    const row = this.fold(event);
    if (row) this.summaries.push(row);
  }

  /** Events that are older than all that are here, oldest first. */
  prepend(events: readonly LogEvent[], earlier: number): void {
    this.earlier = earlier;
    this.all = [...events.map(eventRow), ...this.all];
    // A command whose later events are here already moves to its place among the older ones.
    const older = new Set<CommandRow | NoteRow>();
    for (const event of events) {
      const row = this.fold(event) ?? this.commands.get(submissionOf(event) ?? '');
      if (row) older.add(row);
    }
    const front = [...older].sort((a, b) => a.seq - b.seq);
    this.summaries = [...front, ...this.summaries.filter((row) => !older.has(row))];
  }

  /** Adds what the event says to its command; returns the row where that is a new one. */
  private fold(event: LogEvent): CommandRow | NoteRow | undefined {
    const id = submissionOf(event);
    if (id === undefined) {
      const isNoise = event.type === 'recording.checkpoint';
      return isNoise ? undefined : { ...eventRow(event), kind: 'note' };
    }
    const known = this.commands.get(id);
    const row = known ?? newCommand(id, event);
    if (event.seq < row.seq) Object.assign(row, { seq: event.seq, ts: event.ts });
    addTo(row, event);
    this.commands.set(id, row);
    return known ? undefined : row;
  }
}

/** The id of the command that an event is about. */
export function submissionOf(event: LogEvent): string | undefined {
  if (!('submission' in event)) return undefined;
  return typeof event.submission === 'string' ? event.submission : event.submission.id;
}

/** Events may come in any order: pages bring older ones later. */
function addTo(row: CommandRow, event: LogEvent): void {
  switch (event.type) {
    case 'submission':
      row.submission = event.submission;
      break;
    case 'assessment':
      if (!row.assessed || row.assessed.seq < event.seq) row.assessed = event;
      break;
    case 'hold':
      row.wasHeld = true;
      break;
    case 'decision':
      row.decision = event.decision;
      break;
    case 'run':
      row.hasStarted = true;
      break;
    case 'outcome':
      row.outcome = event.outcome;
      break;
  }
}

function newCommand(id: string, { seq, ts }: LogEvent): CommandRow {
  return {
    kind: 'command',
    key: id,
    seq,
    ts,
    id,
    submission: undefined,
    assessed: undefined,
    wasHeld: false,
    decision: undefined,
    hasStarted: false,
    outcome: undefined,
  };
}

function eventRow(event: LogEvent): EventRow {
  return { kind: 'event', key: `${event.sid}/${event.seq}`, seq: event.seq, ts: event.ts, event };
}
