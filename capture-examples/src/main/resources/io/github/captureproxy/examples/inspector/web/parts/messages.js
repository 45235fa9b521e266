// What a person is told in passing: an announcement that screen readers read, too. `toast(text, 'error')` for failures.

import { html } from 'lit';
import { Part } from './element.js';

const bus = new EventTarget();

/** Shows a text for a while; one of an error stays until it is closed. */
export function toast(text, kind = 'info') {
  bus.dispatchEvent(new CustomEvent('toast', { detail: { text, kind } }));
}

/** Does what may fail, and tells if it does. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (error.name !== 'AbortError') toast(error.message, 'error');
    return undefined;
  }
}

class ToastList extends Part {
  static properties = { items: { state: true } };

  constructor() {
    super();
    this.items = [];
    this.hear(bus, 'toast', ({ detail }) => {
      const item = { ...detail };
      const others = this.items.filter((other) => other.text !== item.text); // it need not be said twice at a time
      this.items = [...others.slice(-3), item];
      if (item.kind !== 'error') setTimeout(() => this.#close(item), 4_000);
    });
  }

  #close(item) {
    this.items = this.items.filter((other) => other !== item);
  }

  render() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${this.items.map((item) => html`<div class="toast ${item.kind}">
        <span>${item.text}</span>
        <button class="quiet" aria-label="Close this message" @click=${() => this.#close(item)}>×</button>
      </div>`)}
    </div>`;
  }
}

customElements.define('toast-list', ToastList);
