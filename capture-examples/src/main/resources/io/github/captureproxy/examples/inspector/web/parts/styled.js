// Styles that only the script knows, as `<i ${styled({ width: '3%' })}>`. The page's policy allows no style attribute,
// which is what Lit's own `styleMap` writes at first; this sets each property by itself.

import { noChange } from 'lit';
import { directive, Directive } from 'lit/directive.js';

class Styled extends Directive {
  #set = new Map();

  render() {
    return noChange;
  }

  update(part, [styles]) {
    for (const [name, value] of Object.entries(styles)) {
      if (this.#set.get(name) === value) continue;
      part.element.style.setProperty(name, value);
      this.#set.set(name, value);
    }
    return noChange;
  }
}

export const styled = directive(Styled);
