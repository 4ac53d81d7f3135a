// What holds for the gate as a whole and has to be seen at once: stopped, blind, only watching.
import { html, nothing, type TemplateResult } from 'lit';
import type { GateStatus, PanelAction } from '../../shared/protocol.ts';
import { clockTime } from '../model/time.ts';
import type { PanelActions } from './actions.ts';
import { icon, shown } from './text.ts';

export function statusStrips(status: GateStatus, actions: PanelActions): TemplateResult {
  const button = (action: PanelAction, label: string) =>
    status.actions.includes(action)
      ? html`<button @click=${() => actions.act(action)}>${label}</button>`
      : nothing;
  const { lockdown, degraded, observe } = status;
  return html`
    ${
      lockdown === undefined
        ? nothing
        : strip(
            'bad',
            'lock',
            html`<strong>Agent stopped</strong> at ${clockTime(lockdown.since)}. ${shown(lockdown.why)} Nothing runs until you lift this.`,
            button('liftLockdown', 'Lift…'),
          )
    }
    ${
      degraded === undefined
        ? nothing
        : strip(
            'warning',
            'warning',
            html`<strong>Commands cannot be read</strong>, so every one asks. ${shown(degraded)} Reinstall the extension and reload the window.`,
          )
    }
    ${
      observe
        ? strip(
            'warning',
            'eye',
            html`<strong>Observing only.</strong> Commands are scored and recorded, but not held.`,
            button('openSettings', 'Settings'),
          )
        : nothing
    }
  `;
}

function strip(
  tone: 'bad' | 'warning',
  name: string,
  text: unknown,
  button: unknown = nothing,
): TemplateResult {
  return html`<div class="strip strip-${tone}">${icon(name)}<p>${text}</p>${button}</div>`;
}
