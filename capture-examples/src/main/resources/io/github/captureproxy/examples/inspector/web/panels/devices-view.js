// How programs and browsers of this machine, phones and other devices come to use the proxy.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { attempt, toast } from '../parts/messages.js';
import { named, steps, trustSteps } from './steps.js';
import './lan-devices.js';

/** Whether a device was let in meanwhile is looked at so often. */
const EVERY = 3_000;

class DevicesView extends Part {
  static properties = { shown: { state: true }, starting: { state: true } };

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#look();
    this.#timer = setInterval(() => this.shown?.lan && this.#look(), EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  #look() {
    return attempt(async () => (this.shown = await json('/api/devices')));
  }

  async #open(browser) {
    this.starting = browser;
    await attempt(async () => {
      await json('/api/browsers', { method: 'POST', body: { browser } });
      toast(`${named(browser)} is starting. What it loads comes into the list.`);
    });
    this.starting = undefined;
  }

  render() {
    const { shown } = this;
    if (!shown) return html`<section class="panel"><h1>Devices</h1></section>`;
    return html`<section class="panel devices">
      <h1>Devices</h1>
      <div class="device-groups">
      <section aria-labelledby="here">
        <h2 id="here">This computer</h2>
        ${shown.browsers.length ? html`<div class="row">${shown.browsers.map((browser) => html`<button
          data-browser=${browser} ?disabled=${this.starting !== undefined} @click=${() => this.#open(browser)}>
          Open ${named(browser)} with this proxy</button>`)}</div>
          <p class="soft">It starts with a profile of its own that uses the proxy and trusts it; nothing else on this
            computer changes.</p>` : nothing}
        ${steps(shown.ways)}
      </section>
      <section aria-labelledby="trust">
        <h2 id="trust">Trust for HTTPS</h2>
        ${shown.trust ? trustSteps(shown.trust) : html`<p>HTTPS passes through untouched. Switch it on in
          <a href="#/settings">Settings</a>, and the steps to trust its authority are here.</p>`}
      </section>
      <section aria-labelledby="phones">
        <h2 id="phones">Phones and other devices</h2>
        ${shown.lan ? html`<lan-devices .lan=${shown.lan} @devices=${({ detail }) => (this.shown = detail)}
          @outdated=${() => this.#look()}></lan-devices>` : this.#closed()}
      </section>
      </div>
    </section>`;
  }

  #closed() {
    const network = this.shown.networks[0];
    return html`<p>No device of the network is let in. Start the program with <code>--lan</code>: it shows a QR code here
      that lets a phone in and leads it through its set-up. For a phone on a cable there is <code>--android</code>.</p>
      ${network ? html`<p class="soft">Or allow your network, ${network}, under Access in
        <a href="#/settings">Settings</a>, with 0.0.0.0 for the address.</p>` : nothing}`;
  }
}

customElements.define('devices-view', DevicesView);
