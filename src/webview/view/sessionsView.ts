// The list of recorded sessions, newest first, under the day on which they began.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Level } from '../../core/risk/types.ts';
import type { StoredSession } from '../../shared/sessionProtocol.ts';
import { byteSize, clockTime } from '../model/time.ts';
import { count } from '../model/words.ts';
import { icon, shown } from './text.ts';

const LEVELS: readonly Level[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

const STATES: Readonly<
  Record<StoredSession['state'], { text: string; icon: string; tone: string }>
> = {
  sound: { text: 'Verified', icon: 'verified', tone: 'good' },
  broken: { text: 'Broken', icon: 'error', tone: 'bad' },
  unreadable: { text: 'Unreadable', icon: 'error', tone: 'bad' },
};

export function sessionsView(
  sessions: readonly StoredSession[] | undefined,
  open: (session: string) => void,
): TemplateResult {
  if (!sessions) return html`<p class="note" role="status">Looking for recorded sessions…</p>`;
  if (sessions.length === 0) {
    return html`<section class="empty" aria-labelledby="sessions-title">
      ${icon('history')}
      <h2 id="sessions-title" tabindex="-1">Nothing is recorded yet</h2>
      <p>A session begins with the first command that an agent submits in this workspace.</p>
    </section>`;
  }
  const days = [...new Set(sessions.map(({ day }) => day))];
  return html`<section class="sessions" aria-labelledby="sessions-title">
    <h2 class="heading" id="sessions-title" tabindex="-1">${count(sessions.length, 'session')}</h2>
    ${days.map(
      (day) => html`<section aria-label=${day}>
        <h3 class="day">${shown(day)}</h3>
        <ul class="session-list" role="list">
          ${repeat(
            sessions.filter((session) => session.day === day),
            ({ session }) => session,
            (session) => html`<li>${entry(session, open)}</li>`,
          )}
        </ul>
      </section>`,
    )}
  </section>`;
}

/** `Verified`, `Broken`… with its sign. */
export function proofMark({ state, proof, isRunning }: StoredSession): TemplateResult {
  const { text, icon: name, tone } = STATES[state];
  const words = isRunning && state === 'sound' ? 'Running' : text;
  return html`<span class="proof state-${tone}" title=${proof}><span class="codicon codicon-${isRunning && state === 'sound' ? 'record' : name} tone-${tone}" aria-hidden="true"></span>${words}</span>`;
}

export function levelChips(levels: StoredSession['levels']): TemplateResult[] {
  return LEVELS.filter((level) => levels[level] > 0).map(
    (level) =>
      html`<span class="chip chip-${level.toLowerCase()}">${levels[level]} ${level}</span>`,
  );
}

function entry(session: StoredSession, open: (session: string) => void): TemplateResult {
  const { agents, startedAt, commands, held, denied, levels, size, recordings } = session;
  const time = startedAt === undefined ? '' : clockTime(startedAt);
  return html`<button class="session-entry" data-session=${session.session} @click=${() => open(session.session)}>
    <span class="session-top">
      <strong>${time}</strong> <span class="agents">${shown(agents.join(', ') || 'No agent')}</span>
      ${proofMark(session)}
    </span>
    <span class="chips">${levelChips(levels)}</span>
    <span class="meta">
      ${count(commands, 'command')} · ${held} held · ${denied} denied · ${byteSize(size)}${recordings.length === 0 ? nothing : html` · ${icon('device-camera-video')}<span class="visually-hidden">recorded</span>`}
    </span>
  </button>`;
}
