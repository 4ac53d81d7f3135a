// The search in what the terminals of a session showed: words in, lines out, each with the way to its place in the recording.
import { html, nothing, type TemplateResult } from 'lit';
import type { FoundOutput } from '../../shared/sessionProtocol.ts';
import type { OutputFinds } from '../model/sessionsStore.ts';
import { count } from '../model/words.ts';
import { plain, shown } from './text.ts';

export interface OutputSearchView {
  words: string;
  /** Undefined while no answer has come. */
  finds: OutputFinds | undefined;
  look(words: string): void;
  go(hit: FoundOutput): void;
}

export function outputFinds({ words, finds, look, go }: OutputSearchView): TemplateResult {
  return html`<form class="filter output-search" role="search" aria-label="Find in the output" @submit=${(event: Event) => event.preventDefault()}>
    <input type="search" class="words" data-output aria-label="Words to look for in the output" placeholder="Search the terminal output" .value=${words}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) look(event.target.value);
      }}>
    <p class="meta" role="status">${statusOf(words, finds)}</p>
    ${finds && finds.hits.length > 0 ? html`<ol class="finds" aria-label="Found lines">${finds.hits.map((hit) => entry(hit, go))}</ol>` : nothing}
  </form>`;
}

function statusOf(words: string, finds: OutputFinds | undefined): string {
  if (words.trim() === '') return '';
  if (!finds) return 'Searching…';
  const { hits, isPartial } = finds;
  if (hits.length === 0) return 'No line of the output has these words.';
  return isPartial
    ? `The first ${count(hits.length, 'line')}; there are more.`
    : count(hits.length, 'line');
}

function entry(hit: FoundOutput, go: (hit: FoundOutput) => void): TemplateResult {
  const command = hit.command === undefined ? '' : plain(hit.command);
  return html`<li><button type="button" class="find" title=${command} @click=${() => go(hit)}>
    <span class="at">${clock(hit.at)}</span> <code>${shown(hit.line)}</code>
  </button></li>`;
}

/** `1:05`: minutes and seconds from the start. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
