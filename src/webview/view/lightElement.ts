// Base of the panel's elements: they render into the page itself, so that one stylesheet and the editor's icons reach them.
import { LitElement } from 'lit';

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
