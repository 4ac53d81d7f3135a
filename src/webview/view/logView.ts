// The first view: what waits for a person on top, below it the session, newest first.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PanelStore } from '../model/panelStore.ts';
import type { Kept } from '../model/route.ts';
import { count } from '../model/words.ts';
import type { PanelActions } from './actions.ts';
import { heldCard } from './heldCard.ts';
import { icon } from './text.ts';

export interface LogViewOptions {
  store: PanelStore;
  mode: Kept['mode'];
  version: number;
  scroller: HTMLElement | undefined;
  actions: PanelActions;
}

export function logView(options: LogViewOptions): TemplateResult {
  const { store } = options;
  return html`${heldSection(options)} ${store.log.eventCount === 0 ? empty(options) : session(options)}`;
}

function heldSection({ store: { held }, actions }: LogViewOptions): unknown {
  if (held.length === 0) return nothing;
  return html`<section class="held" aria-labelledby="held-title">
    <h2 class="heading" id="held-title" tabindex="-1">
      Waiting for you <span class="badge">${held.length}</span>
    </h2>
    <ul class="cards" role="list">
      ${repeat(
        held,
        ({ token }) => token,
        (item) => html`<li>${heldCard(item, actions)}</li>`,
      )}
    </ul>
  </section>`;
}

function session({ store, mode, version, scroller, actions }: LogViewOptions): TemplateResult {
  const { log, held } = store;
  const total = log.eventCount + log.earlier;
  return html`<section class="session" aria-labelledby="session-title">
    <div class="heading session-heading">
      <h2 id="session-title" tabindex="-1">Session</h2>
      <span class="total">${count(total, 'event')}</span>
      ${held.length === 0 ? nothing : html`<button class="link up" data-up>${icon('arrow-up')}${held.length} held</button>`}
      <div class="toggle" role="group" aria-label="Show">
        ${toggle('commands', 'Commands', mode, actions)} ${toggle('events', 'Events', mode, actions)}
      </div>
    </div>
    <il-log-list
      .log=${log}
      .rows=${mode === 'commands' ? log.commandRows : log.eventRows}
      .version=${version}
      .scroller=${scroller}
      .open=${(id: string) => actions.go({ view: 'command', id })}
    ></il-log-list>
    ${log.earlier === 0 ? nothing : html`<p class="note">Older events are being fetched…</p>`}
  </section>`;
}

function toggle(
  value: Kept['mode'],
  label: string,
  mode: Kept['mode'],
  actions: PanelActions,
): TemplateResult {
  return html`<button aria-pressed=${value === mode} @click=${() => actions.setMode(value)}>${label}</button>`;
}

function empty({ store, actions }: LogViewOptions): TemplateResult {
  const { status } = store;
  if (!store.isReady) return html`<p class="note" role="status">Asking the gate…</p>`;
  const button = (action: 'openWalkthrough' | 'openSettings', label: string) =>
    status.actions.includes(action)
      ? html`<button class=${action === 'openWalkthrough' ? 'primary' : ''} @click=${() => actions.act(action)}>${label}</button>`
      : nothing;
  return html`<section class="empty" aria-labelledby="empty-title">
    ${icon('shield')}
    <h2 id="empty-title" tabindex="-1">No agent has asked for anything yet</h2>
    <p>
      When an agent asks to run a shell command, Interlock reads it first. What only reads may run at
      once; everything else waits here for your answer, and all of it is recorded.
    </p>
    <p>
      To see it at work, run a task of type <code>interlock</code>, or let VS Code's agent use the
      tool <code>#gatedRun</code>.
    </p>
    <div class="buttons">${button('openWalkthrough', 'Show me how')} ${button('openSettings', 'Settings')}</div>
  </section>`;
}
