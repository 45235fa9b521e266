// The grid of rows: only those in view are in the page. Rows are all of one height, so their places are reckoned.
//
// It shows a `model` and a `selection`, and tells what a person does: `list-sort`, `list-choose` (a row was chosen by
// mouse or keys), `list-open` (its detail is wanted), `list-follow` (it scrolls with what comes in, or no longer), `list-end`
// (whether the newest end is in view).

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from '../parts/element.js';
import { styled } from '../parts/styled.js';
import { plural } from '../parts/format.js';
import { fitting, leastWidth, tracks } from './columns.js';
import { headerRow } from './list-header.js';
import { move } from './list-keys.js';
import { statusClass } from './row-words.js';
import { scaleOf } from './waterfall.js';

const ROW_REM = 1.875;
/** Rows beyond the edges, so that a small scroll shows no gap. */
const SPARE = 8;
/** Browsers draw boxes of some 17 million pixels; what is beyond is found by a filter, or the other way round. */
const MAX_SHOWN = 500_000;

class TrafficList extends Part {
  static properties = {
    model: { attribute: false }, selection: { attribute: false }, view: { attribute: false },
    columns: { attribute: false }, waterfallScale: { attribute: false }, follow: { attribute: false },
    version: { attribute: false }, width: { state: true },
  };

  #resized = new ResizeObserver(() => this.#measure());
  #rem = 14;
  #row = 26;
  #height = 0;
  #held; // the first row in view, and where it was
  #atEnd;
  #setTop = 0; // where the script has scrolled to, to tell that from a person's doing

  /** It measures itself at once: an observer would have it wait for the next frame, which takes long while the page opens. */
  connectedCallback() {
    super.connectedCallback();
    this.#measure();
    this.#resized.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  get #grid() {
    return this.querySelector('.grid');
  }

