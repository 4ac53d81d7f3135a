// Small pieces of text. Invariant: whatever an agent wrote becomes text nodes, with marks for what cannot be seen.
import { html, type TemplateResult } from 'lit';
import { showPieces, showText } from '../../shared/display.ts';

/** A codicon; it says nothing to a screen reader, so words have to stand beside it. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** Text on one line. */
export function shown(text: string): TemplateResult[] {
  return showPieces(text).map(({ text: piece, kind }) =>
    kind === 'plain' ? html`${piece}` : html`<span class="mark">${piece}</span>`,
  );
}

/** Text of several lines: a break keeps its sign and breaks the line. */
export function shownLines(text: string): TemplateResult[] {
  return showPieces(text).map(({ text: piece, kind }) => {
    if (kind === 'plain') return html`${piece}`;
    return html`<span class="mark">${piece}</span>${kind === 'line' ? '\n' : ''}`;
  });
}

/** A sentence of ours in which `code` stands between backticks. */
export function sentence(text: string): TemplateResult[] {
  return text.split('`').map((part, index) => {
    return index % 2 === 1 ? html`<code>${shown(part)}</code>` : html`${shown(part)}`;
  });
}

/** For attributes that hold text. */
export function plain(text: string): string {
  return showText(text);
}
