// The toggles that narrow the list by a click. They tell what is wanted by the event `view-change`.

import { html } from 'lit';
import { Part } from '../parts/element.js';

const GROUPS = [
  {
    name: 'Method', part: 'methods',
    choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((name) => ({ name, values: [name] })),
  },
  {
    name: 'Type', part: 'types',
    choices: [
      { name: 'JSON', values: ['json'] }, { name: 'XML', values: ['xml'] }, { name: 'HTML', values: ['html'] },
      { name: 'Script', values: ['script'] }, { name: 'Style', values: ['style', 'font'] },
      { name: 'Image', values: ['image'] }, { name: 'Media', values: ['media'] }, { name: 'gRPC', values: ['grpc'] },
      { name: 'Events', values: ['events'] }, { name: 'Other', values: ['text', 'form', 'other', 'none'] },
    ],
  },
  {
    name: 'Status', part: 'status',
    choices: ['1', '2', '3', '4', '5'].map((digit) => ({ name: `${digit}xx`, values: [digit], class: `is-${digit}xx` })),
  },
];

const FLAGS = [
  { name: 'Errors', part: 'errors', title: 'Only what failed, or has a status from 400 on' },
  { name: 'Hide passed through', part: 'hidePassThrough', title: 'Without tunnels that nothing was seen of' },
  { name: 'Pinned', part: 'pinned', title: 'Only pinned rows' },
];

class QuickToggles extends Part {
  static properties = { view: { attribute: false }, unfolded: { state: true } };

  render() {
    const chosen = [...GROUPS, ...FLAGS].filter(({ part }) => this.view[part].length > 0 || this.view[part] === true).length;
    return html`
      <button class="unfold" aria-expanded=${Boolean(this.unfolded)} @click=${() => (this.unfolded = !this.unfolded)}>
        Toggles${chosen ? ` (${chosen})` : ''}</button>
      <div class="toggles ${this.unfolded ? 'unfolded' : ''}">
        ${GROUPS.map((group) => this.#group(group))}
        <div class="toggle-group" role="group" aria-label="Rows">
          ${FLAGS.map(({ name, part, title }) => html`<button class="toggle" title=${title} data-toggle=${part}
            aria-pressed=${this.view[part]} @click=${() => this.emit('view-change', { [part]: !this.view[part] })}>${name}
          </button>`)}
        </div>
      </div>`;
  }

  #group({ name, part, choices }) {
    return html`<div class="toggle-group" role="group" aria-label=${name}>
      ${choices.map((choice) => html`<button class="toggle ${choice.class ?? ''}" data-toggle="${part}:${choice.values[0]}"
        aria-pressed=${this.#on(part, choice)} @click=${() => this.#flip(part, choice)}>${choice.name}</button>`)}
    </div>`;
  }

  #on = (part, { values }) => values.every((value) => this.view[part].includes(value));

  #flip(part, choice) {
    const without = this.view[part].filter((value) => !choice.values.includes(value));
    this.emit('view-change', { [part]: this.#on(part, choice) ? without : [...without, ...choice.values] });
  }
}

customElements.define('quick-toggles', QuickToggles);
