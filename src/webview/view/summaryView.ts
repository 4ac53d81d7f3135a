// How the person has decided lately, and what would make it easier: figures, advice, suggestions.
import { html, nothing, type TemplateResult } from 'lit';
import type { DecisionSummary, PanelAction, Suggestion } from '../../shared/protocol.ts';
import { duration } from '../model/time.ts';
import { count } from '../model/words.ts';
import type { PanelActions } from './actions.ts';
import { icon, sentence, shown } from './text.ts';

export function summaryView(
  summary: DecisionSummary | undefined,
  possible: readonly PanelAction[],
  actions: PanelActions,
): TemplateResult {
  return html`${decisions(summary, actions)} ${rules(possible, actions)}`;
}

/** The ways to what was decided for good. */
function rules(possible: readonly PanelAction[], actions: PanelActions): unknown {
  const button = (action: PanelAction, label: string) =>
    possible.includes(action)
      ? html`<button @click=${() => actions.act(action)}>${label}</button>`
      : nothing;
  return html`<section class="part rules">
    <h3>Rules</h3>
    <div class="buttons">
      ${button('listGrants', 'What you have allowed…')} ${button('testRules', 'Test a command…')}
      ${button('openSettings', 'Settings')}
    </div>
  </section>`;
}

function decisions(summary: DecisionSummary | undefined, actions: PanelActions): TemplateResult {
  if (!summary || summary.answers === 0) {
    return html`<section class="empty" aria-labelledby="summary-title">
      ${icon('graph')}
      <h2 id="summary-title" tabindex="-1">No decisions yet</h2>
      <p>Once you have answered a few held commands, this page shows how you decide, and which questions could be spared.</p>
      ${suggestions(summary?.suggestions ?? [], actions)}
    </section>`;
  }
  return html`<section class="summary" aria-labelledby="summary-title">
    <h2 class="heading" id="summary-title" tabindex="-1">Your decisions</h2>
    <dl class="figures">
      ${figure(count(summary.answers, 'answer'), 'so far')}
      ${figure(`${Math.round(summary.approvalRate * 100)} %`, 'approved')}
      ${summary.medianDecisionMs === undefined ? nothing : figure(duration(summary.medianDecisionMs), 'typical time to decide')}
      ${figure(String(summary.fastHigh), 'HIGH or CRITICAL approved almost at once', summary.fastHigh > 0)}
    </dl>
    ${list('Advice', summary.advice, 'lightbulb')} ${suggestions(summary.suggestions, actions)}
    ${list('Rules that grew wider', summary.widened, 'unfold')}
  </section>`;
}

function figure(value: string, words: string, isBad = false): TemplateResult {
  return html`<div class=${isBad ? 'figure figure-bad' : 'figure'}><dt>${words}</dt><dd>${value}</dd></div>`;
}

function suggestions(all: readonly Suggestion[], actions: PanelActions): unknown {
  if (all.length === 0) return nothing;
  return html`<section class="part">
    <h3>Suggestions</h3>
    <ul class="suggestions">
      ${all.map(
        ({ id, command, text }) => html`<li>
          <code>${shown(command)}</code>
          <p>${sentence(text)}</p>
          <button @click=${() => actions.takeSuggestion(id)}>Allow exactly this…</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function list(title: string, texts: readonly string[], name: string): unknown {
  if (texts.length === 0) return nothing;
  return html`<section class="part">
    <h3>${title}</h3>
    <ul class="advice">${texts.map((text) => html`<li>${icon(name)}<span>${sentence(text)}</span></li>`)}</ul>
  </section>`;
}
