// A picture of a session: how many commands of each level came when. The same is said in words for who cannot see it.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Level } from '../../core/risk/types.ts';
import type { Slice } from '../../core/session/timeline.ts';
import { clockTime } from '../model/time.ts';
import { count } from '../model/words.ts';

const LEVELS: readonly Level[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const HEIGHT = 48;
const WIDTH = 360;

/** `choose` gets the span of time of a bar. */
export function pictureView(
  slices: readonly Slice[],
  choose: (from: string, to: string | undefined) => void,
): TemplateResult | typeof nothing {
  const first = slices[0];
  if (!first) return nothing;
  const most = Math.max(1, ...slices.map(sumOf));
  const width = WIDTH / slices.length;
  const bars = slices.map((slice, index) => bar(slice, index * width, width, HEIGHT / most));
  const spans = slices.map(({ at }, index) => ({ from: at, to: slices[index + 1]?.at }));
  return html`<figure class="picture">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${pictureText(slices)}
      @click=${(event: MouseEvent) => {
        if (!(event.currentTarget instanceof SVGElement)) return;
        const { left, width: all } = event.currentTarget.getBoundingClientRect();
        const span = spans[Math.floor(((event.clientX - left) / all) * spans.length)];
        if (span) choose(span.from, span.to);
      }}>${bars}</svg>
    <figcaption>${clockTime(first.at)} <span>${legend(slices)}</span> ${clockTime(slices.at(-1)?.at ?? first.at)}</figcaption>
  </figure>`;
}

/** What the picture shows, in words. */
export function pictureText(slices: readonly Slice[]): string {
  const all = slices.reduce((sum, slice) => sum + sumOf(slice), 0);
  const busiest = slices.reduce((a, b) => (sumOf(b) > sumOf(a) ? b : a));
  return `${count(all, 'command')} over time: ${legend(slices)}. Most at ${clockTime(busiest.at)}.`;
}

function legend(slices: readonly Slice[]): string {
  return LEVELS.map((level) => ({
    level,
    total: slices.reduce((sum, { counts }) => sum + counts[level], 0),
  }))
    .filter(({ total }) => total > 0)
    .map(({ level, total }) => `${total} ${level}`)
    .join(', ');
}

function bar(slice: Slice, x: number, width: number, unit: number): unknown[] {
  let y = HEIGHT;
  return LEVELS.map((level) => {
    const height = slice.counts[level] * unit;
    y -= height;
    return height === 0
      ? nothing
      : svg`<rect class="bar bar-${level.toLowerCase()}" x=${x} y=${y} width=${Math.max(1, width - 1)} height=${height}></rect>`;
  });
}

function sumOf({ counts, unread }: Slice): number {
  return LEVELS.reduce((sum, level) => sum + counts[level], unread);
}
