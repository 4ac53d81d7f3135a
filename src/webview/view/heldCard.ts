// A held command in the list: enough to deny it, to approve it where little is at stake, and to look closer.
// Invariant: a command is approved here only where its whole text stands in the card.
import { html, nothing, type TemplateResult } from 'lit';
import type { HeldItem } from '../../shared/protocol.ts';
import { excerpt, segments } from '../model/segments.ts';
import { isGrave } from '../model/words.ts';
import type { PanelActions } from './actions.ts';
import { banner } from './banner.ts';
import { commandText } from './commandText.ts';
import { sentence, shown } from './text.ts';

/** Characters and lines of a command that a card shows whole. */
const MOST = 280;
const MOST_LINES = 6;

export function heldCard(item: HeldItem, actions: PanelActions): TemplateResult {
  const { id, command, assessment } = item;
  const all = segments(command, assessment);
  const part = excerpt(all, MOST);
  const length = part.reduce((sum, { text }) => sum + text.length, 0);
  const before = part[0]?.start ?? 0;
  const isWhole = length === command.length && command.split('\n').length <= MOST_LINES;
  const canApprove = isWhole && !isGrave(item.level);
  const text = commandText({
    segments: part,
    effects: assessment.effects,
    before,
    after: command.length - before - length,
  });
  return html`<article class="card" aria-labelledby="why-${id}">
    ${banner({ ...item, questions: assessment.questions, aside: timer(item) })}
    <div class="card-body">
      ${text}
      <p class="headline" id="why-${id}">${sentence(assessment.headline)}</p>
      <p class="meta">${shown(item.agent)} · ${shown(item.cwd)}</p>
      <div class="buttons">
        <button class="primary" data-review=${id} @click=${() => actions.go({ view: 'command', id })}>
          Review
        </button>
        <button @click=${() => actions.deny(item, command)}>Deny</button>
        ${canApprove ? html`<button @click=${() => actions.approve(item, command)}>Approve once</button>` : nothing}
      </div>
    </div>
  </article>`;
}

export function timer({ heldAt, expiresAt }: HeldItem): TemplateResult {
  return html`<il-countdown .heldAt=${heldAt} .expiresAt=${expiresAt}></il-countdown>`;
}
