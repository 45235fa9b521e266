// The fields that narrow the list as one types: words to search for, and a filter; a filter that can't be read says why
// and where. It tells what is wanted by the event `view-change`, with the parts of the view that change.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { icon } from './icons.js';
import './filter-help.js';

/** A pause in typing of this length asks the program. */
const PAUSE_MILLIS = 120;

class FilterBar extends Part {
  static properties = { view: { attribute: false }, problem: { attribute: false } };
  #timer;

  focusField(name) {
    const field = this.querySelector(`[name=${name}]`);
    field.focus();
    field.select();
  }

  render() {
    return html`<div class="fields" role="search" aria-label="Traffic">
      ${this.#field('search', 'Search', 'Search in URLs, headers and bodies', '/')}
      <div class="filter-field">
        ${this.#field('filter', 'Filter', 'Filter, such as status:5xx host:*.shop.example', 'f')}
        <filter-help @filter-term=${(event) => this.#add(event.detail)}></filter-help>
      </div>
      ${this.#problem()}
    </div>`;
  }

  #field(name, label, hint, key) {
    const wrong = name === 'filter' && this.problem;
    return html`<div class="with-clear ${name}">
      <input name=${name} type="text" role="searchbox" aria-label=${label} placeholder=${hint} title="${label} (${key})"
        autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="10000" .value=${this.view[name]}
        aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? 'filter-problem' : nothing}
        @input=${(event) => this.#typed(name, event.target.value)}
        @keydown=${(event) => this.#key(name, event)}>
      ${this.view[name] ? html`<button class="quiet square clear" aria-label="Clear the ${label.toLowerCase()}"
        @click=${() => this.#clear(name)}>${icon('close')}</button>` : nothing}
    </div>`;
  }

  /** Says what is wrong, with the place in the text if it is known. */
  #problem() {
    if (!this.problem) return html`<div role="status" class="filter-problem"></div>`;
    const { message, position } = this.problem;
    const text = this.view.filter;
    return html`<div role="status" class="filter-problem" id="filter-problem">
      ${message}${position >= 0 ? html` <code>${text.slice(Math.max(0, position - 30), position)}<mark>${
        text.slice(position, position + 30) || ' '}</mark></code>` : nothing}
    </div>`;
  }

  #typed(name, value) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.emit('view-change', { [name]: value }), PAUSE_MILLIS);
  }

  #clear(name) {
    clearTimeout(this.#timer);
    const field = this.querySelector(`[name=${name}]`);
    field.value = '';
    field.focus();
    this.emit('view-change', { [name]: '' });
  }

  /** Enter and the arrow down go on to the list; Escape empties the field first. */
  #key(name, event) {
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      clearTimeout(this.#timer);
      event.preventDefault();
      this.emit('view-change', { [name]: event.target.value });
      this.emit('to-list');
    } else if (event.key === 'Escape' && event.target.value) {
      event.stopPropagation();
      this.#clear(name);
    }
  }

  #add(term) {
    const field = this.querySelector('[name=filter]');
    field.value = `${field.value.trim()} ${term}`.trim();
    field.focus();
    this.#typed('filter', field.value);
  }
}

customElements.define('filter-bar', FilterBar);
