// Rows of the session's list. Every row has the same height, so that a long list can be scrolled without measuring.
import { html, nothing, type TemplateResult } from 'lit';
import { cutMiddle } from '../../shared/display.ts';
import { commandWords, type EventWords, eventWords } from '../model/eventWords.ts';
import { type LogStore, type Row, submissionOf } from '../model/logStore.ts';
import { clockTime } from '../model/time.ts';
import { plain, shown } from './text.ts';

/** Characters of a command that a row can show at most. */
const MOST = 160;

export interface RowWords {
  words: EventWords;
  /** The command that it is about; undefined where it is about none. */
  command: string | undefined;
  level: string | undefined;
  score: number | undefined;
}

export function rowWords(row: Row, log: LogStore): RowWords {
  const none = { level: undefined, score: undefined };
  if (row.kind === 'command') {
    const { submission, assessed } = row;
    const command = submission?.command ?? '';
    return { words: commandWords(row), command, level: assessed?.level, score: assessed?.score };
  }
  const words = eventWords(row.event);
  const id = submissionOf(row.event);
  const command = id === undefined ? undefined : log.commandOf(id)?.submission?.command;
  if (row.event.type !== 'assessment') return { words, command, ...none };
  const { level, score } = row.event;
  return { words, command, level, score };
}

/** The id of the command that a click opens. */
export function opens(row: Row): string | undefined {
  return row.kind === 'command' ? row.id : submissionOf(row.event);
}

export function rowView(row: Row, log: LogStore): TemplateResult {
  const { words, command, level, score } = rowWords(row, log);
  const state = html`<span class="state state-${words.tone}">${plain(words.text)}</span>`;
  const time = html`<time datetime=${row.ts}>${clockTime(row.ts)}</time>`;
  const chip =
    level === undefined
      ? nothing
      : html`<span class="chip chip-${level.toLowerCase()}">${level} ${score}</span>`;
  const image = html`<span class="codicon codicon-${words.icon} tone-${words.tone}" aria-hidden="true"></span>`;
  if (command === undefined) return html`${image}<span class="row-main">${state}</span>${time}`;
  // In the list of commands the command leads, in the list of events what happened.
  const text = html`<code>${shown(cutMiddle(command, MOST))}</code>`;
  const isCommand = row.kind === 'command';
  return html`${image}<span class="row-main">${isCommand ? text : state}</span>${time}
    <span class="row-more">${chip}${isCommand ? state : text}</span>`;
}
