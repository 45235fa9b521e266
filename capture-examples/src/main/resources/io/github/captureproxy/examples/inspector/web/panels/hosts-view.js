// Hosts: what was decided for their tunnels, why, what mends it, and a switch for each.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { news } from '../news.js';
import { attempt } from '../parts/messages.js';
import { Paced } from '../parts/paced.js';
import { capital, count, dateTime, moment, plural } from '../parts/format.js';
import { CHOICES, choose, fixes, forgetClient } from './host-fixes.js';

/** More rows than anyone reads; a text narrows them down. */
const PAGE = 100;
/** While traffic passes, the list is asked for no more often than this. */
const EVERY = 2_000;
/** While nothing happens, what was decided meanwhile is asked for less and less often, down to this. */
const RARELY = 60_000;

const KINDS = {
  TRUSTS: 'trusts the authority', TRUST_REVOKED: 'does not trust the authority after all',
  REJECTED: 'refused the certificate', DISTRUSTS: 'does not know the authority', ORIGIN: 'can’t be inspected',
};

const REASONS = { 'by BY_DATA': 'as it sent data', 'by PROVEN': 'as it passed the trust check' };

class HostsView extends Part {
  static properties = {
    listed: { state: true }, text: { state: true }, only: { state: true }, limit: { state: true },
  };

  #wait = EVERY;

