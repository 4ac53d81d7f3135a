// The parts of one recorded session: its head, the choice among its recordings, its timeline.
// Invariant: nothing of it changes anything; a person's wishes go to whoever shows it.
import { html, nothing, type TemplateResult } from 'lit';
import type { SessionAction, StoredSession } from '../../shared/sessionProtocol.ts';
import type { OpenSession } from '../model/sessionsStore.ts';
import { count } from '../model/words.ts';
import { levelChips, proofMark } from './sessionsView.ts';
import { icon, shown } from './text.ts';

interface HeadOptions {
  /** What happens in it is shown as it comes. */
  follows: boolean;
  setFollows(follows: boolean): void;
  act(action: SessionAction): void;
}

/** Whose session it is, what was held in it, what its record proves, and what can be done with it. */
export function storedHead(stored: StoredSession, options: HeadOptions): TemplateResult {
  const { session, day, agents, commands, held, denied, levels, proof, isRunning } = stored;
  const button = (action: SessionAction, name: string, label: string) =>
    html`<button class="link" @click=${() => options.act(action)}>${icon(name)}${label}</button>`;
  return html`<header class="stored-head">
    <h2 id="stored-title" tabindex="-1">${shown(`${day} ${agents.join(', ') || 'No agent'}`)}</h2>
    ${proofMark(stored)}
    <p class="meta">${shown(session)} · ${count(commands, 'command')} · ${held} held · ${denied} denied</p>
    <p class="chips">${levelChips(levels)}</p>
    <p class="meta" data-proof>${shown(proof)}</p>
    <div class="links">
      ${button('verify', 'verified', 'Verify')} ${button('export', 'export', 'Export…')}
      ${isRunning ? followBox(options) : button('delete', 'trash', 'Delete…')}
    </div>
  </header>`;
}

function followBox({ follows, setFollows }: HeadOptions): TemplateResult {
  return html`<label><input type="checkbox" .checked=${follows} @change=${() => setFollows(!follows)}>Follow live</label>`;
}

/** Which of a session's recordings is on; nothing where there is only one. */
export function recordingChoice(
  recordings: readonly string[],
  chosen: string | undefined,
  choose: (file: string) => void,
): unknown {
  if (recordings.length === 1) return nothing;
  const onChange = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) choose(event.target.value);
  };
  return html`<label class="jumps">Recording
    <select @change=${onChange}>${recordings.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}</select>
  </label>`;
}

interface TimelineOptions {
  /** Rises with every message that the store took. */
  version: number;
  scroller: HTMLElement | undefined;
  open(command: string): void;
  askBefore(seq: number): void;
}

/** The events that match the filter, with a button for older ones. */
export function storedTimeline(
  { log, total, matched }: OpenSession,
  { version, scroller, open, askBefore }: TimelineOptions,
): TemplateResult {
  const words =
    matched === total ? count(total, 'event') : `${matched} of ${count(total, 'event')}`;
  const more = () => {
    if (log.oldest !== undefined) askBefore(log.oldest);
  };
  return html`<section class="session" aria-labelledby="stored-events">
    <div class="heading session-heading"><h3 id="stored-events">Timeline</h3><span class="total" role="status">${words}</span></div>
    <il-log-list
      .log=${log}
      .rows=${log.commandRows}
      .version=${version}
      .scroller=${scroller}
      .open=${open}
    ></il-log-list>
    ${log.earlier === 0 ? nothing : html`<button class="link more" @click=${more}>${log.earlier} older events…</button>`}
  </section>`;
}
