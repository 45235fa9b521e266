// One exchange or tunnel: of a row of the list, or one that is still open.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { deletions } from '../deletions.js';
import { remembered } from './remembered.js';
import { headLine } from './head-line.js';
import { tabsOf } from './exchange-tabs.js';
import './tab-bar.js';
import './copy-menu.js';
import './tunnel-detail.js';
import './live-detail.js';
import './exchange-diff.js';

class ExchangeDetail extends Part {
  /** `row`: the row's id; `open`: the id in its proxy of an exchange that has not ended. */
  static properties = {
    row: { type: Number }, open: { type: Number }, detail: { state: true }, problem: { state: true }, tab: { state: true },
  };

  constructor() {
    super();
    this.hear(deletions, 'change', () => this.detail && this.#look());
  }

  willUpdate(changed) {
    if (changed.has('row')) this.#load();
  }

  async #load() {
    const row = this.row;
    if (!row) {
      this.detail = undefined;
      return;
    }
    try {
      const detail = await json(`/api/exchanges/${row}`);
      if (row !== this.row) return;
      this.detail = detail;
      this.problem = undefined;
    } catch (error) {
      if (row !== this.row) return;
      this.detail = undefined;
      this.problem = error.message;
    }
  }

  /** A row that was deleted elsewhere is shown no more. */
  async #look() {
    const row = this.row;
    try {
      await json(`/api/exchanges/${row}`);
    } catch (error) {
      if (row !== this.row || error.status !== 404) return;
      this.detail = undefined;
      this.problem = 'This row was deleted.';
    }
  }

  render() {
    if (this.open) return html`<live-detail .proxyId=${this.open}></live-detail>`;
    if (!this.row) return nothing;
    if (this.problem) return html`<div class="detail"><p class="problem" role="alert">${this.problem}</p></div>`;
    if (!this.detail) return html`<div class="detail"><p class="soft" aria-busy="true">Reading…</p></div>`;
    if (this.detail.kind === 'tunnel') return html`<tunnel-detail .tunnel=${this.detail}></tunnel-detail>`;
    return this.#exchange(this.detail);
  }

  #exchange(detail) {
    const tabs = tabsOf(detail);
    const wanted = this.tab ?? remembered.get('tab');
    const tab = tabs.find((each) => each.id === wanted) ?? tabs[0];
    return html`<article class="detail" aria-label="Exchange" data-row=${detail.row}>
      ${headLine(detail)}
      <div class="detail-bar">
        <tab-bar .tabs=${tabs} chosen=${tab.id} label="Detail" controls="detail-panel" @tab-choose=${this.#choose}></tab-bar>
        <copy-menu .row=${detail.row}></copy-menu>
      </div>
      <div class="detail-panel" role="tabpanel" id="detail-panel" aria-labelledby="detail-panel-${tab.id}" data-panel=${tab.id}>
        ${tab.view(this)}
      </div>
    </article>`;
  }

  #choose(event) {
    this.tab = event.detail;
    remembered.set('tab', event.detail);
  }
}

customElements.define('exchange-detail', ExchangeDetail);
