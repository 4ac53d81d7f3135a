// Recorded sessions for the panel: their list, the events of one, its recordings, and what is done with a whole session.
// Invariant: a session or a recording is found by its name among those of this workspace; no path comes from the page.
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { showInMessage } from '../core/session/display.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { submissionOf } from '../core/session/exportEvents.ts';
import { filterTimeline, isOpen, sliceTimeline } from '../core/session/timeline.ts';
import { NOT_PROVED, verdictText } from '../core/session/verdict.ts';
import { readLastEvents } from '../node/readLastEvents.ts';
import { linesAfter } from '../node/readRecordings.ts';
import { searchRecordings } from '../node/searchRecordings.ts';
import type { ListedSession } from '../node/sessionStore.ts';
import { logEvent } from '../shared/logEvent.ts';
import { PROTOCOL_VERSION, type ToPanel } from '../shared/protocol.ts';
import type {
  RecordedCommand,
  SessionAction,
  SessionRequest,
  StoredSession,
} from '../shared/sessionProtocol.ts';
import { HumanError } from './errors.ts';
import type { SessionKeeper } from './sessionKeeper.ts';

/** What the editor does with a session once a person has asked for it in the panel. */
export interface SessionDesk {
  export(listed: ListedSession): Promise<void>;
  /** Asks in a native modal; true where it was deleted. */
  delete(listed: ListedSession): Promise<boolean>;
  replay(wanted: { folder: string; name: string; mark: string | undefined }): Promise<void>;
  inform(text: string): void;
}

export interface PanelSessionsDeps {
  keeper: Pick<SessionKeeper, 'list' | 'read' | 'check' | 'isRunning'>;
  desk: SessionDesk;
}

interface Opened {
  events: readonly AuditEvent[];
  fault: string | undefined;
}

type Ask<T extends SessionRequest['type']> = Extract<SessionRequest, { type: T }>;

const v = PROTOCOL_VERSION;
const FIRST = 300;
const PAGE = 2000;
const SLICES = 60;
/** Reading a session with more events takes so long that its last ones are shown before. */
const LONG = 5000;
/** Until a message has left: reading a long session keeps this process busy. */
const LEAVING_MS = 30;
const MOST_FOUND = 200;

export class PanelSessions {
  /** The session that was read last: paging and filtering do not read it again while its files stay the same. */
  private opened: { key: string; reading: Promise<Opened> } | undefined;

  /** Searches in recordings so far: only the last one is waited for. */
  private searches = 0;

  constructor(private readonly deps: PanelSessionsDeps) {}

  /** Answers by messages; rejects with a sentence for a person. */
  async handle(request: SessionRequest, send: (message: ToPanel) => void): Promise<void> {
    switch (request.type) {
      case 'listSessions':
        return this.sendList(send);
      case 'timeline':
        return this.sendTimeline(request, send);
      case 'storedDetails':
        return this.sendDetails(request, send);
      case 'openRecording':
        return this.sendRecording(request, send);
      case 'findOutput':
        return this.sendFound(request, send);
      case 'forSession':
        return this.act(request.session, request.action, send);
      case 'replay': {
        const { folder } = await this.find(request.session);
        return this.deps.desk.replay({ folder, name: request.file, mark: request.mark });
      }
    }
  }

  private async sendList(send: (message: ToPanel) => void): Promise<void> {
    const listed = await this.deps.keeper.list();
    send({ v, type: 'sessions', sessions: listed.map((entry) => this.stored(entry)) });
  }

  private async sendTimeline(
    { session, request, filter, before }: Ask<'timeline'>,
    send: (message: ToPanel) => void,
  ): Promise<void> {
    const listed = await this.find(session);
    const isFirst = before === undefined && isOpen(filter);
    if (isFirst && isLong(listed) && !this.isOpened(listed)) {
      send(lastOf(listed, request));
    }
    const { events, fault } = await this.open(listed);
    const found = filterTimeline(events, filter);
    const end = before === undefined ? found.length : endBefore(found, before);
    const start = Math.max(0, end - (before === undefined ? FIRST : PAGE));
    const agents = events.flatMap((event) =>
      event.type === 'submission' ? [event.submission.agent] : [],
    );
    send({
      v,
      type: 'timeline',
      request,
      session,
      before,
      events: found.slice(start, end).map(logEvent),
      earlier: start,
      total: events.length,
      matched: found.length,
      agents: [...new Set(agents)],
      slices: before === undefined ? sliceTimeline(found, SLICES) : [],
      fault,
    });
  }

  private async sendDetails(
    { session, submission }: Ask<'storedDetails'>,
    send: (message: ToPanel) => void,
  ): Promise<void> {
    const { events } = await this.open(await this.find(session));
    const own = events.filter((event) => submissionOf(event) === submission);
    send({ v, type: 'storedDetails', session, submission, events: own });
  }

