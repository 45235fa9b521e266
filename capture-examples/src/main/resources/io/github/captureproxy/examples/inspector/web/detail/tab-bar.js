// Tabs: arrow keys go from one to the next, Home and End to the first and last. Tells `tab-choose` with the id.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

class TabBar extends Part {
  static properties = { tabs: { attribute: false }, chosen: {}, label: {}, controls: {}, small: { type: Boolean } };

  render() {
    return html`<div class="tabs ${this.small ? 'small' : ''}" role="tablist" aria-label=${this.label} @keydown=${this.#key}>
      ${this.tabs.map((tab) => html`<button role="tab" class="tab" id="${this.controls}-${tab.id}" data-tab=${tab.id}
        aria-selected=${tab.id === this.chosen} aria-controls=${tab.id === this.chosen ? this.controls : nothing}
        tabindex=${tab.id === this.chosen ? 0 : -1} @click=${() => this.emit('tab-choose', tab.id)}>${tab.name}${
        tab.count ? html`<span class="tab-count">${tab.count.toLocaleString()}</span>` : nothing}</button>`)}
    </div>`;
  }

  #key(event) {
    const at = this.tabs.findIndex((tab) => tab.id === this.chosen);
    const last = this.tabs.length - 1;
    const step = STEPS[event.key];
    const to = step ? (at + step + last + 1) % (last + 1) : event.key === 'Home' ? 0 : event.key === 'End' ? last : -1;
    if (to < 0) return;
    event.preventDefault();
    this.emit('tab-choose', this.tabs[to].id);
    this.updateComplete.then(() => this.querySelectorAll('[role=tab]')[to].focus());
  }
}

customElements.define('tab-bar', TabBar);
