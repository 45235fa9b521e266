// The traffic: fields and toggles that narrow it, the list, and the detail of the row that is chosen. What it shows
// stands in the address.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { need } from '../parts/later.js';
import { toast } from '../parts/messages.js';
import { styled } from '../parts/styled.js';
import { count, plural } from '../parts/format.js';
import { chosen } from './columns.js';
import { nothingMatches, nothingYet } from './empty-list.js';
import { icon } from './icons.js';
import { Choosing } from './choosing.js';
import { act } from './actions.js';
import { Selection } from './selection.js';
import { TrafficData } from './traffic-data.js';
import { shortcut } from './shortcuts.js';
import { INITIAL, format, isByTime, isNarrowed, parse, widened } from './view-state.js';
import { chosenScale } from './waterfall.js';
import './filter-bar.js';
import './quick-toggles.js';
import './row-toolbar.js';
import './host-list.js';
import './pane-separator.js';
import './traffic-list.js';

const SHARE = 'traffic-detail-share';
/** From this width on the detail stands beside the list; from these on, below it; in less it covers the list. */
const WIDE_REM = 70;
const BELOW_REM = { width: 52, height: 42 };

/** An answer that takes longer than this is shown to be on its way. */
const SLOW_MILLIS = 300;

/** The view as it was left, for when one comes back from another one. */
let left = INITIAL;

class TrafficView extends Part {
  static properties = {
    view: { state: true }, state: { attribute: false }, follow: { state: true }, problem: { state: true },
    columns: { state: true }, waterfallScale: { state: true }, share: { state: true }, place: { state: true },
    compared: { state: true }, announced: { state: true }, version: { state: true }, atEnd: { state: true },
  };

