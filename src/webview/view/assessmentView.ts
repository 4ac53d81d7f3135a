// Everything that the gate found out about a command, from the most to the least important: one screen to decide from.
import { html, nothing, type TemplateResult } from 'lit';
import type { RecordedAssessment } from '../../core/session/events.ts';
import type { CallNode } from '../../shared/callTree.ts';
import { callTree } from '../model/callTree.ts';
import { toneOf } from '../model/segments.ts';
import { categoryWords, questionRows, targetWords, verbWord } from '../model/words.ts';
import { icon, sentence, shown } from './text.ts';

type Effect = RecordedAssessment['effects'][number];

/** Effects that are shown before the rest is folded away. */
const FIRST_EFFECTS = 6;

export interface AssessmentOptions {
  command: string;
  assessment: RecordedAssessment;
  because: readonly string[];
  /** Told which effect is looked at, so that its text can be set off. */
  look(effect: number | undefined): void;
}

export function assessmentView(options: AssessmentOptions): TemplateResult {
  const { assessment, because } = options;
  return html`
    ${questions(assessment)} ${effects(options)} ${notUnderstood(options)} ${tree(options)}
    ${facts(assessment)} ${score(assessment)}
    ${section('Why it is not let through', because.length === 0 ? nothing : reasons(because))}
  `;
}

function section(title: string, content: unknown): unknown {
  if (content === nothing) return nothing;
  return html`<section class="part"><h3>${title}</h3>${content}</section>`;
}

function questions({ questions: asked }: RecordedAssessment): unknown {
  const rows = questionRows(asked).map(
    ({ question, answer, why, tone }) => html`<div class="question">
      <dt>${question}</dt>
      <dd>
        <strong class="answer answer-${tone}">${answer}</strong>
        <span class="why">${sentence(why)}</span>
      </dd>
    </div>`,
  );
  return section('Three questions', html`<dl class="questions">${rows}</dl>`);
}

function effects(options: AssessmentOptions): unknown {
  const all = options.assessment.effects.map((effect, index) => ({ effect, index }));
  const order = ['serious', 'unclear', 'moderate', 'minor', 'plain'];
  all.sort((a, b) => order.indexOf(toneOf(a.effect)) - order.indexOf(toneOf(b.effect)));
  if (all.length === 0) return nothing;
  const list = (some: typeof all) => html`<ul class="effects">
    ${some.map((one) => effectItem(one.effect, one.index, options))}
  </ul>`;
  const rest = all.slice(FIRST_EFFECTS);
  return section(
    'What it would do',
    html`${list(all.slice(0, FIRST_EFFECTS))}
    ${rest.length === 0 ? nothing : html`<details><summary>${rest.length} more</summary>${list(rest)}</details>`}`,
  );
}

function effectItem(effect: Effect, index: number, options: AssessmentOptions): TemplateResult {
  const { text, icon: name } = verbWord(effect);
  const about = targetWords(effect);
  const { start, end } = effect.span;
  return html`<li
    class="effect effect-${toneOf(effect)}"
    @pointerenter=${() => options.look(index)}
    @pointerleave=${() => options.look(undefined)}
  >
    <div class="effect-head">
      ${icon(name)}<strong>${text}</strong>
      <span class="target">${shown(effect.target.name)}</span>
      ${about === '' ? nothing : html`<span class="about">${about}</span>`}
    </div>
    <p>${sentence(effect.reason)}</p>
    <dl class="hints">
      ${hint('In the text', html`<code class="snippet">${shown(cut(options.command.slice(start, end)))}</code>`)}
      ${effect.alternative === undefined ? nothing : hint('Safer', sentence(effect.alternative))}
      ${effect.recovery === '' ? nothing : hint('To undo', sentence(effect.recovery))}
    </dl>
  </li>`;
}

function hint(name: string, content: unknown): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
}

function notUnderstood({ assessment, command }: AssessmentOptions): unknown {
  if (assessment.notUnderstood.length === 0) return nothing;
  const items = assessment.notUnderstood.map(
    ({ span, why }) => html`<li class="effect effect-unclear">
      <div class="effect-head">${icon('question')}<strong>Not understood</strong></div>
      <p>${sentence(why)}</p>
      <code class="snippet">${shown(cut(command.slice(span.start, span.end)))}</code>
    </li>`,
  );
  return section('What Interlock cannot read', html`<ul class="effects">${items}</ul>`);
}

/** Only where something is nested: a flat list says what the text says. */
function tree({
  command,
  assessment: { invocations, effects: found },
}: AssessmentOptions): unknown {
  if (!invocations.some(({ nesting }) => nesting.length > 0)) return nothing;
  const serious = new Set(
    found.filter((effect) => toneOf(effect) === 'serious').map(({ invocation }) => invocation),
  );
  return section(
    'How it is nested',
    html`<ul class="tree">${branches(callTree(command, invocations), serious)}</ul>`,
  );
}

function branches(nodes: readonly CallNode[], serious: ReadonlySet<number>): TemplateResult[] {
  return nodes.map(({ label, kind, invocation, children }) => {
    const isSerious = kind === 'call' && invocation !== undefined && serious.has(invocation);
    return html`<li>
      <span class="node node-${kind}${isSerious ? ' node-serious' : ''}"
        >${icon(kind === 'layer' ? 'layers' : 'terminal')}<span>${shown(label)}</span></span
      >
      ${children.length === 0 ? nothing : html`<ul>${branches(children, serious)}</ul>`}
    </li>`;
  });
}

function facts({ facts: found }: RecordedAssessment): unknown {
  if (found.length === 0) return nothing;
  const items = found.map(
    ({ text, how, value }) => html`<li class=${value === 'unknown' ? 'fact fact-unknown' : 'fact'}>
      <span>${sentence(text)}</span> <span class="how">${shown(how)}</span>
    </li>`,
  );
  return section('What was looked up', html`<ul class="facts">${items}</ul>`);
}

function score({ score: total, level, category, blastRadius, parts }: RecordedAssessment): unknown {
  const rows = parts.map(
    ({ points, reason }) => html`<tr>
      <td>${sentence(reason)}</td>
      <td class="points">${points < 0 ? `−${-points}` : `+${points}`}</td>
    </tr>`,
  );
  return section(
    'How the score came about',
    html`<table class="score">
        <thead class="visually-hidden"><tr><th scope="col">Reason</th><th scope="col">Points</th></tr></thead>
        <tbody>${rows}</tbody>
        <tfoot><tr><th scope="row">${level}</th><td class="points">${total} of 100</td></tr></tfoot>
      </table>
      <p class="row-words">${categoryWords(category)} · blast radius ${blastRadius.toLowerCase()}</p>`,
  );
}

function reasons(because: readonly string[]): TemplateResult {
  return html`<ul class="reasons">${because.map((text) => html`<li>${sentence(text)}</li>`)}</ul>`;
}

function cut(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 80)} … ${text.slice(-30)}`;
}
