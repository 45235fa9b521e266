// The help of the filter field, in a popover: all that a filter can say. A click on a term puts it into the field, by the
// event `filter-term`.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { placeBeside } from '../parts/menu.js';
import { icon } from './icons.js';
import { RULES, TERMS } from './filter-terms.js';

class FilterHelp extends Part {
  render() {
    return html`
      <button class="quiet square" popovertarget="filter-terms" aria-label="What a filter can say">${icon('help')}</button>
      <section id="filter-terms" class="popover" popover aria-label="What a filter can say"
        @beforetoggle=${placeBeside}>
        <h2>What a filter can say</h2>
        <p class="soft">A click on a term puts it into the field.</p>
        <dl class="terms">${TERMS.map(([term, words]) => this.#term(term, words))}</dl>
        <h3>Put together</h3>
        <dl class="terms">${RULES.map(([term, words]) => html`<dt><code>${term}</code></dt><dd>${words}</dd>`)}</dl>
      </section>`;
  }

  #term(term, words) {
    return html`<dt><button class="quiet" @click=${() => this.#choose(term)}><code>${term}</code></button></dt>
      <dd>${words}</dd>`;
  }

  #choose(term) {
    this.querySelector('[popover]').hidePopover();
    this.emit('filter-term', term);
  }
}

customElements.define('filter-help', FilterHelp);
