// How long a hold has waited and how long it may still wait. The only thing in the panel that changes by itself.
import { html, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { countdown } from '../model/time.ts';
import { LightElement } from './lightElement.ts';
import { icon } from './text.ts';

const BAR = 100;

export class CountdownElement extends LightElement {
  @property({ attribute: false }) heldAt = '';
  @property({ attribute: false }) expiresAt: string | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private hasWarned = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override render(): TemplateResult {
    const { left, share, waited, isUrgent } = countdown(this.heldAt, this.expiresAt, Date.now());
    if (left === undefined) {
      return html`<span class="countdown" role="timer">${icon('clockface')}waits ${waited}</span>`;
    }
    return html`<span class=${isUrgent ? 'countdown is-urgent' : 'countdown'} role="timer">
        ${icon('clockface')}${left}<span class="visually-hidden"> left until it is denied</span>
      </span>
      <svg class="time-bar" viewBox="0 0 ${BAR} 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect width=${share * BAR} height="1"></rect>`}
      </svg>`;
  }

  protected override updated(): void {
    const { isUrgent, left } = countdown(this.heldAt, this.expiresAt, Date.now());
    if (!isUrgent || this.hasWarned || left === undefined) return;
    this.hasWarned = true;
    const text = 'A held command is denied in 10 seconds.';
    this.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail: text }));
  }
}