  #measure() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const row = Math.round(rem * ROW_REM);
    const height = (this.#grid ?? this).clientHeight - row; // without the header
    if (rem === this.#rem && height === this.#height && this.clientWidth === this.width) return;
    this.#rem = rem;
    this.#row = row;
    this.#height = height;
    this.width = this.clientWidth;
    this.requestUpdate();
  }

  get pageRows() {
    return Math.max(1, Math.floor(this.#height / this.#row) - 1);
  }

  get #shown() {
    return Math.min(this.model.count, MAX_SHOWN);
  }

  #top() {
    const end = Math.max(0, this.#shown * this.#row - this.#height);
    if (this.follow) return this.model.newestFirst ? 0 : end;
    return Math.min(this.#grid?.scrollTop ?? 0, end);
  }

  /** Keeps what is in view where it is when rows have come in, or gone, above it. */
  hold() {
    const held = this.#held;
    if (this.follow || !held || !this.#grid) return;
    const place = this.model.placeOf(held.id);
    if (place < 0 || place === held.place) return;
    this.#fitBody();
    this.#scrollTo(this.#grid.scrollTop + (place - held.place) * this.#row);
    this.#held = { id: held.id, place };
  }

  /** Notes what has to stay in view; at the top of an order that isn't time's, what comes in is what one looks for. */
  #note(place) {
    const free = this.follow || (!this.model.byTime && this.#grid.scrollTop === 0);
    const row = free ? undefined : this.model.at(place);
    this.#held = row && { id: row.id, place };
  }

  /** The box may not have grown yet. */
  #fitBody() {
    this.querySelector('.grid-body').style.setProperty('height', `${this.#shown * this.#row}px`);
  }

  /** Scrolls just so far that a place is in view. */
  reveal(place, center = false) {
    const grid = this.#grid;
    if (!grid) return; // not drawn yet: whoever asks does so again when it is
    const at = place * this.#row;
    const top = grid.scrollTop;
    if (at >= top && at + this.#row <= top + this.#height) return;
    const near = at < top ? at : at + this.#row - this.#height;
    this.#told(false);
    this.#fitBody();
    this.#scrollTo(Math.max(0, center ? at - Math.round(this.#height / this.#row / 2) * this.#row : near));
    this.requestUpdate();
  }

  toTop() {
    if (this.#grid) this.#scrollTo(0);
  }

  focusGrid() {
    this.#grid?.focus({ preventScroll: true });
  }

  #scrollTo(top) {
    this.#grid.scrollTop = top;
    this.#setTop = this.#grid.scrollTop;
  }

  #scrolled() {
    const grid = this.#grid;
    if (Math.abs(grid.scrollTop - this.#setTop) > 1) this.#told(this.#isAtEnd());
    this.#setTop = grid.scrollTop;
    this.requestUpdate();
  }

  #isAtEnd() {
    const grid = this.#grid;
    const end = this.model.newestFirst ? 0 : grid.scrollHeight - grid.clientHeight;
    return Math.abs(grid.scrollTop - end) < this.#row / 2;
  }

  #told(follow) {
    if (follow !== this.follow) this.emit('list-follow', follow);
  }

  render() {
    if (!this.width) return nothing;
    const columns = fitting(this.columns, (this.width - 16) / this.#rem);
    const first = Math.max(0, Math.floor(this.#top() / this.#row) - SPARE);
    const last = Math.min(this.#shown, Math.ceil((this.#top() + this.#height) / this.#row) + SPARE) - 1;
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    const rows = places.map((place) => this.model.at(place));
    const context = {
      scale: scaleOf(rows, this.waterfallScale), hasHost: columns.some((column) => column.id === 'host'),
    };
    const active = this.selection.active && rows.find((row) => row?.id === this.selection.active.id);
    return html`<div class="grid" role="grid" tabindex="0" aria-label="Traffic" aria-multiselectable="true"
      aria-rowcount=${this.model.count + 1} aria-colcount=${columns.length}
      aria-activedescendant=${active ? `row-${active.id}` : nothing}
      ${styled({ '--tracks': tracks(columns), '--least': `${leastWidth(columns)}rem`, '--row': `${this.#row}px` })}
      @scroll=${this.#scrolled} @keydown=${this.#key} @click=${this.#click} @dblclick=${this.#open}>
      <div role="rowgroup" class="grid-head">${headerRow(columns, this.view, (by) => this.emit('list-sort', by))}</div>
      <div role="rowgroup" class="grid-body" ${styled({ height: `${this.#shown * this.#row}px` })}>
        <div class="grid-window" role="presentation" ${styled({ transform: `translateY(${first * this.#row}px)` })}>
          ${repeat(places, (place) => place, (place, at) => this.#rowPart(place, rows[at], columns, context))}
        </div>
      </div>
      ${this.#rest()}
    </div>`;
  }

  #rest() {
    const rest = this.model.count - this.#shown;
    return rest > 0 ? html`<p class="rest">${plural(rest, 'more row')}: narrow the list, or turn its order, to see them.</p>`
      : nothing;
  }

  #rowPart(place, row, columns, context) {
    if (!row) {
      return html`<div role="row" class="list-row is-missing" aria-rowindex=${place + 2} aria-busy="true">
        <div role="gridcell"><span class="hidden-text">loading</span></div></div>`;
    }
    const chosen = this.selection.has(row.id);
    const active = this.selection.active?.id === row.id;
    return html`<div role="row" id="row-${row.id}" data-row=${row.id} aria-rowindex=${place + 2} aria-selected=${chosen}
      class="list-row ${statusClass(row)} ${row.tunnel ? 'tunnel-row' : ''} ${active ? 'active' : ''} ${place % 2 ? 'odd' : ''}">
      ${columns.map((column) => html`<div role="gridcell" class="cell cell-${column.id} ${column.end ? 'end' : ''}">
        ${column.cell(row, context)}</div>`)}
    </div>`;
  }

  updated() {
    const grid = this.#grid;
    if (!grid) return;
    const top = this.#top();
    if (this.follow && Math.abs(grid.scrollTop - top) > 1) this.#scrollTo(top);
    const atEnd = this.#isAtEnd();
    if (atEnd !== this.#atEnd) this.emit('list-end', (this.#atEnd = atEnd));
    if (this.#height > 0) {
      const first = Math.max(0, Math.floor(top / this.#row) - SPARE);
      const last = Math.ceil((top + this.#height) / this.#row) + SPARE;
      this.#note(Math.floor(top / this.#row));
      this.model.show(first, Math.min(last, Math.max(0, this.#shown - 1)));
    }
  }

  #placeOf(event) {
    const row = event.target.closest?.('[data-row]');
    return row ? Number(row.getAttribute('aria-rowindex')) - 2 : -1;
  }

  #click(event) {
    const place = this.#placeOf(event);
    if (place < 0 || event.target.closest('a, button')) return;
    this.focusGrid();
    const how = event.shiftKey ? 'span' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
    this.emit('list-choose', { place, how, by: 'mouse' });
  }

  #open(event) {
    if (this.#placeOf(event) >= 0 && !event.target.closest('a, button')) this.emit('list-open');
  }

  #key(event) {
    if (event.target !== this.#grid) return;
    const place = move(event, this.selection.place, this.#shown, this.pageRows);
    if (place !== undefined) {
      this.emit('list-choose', { place, how: event.shiftKey ? 'span' : 'only', by: 'keys' });
    } else if (event.key === ' ' && this.selection.active) {
      this.emit('list-choose', { place: this.selection.place, how: 'toggle', by: 'keys' });
    } else if (event.key === 'Enter') {
      this.emit('list-open');
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      this.emit('list-choose', { place: -1, how: 'all', by: 'keys' });
    } else {
      return;
    }
    event.preventDefault();
  }
}

customElements.define('traffic-list', TrafficList);
