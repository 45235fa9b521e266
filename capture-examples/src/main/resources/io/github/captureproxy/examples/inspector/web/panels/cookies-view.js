// Cookies by domain: as they are, what became of them, and where they were sent.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { download, json, withQuery } from '../api.js';
import { news } from '../news.js';
import { attempt } from '../parts/messages.js';
import { Paced } from '../parts/paced.js';
import { count, dateTime, plural } from '../parts/format.js';
import './cookie-value.js';

const EVERY = 2_000;

const KINDS = {
  SET: 'set', REPLACED: 'set again', DELETED: 'deleted', EXPIRED: 'ended', SENT: 'sent, and never set before',
  REFUSED: 'refused', FORGOTTEN: 'forgotten, as there were too many',
};

/** Domains with those above them first, and how deep each is below another one of the list. */
export function tree(domains) {
  const reversed = (domain) => domain.split('.').reverse().join('.');
  return [...domains].sort((a, b) => (reversed(a) < reversed(b) ? -1 : 1)).map((domain) => ({
    domain, depth: domains.filter((other) => domain.endsWith(`.${other}`)).length,
  }));
}

class CookiesView extends Part {
  static properties = {
    listed: { state: true }, domain: { state: true }, more: { state: true }, text: { state: true },
  };

  #paced = new Paced(this, EVERY, () => this.#look());

  constructor() {
    super();
    this.text = '';
    this.hear(news, 'rows', () => this.#paced.soon());
  }

  async #look() {
    await attempt(async () => {
      this.listed = await json('/api/cookies');
      const domains = this.#domains();
      if (!domains.some(({ domain }) => domain === this.domain)) this.domain = domains[0]?.domain;
      await this.#details();
    });
    if (this.listed?.reading) this.#paced.soon();
  }

  async #details() {
    this.more = this.domain ? await json(withQuery('/api/cookies/more', { domain: this.domain })) : undefined;
  }

  #domains() {
    const text = this.text.trim().toLowerCase();
    return tree([...new Set(this.listed.cookies.map((cookie) => cookie.domain))])
      .filter(({ domain }) => domain.includes(text));
  }

  #choose(domain) {
    this.domain = domain;
    attempt(() => this.#details());
  }

  render() {
    if (!this.listed) return html`<section class="panel"><h1>Cookies</h1></section>`;
    return html`<section class="panel cookies">
      <h1>Cookies</h1>
      <div class="row">
        <label class="hidden-text" for="cookie-text">Find a domain</label>
        <input id="cookie-text" type="search" placeholder="Find a domain" .value=${this.text}
          @input=${({ target }) => (this.text = target.value)}>
        <span class="soft" role="status">${plural(this.listed.cookies.length, 'cookie')}${this.listed.reading
          ? ', still reading what was captured before' : ''}</span>
        <span class="grow"></span>
        <button @click=${() => this.#save('netscape')}>Save as cookies.txt</button>
        <button @click=${() => this.#save('json')}>Save as JSON</button>
      </div>
      ${this.listed.cookies.length ? html`<div class="split">${this.#list()}${this.#chosen()}</div>`
        : html`<p class="soft">No cookie was set or sent yet.</p>`}
    </section>`;
  }

  #save(format) {
    return attempt(() => download(withQuery('/api/cookies/export', { format })));
  }

  #list() {
    return html`<nav class="domains" aria-label="Domains">${this.#domains().map(({ domain, depth }) => html`
      <button class="quiet depth-${Math.min(depth, 3)}" aria-pressed=${domain === this.domain} data-domain=${domain}
        @click=${() => this.#choose(domain)}><span>${domain}</span>
        <span class="badge">${count(this.#of(domain, true).length)}</span></button>`)}</nav>`;
  }

  #of(domain, itself = false) {
    return this.listed.cookies.filter((cookie) => cookie.domain === domain
      || (!itself && cookie.domain.endsWith(`.${domain}`)));
  }

  #chosen() {
    if (!this.domain) return nothing;
    return html`<div class="chosen">
      <h2>${this.domain} <span class="soft">and below</span></h2>
      <table class="cards"><thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">For</th>
        <th scope="col">Ends</th><th scope="col">Flags</th></tr></thead>
        <tbody>${this.#of(this.domain).map((cookie) => this.#row(cookie))}</tbody></table>
      ${this.more ? this.#more() : nothing}
    </div>`;
  }

  #row(cookie) {
    return html`<tr data-cookie=${cookie.name}>
      <th scope="row" class="mono">${cookie.name || html`<span class="soft">(no name)</span>`}</th>
      <td><cookie-value .cookie=${cookie}></cookie-value></td>
      <td data-name="For">${cookie.hostOnly ? cookie.domain : `*.${cookie.domain}`}<span class="mono">${cookie.path}</span></td>
      <td data-name="Ends">${cookie.expires ? html`<span class=${cookie.expired ? 'bad' : ''}>${dateTime(cookie.expires)}</span>`
        : 'with the session'}</td>
      <td>${flags(cookie).map((flag) => html`<span class="badge">${flag}</span> `)}</td>
    </tr>`;
  }

  #more() {
    return html`
      <details open><summary>Changes, the latest first</summary>
        <table class="cards"><thead><tr><th scope="col">When</th><th scope="col">Name</th><th scope="col">What</th>
          <th scope="col">By</th></tr></thead>
          <tbody>${this.more.changes.map((change) => html`<tr><td>${dateTime(change.time)}</td>
            <th scope="row" class="mono">${change.name}</th>
            <td>${what(change)}</td><td data-name="By">${change.host}</td></tr>`)}</tbody></table></details>
      <details><summary>Sent to</summary>
        <table class="cards"><thead><tr><th scope="col">Host</th><th scope="col">Name</th><th scope="col">Requests</th>
          <th scope="col">Last</th></tr></thead>
          <tbody>${this.more.sent.map((sent) => html`<tr><th scope="row">${sent.host}</th>
            <td class="mono">${sent.name}</td><td data-name="Requests">${count(sent.requests)}</td>
            <td data-name="Last">${dateTime(sent.last)}</td></tr>`)}</tbody></table></details>`;
  }
}

const what = (change) => KINDS[change.kind]
  + (change.kind === 'REPLACED' ? (change.sameValue ? ', with the same value' : ', with another value') : '')
  + (change.detail ? `: ${change.detail}` : '');

const flags = (cookie) => [
  cookie.secure && 'Secure', cookie.httpOnly && 'HttpOnly',
  cookie.sameSite && `SameSite ${cookie.sameSite[0]}${cookie.sameSite.slice(1).toLowerCase()}`,
  cookie.seenInRequestOnly && 'seen in requests alone',
].filter(Boolean);

customElements.define('cookies-view', CookiesView);