  private async sendRecording(
    { session, file, have }: Ask<'openRecording'>,
    send: (message: ToPanel) => void,
  ): Promise<void> {
    const listed = await this.find(session);
    if (!listed.recordings.includes(file)) {
      throw new HumanError('This recording is not there any more.');
    }
    const read = linesAfter(listed.folder, file, have);
    if (!read.ok) throw new HumanError(`${file} cannot be played: ${read.why}.`);
    const { events } = await this.open(listed);
    const commands = commandsIn(events, file);
    const { text, from, bytes } = read;
    send({ v, type: 'recording', session, file, text, from, bytes, commands });
  }

  private async sendFound(
    { request, session, text }: Ask<'findOutput'>,
    send: (message: ToPanel) => void,
  ): Promise<void> {
    this.searches += 1;
    const { searches } = this;
    const { folder, recordings } = await this.find(session);
    const found = await searchRecordings(folder, recordings, text, {
      most: MOST_FOUND,
      isStale: () => searches !== this.searches,
    });
    if (!found) return;
    const { events } = await this.open(await this.find(session));
    const commands = new Map(recordings.map((file) => [file, commandsIn(events, file)]));
    const hits = found.hits.map(({ file, at, command, line }) => {
      return { file, at, line, command: commands.get(file)?.[command - 1]?.command };
    });
    const { isPartial } = found;
    send({ v, type: 'outputFound', request, session, hits, isPartial });
  }

  private async act(
    session: string,
    action: SessionAction,
    send: (message: ToPanel) => void,
  ): Promise<void> {
    const listed = await this.find(session);
    const { desk } = this.deps;
    switch (action) {
      case 'verify': {
        const { verdict } = await this.deps.keeper.check(listed.folder);
        desk.inform(
          showInMessage(`${listed.day} ${session}: ${verdictText(verdict)} ${NOT_PROVED}`),
        );
        return this.sendList(send);
      }
      case 'export':
        return desk.export(listed);
      case 'delete':
        if (await desk.delete(listed)) await this.sendList(send);
    }
  }

  private async find(session: string): Promise<ListedSession> {
    const listed = (await this.deps.keeper.list()).find((entry) => entry.session === session);
    if (!listed) throw new HumanError('This session is not there any more.');
    return listed;
  }

  private isOpened(listed: ListedSession): boolean {
    return this.opened?.key === keyOf(listed);
  }

  private open(listed: ListedSession): Promise<Opened> {
    const key = keyOf(listed);
    if (this.opened?.key === key) return this.opened.reading;
    const reading = this.read(listed);
    this.opened = { key, reading };
    reading.catch(() => {
      if (this.opened?.reading === reading) this.opened = undefined;
    });
    return reading;
  }

  private async read(listed: ListedSession): Promise<Opened> {
    if (isLong(listed)) await wait(LEAVING_MS);
    const { events, fault } = await this.deps.keeper.read(listed.folder);
    return { events, fault: fault && verdictText(listed.verdict) };
  }

  private stored({
    session,
    day,
    summary,
    size,
    recordings,
    verdict,
    folder,
  }: ListedSession): StoredSession {
    const { agents, startedAt, lastAt, commands, levels, held, denied } = summary;
    return {
      ...{ session, day, agents, startedAt, lastAt, commands, levels, held, denied, size },
      recordings,
      state: verdict.state,
      proof: verdictText(verdict),
      isRunning: this.deps.keeper.isRunning(path.basename(folder)),
    };
  }
}

function keyOf({ folder, size, verdict }: ListedSession): string {
  return JSON.stringify([folder, size, verdict.lastHash, verdict.state]);
}

function isLong({ verdict }: ListedSession): boolean {
  return verdict.state === 'sound' && verdict.events > LONG;
}

/** The newest events of a session that was checked a moment ago; the whole follows. */
function lastOf({ folder, session, summary, verdict }: ListedSession, request: number): ToPanel {
  const events = readLastEvents(folder, FIRST).map(logEvent);
  const total = Math.max(verdict.events, events.length);
  return {
    ...{ v, type: 'timeline', request, session, before: undefined, events },
    ...{ earlier: total - events.length, total, matched: total, agents: summary.agents },
    ...{ slices: [], fault: undefined },
  };
}

/** Each command that a recording has a mark for, in order of the marks. */
function commandsIn(events: readonly AuditEvent[], file: string): RecordedCommand[] {
  const commands = new Map<string, string>();
  const levels = new Map<string, RecordedCommand['level']>();
  for (const event of events) {
    if (event.type === 'submission') commands.set(event.submission.id, event.submission.command);
    if (event.type === 'assessment') levels.set(event.submission, event.assessment.level);
  }
  return events.flatMap((event) => {
    if (event.type !== 'recording.start' || event.file !== file) return [];
    const { submission } = event;
    return [{ submission, command: commands.get(submission) ?? '', level: levels.get(submission) }];
  });
}

function endBefore(events: readonly AuditEvent[], seq: number): number {
  const at = events.findIndex((event) => event.seq >= seq);
  return at < 0 ? events.length : at;
}
