// A request or a response: its first line, and tabs for its body, fields, parameters and cookies.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { bytes } from '../parts/format.js';
import { cookies, pairs, setCookies } from './fields.js';
import { field, term } from './filters.js';
import { remembered } from './remembered.js';
import { seenInLine } from './unseen.js';
import './tab-bar.js';
import './field-table.js';
import './body-view.js';

const LONG = 300;

/** What was sent on, or came from the server, where rules changed it, is not what filters look at. */
const FILTER_KEYS = { request: 'request-json', response: 'response-json' };

class MessageView extends Part {
  /** `message`, `side` (request, response, sent-request, origin-response), `base` of its exchange, `query` of the URL. */
  static properties = {
    message: { attribute: false }, side: {}, base: {}, query: {}, location: { attribute: false }, tab: { state: true },
  };

  get #isRequest() {
    return this.side.endsWith('request');
  }

  render() {
    const tabs = this.#tabs();
    const wanted = this.tab ?? remembered.get(this.#isRequest ? 'request' : 'response');
    const tab = tabs.find((each) => each.id === wanted) ?? tabs[0];
    const panel = `${this.side}-panel`;
    return html`
      <p class="first-line mono">${seenInLine(firstLine(this.message.line))}</p>
      <tab-bar small .tabs=${tabs} chosen=${tab.id} label="Parts of the ${this.#isRequest ? 'request' : 'response'}"
        controls=${panel} @tab-choose=${(event) => this.#choose(event)}></tab-bar>
      <div class="message-panel" role="tabpanel" id=${panel} aria-labelledby="${panel}-${tab.id}">${tab.view()}</div>`;
  }

  #choose(event) {
    event.stopPropagation();
    this.tab = event.detail;
    remembered.set(this.#isRequest ? 'request' : 'response', event.detail);
  }

  #tabs() {
    const { message } = this;
    const { headers, trailers, body } = message;
    const key = this.#isRequest ? 'request-header' : 'response-header';
    const tabs = [
      { id: 'headers', name: 'Headers', count: headers.length, view: () => this.#headers(headers, trailers, key) },
    ];
    if (this.query !== undefined && this.query !== null && this.#isRequest) {
      const query = pairs(this.query);
      tabs.push({ id: 'query', name: 'Query', count: query.length, view: () => this.#table('Query parameters', query,
        ({ name, value }) => term('query', `${name}=${value}`)) });
    }
    const jar = this.#isRequest ? cookies(headers) : setCookies(headers);
    if (jar.length) {
      tabs.push({ id: 'cookies', name: 'Cookies', count: jar.length, view: () => this.#table('Cookies', jar,
        ({ name, value }) => (this.#isRequest ? term('request-header', `cookie=${name}=${value}`)
          : term('response-header', `set-cookie=${name}=${value}`))) });
    }
    const has = body.size > 0;
    const shown = { id: 'body', name: has ? `Body · ${bytes(body.size)}` : 'Body', view: () => this.#body() };
    return has ? [shown, ...tabs] : [...tabs, shown];
  }

  #headers(headers, trailers, key) {
    const fields = headers.map((each) => (this.location && each.name.toLowerCase() === 'location'
      ? { ...each, link: this.location } : each));
    return html`
      ${headers.length ? this.#table('Header fields', fields, ({ name, value }) => field(key, name, value))
        : html`<p class="soft">No header fields.</p>`}
      ${trailers.length ? html`<h3>Trailers</h3>${this.#table('Trailer fields', trailers)}` : nothing}`;
  }

  #table(label, fields, filterFor) {
    return html`<field-table .fields=${fields} label=${label} .filterFor=${filterFor}></field-table>`;
  }

  #body() {
    return html`<body-view base="${this.base}/body/${this.side}" .filterKey=${FILTER_KEYS[this.side]}></body-view>`;
  }
}

/** The whole URL stands above. */
const firstLine = (line) => (line.length > LONG ? `${line.slice(0, LONG)}…` : line);

customElements.define('message-view', MessageView);
