// One command of the past, or one that runs: what it was, what was decided, what came of it, and everything that led to it.
import { html, nothing, type TemplateResult } from 'lit';
import type { AuditEvent } from '../../core/session/events.ts';
import { commandWords, eventWords } from '../model/eventWords.ts';
import type { CommandRow } from '../model/logStore.ts';
import { segments } from '../model/segments.ts';
import { clockTime } from '../model/time.ts';
import type { PanelActions } from './actions.ts';
import { assessmentView } from './assessmentView.ts';
import { banner } from './banner.ts';
import { commandText } from './commandText.ts';
import { icon, plain, sentence, shown } from './text.ts';

type Assessed = Extract<AuditEvent, { type: 'assessment' }>;

export interface CommandViewOptions {
  row: CommandRow | undefined;
  /** Undefined until the host has sent them. */
  events: readonly AuditEvent[] | undefined;
  active: number | undefined;
  look(effect: number | undefined): void;
  actions: PanelActions;
}

export function commandView(options: CommandViewOptions): TemplateResult {
  const { row, events } = options;
  if (!events) return html`<p class="note" role="status">Fetching the details…</p>`;
  if (events.length === 0 || !row) {
    return html`<p class="note">This command is not in memory any more. The session log file has it.</p>`;
  }
  const submission = events.find((event) => event.type === 'submission');
  const assessed = events.findLast((event): event is Assessed => event.type === 'assessment');
  const command = submission?.type === 'submission' ? submission.submission.command : '';
  return html`<article class="past" aria-label="Command">
    <h2 class="visually-hidden">Command</h2>
    ${outcomeLine(row)} ${assessed ? banner({ ...assessed.assessment, aside: nothing }) : nothing}
    ${
      assessed
        ? commandText({
            segments: segments(command, assessed.assessment),
            effects: assessed.assessment.effects,
            active: options.active,
          })
        : html`<pre class="command">${plain(command)}</pre>`
    }
    ${assessed ? html`<p class="headline">${sentence(assessed.assessment.headline)}</p>` : nothing}
    ${origin(row)}
    <div class="links">
      <button class="link" @click=${() => options.actions.copy(row.id)}>${icon('copy')}Copy</button>
    </div>
    ${story(events)}
    ${
      assessed
        ? assessmentView({
            command,
            assessment: assessed.assessment,
            because: assessed.ruling.because.map(({ text }) => text),
            look: options.look,
          })
        : nothing
    }
  </article>`;
}

function outcomeLine(row: CommandRow): TemplateResult {
  const { icon: name, text, tone } = commandWords(row);
  return html`<p class="outcome outcome-${tone}" role="status">
    <span class="codicon codicon-${name} tone-${tone}" aria-hidden="true"></span>
    <span>${shown(text)}</span>
  </p>`;
}

function origin({ submission, id }: CommandRow): unknown {
  if (!submission) return nothing;
  const { agent, cwd, intent } = submission;
  // Fields that were undefined come back from the record as missing or null.
  const words = intent ?? undefined;
  return html`${words === undefined ? nothing : html`<p class="intent">${icon('quote')}<span>${shown(words)}</span></p>`}
    <p class="meta" title=${plain(id)}>Asked by ${shown(agent)} in ${shown(cwd)}</p>`;
}

/** Every event about it, oldest first. */
function story(events: readonly AuditEvent[]): TemplateResult {
  const items = events.map((event) => {
    const {
      icon: name,
      text,
      tone,
    } = event.type === 'assessment'
      ? eventWords({ ...event, ...levelOf(event), verdict: event.ruling.verdict })
      : eventWords(event);
    return html`<li>
      <span class="codicon codicon-${name} tone-${tone}" aria-hidden="true"></span>
      <span>${shown(text)}</span>
      <time datetime=${event.ts}>${clockTime(event.ts)}</time>
    </li>`;
  });
  return html`<section class="part"><h3>What happened</h3><ol class="story">${items}</ol></section>`;
}

function levelOf({ assessment: { level, score, headline } }: Assessed) {
  return { level, score, headline };
}
