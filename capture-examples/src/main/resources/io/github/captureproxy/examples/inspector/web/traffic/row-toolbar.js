// The bar above the list: how much it shows, and what can be done with the chosen rows. It tells what is wanted by the
// event `row-action`, with the action's name.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { count, plural } from '../parts/format.js';
import { icon } from './icons.js';
import './column-menu.js';

class RowToolbar extends Part {
  static properties = {
    chosen: { attribute: false }, matched: { type: Number }, open: { type: Number }, total: { type: Number },
    complete: { type: Boolean }, narrowed: { type: Boolean },
    hosts: { type: Boolean }, columns: { attribute: false }, waterfallScale: {},
  };

  render() {
    const kept = this.chosen.filter((row) => !row.open);
    const calls = kept.filter((row) => !row.tunnel);
    return html`<div class="row-toolbar" role="toolbar" aria-label="Rows">
      <span class="count" data-count>${this.#count()}</span>
      <span class="grow"></span>
      ${this.#button('pin', kept.length > 0 && kept.every((row) => row.pinned) ? 'Unpin' : 'Pin', kept.length > 0, 'p')}
      ${this.#button('note', 'Note', kept.length > 0, 'n')}
      ${this.#button('curl', 'Copy as cURL', calls.length > 0, 'c')}
      ${this.#button('replay', 'Replay', calls.length > 0)}
      ${this.#button('compare', 'Compare', calls.length === 2, undefined, 'Choose two calls to compare them')}
      ${this.#button('export', 'Export', this.matched > 0, undefined, kept.length > 0 ? 'Export the chosen rows'
        : 'Export all rows of the list')}
      ${this.#button('delete', 'Delete', kept.length > 0, 'Delete')}
      ${this.#button('clear', 'Clear', this.matched > 0, undefined, 'Delete all rows of the list')}
      <span class="divider" aria-hidden="true"></span>
      <button class="quiet square" data-action="hosts" aria-pressed=${this.hosts} title="Hosts beside the list"
        @click=${() => this.#act('hosts')}>${icon('hosts', 'Hosts')}</button>
      <column-menu .columns=${this.columns} .waterfallScale=${this.waterfallScale}></column-menu>
      <button class="quiet square" data-action="keys" title="Keys (?)" @click=${() => this.#act('keys')}>?<span
        class="hidden-text"> Keys</span></button>
    </div>`;
  }

  #count() {
    const rows = this.narrowed ? `${count(this.matched)} of ${plural(this.total, 'row')}` : plural(this.matched, 'row');
    const chosen = this.chosen.length > 1 ? `, ${count(this.chosen.length)} chosen` : '';
    const open = this.open ? `, ${count(this.open)} open` : '';
    return `${rows}${open}${chosen}${this.complete ? '' : ', looking…'}`;
  }

  #button(action, name, enabled, key, title) {
    return html`<button class="quiet" data-action=${action} ?disabled=${!enabled} title=${key ? `${name} (${key})` : title ?? name}
      @click=${() => this.#act(action)}>${name}</button>`;
  }

  #act(action) {
    this.emit('row-action', action);
  }
}

customElements.define('row-toolbar', RowToolbar);