  selection = new Selection();
  data = new TrafficData(() => this.follow);
  choosing = new Choosing(this);
  #resized = new ResizeObserver(() => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const below = this.clientWidth > BELOW_REM.width * rem && this.clientHeight > BELOW_REM.height * rem;
    this.place = this.clientWidth > WIDE_REM * rem ? 'wide' : below ? 'narrow' : 'cover';
  });

  constructor() {
    super();
    this.view = parse(location.hash) ?? left;
    this.follow = isByTime(this.view) && !this.view.row;
    this.columns = chosen();
    this.waterfallScale = chosenScale();
    this.share = Number(localStorage.getItem(SHARE)) || 0.5;
    this.version = 0;
    this.atEnd = true;
    this.hear(window, 'hashchange', () => this.#address());
    this.hear(document, 'keydown', (event) => shortcut(event, this));
    this.hear(this.data, 'change', ({ detail }) => this.#changed(detail));
    this.hear(this.data, 'refused', ({ detail }) => this.#refused(detail));
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resized.observe(this);
    this.data.start();
    this.#keep();
    this.data.ask(this.view);
    if (this.view.row) this.choosing.show(this.view.row);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.data.stop();
  }

  get list() {
    return this.querySelector('traffic-list');
  }

  /** Shows something else: parts of the view that change. */
  change(parts) {
    const before = this.view;
    this.view = { ...before, ...parts };
    this.#keep();
    const keys = Object.keys(parts);
    if (keys.every((key) => key === 'row' || key === 'hosts')) return;
    if (!isByTime(this.view)) this.follow = false;
    this.choosing.cancel();
    this.data.ask(this.view);
    setTimeout(() => this.version++, SLOW_MILLIS);
  }

  #keep() {
    left = this.view;
    const address = format(this.view);
    if (location.hash !== address) history.replaceState(null, '', address);
  }

  /** Someone followed a link into this view; one that names a row alone leaves the rest as it is. */
  #address() {
    if (!location.hash.match(/^#\/traffic\b/)) return;
    const wanted = parse(location.hash);
    const row = wanted?.row;
    if (wanted && format(wanted) === format({ ...INITIAL, row })) this.change({ row });
    else this.change(wanted ?? {});
    this.compared = undefined;
    if (row) this.choosing.show(row);
  }

  #changed({ above, anew }) {
    if (anew) this.problem = undefined;
    const { model, source } = this.data;
    if (above && model.newestFirst) this.selection.shift(above);
    if (!anew) this.list?.hold();
    else this.announced = `${count(source.matched)} of ${plural(source.total, 'row')}`;
    this.choosing.changed(anew);
    this.version++;
    this.querySelector('host-list')?.refresh();
  }

  #refused(error) {
    if (error.status === 400) this.problem = { message: error.message, position: error.said?.position ?? -1 };
    else toast(error.message, 'error');
  }

  /** Stays at the newest end, or no longer. */
  setFollow(follow) {
    if (follow && !isByTime(this.view)) this.change({ sort: 'time', desc: false });
    this.follow = follow;
    if (follow) this.data.source.refresh(() => this.follow);
  }

  /** Shows the list from where it usually begins: the newest rows, or the top of another order. */
  settle() {
    this.follow = isByTime(this.view);
    if (!this.follow) this.list?.toTop();
  }

  openDetail(row) {
    this.compared = undefined;
    if (row) this.change({ row: row.id });
  }

  async closeDetail() {
    this.compared = undefined;
    this.change({ row: 0 });
    await this.updateComplete; // a list that was covered takes no focus
    this.list?.focusGrid();
  }

  render() {
    const { source, model } = this.data;
    return html`<div class="traffic"
      @view-change=${({ detail }) => this.change(detail)} @to-list=${() => this.list?.focusGrid()}
      @row-action=${({ detail }) => act(detail, this)} @columns-change=${({ detail }) => Object.assign(this, detail)}
      @live-ended=${() => this.data.source.refresh(() => this.follow)}
      @filter-add=${({ detail }) => this.change({ filter: `${this.view.filter.trim()} ${detail.text}`.trim() })}>
      <h1 class="hidden-text">Traffic</h1>
      <filter-bar .view=${this.view} .problem=${this.problem}></filter-bar>
      <quick-toggles .view=${this.view}></quick-toggles>
      <row-toolbar .chosen=${this.selection.rows} .matched=${source.matched}
        .open=${model.open.length} .total=${source.total} .narrowed=${isNarrowed(this.view)} .complete=${source.complete && !source.outdated} .hosts=${this.view.hosts} .columns=${this.columns}
        .waterfallScale=${this.waterfallScale}></row-toolbar>
      <span class="hidden-text" role="status">${this.announced}</span>
      ${this.#panes()}
    </div>`;
  }

  #panes() {
    const detail = Boolean(this.compared) || this.view.row !== 0;
    const covered = detail && this.place === 'cover';
    return html`<div class="panes ${this.place} ${detail ? 'with-detail' : ''} ${this.view.hosts ? 'with-hosts' : ''}"
      ${styled({ '--share': `${this.share * 100}%` })} @pane-share=${(event) => this.#setShare(event.detail)}>
      ${this.view.hosts ? html`<host-list ?inert=${covered} .query=${this.data.query} .host=${this.view.host}></host-list>`
        : nothing}
      <div class="list-pane" id="list-pane" ?inert=${covered}>${this.#listPane()}</div>
      ${detail ? html`<pane-separator controls="list-pane" .share=${this.share} .upright=${this.place === 'wide'}></pane-separator>
        <div class="detail-pane">${this.#detailPane()}</div>` : nothing}
    </div>`;
  }

  #listPane() {
    const { source, model } = this.data;
    if (!source.loaded) return nothing;
    if (model.count === 0 && source.complete) {
      if (source.total > 0 || isNarrowed(this.view)) {
        return nothingMatches(source.total, () => this.change(widened(this.view)));
      }
      return this.state ? nothingYet(this.state) : nothing;
    }
    return html`<traffic-list .model=${model} .selection=${this.selection} .view=${this.view} .columns=${this.columns}
        .waterfallScale=${this.waterfallScale} .follow=${this.follow} .version=${this.version}
        @list-sort=${({ detail }) => this.#sort(detail)} @list-open=${() => this.openDetail(this.selection.active)}
        @list-choose=${({ detail }) => this.choosing.choose(detail)} @list-end=${({ detail }) => (this.atEnd = detail)}
        @list-follow=${({ detail }) => (this.follow = detail && isByTime(this.view))}></traffic-list>
      ${this.follow || this.atEnd || !isByTime(this.view) ? nothing : html`<button class="to-newest main" data-action="follow"
        title="Go to the newest row, and stay there (g)" @click=${() => this.setFollow(true)}>
        ${this.view.desc ? '↑' : '↓'} Newest</button>`}`;
  }

  #detailPane() {
    if (this.compared) {
      return html`${this.#paneHead('Comparison')}<exchange-diff .a=${this.compared[0]} .b=${this.compared[1]}></exchange-diff>`;
    }
    const row = this.view.row;
    const open = String(row).startsWith('open-') ? Number(String(row).slice(5)) : undefined;
    return html`${this.#paneHead(open === undefined ? `Row ${row}` : 'Still open')}
      <exchange-detail .row=${open === undefined ? row : undefined} .open=${open}></exchange-detail>`;
  }

  #paneHead(title) {
    return html`<header class="pane-head"><span class="soft grow">${title}</span>
      <button class="quiet square" data-action="close-detail" title="Close (Esc)" @click=${() => this.closeDetail()}>
        ${icon('close', 'Close the detail')}</button></header>`;
  }

  /** Time starts with the newest last; for the rest the first click shows the usual way round. */
  #sort({ sort, desc }) {
    this.follow = sort === 'time' && this.follow;
    this.change({ sort, desc });
  }

  #setShare(share) {
    this.share = share;
    localStorage.setItem(SHARE, String(share));
  }

  willUpdate() {
    if (this.compared || this.view.row) need('detail');
  }

  updated() {
    if (this.querySelector('.list-pane[inert]') && document.activeElement === document.body) {
      this.querySelector('[data-action=close-detail]').focus(); // the list lost it by being covered
    }
  }
}

customElements.define('traffic-view', TrafficView);
