// The head of the panel: the views or the way back, the ways to other holds, and the button that stops the agent.
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStore } from '../model/panelStore.ts';
import type { Route } from '../model/route.ts';
import type { PanelActions } from './actions.ts';
import { icon } from './text.ts';

export interface PanelHeader {
  store: PanelStore;
  route: Route;
  actions: PanelActions;
  back(): void;
}

const STOP =
  'Ends what the agent runs, denies what waits, and refuses new commands until you lift it';

export function panelHeader(props: PanelHeader): TemplateResult {
  const { store, route, actions, back } = props;
  const isDeep = route.view === 'command' || route.view === 'session';
  const canStop = store.status.actions.includes('stopAgent');
  return html`<header class="top">
    <h1 class="visually-hidden">Interlock session log</h1>
    ${
      isDeep
        ? html`<button class="tab back" data-back @click=${back}>${icon('arrow-left')}Back</button>${neighbours(props)}`
        : tabs(props)
    }
    ${
      canStop
        ? html`<button class="stop" title=${STOP} @click=${() => actions.act('stopAgent')}>${icon('debug-stop')}<span>Stop agent</span></button>`
        : nothing
    }
  </header>`;
}

function tabs({ store, route, actions }: PanelHeader): TemplateResult {
  const count = store.summary?.suggestions.length ?? 0;
  const tab = (view: 'log' | 'summary' | 'sessions', label: unknown) =>
    html`<button class="tab" aria-current=${route.view === view ? 'page' : 'false'} @click=${() => actions.go({ view })}>${label}</button>`;
  const badge = html` <span class="badge">${count}<span class="visually-hidden"> suggestions</span></span>`;
  return html`<nav class="tabs" aria-label="Views">
    ${tab('log', 'Log')} ${tab('sessions', 'Sessions')}
    ${tab('summary', html`Decisions${count === 0 ? nothing : badge}`)}
  </nav>`;
}

/** Which of several holds this is, and the ways to the others. */
function neighbours({ store: { held }, route, actions }: PanelHeader): unknown {
  const at = route.view === 'command' ? held.findIndex(({ id }) => id === route.id) : -1;
  if (at < 0 || held.length < 2) return nothing;
  const to = (step: number, name: string, label: string) => {
    const item = held[(at + step + held.length) % held.length];
    const go = () => item && actions.go({ view: 'command', id: item.id });
    return html`<button class="icon" title=${label} aria-label=${label} @click=${go}>${icon(name)}</button>`;
  };
  return html`<span class="of">${at + 1} of ${held.length}</span>${to(-1, 'chevron-up', 'Previous held command')}${to(1, 'chevron-down', 'Next held command')}`;
}
