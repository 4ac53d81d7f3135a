// What narrows the events of a session: words, level, verdict, agent and time.
import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict } from '../../core/policy/types.ts';
import type { Level } from '../../core/risk/types.ts';
import type { TimelineFilter } from '../../core/session/timeline.ts';
import { NO_FILTER } from '../../shared/timeline.ts';
import { clockTime } from '../model/time.ts';
import { icon } from './text.ts';

const LEVELS: readonly Level[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const VERDICTS: readonly { value: Verdict; label: string }[] = [
  { value: 'allow', label: 'Let through' },
  { value: 'ask', label: 'Held' },
  { value: 'deny', label: 'Denied by a rule' },
];

export function filterForm(
  filter: TimelineFilter,
  agents: readonly string[],
  change: (filter: TimelineFilter) => void,
): TemplateResult {
  const isOpen = JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
  return html`<form class="filter" role="search" aria-label="Find commands" @submit=${(event: Event) => event.preventDefault()}>
    <input type="search" class="words" aria-label="Words to look for" placeholder="Search commands, reasons, folders" .value=${filter.text}
      @input=${(event: Event) => change({ ...filter, text: chosen(event) })}>
    <div class="toggles" role="group" aria-label="Levels">
      ${LEVELS.map((level) => {
        const isOn = filter.levels.includes(level);
        const levels = isOn
          ? filter.levels.filter((one) => one !== level)
          : [...filter.levels, level];
        return html`<button type="button" aria-pressed=${isOn} @click=${() => change({ ...filter, levels })}>${level}</button>`;
      })}
    </div>
    <div class="selects">
      <select aria-label="Verdict" @change=${(event: Event) => {
        const verdict = VERDICTS.find(({ value }) => value === chosen(event));
        change({ ...filter, verdicts: verdict ? [verdict.value] : [] });
      }}>
        <option value="" ?selected=${filter.verdicts.length === 0}>Any verdict</option>
        ${VERDICTS.map(({ value, label }) => html`<option value=${value} ?selected=${filter.verdicts[0] === value}>${label}</option>`)}
      </select>
      <select aria-label="Agent" @change=${(event: Event) => change({ ...filter, agent: chosen(event) })}>
        <option value="" ?selected=${filter.agent === ''}>Any agent</option>
        ${agents.map((agent) => html`<option value=${agent} ?selected=${filter.agent === agent}>${agent}</option>`)}
      </select>
      ${
        filter.from === undefined
          ? nothing
          : html`<span class="span">${clockTime(filter.from)}–${filter.to === undefined ? '' : clockTime(filter.to)}</span>`
      }
      ${isOpen ? html`<button type="button" class="link" @click=${() => change(NO_FILTER)}>${icon('clear-all')}Show all</button>` : nothing}
    </div>
  </form>`;
}

function chosen(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement
    ? target.value
    : '';
}
