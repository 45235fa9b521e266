// The frame of the page: what is always there, and the view that is chosen.

import { html, nothing } from 'lit';
import { Part } from './parts/element.js';
import { json, linkToken, login } from './api.js';
import { listen, news } from './news.js';
import { fetchRest, need } from './parts/later.js';
import { attempt } from './parts/messages.js';
import { bytes, count, plural } from './parts/format.js';
import './traffic/traffic-view.js';

const VIEWS = [
  { id: 'traffic', name: 'Traffic', view: (state) => html`<traffic-view .state=${state}></traffic-view>` },
  { id: 'overview', name: 'Overview', view: () => html`<overview-view></overview-view>` },
  { id: 'sessions', name: 'Sessions', view: () => html`<sessions-view></sessions-view>` },
  { id: 'hosts', name: 'Hosts', view: () => html`<hosts-view></hosts-view>` },
  { id: 'cookies', name: 'Cookies', view: () => html`<cookies-view></cookies-view>` },
  { id: 'devices', name: 'Devices', view: () => html`<devices-view></devices-view>` },
  { id: 'settings', name: 'Settings', view: () => html`<settings-view></settings-view>` },
];

class CaptureApp extends Part {
  static properties = {
    open: { state: true }, view: { state: true }, state: { state: true }, problem: { state: true },
    dialog: { state: true },
  };

  constructor() {
    super();
    this.open = undefined;
    this.problem = '';
    this.hear(window, 'hashchange', () => (linkToken() ? location.reload() : this.#route()));
    this.hear(window, 'capture-locked', () => (this.open = false));
    this.hear(news, 'state', ({ detail }) => (this.state = detail));
    this.hear(news, 'connection', ({ detail }) => (this.problem = detail));
    this.hear(window, 'keydown', (event) => this.#key(event));
    this.hear(this, 'export-rows', ({ detail }) => this.#show('export', html`<export-dialog
      .query=${detail.query ?? { ids: detail.ids }} what=${detail.what ?? ''}></export-dialog>`));
    this.hear(this, 'replay-row', ({ detail }) => this.#show('replay', html`<replay-dialog row=${detail.id}></replay-dialog>`));
    this.hear(this, 'dialog-closed', () => (this.dialog = undefined));
  }

  /** Not before it is in the page: a copy that someone makes of the page must not listen. */
  connectedCallback() {
    super.connectedCallback();
    this.#start();
  }

  async #start() {
    ({ open: this.open, stale: this.stale } = await login());
    this.#route();
    if (!this.open) return;
    listen();
    fetchRest();
  }

  #route() {
    const id = location.hash.match(/^#\/(\w+)/)?.[1];
    this.view = VIEWS.find((view) => view.id === id) ?? VIEWS[0];
    need(this.view.id);
    document.title = this.view === VIEWS[0] ? 'Capture Proxy' : `${this.view.name} · Capture Proxy`;
  }

  #show(part, dialog) {
    need(part);
    this.dialog = dialog;
  }

  /** Alt and a digit choose a view. */
  #key(event) {
    const view = event.altKey && VIEWS[Number(event.key) - 1];
    if (view) {
      event.preventDefault();
      location.hash = `#/${view.id}`;
    }
  }

  render() {
    if (this.open === undefined) return nothing;
    return html`${this.open ? this.#page() : this.#locked()}<toast-list></toast-list>`;
  }

  #locked() {
    return html`<main class="locked">
      <h1>${this.stale ? 'This link was used or has expired' : 'This page needs its link'}</h1>
      ${this.stale ? html`<p>Press Enter in the terminal for a new link.</p>` : nothing}
      <p>What was captured is shown only to whoever started the program. Open the page by the link that the program
        prints in its terminal. Each link opens it once, within ten minutes; the program prints a new one when you press
        Enter there.</p>
    </main>`;
  }

  #page() {
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header class="bar">
        <nav aria-label="Views">
          ${VIEWS.map((view, index) => html`<a href="#/${view.id}"
            aria-current=${view === this.view ? 'page' : nothing} title="Alt+${index + 1}">${view.name}</a>`)}
        </nav>
        ${this.#recording()}
      </header>
      ${this.#warnings()}
      <main id="main" tabindex="-1">${this.view.view(this.state)}</main>
      <footer class="bar">${this.#footer()}</footer>
      ${this.dialog ?? nothing}`;
  }

  #skip(event) {
    event.preventDefault();
    document.getElementById('main').focus();
  }

  #recording() {
    const state = this.state;
    if (!state) return nothing;
    return html`<div class="recording">
      <span class="dot ${state.paused ? 'paused' : 'on'}" aria-hidden="true"></span>
      <span class="address" title=${reach(state)}>${state.address}</span>
      <span class="badge">${state.https ? 'HTTPS on' : 'HTTPS passes through'}</span>
      <button @click=${this.#pause} aria-pressed=${state.paused}>${state.paused ? 'Resume' : 'Pause'}</button>
    </div>`;
  }

  #pause() {
    attempt(() => json('/api/recording', { method: 'POST', body: { paused: !this.state.paused } }));
  }

  #warnings() {
    const problems = [...(this.state?.problems ?? [])];
    if (this.problem) problems.unshift(this.problem);
    return html`<div class="warnings" role="alert">
      ${problems.map((problem) => html`<p class="warning">${problem}</p>`)}
    </div>`;
  }

  #footer() {
    const state = this.state;
    if (!state) return nothing;
    return html`
      <span title="All sessions, and tunnels that were looked into, for which the list has their requests">${plural(
        state.rows, 'record')} in ${bytes(state.storeBytes)}</span>
      <span>${count(state.open)} open</span>
      ${state.dropped ? html`<span class="bad">${count(state.dropped)} not recorded</span>` : nothing}
      <span class="grow"></span>
      <span>${state.session ? `session “${state.session.name}”` : 'no session'}</span>`;
  }
}

const reach = ({ elsewhere }) => (elsewhere
  ? `Set this as the proxy for HTTP and HTTPS on this computer, and ${elsewhere} on other devices`
  : 'Set this as the proxy for HTTP and HTTPS');

customElements.define('capture-app', CaptureApp);
