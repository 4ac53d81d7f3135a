// The text of a command with its dangerous parts marked: by colour, by underline, and for a pointer by words.
import { html, nothing, type TemplateResult } from 'lit';
import type { RecordedAssessment } from '../../core/session/events.ts';
import type { Segment } from '../model/segments.ts';
import { plain, shownLines } from './text.ts';

type Effects = RecordedAssessment['effects'];

export interface CommandTextOptions {
  segments: readonly Segment[];
  effects: Effects;
  /** The effect that is looked at. */
  active?: number | undefined;
  /** Characters that stand before and after and are left out. */
  before?: number;
  after?: number;
}

export function commandText(options: CommandTextOptions): TemplateResult {
  const { before = 0, after = 0 } = options;
  return html`<pre class="command">${leftOut(before)}${options.segments.map((segment) =>
    oneSegment(segment, options),
  )}${leftOut(after)}</pre>`;
}

function oneSegment({ text, tone, effects }: Segment, options: CommandTextOptions): unknown {
  const content = shownLines(text);
  if (tone === 'plain') return content;
  const isActive = options.active !== undefined && effects.includes(options.active);
  const why = effects
    .map((index) => options.effects[index]?.reason)
    .filter((reason) => reason !== undefined)
    .join('\n');
  const title = why === '' ? 'Interlock does not understand this part.' : plain(why);
  const classes = `span span-${tone}${isActive ? ' span-active' : ''}`;
  return html`<mark class=${classes} title=${title}>${content}</mark>`;
}

function leftOut(characters: number): unknown {
  return characters === 0
    ? nothing
    : html`<span class="left-out">… ${characters.toLocaleString('en')} characters …</span>`;
}
