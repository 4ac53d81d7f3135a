// Sets style properties of an element by script. A style attribute in markup is forbidden by the page's content policy, and Lit's own directive begins with one.
import { nothing } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class StyledDirective extends Directive {
  render(_properties: Readonly<Record<string, string>>): unknown {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    }
    return nothing;
  }
}

/** `<li ${styled({ height: '20px' })}>` */
export const styled = directive(StyledDirective);
