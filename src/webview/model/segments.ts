// Cuts a command into segments, so that what is dangerous or not understood can be marked in its text.
// Invariant: the segments' texts in order are the command, character for character.

import type { RecordedAssessment } from '../../core/session/events.ts';
import type { Span } from '../../core/shell/types.ts';

type Effect = RecordedAssessment['effects'][number];

/** How strongly a segment is marked; `unclear` is text that the analyser does not vouch for. */
export type Tone = 'plain' | 'minor' | 'moderate' | 'serious' | 'unclear';

export interface Segment {
  text: string;
  start: number;
  tone: Tone;
  /** Indexes of the effects that this text has. */
  effects: readonly number[];
}

const TONES: Readonly<Record<Effect['severity'], Tone>> = {
  none: 'plain',
  minor: 'minor',
  moderate: 'moderate',
  serious: 'serious',
  severe: 'serious',
  extreme: 'serious',
};
const RANKS: readonly Tone[] = ['plain', 'minor', 'moderate', 'unclear', 'serious'];

export function toneOf(effect: Effect): Tone {
  return TONES[effect.severity];
}

/** Text that only reads is not marked. */
export function segments(
  command: string,
  { effects, notUnderstood }: Pick<RecordedAssessment, 'effects' | 'notUnderstood'>,
): Segment[] {
  const spans = [
    ...effects.map((effect, index) => ({ span: effect.span, tone: toneOf(effect), index })),
    ...notUnderstood.map(({ span }) => ({ span, tone: 'unclear' as const, index: undefined })),
  ].filter(({ span, tone }) => tone !== 'plain' && span.end > span.start);
  const cuts = cutPoints(
    command.length,
    spans.map(({ span }) => span),
  );
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1] ?? command.length;
    const covering = spans.filter(({ span }) => span.start < end && span.end > start);
    return {
      text: command.slice(start, end),
      start,
      tone: worst(covering.map(({ tone }) => tone)),
      effects: covering.flatMap(({ index }) => (index === undefined ? [] : [index])),
    };
  });
}

/** A part of a long command that shows its worst text; the whole command where it is short. */
export function excerpt(all: readonly Segment[], most: number): Segment[] {
  const length = all.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= most) return [...all];
  const marked = all.find(({ tone }) => tone === worst(all.map((segment) => segment.tone)));
  const middle = (marked?.start ?? 0) + Math.min(marked?.text.length ?? 0, most) / 2;
  const from = Math.max(0, Math.min(Math.floor(middle - most / 2), length - most));
  return all.flatMap((segment) => {
    const start = Math.max(segment.start, from);
    const end = Math.min(segment.start + segment.text.length, from + most);
    if (start >= end) return [];
    const text = segment.text.slice(start - segment.start, end - segment.start);
    return [{ ...segment, text, start }];
  });
}

/** Where the text changes its marks: 0, borders of spans, the end. */
function cutPoints(length: number, spans: readonly Span[]): number[] {
  const borders = spans.flatMap(({ start, end }) => [start, end]);
  const inside = borders.filter((border) => border > 0 && border < length);
  return [...new Set([0, ...inside, length])].sort((a, b) => a - b);
}

function worst(tones: readonly Tone[]): Tone {
  return tones.reduce((a, b) => (RANKS.indexOf(b) > RANKS.indexOf(a) ? b : a), 'plain');
}
