// One held command on one screen: text, stakes, reasons, and the ways to decide.
// Invariants: the focus starts on Deny; what is sent is the text that stands here.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { GrantChoice, GrantPreview, HeldItem } from '../../shared/protocol.ts';
import { segments } from '../model/segments.ts';
import type { PanelActions } from './actions.ts';
import { assessmentView } from './assessmentView.ts';
import { banner } from './banner.ts';
import { commandText } from './commandText.ts';
import { timer } from './heldCard.ts';
import { editForm, grantForm, replyForm } from './holdForms.ts';
import { LightElement } from './lightElement.ts';
import { icon, sentence, shown, shownLines } from './text.ts';

type Form = 'reply' | 'edit' | 'grant';

export class HoldElement extends LightElement {
  @property({ attribute: false }) item: HeldItem | undefined;
  @property({ attribute: false }) actions: PanelActions | undefined;
  @property({ attribute: false }) previews: { request: number; preview: GrantPreview } | undefined;
  /** The command with its secrets, once a person has asked for it. */
  @property({ attribute: false }) unmasked: string | undefined;
  @property({ attribute: false }) refusal: string | undefined;
  /** The person has just come here; otherwise the focus stays where it is. */
  @property({ attribute: false }) takesFocus = false;
  @state() private form: Form | undefined;
  @state() private active: number | undefined;
  @state() private choice: GrantChoice | undefined;
  private request = -1;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('item');
    // Held anew: what was typed was about another hold.
    if (before && before.token !== this.item?.token) this.form = undefined;
  }

  protected override firstUpdated(): void {
    if (this.takesFocus) this.focusOn('[data-deny]');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { item, actions } = this;
    if (!item || !actions) return nothing;
    const { command, assessment } = item;
    const parts = segments(command, assessment);
    const shownText = parts.map(({ text }) => text).join('');
    return html`<article class="hold" aria-label="Held command" @keydown=${this.onKey}>
      <h2 class="visually-hidden">Held command</h2>
      ${banner({ ...item, questions: assessment.questions, aside: timer(item) })}
      ${commandText({ segments: parts, effects: assessment.effects, active: this.active })}
      ${item.hasSecrets ? this.secrets(item, actions) : nothing}
      <p class="headline">${sentence(assessment.headline)}</p>
      ${item.intent === undefined ? nothing : html`<p class="intent">${icon('quote')}<span>${shown(item.intent)}</span></p>`}
      <p class="meta">Asked by ${shown(item.agent)} in ${shown(item.cwd)}</p>
      ${assessmentView({
        command,
        assessment,
        because: item.because,
        look: (effect) => {
          this.active = effect;
        },
      })}
      <footer class="decide">
        ${this.refusal === undefined ? nothing : html`<p class="refused" role="alert">${icon('warning')}<span>${shown(this.refusal)}</span></p>`}
        ${this.form === undefined ? this.buttons(item, shownText, actions) : this.openForm(item, shownText, actions)}
      </footer>
    </article>`;
  }

  /** What was taken out of the text, and the way to see it. */
  private secrets(item: HeldItem, actions: PanelActions): TemplateResult {
    if (this.unmasked === undefined) {
      return html`<p class="note secrets">
        ${icon('eye-closed')}<span>What looks like a secret is hidden here and in the record.</span>
        <button class="link" @click=${() => actions.unmask(item)}>Show it</button>
      </p>`;
    }
    return html`<div class="secrets-shown">
      <p class="note">As it would run. This text is not recorded.</p>
      <pre class="command">${shownLines(this.unmasked)}</pre>
    </div>`;
  }

  private buttons(item: HeldItem, text: string, actions: PanelActions): TemplateResult {
    const isAskedAgain = item.confirmWord !== undefined;
    return html`<div class="buttons">
        <button class="primary" data-deny @click=${() => actions.deny(item, text)}>Deny</button>
        <button data-approve @click=${() => actions.approve(item, text)}>
          Approve once${isAskedAgain ? '…' : ''}
        </button>
      </div>
      ${
        isAskedAgain
          ? html`<p class="note asked-again">You will be asked to type <code>${shown(item.confirmWord ?? '')}</code> before it runs.</p>`
          : nothing
      }
      <div class="links">
        ${this.opener('reply', 'comment', 'Deny with words')}
        ${item.offers.length > 0 ? this.opener('grant', 'key', 'Allow from now on') : nothing}
        ${item.canEdit ? this.opener('edit', 'edit', 'Edit and run') : nothing}
        <button class="link" @click=${() => actions.copy(item.id)}>${icon('copy')}Copy</button>
      </div>`;
  }

  private opener(form: Form, name: string, label: string): TemplateResult {
    const open = () => {
      this.form = form;
      if (form === 'grant') this.chooseFirst();
      // Marks of hidden secrets must not be run as if they were the text.
      if (form === 'edit' && this.original === undefined && this.item)
        this.actions?.unmask(this.item);
      void this.updateComplete.then(() =>
        this.focusOn('form textarea, form input:checked, form input'),
      );
    };
    return html`<button class="link" data-open=${form} @click=${open}>${icon(name)}${label}</button>`;
  }

  private openForm(item: HeldItem, text: string, actions: PanelActions): unknown {
    const cancel = () => this.closeForm();
    if (this.form === 'reply') {
      return replyForm({ item, cancel }, (message) => actions.deny(item, text, message));
    }
    if (this.form === 'edit') {
      return editForm({ item, cancel, original: this.original }, (command) =>
        actions.edit(item, text, command),
      );
    }
    const { choice, previews } = this;
    if (!choice) return nothing;
    return grantForm({
      item,
      cancel,
      choice,
      preview: previews?.request === this.request ? previews.preview : undefined,
      change: (next) => this.choose(next),
      give: (given) => actions.approve(item, text, given),
    });
  }

  /** The command as it would run; undefined while its secrets are hidden. */
  private get original(): string | undefined {
    return this.item?.hasSecrets ? this.unmasked : this.item?.command;
  }

  private chooseFirst(): void {
    const [first] = this.item?.offers ?? [];
    if (first) this.choose({ ...first, scope: 'session', expiry: 'today' });
  }

  private choose(choice: GrantChoice): void {
    this.choice = choice;
    if (this.item && this.actions) this.request = this.actions.previewGrant(this.item, choice);
  }

  private closeForm(): void {
    const { form } = this;
    this.form = undefined;
    void this.updateComplete.then(() => this.focusOn(`[data-open=${form}]`));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.form === undefined) return;
    event.stopPropagation();
    this.closeForm();
  };

  private focusOn(selector: string): void {
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}