  #paced = new Paced(this, EVERY, async () => {
    const before = JSON.stringify(this.listed);
    await attempt(async () => (this.listed = await json('/api/hosts')));
    if (JSON.stringify(this.listed) !== before) this.#wait = EVERY;
    if (!this.listed?.deciding) return;
    this.#paced.later(this.#wait); // nobody tells of a decision, and a client may keep a tunnel for later
    this.#wait = Math.min(this.#wait * 2, RARELY);
  });

  constructor() {
    super();
    this.text = '';
    this.only = 'all';
    this.limit = PAGE;
    this.hear(news, 'rows', () => this.#soon());
    this.hear(news, 'state', () => this.#soon()); // a tunnel that opens or ends may bring no row
  }

  #soon() {
    this.#wait = EVERY;
    this.#paced.soon();
  }

  /** Asks for the list anew. */
  look() {
    return this.#paced.now();
  }

  #matching() {
    const text = this.text.trim().toLowerCase();
    const kinds = {
      all: () => true,
      passed: (host) => host.decided?.title.startsWith('passed through'),
      inspected: (host) => host.decided?.reason.startsWith('INTERCEPTED'),
      chosen: (host) => host.choice !== 'default',
    };
    return this.listed.hosts.filter((host) => host.host.includes(text) && kinds[this.only](host));
  }

  render() {
    if (!this.listed) return html`<section class="panel"><h1>Hosts</h1></section>`;
    const matching = this.#matching();
    return html`<section class="panel hosts">
      <h1>Hosts</h1>
      ${this.listed.https ? nothing : html`<p class="note">HTTPS passes through untouched. Switch it on in
        <a href="#/settings">Settings</a> to choose for each host.</p>`}
      <div class="row">
        <label class="hidden-text" for="host-text">Find a host</label>
        <input id="host-text" type="search" placeholder="Find a host" .value=${this.text}
          @input=${({ target }) => { this.text = target.value; this.limit = PAGE; }}>
        <label class="hidden-text" for="host-only">Show</label>
        <select id="host-only" @change=${({ target }) => (this.only = target.value)}>
          <option value="all">All hosts</option>
          <option value="passed">Passed through</option>
          <option value="inspected">Inspected</option>
          <option value="chosen">With a choice</option>
        </select>
        <span class="soft" role="status">${plural(matching.length, 'host')}</span>
      </div>
      ${matching.length ? this.#table(matching.slice(0, this.limit)) : html`<p class="soft">No host is here yet.</p>`}
      ${matching.length > this.limit ? html`<div><button @click=${() => (this.limit += PAGE)}>
        Show ${Math.min(PAGE, matching.length - this.limit)} more</button></div>` : nothing}
      ${this.#clients()}
    </section>`;
  }

  #table(hosts) {
    return html`<table class="cards">
      <thead><tr><th scope="col">Host</th><th scope="col">Tunnels</th><th scope="col">What was decided last</th>
        <th scope="col">From now on</th></tr></thead>
      <tbody>${hosts.map((host) => this.#row(host))}</tbody>
    </table>`;
  }

  #row(host) {
    return html`<tr data-host=${host.host}>
      <th scope="row"><a href="#/traffic?host=${encodeURIComponent(host.host)}">${host.host}</a>
        ${host.hsts ? html`<span class="badge" title="Known by HSTS">HSTS</span>` : nothing}
        <div class="soft small">${plural(host.count, 'row')}${host.errors
          ? html`, <span class="bad">${count(host.errors)} failed</span>` : nothing}${host.lastTime
          ? html`, last at ${moment(host.lastTime)}` : nothing}</div></th>
      <td class="tunnels">${host.tunnels.map((each) => html`<div><span class="badge">${count(each.count)}</span>
        ${label(each)}${each.open ? html` <span class="soft small">${openOf(each)}</span>` : nothing}</div>`)}</td>
      <td>${host.decided ? this.#decided(host) : html`<span class="soft">No tunnel yet</span>`}</td>
      <td>${this.#choice(host)}</td>
    </tr>`;
  }

  #decided(host) {
    const { title, detail, fix } = host.decided;
    return html`<div class=${title.startsWith('passed') ? 'warn' : ''}>${capital(title)}</div>
      ${detail ? html`<div class="soft small">${capital(detail)}</div>` : nothing}
      ${fix ? html`<div class="small">${capital(fix)}</div>` : nothing}
      ${fixes(this, host, this.listed.https)}
      ${host.remembered.length ? html`<details><summary>What is remembered</summary><ul class="small">
        ${host.remembered.map((entry) => html`<li>${remembered(entry)}</li>`)}</ul></details>` : nothing}`;
  }

  #choice(host) {
    return html`<div class="segments" role="radiogroup" aria-label="From now on: ${host.host}">
      ${CHOICES.map(([value, words]) => html`<label><input type="radio" name="choice-${host.host}" value=${value}
        .checked=${host.choice === value} ?disabled=${!this.listed.https}
        @change=${() => choose(this, host.host, value)}><span>${words}</span></label>`)}
    </div>`;
  }

  #clients() {
    if (!this.listed.clients.length) return nothing;
    return html`<h2>Clients</h2>
      <p class="soft">What was learned of clients decides on the tunnels of all hosts that have no choice.</p>
      <table class="cards"><thead><tr><th scope="col">Client</th><th scope="col">Learned</th>
        <th scope="col">Until</th><th scope="col"><span class="hidden-text">Action</span></th></tr></thead>
      <tbody>${this.listed.clients.map((entry) => html`<tr>
        <th scope="row">${client(entry.client)}</th><td>${KINDS[entry.kind]}, ${REASONS[entry.detail] ?? entry.detail}</td>
        <td data-name="Until">${dateTime(entry.expires)}</td>
        <td><button @click=${() => forgetClient(this, entry.client.split(' ')[0])}>Forget<span class="hidden-text">
          what was learned of ${entry.client}</span></button></td></tr>`)}</tbody></table>`;
  }
}

/** The address of a client, and how it is told from others there. */
function client(words) {
  const space = words.indexOf(' ');
  return space < 0 ? words : html`${words.slice(0, space)}<div class="soft small">${words.slice(space + 1)}</div>`;
}

/** The short form of what was decided. */
const label = ({ title }) => capital(title.split(':')[0]);

const openOf = ({ count: all, open }) => (open === all ? 'open' : `${count(open)} open`);

const remembered = (entry) =>
  `${entry.client ? `${entry.client} ` : ''}${KINDS[entry.kind]}: ${entry.detail.replace(/^[A-Z_]+ /, '')}, until ${dateTime(entry.expires)}`;

customElements.define('hosts-view', HostsView);
