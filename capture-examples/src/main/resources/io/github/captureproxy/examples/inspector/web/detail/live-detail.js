// An exchange that has not ended: its heads, what it waits for, and the messages that have passed.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { millis } from '../parts/format.js';
import { urlLine, statusClass } from './head-line.js';
import { seenInLine } from './unseen.js';
import './messages-list.js';
import './field-table.js';

const POLL_MILLIS = 1_000;

const WAITING = {
  CONNECTION_SLOT: 'Waits for a place among the connections to this server.', NAME_RESOLUTION: 'Looks up the host name.',
  CONNECT: 'Connects to the server.', TLS_HANDSHAKE: 'Shakes hands by TLS.', REQUEST_BODY: 'Waits for more of the request from the client.',
  ORIGIN_READ: 'Waits for the server to take more of the request.', RESPONSE_HEAD: 'Waits for the response.',
  RESPONSE_BODY: 'Receives the response.', CLIENT_READ: 'Waits for the client to take more of the response.', CLOSE: 'Open.',
};

class LiveDetail extends Part {
  static properties = { proxyId: { type: Number }, detail: { state: true }, ended: { state: true } };

  #timer;

  willUpdate(changed) {
    if (!changed.has('proxyId')) return;
    this.detail = undefined;
    this.ended = undefined;
    this.#ask();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#ask(), POLL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #ask() {
    if (this.ended) return;
    const { proxyId } = this;
    try {
      const detail = await json(`/api/live/${proxyId}`);
      if (proxyId === this.proxyId) this.detail = detail;
    } catch (error) {
      if (error.status !== 404 || proxyId !== this.proxyId) return;
      this.ended = true;
      this.emit('live-ended');
    }
  }

  render() {
    const { detail } = this;
    if (!detail) return html`<div class="detail"><p class="soft">${this.ended ? 'It has ended. Its row is in the list.' : 'Reading…'}</p></div>`;
    return html`<article class="detail" aria-label="Open exchange">
      <header class="detail-head">
        ${urlLine(detail.target)}
        <p class="facts-line">
          ${detail.response ? html`<b class=${statusClass(detail.response.status)}>${detail.response.status} ${seenInLine(detail.response.reason)}</b>` : nothing}
          <span>${millis(detail.elapsed)}</span>
          <span class="soft">${this.ended ? 'It has ended. Its row is in the list.' : WAITING[detail.waitingFor]}</span>
        </p>
        ${detail.tunnel ? html`<p class="note-line">${detail.tunnel.title}</p>` : nothing}
      </header>
      <div class="detail-panel">
        ${detail.messages === 'none' ? nothing : html`<h3>${detail.messages === 'events' ? 'Events' : 'Messages'}</h3>
          <messages-list base="/api/live/${detail.proxyId}" live></messages-list>`}
        ${detail.response ? html`<h3>Response header fields</h3>
          <field-table .fields=${detail.response.headers} label="Response header fields"></field-table>` : nothing}
        <h3>Request header fields</h3>
        <field-table .fields=${detail.request.headers} label="Request header fields"></field-table>
      </div>
    </article>`;
  }
}

customElements.define('live-detail', LiveDetail);
