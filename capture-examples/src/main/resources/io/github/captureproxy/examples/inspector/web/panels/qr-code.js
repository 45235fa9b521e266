// A QR code that the program drew, as an image: an SVG in an image runs nothing.

import { html } from 'lit';
import { Part } from '../parts/element.js';

class QrCode extends Part {
  static properties = { svg: {}, label: {}, url: { state: true } };

  willUpdate(changed) {
    if (changed.has('svg')) {
      this.#drop();
      this.url = URL.createObjectURL(new Blob([this.svg], { type: 'image/svg+xml' }));
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drop();
    this.svg = undefined;
  }

  #drop() {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }

  render() {
    return this.url ? html`<img class="qr" src=${this.url} alt=${this.label} width="176" height="176">` : html``;
  }
}

customElements.define('qr-code', QrCode);
