// Phones and other devices of the network: the code that lets one in, and those that were let in.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { attempt, toast } from '../parts/messages.js';
import { dateTime, span } from '../parts/format.js';
import { copy } from '../parts/clip.js';
import { KINDS } from './device-kinds.js';
import './qr-code.js';

class LanDevices extends Part {
  static properties = { lan: { attribute: false }, kind: { state: true }, now: { state: true } };

  #clock;

  constructor() {
    super();
    this.kind = KINDS[0].id;
    this.now = Date.now();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#clock = setInterval(() => {
      this.now = Date.now();
      if (this.lan.codeEnds <= this.now) this.emit('outdated');
    }, 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  #revoke(device) {
    return attempt(async () => {
      this.emit('devices', await json('/api/devices/revoke', { method: 'POST', body: { address: device.address } }));
      toast(`${device.name} at ${device.address} is not let in any more.`);
    });
  }

  render() {
    const { lan } = this;
    const left = Math.max(0, lan.codeEnds - this.now);
    return html`
      <div class="entrance">
        <qr-code .svg=${lan.qrCode} label="QR code that leads a device to ${lan.link}"></qr-code>
        <div>
          <p>Scan this with the device. It has to be in the same network as this machine.</p>
          <dl class="pairs">
            <dt>Or open</dt><dd><code>http://${lan.address}/</code>
              <button class="quiet" @click=${() => copy(lan.link, 'Link, with the code,')}>Copy the link</button></dd>
            <dt>And enter</dt><dd><span class="code" data-code>${lan.code}</span></dd>
            <dt>Good for</dt><dd>one device, <span data-left>${span(left)}</span> from now</dd>
          </dl>
        </div>
      </div>
      <h3>Devices that were let in</h3>
      ${lan.devices.length ? this.#devices() : html`<p class="soft">None yet.</p>`}
      ${this.#kinds()}`;
  }

  #devices() {
    return html`<table class="cards"><thead><tr><th scope="col">Device</th><th scope="col">Address</th>
      <th scope="col">Since</th><th scope="col"><span class="hidden-text">Action</span></th></tr></thead>
      <tbody>${this.lan.devices.map((device) => html`<tr><th scope="row">${device.name}</th><td>${device.address}</td>
        <td>${dateTime(device.since)}</td><td><button class="danger" @click=${() => this.#revoke(device)}>Let in no
          more<span class="hidden-text">: ${device.name}</span></button></td></tr>`)}</tbody></table>`;
  }

  #kinds() {
    const chosen = KINDS.find((kind) => kind.id === this.kind);
    return html`<h3 id="kinds">How to set it up</h3>
      <div class="segments" role="radiogroup" aria-labelledby="kinds">${KINDS.map((kind) => html`<label>
        <input type="radio" name="kind" .checked=${kind === chosen} @change=${() => (this.kind = kind.id)}>
        <span>${kind.name}</span></label>`)}</div>
      <ol>${chosen.steps(this.lan.address, this.lan.link)}</ol>`;
  }
}

customElements.define('lan-devices', LanDevices);
