// What all parts of the page are: Lit elements without a shadow, so that one style sheet and one tree serve them all.

import { LitElement } from 'lit';

export class Part extends LitElement {
  #news = [];

  createRenderRoot() {
    return this;
  }

  /** Hears an event of a target for as long as this element is in the page: to be called when it is made. */
  hear(target, topic, handler) {
    this.#news.push([target, topic, handler]);
  }

  connectedCallback() {
    super.connectedCallback();
    for (const [target, topic, handler] of this.#news) target.addEventListener(topic, handler);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const [target, topic, handler] of this.#news) target.removeEventListener(topic, handler);
  }

  /** Tells the elements around this one. */
  emit(topic, detail) {
    this.dispatchEvent(new CustomEvent(topic, { detail, bubbles: true, composed: true }));
  }
}
