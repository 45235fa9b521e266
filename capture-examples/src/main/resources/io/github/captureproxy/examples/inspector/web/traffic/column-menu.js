// Which columns the list has, and how its waterfall is drawn. It tells a choice by the event `columns-change`.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { placeBeside } from '../parts/menu.js';
import { icon } from './icons.js';
import { COLUMNS, choose } from './columns.js';
import { SCALES, chooseScale } from './waterfall.js';

class ColumnMenu extends Part {
  static properties = { columns: { attribute: false }, waterfallScale: {} };

  render() {
    return html`<button class="quiet square" popovertarget="column-menu" title="Columns" data-action="columns">${icon('columns', 'Columns')}</button>
      <section id="column-menu" class="popover menu" popover aria-label="Columns"
        @beforetoggle=${placeBeside}>
        <h2>Columns</h2>
        <div class="choices">${COLUMNS.map((column) => html`<label class="check">
          <input type="checkbox" data-column=${column.id} .checked=${this.columns.includes(column.id)}
            @change=${(event) => this.#flip(column.id, event.target.checked)}>${column.name}</label>`)}</div>
        <p class="soft">Where there is no room for all, some are left out.</p>
        <h3>Waterfall</h3>
        ${SCALES.map(({ id, name }) => html`<label class="check"><input type="radio" name="waterfall" value=${id}
          .checked=${this.waterfallScale === id} @change=${() => this.#tell({ waterfallScale: chooseScale(id) })}>${name}</label>`)}
        <hr>
        <button class="quiet" @click=${() => this.#tell({ columns: choose(undefined) })}>The usual columns</button>
      </section>`;
  }

  #flip(id, on) {
    const ids = on ? [...this.columns, id] : this.columns.filter((other) => other !== id);
    this.#tell({ columns: choose(ids) });
  }

  #tell(change) {
    this.emit('columns-change', change);
  }
}

customElements.define('column-menu', ColumnMenu);
