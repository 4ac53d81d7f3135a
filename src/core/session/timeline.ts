// Finds commands in the events of a session: by level, verdict, agent, words and time; and sums them up over time.
// Invariant: a command is found as a whole, with all of its events, or not at all; order is kept.
import type { Verdict } from '../policy/types.ts';
import type { Level } from '../risk/types.ts';
import type { AuditEvent } from './events.ts';
import { eventText } from './eventText.ts';
import { submissionOf } from './exportEvents.ts';

/** Empty lists and texts let everything through. */
export interface TimelineFilter {
  levels: readonly Level[];
  verdicts: readonly Verdict[];
  agent: string;
  /** All of these words have to stand somewhere in what is on record about the command. */
  text: string;
  /** ISO times of the submission; undefined: no limit. */
  from: string | undefined;
  to: string | undefined;
}

/** One slice of a session's time. */
export interface Slice {
  /** ISO time of its start. */
  at: string;
  counts: Readonly<Record<Level, number>>;
  /** Without an assessment. */
  unread: number;
}

interface Story {
  events: AuditEvent[];
  level: Level | undefined;
  verdict: Verdict | undefined;
  agent: string;
  at: string;
}

/** The events of what matches, in their order; events that are about no command match by words and time alone. */
export function filterTimeline(
  events: readonly AuditEvent[],
  filter: TimelineFilter,
): readonly AuditEvent[] {
  if (isOpen(filter)) return events;
  const stories = storiesOf(events);
  const words = wordsOf(filter.text);
  const found = new Set<string>();
  for (const [id, story] of stories) if (matches(story, filter, words)) found.add(id);
  const takesNotes =
    filter.levels.length === 0 && filter.verdicts.length === 0 && filter.agent === '';
  return events.filter((event) => {
    const id = submissionOf(event);
    if (id !== undefined) return found.has(id);
    return takesNotes && isInTime(event.ts, filter) && holds(eventText(event), words);
  });
}

/** How many commands of each level came when: at most `most` slices of the same length. */
export function sliceTimeline(events: readonly AuditEvent[], most: number): readonly Slice[] {
  const stories = [...storiesOf(events).values()];
  const times = stories.map(({ at }) => Date.parse(at)).filter(Number.isFinite);
  if (times.length === 0) return [];
  // A long list of arguments is no way to a minimum.
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const count = Math.max(1, Math.min(most, Math.ceil((last - first) / 1000) || 1));
  const length = Math.max(1, (last - first) / count);
  const slices = Array.from({ length: count }, (_, index) => ({
    at: new Date(first + index * length).toISOString(),
    counts: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 },
    unread: 0,
  }));
  for (const { at, level } of stories) {
    const slice = slices[Math.min(count - 1, Math.floor((Date.parse(at) - first) / length))];
    if (!slice) continue;
    if (level) slice.counts[level] += 1;
    else slice.unread += 1;
  }
  return slices;
}

function storiesOf(events: readonly AuditEvent[]): Map<string, Story> {
  const stories = new Map<string, Story>();
  for (const event of events) {
    const id = submissionOf(event);
    if (id === undefined) continue;
    const story = stories.get(id) ?? {
      events: [],
      level: undefined,
      verdict: undefined,
      agent: '',
      at: event.ts,
    };
    story.events.push(event);
    if (event.type === 'submission') story.agent = event.submission.agent;
    if (event.type === 'assessment') {
      story.level = event.assessment.level;
      story.verdict = event.ruling.verdict;
    }
    stories.set(id, story);
  }
  return stories;
}

function matches(story: Story, filter: TimelineFilter, words: readonly string[]): boolean {
  const { level, verdict, agent, at, events } = story;
  if (filter.levels.length > 0 && !(level && filter.levels.includes(level))) return false;
  if (filter.verdicts.length > 0 && !(verdict && filter.verdicts.includes(verdict))) return false;
  if (filter.agent !== '' && agent !== filter.agent) return false;
  if (!isInTime(at, filter)) return false;
  return words.length === 0 || holds(events.map(searchText).join('\n'), words);
}

/** Everything about an event that a person may look for. */
function searchText(event: AuditEvent): string {
  switch (event.type) {
    case 'submission': {
      const { command, cwd, agent, intent } = event.submission;
      return [command, cwd, agent, intent ?? ''].join('\n');
    }
    case 'assessment': {
      const { assessment, ruling } = event;
      const effects = assessment.effects.map(
        ({ rule, reason, target }) => `${rule} ${reason} ${target.name}`,
      );
      const because = ruling.because.map(({ text }) => text);
      return [assessment.headline, assessment.level, ...effects, ...because].join('\n');
    }
    default:
      return eventText(event);
  }
}

/** Whether it lets everything through. */
export function isOpen(filter: TimelineFilter): boolean {
  return (
    filter.levels.length === 0 &&
    filter.verdicts.length === 0 &&
    filter.agent === '' &&
    wordsOf(filter.text).length === 0 &&
    filter.from === undefined &&
    filter.to === undefined
  );
}

function isInTime(at: string, { from, to }: TimelineFilter): boolean {
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function holds(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
